#include "domain/auth0/start_service.hpp"

#include <algorithm>

#include "crypto/digest.hpp"
#include "domain/activity/record.hpp"
#include "domain/audit/trail.hpp"
#include "domain/auth0/tokens.hpp"
#include "domain/consent/current.hpp"
#include "domain/consent/texts.hpp"
#include "domain/integration/return_domain.hpp"
#include "domain/ratelimit/lockout.hpp"
#include "domain/settled.hpp"
#include "domain/simulation/admission.hpp"
#include "domain/verification/transitions.hpp"

namespace countersign::domain {
namespace {

constexpr std::size_t kMaxState = 2048;
constexpr Micros kTokenMemory = minutes(2);  // beyond `exp`: longer than any leeway for clocks that differ

std::string hash_of(std::string_view text) {
    return to_hex(crypto::sha256(as_bytes(text)));
}

/// A header of the browser's choice must not be able to spoil an audit row.
std::string printable(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7E; }, '?');
    return text;
}

struct Request {
    std::string_view token;
    std::string_view state;
    const BrowserInfo& browser;
};

/// One start within its transaction.
class Start {
public:
    Start(Repositories& repositories, const Keys& keys, const Clock& clock, Random& random)
        : repositories_(repositories), keys_(keys), clock_(clock), random_(random), now_(clock.now()) {}

    Result<Settled<Started>> run(const Integration& integration, const Request& request);

private:
    Result<StartClaims> admit(const Integration& integration, const Request& request);
    Result<Verification> open(const Integration& integration, const StartClaims& claims,
                              std::string_view state);
    Result<void> decide_purpose(Verification& verification, const IntegrationSettings& settings);
    Result<Subject> subject_for(const Verification& verification, bool may_create);
    Result<void> note_opening(const Verification& verification);
    Result<void> audit_start(const Verification& verification, const StartClaims& claims,
                             const BrowserInfo& browser);

    Repositories& repositories_;
    const Keys& keys_;
    const Clock& clock_;
    Random& random_;
    UnixMicros now_;
    std::optional<Simulation> simulation_;  // set when the portal plays the identity provider
};

/// All checks of the token, in the promised order. The token counts as used from here on.
Result<StartClaims> Start::admit(const Integration& integration, const Request& request) {
    auto secrets = CS_TRY(valid_secrets(repositories_, keys_, integration, now_));
    auto claims = CS_TRY(read_start_token(request.token, secrets, integration.id, clock_));
    simulation_ = CS_TRY(admitted_simulation(repositories_, integration, claims, now_));
    if (!simulation_ && !match_return_domain(integration.settings.return_domains, claims.issuer)) {
        return fail(ErrorCode::forbidden, "the issuer is not a registered return domain");
    }
    CS_TRY(repositories_.verifications().remember_start_token(integration.tenant, hash_of(request.token),
                                                              claims.expires_at + kTokenMemory));
    if (request.state.empty() || request.state.size() > kMaxState) {
        return fail(ErrorCode::invalid_argument, "state is missing or longer than 2048 bytes");
    }
    return claims;
}

/// An existing subject, or a new one when the person may enrol. Errors: not_found.
Result<Subject> Start::subject_for(const Verification& verification, bool may_create) {
    const auto& external_id = verification.origin.subject_external_id;
    auto found = repositories_.subjects().find_by_external_id(verification.tenant, external_id);
    if (found || found.error().code != ErrorCode::not_found || !may_create) return found;

    auto tenant = CS_TRY(repositories_.tenants().find(verification.tenant));
    Subject subject;
    subject.id = SubjectId::make(now_, random_);
    subject.tenant = verification.tenant;
    subject.external_id = external_id;
    subject.wrapped_key = CS_TRY(keys_.new_subject_key(tenant, subject.id));
    subject.created_at = now_;
    CS_TRY(repositories_.subjects().insert(subject));
    return subject;
}

/// Enrolment, verification, or one of the three refusals.
Result<void> Start::decide_purpose(Verification& verification, const IntegrationSettings& settings) {
    const auto refuse = [&](OutcomeCode code) {
        verification.state = VerificationState::refused;
        verification.code = code;
        verification.decided_at = now_;
    };
    if (!settings.enabled) {
        refuse(OutcomeCode::integration_disabled);
        return {};
    }
    const auto subject = subject_for(verification, settings.allow_self_enrolment);
    if (!subject && subject.error().code != ErrorCode::not_found) return tl::unexpected(subject.error());
    if (!subject) {
        refuse(OutcomeCode::not_enrolled);
        return {};
    }
    verification.subject = subject->id;
    auto credentials = CS_TRY(repositories_.credentials().of_subject(verification.tenant, subject->id));
    const auto policy = CS_TRY(lockout_of(repositories_, verification.tenant));
    const bool enrolled = has_active(credentials);
    verification.purpose = enrolled ? Purpose::verification : Purpose::enrolment;
    if (subject->state != SubjectState::active || subject->failed_attempts >= policy.lock_after) {
        refuse(OutcomeCode::locked);
    } else if (!enrolled && !settings.allow_self_enrolment) {
        refuse(OutcomeCode::not_enrolled);
    }
    return {};
}

