#include "domain/admin/passkey_service.hpp"

#include <algorithm>

namespace countersign::domain {
namespace {

tl::unexpected<Error> start_again(std::string_view sentence) {
    return fail_field(ErrorCode::invalid_argument, "passkey", std::string(sentence));
}

}  // namespace

Result<PasskeyChallenge> PasskeyService::challenge_for(Repositories& repositories,
                                                       const AdminSession& session, PasskeyUse use) {
    PasskeyChallenge made;
    const auto party = CS_TRY(passkeys_.party());
    made.domain = party.id;
    const auto registered = CS_TRY(repositories.admin().passkeys().of(session.administrator));
    for (const Passkey& passkey : registered)
        made.credentials.push_back(passkey.key.credential_id);
    const bool possible = use == PasskeyUse::proof ? !registered.empty() : registered.size() < kMostPasskeys;
    if (!possible) return fail(ErrorCode::conflict, fmt::format("{} passkeys", registered.size()));
    made.challenge = CS_TRY(passkeys_.new_challenge(repositories, session, use));
    return made;
}

Result<PasskeyChallenge> PasskeyService::begin_registration(const AdminSession& session) {
    return in_transaction(work_, Access::write, [&](Repositories& r) {
        return challenge_for(r, session, PasskeyUse::registration);
    });
}

Result<PasskeyChallenge> PasskeyService::begin_proof(std::string_view token) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<PasskeyChallenge> {
        const auto session = CS_TRY(live_session(r, token, clock_.now()));
        if (session.state == SessionState::enrol_second_factor)
            return fail(ErrorCode::second_factor_required, session.id.text());
        return challenge_for(r, session, PasskeyUse::proof);
    });
}

Result<Passkey> PasskeyService::finish_registration(const AdminSession& session, std::string_view name,
                                                    const crypto::PasskeyRegistration& answer) {
    const auto now = clock_.now();
    const auto party = CS_TRY(passkeys_.party());
    // Committed before the answer is looked at: it is gone whatever comes of it.
    const auto challenge = CS_TRY(in_transaction(work_, Access::write, [&](Repositories& r) {
        return r.admin().passkeys().take_challenge(session.id, PasskeyUse::registration, now);
    }));
    if (!challenge) return start_again("This took too long. Start again.");
    auto key = crypto::verify_registration(party, *challenge, answer);
    if (!key) {
        log_refused_passkey(key.error(), session);
        return start_again("What the browser sent does not hold. Start again.");
    }
    Passkey passkey;
    passkey.id = PasskeyId::make(now, random_);
    passkey.administrator = session.administrator;
    passkey.name = std::string(name);
    passkey.key = *std::move(key);
    passkey.created_at = now;
    const auto stored = in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        const auto registered = CS_TRY(r.admin().passkeys().of(session.administrator));
        if (registered.size() >= kMostPasskeys) return fail(ErrorCode::conflict, "too many passkeys");
        CS_TRY(r.admin().passkeys().insert(passkey));
        return audit_for(r, session.administrator, "administrator.passkey_added", now, random_,
                         {{"passkey", passkey.id.text()}, {"name", passkey.name}});
    });
    if (!stored) return tl::unexpected(stored.error());
    notices_.tell(session.administrator,
                  fmt::format("a passkey was added to your account: \"{}\"", passkey.name));
    return passkey;
}

Result<std::vector<Passkey>> PasskeyService::list(const AdministratorId& administrator) {
    return in_transaction(work_, Access::read,
                          [&](Repositories& r) { return r.admin().passkeys().of(administrator); });
}

Result<Passkey> PasskeyService::rename(const AdministratorId& administrator, const PasskeyId& id,
                                       std::string_view name) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<Passkey> {
        CS_TRY(r.admin().passkeys().rename(administrator, id, name));
        CS_TRY(audit_for(r, administrator, "administrator.passkey_renamed", clock_.now(), random_,
                         {{"passkey", id.text()}, {"name", std::string(name)}}));
        auto all = CS_TRY(r.admin().passkeys().of(administrator));
        const auto renamed = std::ranges::find(all, id, &Passkey::id);
        if (renamed == all.end()) return fail(ErrorCode::not_found, id.text());
        return *std::move(renamed);
    });
}

Result<void> PasskeyService::remove(const AdministratorId& administrator, const PasskeyId& id) {
    const auto name = in_transaction(work_, Access::write, [&](Repositories& r) -> Result<std::string> {
        const auto all = CS_TRY(r.admin().passkeys().of(administrator));
        const auto known = std::ranges::find(all, id, &Passkey::id);
        if (known == all.end()) return fail(ErrorCode::not_found, id.text());
        CS_TRY(r.admin().passkeys().remove(administrator, id));
        CS_TRY(audit_for(r, administrator, "administrator.passkey_removed", clock_.now(), random_,
                         {{"passkey", id.text()}, {"name", known->name}}));
        return known->name;
    });
    if (!name) return tl::unexpected(name.error());
    notices_.tell(administrator, fmt::format("a passkey was removed from your account: \"{}\"", *name));
    return {};
}

}  // namespace countersign::domain
