#pragma once

#include <map>
#include <string>

#include "base/bytes.hpp"
#include "base/id.hpp"

namespace countersign::domain {

/// What happened, before it becomes a link of the chain. No secret, score, token, picture or external id in
/// any field.
struct AuditEntry {
    TenantId tenant;
    std::string actor;   // "cli", "system", "browser", "int_…"
    std::string kind;    // dotted, for example "verification.passed"
    std::string target;  // identifier of the thing acted on
    std::map<std::string, std::string> details;
};

/// A link of the tenant's hash chain. `hash` covers every other field.
struct AuditEvent {
    AuditId id;
    std::int64_t sequence{0};  // 1, 2, 3, … per tenant
    UnixMicros occurred_at;
    AuditEntry entry;
    std::string previous_hash;  // hex SHA-256; 64 zeros for the first
    std::string hash;           // hex SHA-256
};

}  // namespace countersign::domain
