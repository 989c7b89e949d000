#pragma once

#include "domain/admin/mail_service.hpp"

namespace countersign::domain {

/// Mails to an administrator about what changed in the way of signing in, so that a stranger's change is
/// noticed.
///
/// They go out in the background through the mail server of the person's first organisation: whoever runs the
/// mail server of another one that the person joined later learns nothing. Without a mail server there is no
/// mail. A mail that cannot be sent is logged; the change stays.
///
/// Threads: safe; blocks on the store. Source: OWASP ASVS 5 V6.3.7.
class AccountNotices {
public:
    AccountNotices(UnitOfWork& work, MailService& mail, const Clock& clock)
        : work_(work), mail_(mail), clock_(clock) {}

    /// `what` is a sentence about the account, without its full stop: "the password was changed".
    void tell(const AdministratorId& id, std::string_view what);

private:
    UnitOfWork& work_;
    MailService& mail_;
    const Clock& clock_;
};

/// The first organisation of a person, provided that it has a mail server.
Result<std::optional<TenantId>> mail_home(Repositories& repositories, const AdministratorId& id);

}  // namespace countersign::domain
