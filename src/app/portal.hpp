#pragma once

#include <optional>

#include "app/core.hpp"
#include "app/portal_resources.hpp"
#include "domain/admin/access_service.hpp"
#include "domain/admin/account_service.hpp"
#include "domain/admin/api_key_service.hpp"
#include "domain/admin/idempotency.hpp"
#include "domain/admin/passkey_service.hpp"
#include "domain/admin/session_service.hpp"
#include "domain/admin/team_service.hpp"
#include "mail/smtp_transport.hpp"
#include "net/router.hpp"
#include "net/static_assets.hpp"
#include "runtime/lane.hpp"

namespace countersign::app {

/// The services behind the administrators' listener, in the order in which they depend on each other, and its
/// pages. Must outlive the server that uses `routes()`.
///
/// Pages that are not built do not keep the server from starting: the log and `doctor` tell, and the portal
/// answers 503.
class Portal {
public:
    /// Mails that nobody waits for go out in `background`. Errors: those of crypto::Argon2Hasher::make.
    static Result<std::unique_ptr<Portal>> make(Core& core, const Config& config, runtime::Lane& background);
    Portal(const Portal&) = delete;
    Portal& operator=(const Portal&) = delete;

    net::Router routes();
    /// Deletes sessions, links and kept answers that are over. For the scheduler.
    Result<void> purge() { return sessions_.purge(); }

private:
    Portal(Core& core, const Config& config, runtime::Lane& background,
           std::unique_ptr<crypto::PasswordHasher> hasher);

    const std::string public_url_;
    std::optional<net::StaticAssets> pages_;
    std::unique_ptr<crypto::PasswordHasher> hasher_;
    mail::SmtpTransport transport_;
    domain::Passkeys passkeys_;
    domain::SecondFactor factor_;
    domain::MailService mail_;
    domain::AccessService access_;
    domain::AdminSessionService sessions_;
    domain::AccountService accounts_;
    domain::PasskeyService own_passkeys_;
    domain::TeamService team_;
    domain::ApiKeyService api_keys_;
    domain::IdempotencyService idempotency_;
    PortalResources resources_;
    Core& core_;
};

}  // namespace countersign::app
