#include "domain/admin/passkeys.hpp"

#include <algorithm>

#include "domain/admin/session_view.hpp"
#include "telemetry/log.hpp"

namespace countersign::domain {
namespace {

/// What browsers read as an IPv4 address: "192.0.2.7", or any other host whose last label is a number.
bool is_ipv4(std::string_view host) {
    const auto last = host.substr(host.rfind('.') + 1);  // npos + 1 is 0: the whole host
    const bool digits = std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; });
    return digits || last.starts_with("0x");
}

}  // namespace

void log_refused_passkey(const Error& error, const AdminSession& session) {
    telemetry::log::event(telemetry::log::Level::warning, "admin.passkey_refused",
                          {{"administrator", session.administrator.text()}, {"detail", error.detail}});
}

std::optional<crypto::RelyingParty> relying_party_of(std::string_view origin) {
    const auto scheme = origin.find("://");
    if (scheme == std::string_view::npos) return std::nullopt;
    const auto authority = origin.substr(scheme + 3);
    if (authority.starts_with('[')) return std::nullopt;  // an IPv6 address
    const auto host = authority.substr(0, authority.find(':'));
    if (host.empty() || is_ipv4(host)) return std::nullopt;
    const bool secure = origin.starts_with("https://") || host == "localhost";
    if (!secure) return std::nullopt;
    return crypto::RelyingParty{std::string(host), std::string(origin)};
}

Result<crypto::RelyingParty> Passkeys::party() const {
    if (!party_) return fail(ErrorCode::conflict, "portal.public_url has no domain for passkeys");
    return *party_;
}

Result<Bytes> Passkeys::new_challenge(Repositories& repositories, const AdminSession& session,
                                      PasskeyUse use) const {
    CS_TRY(party());
    Bytes challenge = random_.bytes(crypto::kPasskeyChallengeBytes);
    const auto expires = clock_.now() + kPasskeyChallengeLife;
    CS_TRY(repositories.admin().passkeys().put_challenge(session.id, use, challenge, expires));
    return challenge;
}

Result<bool> Passkeys::accept(Repositories& repositories, const AdminSession& session,
                              const crypto::PasskeyAssertion& answer) const {
    if (!party_) return false;
    auto& passkeys = repositories.admin().passkeys();
    const auto now = clock_.now();
    const auto challenge = CS_TRY(passkeys.take_challenge(session.id, PasskeyUse::proof, now));
    if (!challenge) return false;
    const auto own = CS_TRY(passkeys.of(session.administrator));
    const auto named = std::ranges::find_if(
        own, [&](const Passkey& passkey) { return passkey.key.credential_id == answer.credential_id; });
    if (named == own.end()) return false;
    const auto count = crypto::verify_assertion(*party_, *challenge, named->key, answer);
    if (!count) {
        if (count.error().code != ErrorCode::invalid_argument) return tl::unexpected(count.error());
        log_refused_passkey(count.error(), session);
        return false;
    }
    const auto used = passkeys.used(named->id, *count, now);
    if (used) return true;
    if (used.error().code != ErrorCode::already_used) return tl::unexpected(used.error());
    CS_TRY(audit_for(repositories, session.administrator, "administrator.passkey_count_went_back", now,
                     random_, {{"passkey", named->id.text()}}));
    return false;
}

}  // namespace countersign::domain
