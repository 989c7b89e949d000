#pragma once

#include <optional>
#include <string>
#include <vector>

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
    std::optional<UnixMicros> enrolled_at;     // of the active credential; nullopt: not enrolled
    int samples{0};                            // templates of the active credential
    std::optional<IntegrationId> integration;  // through which the person enrolled
    std::string notes;                         // of the administrators
    std::int64_t version{1};                   // of the notes
};

/// What a list says of a person: the state, and for an active one whether there is a face to compare with.
enum class SubjectStatus { enrolled, not_enrolled, suspended, locked };
std::string_view to_string(SubjectStatus status);
Result<SubjectStatus> parse_subject_status(std::string_view text);
SubjectStatus status_of(const Subject& subject);

/// What the active credential adds to the subject's own row, for lists.
struct Enrolment {
    UnixMicros at;
    int samples{0};
    IntegrationId integration;
};

/// Which subjects a list shows. All that is set must hold.
struct SubjectFilter {
    std::string beginning;  // of the External identifier or of a word in it, in any case; empty: all
    std::optional<SubjectStatus> status;
    std::optional<IntegrationId> integration;
    std::string model;  // of the active credential; empty: any, or none
};

/// The dates newest first. With a `beginning`, `external_id` orders by the words that matched.
enum class SubjectSort { external_id, enrolled_at, last_verified_at };
Result<SubjectSort> parse_subject_sort(std::string_view text);  // "external_id", "-enrolled_at" …

/// The sort key of a row: a text or a number, then the id.
struct SubjectPosition {
    std::string key;
    std::string id;
};

struct FoundSubject {
    Subject subject;
    SubjectPosition position;
};

/// The lower-case External identifier from its start and from each of its words: what a search looks through.
/// Cut to 64 bytes each.
std::vector<std::string> search_terms(std::string_view external_id);
/// The form of `search_terms` for what was typed.
std::string search_key(std::string_view typed);

struct SubjectSummary {
    Subject subject;
    bool enrolled{false};  // has an active credential
};

}  // namespace countersign::domain
