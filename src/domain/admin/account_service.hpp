#pragma once

#include "crypto/password.hpp"
#include "domain/admin/account_notices.hpp"
#include "domain/admin/second_factor.hpp"
#include "domain/admin/session_view.hpp"

namespace countersign::domain {

struct NewOwner {
    std::string email;
    std::string name;
    std::string password;
    std::string organisation;
};

/// An administrator of the installation with his roles.
struct ListedAdministrator {
    Administrator administrator;
    std::vector<TenantMembership> memberships;
};

/// Accounts of administrators: the first owner, names, passwords, recovery.
///
/// Errors:  invalid_argument (with fields: what is wrong with e-mail or password), conflict (there is an
/// owner
///          already; the address has an account), not_found, gone (reset used or over), unavailable,
///          queue_full.
/// Threads: safe; blocks on the store and on password hashing; request lane only.
/// Source:  NIST SP 800-63B-4 §3.1.1, §4.2; OWASP ASVS 5 V6.
class AccountService {
public:
    AccountService(UnitOfWork& work, const crypto::PasswordHasher& hasher, const SecondFactor& factor,
                   const Keys& keys, MailService& mail, const Clock& clock, Random& random)
        : work_(work),
          hasher_(hasher),
          factor_(factor),
          keys_(keys),
          mail_(mail),
          notices_(work, mail, clock),
          clock_(clock),
          random_(random) {}

    Result<bool> owner_exists();
    /// Only while there never was an owner; of two parallel calls one wins. Makes the organisation, or joins
    /// the one of that name, and becomes owner of every organisation there is.
    Result<SignedIn> create_first_owner(const NewOwner& owner, const SignInOrigin& origin);
    /// The operator's way back in: an owner of every organisation, at any time. Nobody knows the password: it
    /// is set by the link of `issue_reset`. For the command line alone.
    Result<Administrator> create_owner(std::string_view email, std::string_view name,
                                       std::string_view organisation);

    Result<Administrator> rename(const AdministratorId& id, std::string_view name);
    /// Ends all sessions but `keep`; its owner gets a mail.
    Result<void> change_password(const AdministratorId& id, std::string_view password,
                                 const AdminSessionId& keep);
    /// Its owner gets a mail.
    Result<std::vector<std::string>> new_recovery_codes(const AdministratorId& id);
    Result<std::int64_t> recovery_codes_left(const AdministratorId& id);

    /// Mails a link that works once within thirty minutes when the address has an account; answers the same
    /// when not. The mail server is that of the person's first organisation. `link_base` is the address of
    /// the page, to which the token is added. The mail goes out in the background: how long the answer takes
    /// tells nothing.
    Result<void> request_reset(std::string_view email, std::string_view link_base);
    /// A reset token without mail, for the command line alone.
    Result<std::string> issue_reset(std::string_view email);
    /// Sets the password, ends every session and tells the person by mail. The second factor stays as it is.
    Result<void> redeem_reset(std::string_view token, std::string_view password);

    Result<std::vector<ListedAdministrator>> list();
    /// Takes the second factor, its recovery codes and the passkeys away and ends every session: the next
    /// sign-in sets up a new one. For the command line alone.
    Result<void> reset_second_factor(std::string_view email);
    /// Ends every session and every link to set a password; returns how many sessions lived. For the command
    /// line alone.
    Result<int> revoke_sessions(std::string_view email);

private:
    /// Errors: not_found, invalid_argument.
    static Result<Administrator> by_email(Repositories& repositories, std::string_view email);
    Result<std::string> hash_new_password(std::string_view password, std::string_view email,
                                          std::string_view name, std::string_view organisation);
    /// An empty actor: the owner himself.
    Result<Administrator> insert_owner(Repositories& repositories, const NewOwner& owner, std::string hash,
                                       std::string_view actor);
    Result<void> own_everything(Repositories& repositories, const AdministratorId& id,
                                std::string_view organisation, std::string_view actor);

    UnitOfWork& work_;
    const crypto::PasswordHasher& hasher_;
    const SecondFactor& factor_;
    const Keys& keys_;
    MailService& mail_;
    AccountNotices notices_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
