#include "crypto/jose/claims.hpp"

#include <algorithm>

namespace countersign::crypto::jose {
namespace {

constexpr std::int64_t kLastSecond = 253'402'300'799;  // 9999-12-31T23:59:59Z: keeps every sum below in range

tl::unexpected<Error> refuse(std::string detail) {
    return fail(ErrorCode::unauthenticated, "token refused: " + std::move(detail));
}

Result<std::int64_t> numeric_date(const json::object& claims, std::string_view name) {
    const auto* const value = claims.if_contains(name);
    const auto* const seconds = value == nullptr ? nullptr : value->if_int64();
    if (seconds == nullptr || *seconds < 0 || *seconds > kLastSecond) {
        return refuse(fmt::format("{} is not a time", name));
    }
    return *seconds;
}

std::optional<std::string_view> text_of(const json::value* value) {
    const auto* const text = value == nullptr ? nullptr : value->if_string();
    if (text == nullptr) return std::nullopt;
    return std::string_view(*text);
}

bool addresses(const json::value* aud, std::string_view audience) {
    if (const auto text = text_of(aud)) return *text == audience;
    const auto* const list = aud == nullptr ? nullptr : aud->if_array();
    if (list == nullptr) return false;
    const auto all_text =
        std::all_of(list->begin(), list->end(), [](const auto& v) { return v.is_string(); });
    return all_text &&
           std::any_of(list->begin(), list->end(), [&](const auto& v) { return v.get_string() == audience; });
}

Result<void> check_names(const json::object& claims, const ClaimsPolicy& policy) {
    const auto purpose = text_of(claims.if_contains("purpose"));
    if (policy.purpose.empty() || purpose != policy.purpose) return refuse("purpose");
    const auto issuer = text_of(claims.if_contains("iss"));
    const bool known =
        issuer && std::find(policy.issuers.begin(), policy.issuers.end(), *issuer) != policy.issuers.end();
    if (!known) return refuse("iss");
    if (policy.audience && !addresses(claims.if_contains("aud"), *policy.audience)) return refuse("aud");
    return {};
}

Result<void> check_times(const json::object& claims, const ClaimsPolicy& policy, UnixMicros now) {
    const auto issued = from_unix_seconds(CS_TRY(numeric_date(claims, "iat")));
    const auto expires = from_unix_seconds(CS_TRY(numeric_date(claims, "exp")));
    if (expires <= issued) return refuse("exp is not after iat");
    if (expires - issued > policy.max_lifetime) return refuse("lifetime too long");
    if (issued > now + policy.leeway) return refuse("iat lies in the future");
    if (claims.contains("nbf")) {
        const auto not_before = from_unix_seconds(CS_TRY(numeric_date(claims, "nbf")));
        if (not_before > now + policy.leeway) return refuse("nbf lies in the future");
    }
    if (now >= expires + policy.leeway) return fail(ErrorCode::transaction_expired, "token has expired");
    return {};
}

}  // namespace

Result<void> check_claims(const json::object& claims, const ClaimsPolicy& policy, const Clock& clock) {
    if (policy.leeway < Micros{0} || policy.leeway > seconds(60)) {
        return fail(ErrorCode::invalid_argument, "leeway must be 0 to 60 s");
    }
    CS_TRY(check_names(claims, policy));
    return check_times(claims, policy, clock.now());
}

}  // namespace countersign::crypto::jose
