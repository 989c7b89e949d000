#pragma once

#include <functional>

#include "domain/tenant/keys.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// One plain-text mail. `text` has lines that end with '\n'.
struct Mail {
    std::string to;
    std::string subject;
    std::string text;
};

/// A mail server with its password, open only while one mail is sent.
struct OpenMailServer {
    std::string host;
    std::int64_t port{587};
    MailSecurity security{MailSecurity::starttls};
    std::string username;
    SecretBytes password;
    std::string sender;
};

/// Hands mails to a mail server. Implemented by src/mail.
///
/// Errors:  unavailable, with what the server said in `detail` (no address, no password).
/// Threads: safe; blocks on the network: never in a database transaction.
class MailTransport {
public:
    virtual ~MailTransport() = default;
    virtual Result<std::string> send(const OpenMailServer& server, const Mail& mail) = 0;
};

/// What an administrator sets; an absent password keeps the stored one.
struct MailServerChange {
    std::string host;
    std::int64_t port{587};
    MailSecurity security{MailSecurity::starttls};
    std::string username;
    std::optional<std::string> password;
    std::string sender;
};

/// Runs a function outside of the request. Errors: queue_full.
using RunLater = std::function<Result<void>(std::function<void()>)>;

/// The mail servers of tenants, and mails through them.
///
/// A stored password is never sent to another host or user than it was given for: with another one it must be
/// given again.
/// Errors:  invalid_argument (with fields), precondition_failed (no mail server is set), unavailable.
/// Threads: safe; blocks.
class MailService {
public:
    MailService(UnitOfWork& work, const Keys& keys, MailTransport& transport, RunLater later,
                const Clock& clock, Random& random)
        : work_(work),
          keys_(keys),
          transport_(transport),
          later_(std::move(later)),
          clock_(clock),
          random_(random) {}

    /// nullopt when none is set. The password stays sealed.
    Result<std::optional<MailServer>> find(const TenantId& tenant);
    Result<MailServer> set(const AdminActor& actor, const MailServerChange& change);

    /// Sends now; the server's last answer.
    Result<std::string> send(const TenantId& tenant, const Mail& mail);
    /// Sends in the background; a failure is logged.
    Result<void> send_later(const TenantId& tenant, Mail mail);
    Result<std::string> send_test(const AdminActor& actor, std::string_view to);

private:
    Result<OpenMailServer> open(const TenantId& tenant);

    UnitOfWork& work_;
    const Keys& keys_;
    MailTransport& transport_;
    const RunLater later_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
