#pragma once

#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/id.hpp"

namespace countersign::domain {

/// `locked` is the consequence of counters, `suspended` an administrator's decision. Both refuse
/// verification.
enum class SubjectState { active, suspended, locked };
std::string_view to_string(SubjectState state);
Result<SubjectState> parse_subject_state(std::string_view text);

/// A person as the identity provider knows them ("enrolled user" in the portal).
struct Subject {
    SubjectId id;
    TenantId tenant;
    std::string external_id;  // the identity provider's user id; unique per tenant
    SubjectState state{SubjectState::active};
    Bytes wrapped_key;       // the subject's data key, wrapped by the tenant key; destroyed with the row
    int failed_attempts{0};  // charged since the last success
    std::optional<UnixMicros> last_attempt_at;
    std::optional<UnixMicros> last_passed_at;
    UnixMicros created_at;
};

struct SubjectSummary {
    Subject subject;
    bool enrolled{false};  // has an active credential
};

}  // namespace countersign::domain