Result<Verification> Start::open(const Integration& integration, const StartClaims& claims,
                                 std::string_view state) {
    Verification verification;
    verification.id = VerificationId::make(now_, random_);
    verification.tenant = integration.tenant;
    verification.integration = integration.id;
    auto& origin = verification.origin;
    origin.subject_external_id = claims.subject;
    origin.issuer = claims.issuer;
    origin.return_domain =
        simulation_ ? simulation_->return_domain
                    : match_return_domain(integration.settings.return_domains, claims.issuer).value_or("");
    if (simulation_) verification.simulation = simulation_->id;
    origin.return_state = std::string(state);
    origin.nonce = claims.nonce;
    origin.transaction_id = claims.transaction_id;
    origin.client_id = claims.client_id;
    origin.client_name = claims.client_name;
    origin.locale = std::string(supported_locale(claims.locale));
    origin.secret = claims.secret;
    verification.attempts_max = integration.settings.max_attempts;
    verification.created_at = now_;
    verification.expires_at = now_ + integration.settings.session_lifetime;
    CS_TRY(decide_purpose(verification, integration.settings));

    // Whoever already agreed to the current text is not asked again, except to enrol.
    if (verification.state == VerificationState::opened && verification.purpose == Purpose::verification) {
        const auto version = CS_TRY(current_consent_version(repositories_, verification.tenant));
        auto consent =
            CS_TRY(repositories_.consents().find_valid(verification.tenant, verification.subject, version));
        if (consent) {
            verification.consent = consent->id;
            verification.state = VerificationState::consented;
        }
    }
    return verification;
}

/// Timeline, figures, the integration's last use and, for a played login, which transaction it became.
Result<void> Start::note_opening(const Verification& verification) {
    CS_TRY(note_stage(repositories_, verification, Stage::opened, now_));
    if (verification.state == VerificationState::consented)
        CS_TRY(note_stage(repositories_, verification, Stage::consent, now_, {{"given", "before"}}));
    if (is_final(verification.state)) CS_TRY(note_end(repositories_, verification, now_));
    if (!simulation_)
        return repositories_.integrations().note_use(verification.tenant, verification.integration, now_);
    simulation_->verification = verification.id;
    return repositories_.simulations().update(*simulation_);
}

/// The address is kept as a keyed hash: comparable within the tenant, not readable.
Result<void> Start::audit_start(const Verification& verification, const StartClaims& claims,
                                const BrowserInfo& browser) {
    auto tenant = CS_TRY(repositories_.tenants().find(verification.tenant));
    auto key = CS_TRY(keys_.tenant_key(tenant));
    const auto address = crypto::hmac_sha256(key.view(), as_bytes("countersign:address:" + browser.address));
    const bool refused = verification.state == VerificationState::refused;
    AuditEntry entry{verification.tenant,
                     "browser",
                     refused ? "verification.refused" : "verification.opened",
                     verification.id.text(),
                     {}};
    entry.details.emplace("integration", verification.integration.text());
    entry.details.emplace("subject", verification.subject.text());
    entry.details.emplace("purpose", to_string(verification.purpose));
    entry.details.emplace("address_hash", to_hex(address).substr(0, 16));
    entry.details.emplace("address_as_at_login", claims.address == browser.address ? "yes" : "no");
    entry.details.emplace("user_agent", printable(browser.user_agent.substr(0, 120)));
    if (verification.code) entry.details.emplace("code", to_string(*verification.code));
    return append_audit(repositories_, entry, now_, random_);
}

Result<Settled<Started>> Start::run(const Integration& integration, const Request& request) {
    const auto claims = admit(integration, request);
    if (!claims) {
        const auto& error = claims.error();
        if (error.code == ErrorCode::unavailable || error.code == ErrorCode::internal)
            return tl::unexpected(error);
        AuditEntry entry{integration.tenant, "browser", "start.refused", integration.id.text(), {}};
        entry.details.emplace("page", start_error_page(error.code));
        entry.details.emplace("reason", error.detail);
        CS_TRY(append_audit(repositories_, entry, now_, random_));
        return Settled<Started>(tl::unexpected(error));
    }
    Started started;
    started.cookie_value = random_.token(32);
    auto verification = CS_TRY(open(integration, *claims, request.state));
    verification.cookie_hash = hash_of(started.cookie_value);
    if (verification.code) verification.cause = to_string(*verification.code);
    CS_TRY(repositories_.verifications().insert(verification));
    CS_TRY(note_opening(verification));
    CS_TRY(audit_start(verification, *claims, request.browser));
    started.verification = verification.id;
    return Settled<Started>(std::move(started));
}

}  // namespace

Result<Started> StartService::start(std::string_view integration_id, std::string_view session_token,
                                    std::string_view state, const BrowserInfo& browser) {
    const auto id = IntegrationId::parse(integration_id);
    if (!id) return fail(ErrorCode::not_found, "the integration id is malformed");
    return settle<Started>(work_, [&](Repositories& repositories) -> Result<Settled<Started>> {
        auto integration = CS_TRY(repositories.integrations().find_by_id(*id));
        const Request request{session_token, state, browser};
        return Start(repositories, keys_, clock_, random_).run(integration, request);
    });
}

std::string_view start_error_page(ErrorCode code) {
    switch (code) {
        case ErrorCode::not_found:
            return "unknown_integration";
        case ErrorCode::unauthenticated:
        case ErrorCode::invalid_argument:
            return "link_invalid";
        case ErrorCode::transaction_expired:
            return "link_expired";
        case ErrorCode::already_used:
            return "already_used";
        case ErrorCode::forbidden:
            return "unknown_domain";
        default:
            return "unavailable";
    }
}

}  // namespace countersign::domain
