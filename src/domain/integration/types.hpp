#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"

namespace countersign::domain {

/// How the person reaches the capture. E-mail comes with the notification feature.
enum class CaptureFlow { in_page };
std::string_view to_string(CaptureFlow flow);  // "inline"
Result<CaptureFlow> parse_capture_flow(std::string_view text);

/// What the identity provider's Action is set to; shown to people, not enforced here.
enum class RequestMode { always, on_demand };
std::string_view to_string(RequestMode mode);  // "always", "on-demand"
Result<RequestMode> parse_request_mode(std::string_view text);

/// Which liveness checks must hold. `both` means passive AND active.
enum class LivenessPolicy { passive, active, both };
std::string_view to_string(LivenessPolicy policy);
Result<LivenessPolicy> parse_liveness_policy(std::string_view text);

/// What an administrator may set.
struct IntegrationSettings {
    std::optional<std::string> name;
    bool enabled{true};
    bool allow_self_enrolment{true};
    CaptureFlow enrolment_flow{CaptureFlow::in_page};
    CaptureFlow verification_flow{CaptureFlow::in_page};
    std::vector<std::string> return_domains;  // exact hosts, normalised by parse_return_domain
    RequestMode request_mode_hint{RequestMode::always};
    std::optional<std::string> claim_namespace;  // https URL of the custom claim, shown in the set-up guide
    LivenessPolicy liveness{LivenessPolicy::both};
    double target_fmr{1e-5};               // false match rate, 1e-6 … 1e-3
    int max_attempts{3};                   // per verification, 1 … 10
    Micros session_lifetime{minutes(10)};  // of a verification, 1 … 30 minutes
    bool allow_insecure_loopback{false};   // http return to 127.0.0.1 and [::1], for demonstrations
    bool adapt_templates{false};           // strong matches add samples (ADR 0067); needs liveness `both`

    bool operator==(const IntegrationSettings&) const = default;
};

struct Integration {
    IntegrationId id;
    TenantId tenant;
    IntegrationSettings settings;
    UnixMicros created_at;
    UnixMicros updated_at;
    std::int64_t version{1};
    std::optional<UnixMicros> last_used_at;  // newest login, to the minute
};

/// A stored Session Secret. `sealed` opens only with the tenant's key and only for this row.
struct IntegrationSecret {
    SecretId id;
    IntegrationId integration;
    TenantId tenant;
    Bytes sealed;
    UnixMicros created_at;
    std::optional<UnixMicros> not_after;  // set when a newer secret took over
};

}  // namespace countersign::domain
