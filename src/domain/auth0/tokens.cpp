#include "domain/auth0/tokens.hpp"

#include <algorithm>
#include <array>

#include "crypto/jose/claims.hpp"
#include "crypto/jose/jws.hpp"
#include "domain/auth0/confirm_service.hpp"

namespace countersign::domain {
namespace {

namespace jose = crypto::jose;

constexpr std::string_view kStartPurpose = "countersign-start";
constexpr std::string_view kConfirmPurpose = "countersign-confirm";
constexpr std::string_view kResultPurpose = "auth0-continue";
constexpr Micros kMaxLifetime = seconds(300);
constexpr Micros kResultLifetime = seconds(60);
constexpr std::size_t kMaxSubject = 255;
constexpr std::size_t kMaxText = 200;

tl::unexpected<Error> bad_token(std::string detail) {
    return fail(ErrorCode::unauthenticated, std::move(detail));
}

struct Verified {
    json::object claims;
    SecretId secret;
};

/// Tries each secret alone, to know which one signed.
Result<Verified> verify(std::string_view token, const std::vector<OpenSecret>& secrets) {
    for (const auto& secret : secrets) {
        const std::array<ByteView, 1> keys{secret.key.view()};
        auto claims = jose::verify_hs256(token, keys);
        if (claims) return Verified{*std::move(claims), secret.id};
    }
    return bad_token("no valid secret of the integration signed the token");
}

Result<std::string> text_claim(const json::object& claims, std::string_view name, std::size_t min,
                               std::size_t max) {
    const auto text = json::get_string(claims, name);
    const bool fits = text && text->size() >= min && text->size() <= max &&
                      std::none_of(text->begin(), text->end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (!fits) return bad_token(fmt::format("claim {} is missing or out of bounds", name));
    return *text;
}

/// For claims that are only shown: absent is empty, too long is cut at a character's edge.
Result<std::string> shown_claim(const json::object& claims, std::string_view name) {
    const auto found = json::find_string(claims, name);
    if (!found) return bad_token(fmt::format("claim {} is not a text", name));
    std::string text = found->value_or("");
    if (text.size() > kMaxText) {
        auto end = kMaxText;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            --end;
        text.resize(end);
    }
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text;
}

Result<std::string> nonce_claim(const json::object& claims) {
    auto nonce = CS_TRY(text_claim(claims, "nonce", 16, 128));
    const bool plain = std::all_of(nonce.begin(), nonce.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_';
    });
    if (!plain) return bad_token("claim nonce holds foreign characters");
    return nonce;
}

/// Whether `iss` is a registered domain is judged apart from this, because it has its own page for the user.
Result<void> check(const json::object& claims, std::string_view purpose, const IntegrationId& integration,
                   const Clock& clock) {
    auto issuer = CS_TRY(text_claim(claims, "iss", 1, 253));
    auto named = CS_TRY(text_claim(claims, "integration_id", 1, 64));
    if (named != integration.text()) return bad_token("the token is for another integration");
    jose::ClaimsPolicy policy;
    policy.purpose = std::string(purpose);
    policy.issuers = {issuer};
    policy.max_lifetime = kMaxLifetime;
    return jose::check_claims(claims, policy, clock);
}

}  // namespace

Result<IntegrationId> unverified_integration(std::string_view token) {
    auto claims = CS_TRY(jose::peek_unverified(token));
    auto text = CS_TRY(text_claim(claims, "integration_id", 1, 64));
    auto id = IntegrationId::parse(text);
    if (!id) return bad_token("claim integration_id is malformed");
    return *std::move(id);
}

Result<StartClaims> read_start_token(std::string_view token, const std::vector<OpenSecret>& secrets,
                                     const IntegrationId& integration, const Clock& clock) {
    auto verified = CS_TRY(verify(token, secrets));
    const auto& claims = verified.claims;
    CS_TRY(check(claims, kStartPurpose, integration, clock));
    StartClaims start;
    start.issuer = CS_TRY(text_claim(claims, "iss", 1, 253));
    start.subject = CS_TRY(text_claim(claims, "sub", 1, kMaxSubject));
    start.nonce = CS_TRY(nonce_claim(claims));
    start.transaction_id = CS_TRY(text_claim(claims, "transaction_id", 0, kMaxText));
    start.client_id = CS_TRY(shown_claim(claims, "client_id"));
    start.client_name = CS_TRY(shown_claim(claims, "client_name"));
    start.locale = CS_TRY(shown_claim(claims, "locale"));
    start.address = CS_TRY(shown_claim(claims, "ip"));
    start.expires_at = from_unix_seconds(CS_TRY(json::get_int(claims, "exp")));
    start.secret = verified.secret;
    return start;
}

Result<ConfirmClaims> read_confirm_token(std::string_view token, const std::vector<OpenSecret>& secrets,
                                         const IntegrationId& integration, const Clock& clock) {
    auto verified = CS_TRY(verify(token, secrets));
    const auto& claims = verified.claims;
    CS_TRY(check(claims, kConfirmPurpose, integration, clock));
    ConfirmClaims confirm;
    confirm.issuer = CS_TRY(text_claim(claims, "iss", 1, 253));
    confirm.subject = CS_TRY(text_claim(claims, "sub", 1, kMaxSubject));
    confirm.nonce = CS_TRY(nonce_claim(claims));
    auto id_text = CS_TRY(text_claim(claims, "verification_id", 1, 64));
    auto id = VerificationId::parse(id_text);
    if (!id) return bad_token("claim verification_id is malformed");
    confirm.verification = *std::move(id);
    return confirm;
}

Result<ResultClaims> read_result_token(std::string_view token, const std::vector<OpenSecret>& secrets,
                                       const IntegrationId& integration, const Clock& clock) {
    auto verified = CS_TRY(verify(token, secrets));
    const auto& claims = verified.claims;
    ResultClaims result;
    result.issuer = CS_TRY(text_claim(claims, "iss", 1, 253));
    jose::ClaimsPolicy policy;
    policy.purpose = std::string(kResultPurpose);
    policy.issuers = {result.issuer};
    policy.audience = integration.text();
    policy.max_lifetime = kMaxLifetime;
    CS_TRY(jose::check_claims(claims, policy, clock));
    result.subject = CS_TRY(text_claim(claims, "sub", 1, kMaxSubject));
    result.state = CS_TRY(json::get_string(claims, "state"));
    result.nonce = CS_TRY(nonce_claim(claims));
    const auto id = CS_TRY(text_claim(claims, "verification_id", 1, 64));
    result.verification = CS_TRY(VerificationId::parse(id));
    const auto outcome = CS_TRY(text_claim(claims, "result", 1, 16));
    result.passed = outcome == "passed";
    return result;
}

Result<std::string> make_result_token(const Verification& verification, OutcomeCode code,
                                      const std::vector<OpenSecret>& secrets, UnixMicros now,
                                      Random& random) {
    if (secrets.empty()) return fail(ErrorCode::unavailable, "the integration has no valid secret");
    const auto& origin = verification.origin;
    // The Action that asked still holds the secret it asked with: during a rotation that may be the older
    // one.
    auto signer = std::ranges::find(secrets, origin.secret, &OpenSecret::id);
    if (signer == secrets.end()) signer = secrets.begin();

    const bool passed = code == OutcomeCode::passed;
    json::object claims;
    claims["iss"] = origin.issuer;
    claims["sub"] = origin.subject_external_id;
    claims["aud"] = verification.integration.text();
    claims["iat"] = to_unix_seconds(now);
    claims["exp"] = to_unix_seconds(now + kResultLifetime);
    claims["jti"] = random.token(16);
    claims["state"] = origin.return_state;
    claims["purpose"] = kResultPurpose;
    claims["transaction_id"] = origin.transaction_id;
    claims["verification_id"] = verification.id.text();
    claims["nonce"] = origin.nonce;
    claims["result"] = passed ? "passed" : "failed";
    claims["code"] = to_string(code);
    if (passed) {
        const auto method = verification.purpose == Purpose::enrolment ? Method::enrolled : Method::verified;
        CS_CHECK(verification.credential.has_value());
        claims["method"] = to_string(method);
        claims["credential_id"] = verification.credential->text();
        claims["amr"] = json::array{"face"};
    }
    return jose::sign_hs256(claims, signer->key.view());
}

}  // namespace countersign::domain
