#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace countersign::domain {

/// Reads one exact host to which a login may return, as an administrator types it, and returns its stored
/// form (lower case). Only a bare DNS name with at least two labels is accepted: no scheme, path, user,
/// wildcard, port, address, trailing dot, percent sign or character outside [a-z0-9.-]; a punycode label must
/// be typed as such and is refused too, because look-alikes of the tenant's own name are what attackers
/// register. With `allow_loopback` also `127.0.0.1` and `[::1]`, with or without a port.
///
/// Errors: invalid_argument. Requirement S11, threat T5.
Result<std::string> parse_return_domain(std::string_view text, bool allow_loopback);

bool is_loopback_domain(std::string_view domain);

/// The registered domain that `issuer` (a bare host name from a token) names, or nullopt. An exact match;
/// only a loopback issuer without port also names the single registered loopback domain of that host with a
/// port.
std::optional<std::string> match_return_domain(const std::vector<std::string>& registered,
                                               std::string_view issuer);

/// `https://<domain>/continue`, or http for a loopback domain. `domain` comes from the integration's record.
std::string continue_url(std::string_view domain);

}  // namespace countersign::domain
