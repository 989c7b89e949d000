#pragma once

#include "api/admin/guard.hpp"
#include "domain/admin/account_service.hpp"
#include "domain/admin/api_key_service.hpp"
#include "domain/admin/idempotency.hpp"
#include "domain/admin/mail_service.hpp"
#include "domain/admin/passkey_service.hpp"
#include "domain/admin/session_service.hpp"
#include "domain/admin/team_service.hpp"
#include "net/router.hpp"

namespace countersign::api::admin {

/// What the routes of sign-in, account and team need. All of it must outlive the server.
struct AccountServices {
    Gate gate;
    domain::UnitOfWork& work;
    domain::AdminSessionService& sessions;
    domain::AccountService& accounts;
    domain::PasskeyService& passkeys;
    domain::TeamService& team;
    domain::ApiKeyService& api_keys;
    domain::MailService& mail;
    domain::IdempotencyService& idempotency;
    const Clock& clock;
    std::string public_url;  // of the portal: links in mails begin so
};

inline constexpr std::string_view kBase = "/api/admin/v1";

/// Signing in and out, first owner, forgotten password, accepting an invitation.
void add_session_routes(net::Router& router, AccountServices services);
/// The signed-in administrator's own account.
void add_account_routes(net::Router& router, AccountServices services);
/// The signed-in administrator's passkeys, and what a browser needs to prove one.
void add_passkey_routes(net::Router& router, AccountServices services);
/// Administrators, invitations, API keys, organisations, mail server.
void add_team_routes(net::Router& router, AccountServices services);

/// How a mail server is shown: without its password.
json::object mail_state(const std::optional<domain::MailServer>& server);

/// The active session of a cookie; changes must come from the portal's page. API keys have no account.
Result<domain::SessionView> own_session(const AccountServices& services, const net::Request& request,
                                        Confirmation confirmation = Confirmation::none);

/// The session as JSON.
net::Response session_response(const AccountServices& services, net::HttpStatus status,
                               const domain::SessionView& view);
void set_session_cookie(net::Response& response, std::string_view token);
void drop_session_cookie(net::Response& response);

}  // namespace countersign::api::admin
