#pragma once

#include "domain/admin/access_service.hpp"
#include "domain/admin/account_service.hpp"
#include "domain/admin/api_key_service.hpp"
#include "domain/admin/idempotency.hpp"
#include "domain/admin/passkey_service.hpp"
#include "domain/admin/session_service.hpp"
#include "domain/admin/team_service.hpp"
#include "domain/login_contract.hpp"

namespace countersign::domain {

/// Costs nothing. Tests of the domain are about when a password is checked, not about how.
class PlainHasher final : public crypto::PasswordHasher {
public:
    Result<std::string> hash(std::string_view password) const override {
        return fmt::format("plain:{}", password);
    }
    Result<bool> verify(std::string_view hash, std::string_view password) const override {
        return hash == fmt::format("plain:{}", password);
    }
    const std::string& decoy() const override { return decoy_; }

private:
    const std::string decoy_{"plain"};
};

/// Keeps what it is given, or fails.
class KeptMail final : public MailTransport {
public:
    Result<std::string> send(const OpenMailServer& server, const Mail& mail) override {
        if (broken) return fail(ErrorCode::unavailable, "the mail server is down");
        password = std::string(as_text(server.password.view()));
        mails.push_back(mail);
        return std::string("taken");
    }
    bool broken{false};
    std::string password;
    std::vector<Mail> mails;
};

inline constexpr std::string_view kOrigin = "https://portal.example";

/// The services of the portal's accounts over one store.
struct AdminServices {
    AdminServices(UnitOfWork& work, const Keys& keys, const Clock& clock, Random& random)
        : passkeys(relying_party_of(kOrigin), clock, random),
          factor(keys, passkeys, clock, random),
          mail(
              work, keys, post,
              [](const std::function<void()>& later) -> Result<void> {
                  later();
                  return {};
              },
              clock, random),
          access(work, clock),
          sessions(work, hasher, factor, mail, clock, random),
          accounts(work, hasher, factor, keys, mail, clock, random),
          own_passkeys(work, passkeys, mail, clock, random),
          team(work, hasher, keys, mail, clock, random),
          api_keys(work, clock, random),
          idempotency(work, clock) {}

    PlainHasher hasher;
    KeptMail post;
    Passkeys passkeys;
    SecondFactor factor;
    MailService mail;
    AccessService access;
    AdminSessionService sessions;
    AccountService accounts;
    PasskeyService own_passkeys;
    TeamService team;
    ApiKeyService api_keys;
    IdempotencyService idempotency;
};

/// Codes of RFC 6238, appendix B, for its secret: of two steps that follow each other.
inline constexpr std::string_view kTotpSecret = "12345678901234567890";
inline constexpr std::string_view kFirstCode = "081804";   // at 1111111109
inline constexpr std::string_view kSecondCode = "050471";  // at 1111111111

inline constexpr std::string_view kPassword = "lantern orbit velvet 42";

/// "Acme" with its first owner Ada, at the time of the RFC's first code.
class AdminContract : public LoginContract {
protected:
    void SetUp() override {
        clock.set(from_unix_seconds(1'111'111'109));
        LoginContract::SetUp();
        portal = std::make_unique<AdminServices>(engine->work(), *keys, clock, random);
        const auto made =
            portal->accounts.create_first_owner({"Ada@acme.example", "Ada", text(kPassword), "Acme"}, origin);
        ada = made.value().view.administrator.id;
        give_factor(ada);
    }

    static std::string text(std::string_view view) { return std::string(view); }

    void give_factor(const AdministratorId& id) {
        const auto wrapped = keys->wrap_totp(id, SecretBytes(as_bytes(kTotpSecret))).value();
        const auto given =
            in_transaction(engine->work(), Access::write, [&](Repositories& r) -> Result<void> {
                CS_TRY(r.admin().administrators().set_pending_totp(id, wrapped));
                return r.admin().administrators().confirm_totp(id, wrapped, 0);
            });
        ASSERT_TRUE(given);
    }
    Result<SignedIn> with_password(std::string_view password = kPassword,
                                   std::string_view email = "ada@acme.example") {
        return portal->sessions.sign_in(email, password, origin);
    }
    Result<SignedIn> with_code(const SignedIn& session, std::string_view code) {
        return portal->sessions.prove_second_factor(session.token, {text(code), {}});
    }
    /// Ada, signed in with both factors. A second time: with a recovery code, for a code counts once.
    SignedIn signed_in() {
        const auto half = with_password().value();
        if (codes.empty()) codes = portal->accounts.new_recovery_codes(ada).value();
        const auto code = codes.back();
        codes.pop_back();
        return portal->sessions.prove_second_factor(half.token, {{}, code}).value();
    }
    AdminActor acting(const AdministratorId& id) const {
        return {tenant.id, id.text(), permissions_of(Role::owner), true};
    }
    AdminActor acting() const { return acting(ada); }
    static std::string token_in(const NewInvitation& made) { return made.link.value().substr(2); }
    NewInvitation invited(std::string_view email, Role role = Role::auditor) {
        return portal->team.invite(acting(), email, role, "l?").value();
    }
    AdministratorId joined(std::string_view email, Role role = Role::auditor) {
        const auto made = invited(email, role);
        return portal->team.accept(token_in(made), "Bo", kPassword, origin).value().view.administrator.id;
    }
    Result<AdminActor> access(std::string_view token) { return portal->access.by_session(token); }
    Administrator stored(const AdministratorId& id) {
        return in_transaction(engine->work(), Access::read,
                              [&](Repositories& r) { return r.admin().administrators().find(id); })
            .value();
    }

    const SignInOrigin origin{"192.0.2.7", "Test browser"};
    std::unique_ptr<AdminServices> portal;
    AdministratorId ada;
    std::vector<std::string> codes;
};

}  // namespace countersign::domain
