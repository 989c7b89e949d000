#include "app/cli/admin_commands.hpp"

#include "domain/admin/account_service.hpp"

namespace countersign::app::cli {
namespace {

class NoMail final : public domain::MailTransport {
public:
    Result<std::string> send(const domain::OpenMailServer&, const domain::Mail&) override {
        return fail(ErrorCode::unavailable, "the command line sends no mail");
    }
};

/// Most commands hash nothing, and making the real one costs a hash. Nobody signs in here: no decoy is
/// needed.
class LateHasher final : public crypto::PasswordHasher {
public:
    Result<std::string> hash(std::string_view password) const override {
        const auto hasher = CS_TRY(crypto::Argon2Hasher::make());
        return hasher->hash(password);
    }
    Result<bool> verify(std::string_view hash, std::string_view password) const override {
        const auto hasher = CS_TRY(crypto::Argon2Hasher::make());
        return hasher->verify(hash, password);
    }
    const std::string& decoy() const override { return decoy_; }

private:
    const std::string decoy_;
};

/// The account service over an open core.
class Accounts {
public:
    explicit Accounts(Core& core)
        : passkeys_(std::nullopt, core.clock, *core.random),
          factor_(core.keys, passkeys_, core.clock, *core.random),
          mail_(
              core.work, core.keys, transport_,
              [](const std::function<void()>&) -> Result<void> {
                  return fail(ErrorCode::unavailable, "the command line has no background");
              },
              core.clock, *core.random),
          service_(core.work, hasher_, factor_, core.keys, mail_, core.clock, *core.random) {}
    domain::AccountService* operator->() { return &service_; }

private:
    const LateHasher hasher_;
    NoMail transport_;
    domain::Passkeys passkeys_;
    domain::SecondFactor factor_;
    domain::MailService mail_;
    domain::AccountService service_;
};

Output described(const json::object& document, std::string_view then = {}) {
    return Output{document, fmt::format("{}{}", as_lines(document), then)};
}

json::object describe(const domain::ListedAdministrator& listed) {
    const domain::Administrator& one = listed.administrator;
    json::array roles;
    for (const auto& membership : listed.memberships)
        roles.push_back({{"tenant_id", membership.tenant.text()},
                         {"tenant", membership.name},
                         {"role", to_string(membership.role)}});
    json::value last = nullptr;
    if (one.last_sign_in_at) last = to_rfc3339(*one.last_sign_in_at);
    return {{"administrator_id", one.id.text()},
            {"email", one.email},
            {"name", one.name},
            {"second_factor", one.totp_wrapped.has_value()},
            {"last_sign_in_at", last},
            {"roles", std::move(roles)}};
}

std::string line_of(const domain::ListedAdministrator& listed) {
    const domain::Administrator& one = listed.administrator;
    std::string roles;
    for (const auto& membership : listed.memberships)
        roles +=
            fmt::format("{}{} of {}", roles.empty() ? "" : ", ", to_string(membership.role), membership.name);
    return fmt::format("{}  {:<10}  {:<27}  {}\n", one.email, one.totp_wrapped ? "two factors" : "no factor",
                       one.last_sign_in_at ? to_rfc3339(*one.last_sign_in_at) : "never signed in",
                       roles.empty() ? "member of nothing" : roles);
}

std::string link_of(const Config& config, std::string_view token) {
    return fmt::format("{}/reset?token={}", config.portal.public_url, token);
}

constexpr std::string_view kLinkAdvice =
    "\nThe link sets the password, within thirty minutes and once. Signing in then asks for the second "
    "factor, or sets one up.\n";

}  // namespace

Result<Output> admin_create_owner(Core& core, const Config& config, const AdminOptions& options) {
    Accounts accounts(core);
    const auto owner = CS_TRY(accounts->create_owner(options.email, options.name, options.organisation));
    const auto token = CS_TRY(accounts->issue_reset(owner.email));
    return described(
        {{"administrator_id", owner.id.text()}, {"email", owner.email}, {"link", link_of(config, token)}},
        kLinkAdvice);
}

Result<Output> admin_list(Core& core, const Config&, const AdminOptions&) {
    Accounts accounts(core);
    const auto all = CS_TRY(accounts->list());
    json::array items;
    std::string text;
    for (const auto& listed : all) {
        items.push_back(describe(listed));
        text += line_of(listed);
    }
    return Output{{{"administrators", std::move(items)}}, std::move(text)};
}

Result<Output> admin_reset_password(Core& core, const Config& config, const AdminOptions& options) {
    Accounts accounts(core);
    const auto token = CS_TRY(accounts->issue_reset(options.email));
    return described({{"email", options.email}, {"link", link_of(config, token)}}, kLinkAdvice);
}

Result<Output> admin_reset_second_factor(Core& core, const Config&, const AdminOptions& options) {
    Accounts accounts(core);
    CS_TRY(accounts->reset_second_factor(options.email));
    return described({{"email", options.email}, {"second_factor", false}, {"sessions", 0}},
                     "\nThe next sign-in with the password sets up a new authenticator.\n");
}

Result<Output> admin_revoke_sessions(Core& core, const Config&, const AdminOptions& options) {
    Accounts accounts(core);
    const int ended = CS_TRY(accounts->revoke_sessions(options.email));
    return described({{"email", options.email}, {"sessions_ended", ended}});
}

}  // namespace countersign::app::cli
