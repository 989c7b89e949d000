#pragma once

#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "domain/ratelimit/lockout.hpp"

namespace countersign::domain {

/// How the capture page of a tenant looks.
struct Branding {
    std::optional<std::string> display_name;
    std::string accent{"#2b59ff"};  // #rrggbb; this one is the design's own
    std::optional<Bytes> logo;      // PNG
    std::optional<std::string> support_email;
    std::optional<std::string> headline;
    bool operator==(const Branding&) const = default;
};

/// What a tenant's administrators set for the whole tenant.
struct TenantSettings {
    TenantId tenant;
    Branding branding;
    LockoutPolicy lockout;
    int transaction_days{30};  // a finished transaction is deleted after this
    std::int64_t version{1};   // 1: nothing was ever changed
    UnixMicros updated_at;
};

}  // namespace countersign::domain
