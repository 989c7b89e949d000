#pragma once

#include "domain/admin/access.hpp"
#include "net/request.hpp"

namespace countersign::api::admin {

/// Name of the session cookie. `__Host-`: only ever sent over TLS (or to a loopback address) to this host.
inline constexpr std::string_view kSessionCookie = "__Host-adm";

/// What stands between a request and the services: who is who, and whose pages may change things.
struct Gate {
    domain::AdminAccess& access;
    std::string origin;  // of the portal's own pages; see `origin_of`
};

/// The origin of an address as browsers write it: "https://Portal.example:443/" is "https://portal.example".
std::string origin_of(std::string_view url);

/// Whether an act needs the password or second factor to have been given within the last five minutes.
enum class Confirmation { none, recent };

/// Who calls, provided that he may do this. Every handler of the portal's API starts with it, but for those
/// that sign in.
///
/// A call with `Authorization: Bearer ck_…` is an API key's; any other needs the session cookie and, unless
/// it only reads, must come from the portal's own page (see `from_own_page`). The tenant is the session's.
///
/// Errors:  unauthenticated, second_factor_required, forbidden (permission missing, foreign page),
///          reauthentication_required, unavailable.
Result<domain::AdminActor> authorise(const net::Request& request, const Gate& gate,
                                     domain::Permission permission,
                                     Confirmation confirmation = Confirmation::none);

/// Proof that a changing call comes from a script of the portal: the header `X-Countersign-Portal: 1`, which
/// no foreign page can set without a preflight that is never granted, `Sec-Fetch-Site: same-origin`, which no
/// page can set at all, and an `Origin`, when there is one, that is the configured one: the host that was
/// called proves nothing, since a foreign name can be made to lead here.
/// Errors: forbidden. Threat: DNS rebinding.
Result<void> from_own_page(const net::Request& request, std::string_view own_origin);

/// The session cookie's value. Errors: unauthenticated.
Result<std::string> session_token(const net::Request& request);

}  // namespace countersign::api::admin
