// Text forms of the domain's enumerations, as they stand in the store, in JSON and on the command line.
#include <array>
#include <utility>

#include "domain/auth0/confirm_service.hpp"
#include "domain/credential/types.hpp"
#include "domain/integration/types.hpp"
#include "domain/simulation/types.hpp"
#include "domain/subject/types.hpp"
#include "domain/verification/types.hpp"

namespace countersign::domain {
namespace {

template <class E, std::size_t N>
using Names = std::array<std::pair<E, std::string_view>, N>;

template <class E, std::size_t N>
std::string_view name_of(const Names<E, N>& names, E value) {
    for (const auto& [entry, name] : names) {
        if (entry == value) return name;
    }
    CS_CHECK(false && "an enumerator without a name");
    return {};
}

template <class E, std::size_t N>
Result<E> value_of(const Names<E, N>& names, std::string_view text, std::string_view what) {
    for (const auto& [entry, name] : names) {
        if (name == text) return entry;
    }
    return fail(ErrorCode::invalid_argument, fmt::format("not a {}", what));
}

constexpr Names<CaptureFlow, 1> kFlows{{{CaptureFlow::in_page, "inline"}}};
constexpr Names<RequestMode, 2> kModes{
    {{RequestMode::always, "always"}, {RequestMode::on_demand, "on-demand"}}};
constexpr Names<LivenessPolicy, 3> kPolicies{{{LivenessPolicy::passive, "passive"},
                                              {LivenessPolicy::active, "active"},
                                              {LivenessPolicy::both, "both"}}};
constexpr Names<SubjectState, 3> kSubjectStates{{{SubjectState::active, "active"},
                                                 {SubjectState::suspended, "suspended"},
                                                 {SubjectState::locked, "locked"}}};
constexpr Names<SubjectStatus, 4> kSubjectStatuses{{{SubjectStatus::enrolled, "enrolled"},
                                                    {SubjectStatus::not_enrolled, "not_enrolled"},
                                                    {SubjectStatus::suspended, "suspended"},
                                                    {SubjectStatus::locked, "locked"}}};
constexpr Names<SubjectSort, 3> kSubjectSorts{{{SubjectSort::external_id, "external_id"},
                                               {SubjectSort::enrolled_at, "-enrolled_at"},
                                               {SubjectSort::last_verified_at, "-last_verified_at"}}};
constexpr Names<CredentialState, 3> kCredentialStates{{{CredentialState::pending, "pending"},
                                                       {CredentialState::active, "active"},
                                                       {CredentialState::revoked, "revoked"}}};
constexpr Names<Purpose, 2> kPurposes{
    {{Purpose::enrolment, "enrolment"}, {Purpose::verification, "verification"}}};
constexpr Names<VerificationState, 8> kStates{{{VerificationState::opened, "opened"},
                                               {VerificationState::consented, "consented"},
                                               {VerificationState::capturing, "capturing"},
                                               {VerificationState::passed, "passed"},
                                               {VerificationState::failed, "failed"},
                                               {VerificationState::cancelled, "cancelled"},
                                               {VerificationState::expired, "expired"},
                                               {VerificationState::refused, "refused"}}};
constexpr Names<OutcomeCode, 7> kCodes{{{OutcomeCode::passed, "passed"},
                                        {OutcomeCode::failed, "failed"},
                                        {OutcomeCode::cancelled, "cancelled"},
                                        {OutcomeCode::integration_disabled, "integration_disabled"},
                                        {OutcomeCode::not_enrolled, "not_enrolled"},
                                        {OutcomeCode::locked, "locked"},
                                        {OutcomeCode::expired, "expired"}}};
constexpr Names<AttemptResult, 11> kResults{{{AttemptResult::passed, "passed"},
                                             {AttemptResult::no_match, "no_match"},
                                             {AttemptResult::not_live_passive, "not_live_passive"},
                                             {AttemptResult::not_live_active, "not_live_active"},
                                             {AttemptResult::identity_changed, "identity_changed"},
                                             {AttemptResult::repeated_frames, "repeated_frames"},
                                             {AttemptResult::earlier_capture, "earlier_capture"},
                                             {AttemptResult::broken_chain, "broken_chain"},
                                             {AttemptResult::face_timeout, "face_timeout"},
                                             {AttemptResult::interrupted, "interrupted"},
                                             {AttemptResult::aborted, "aborted"}}};
constexpr Names<SimulationStatus, 3> kSimulationStatuses{{{SimulationStatus::running, "running"},
                                                          {SimulationStatus::passed, "passed"},
                                                          {SimulationStatus::failed, "failed"}}};
constexpr Names<SimulationStepName, 12> kSimulationSteps{
    {{SimulationStepName::integration_ready, "integration_ready"},
     {SimulationStepName::start_token_accepted, "start_token_accepted"},
     {SimulationStepName::page_opened, "page_opened"},
     {SimulationStepName::consent_given, "consent_given"},
     {SimulationStepName::camera_streaming, "camera_streaming"},
     {SimulationStepName::face_measured, "face_measured"},
     {SimulationStepName::challenge_done, "challenge_done"},
     {SimulationStepName::verdict, "verdict"},
     {SimulationStepName::returned, "returned"},
     {SimulationStepName::result_verified, "result_verified"},
     {SimulationStepName::confirmed, "confirmed"},
     {SimulationStepName::replay_refused, "replay_refused"}}};
constexpr Names<Method, 2> kMethods{{{Method::enrolled, "enrolled"}, {Method::verified, "verified"}}};

}  // namespace

std::string_view to_string(CaptureFlow flow) {
    return name_of(kFlows, flow);
}
std::string_view to_string(RequestMode mode) {
    return name_of(kModes, mode);
}
std::string_view to_string(LivenessPolicy policy) {
    return name_of(kPolicies, policy);
}
std::string_view to_string(SubjectState state) {
    return name_of(kSubjectStates, state);
}
std::string_view to_string(SubjectStatus status) {
    return name_of(kSubjectStatuses, status);
}
std::string_view to_string(CredentialState state) {
    return name_of(kCredentialStates, state);
}
std::string_view to_string(Purpose purpose) {
    return name_of(kPurposes, purpose);
}
std::string_view to_string(VerificationState state) {
    return name_of(kStates, state);
}
std::string_view to_string(OutcomeCode code) {
    return name_of(kCodes, code);
}
std::string_view to_string(AttemptResult result) {
    return name_of(kResults, result);
}
std::string_view to_string(SimulationStatus status) {
    return name_of(kSimulationStatuses, status);
}
std::string_view to_string(SimulationStepName name) {
    return name_of(kSimulationSteps, name);
}
std::string_view to_string(Method method) {
    return name_of(kMethods, method);
}

Result<CaptureFlow> parse_capture_flow(std::string_view text) {
    return value_of(kFlows, text, "capture flow (inline)");
}
Result<RequestMode> parse_request_mode(std::string_view text) {
    return value_of(kModes, text, "request mode (always, on-demand)");
}
Result<LivenessPolicy> parse_liveness_policy(std::string_view text) {
    return value_of(kPolicies, text, "liveness policy (passive, active, both)");
}
Result<SubjectState> parse_subject_state(std::string_view text) {
    return value_of(kSubjectStates, text, "subject state");
}
Result<SubjectStatus> parse_subject_status(std::string_view text) {
    return value_of(kSubjectStatuses, text, "status (enrolled, not_enrolled, suspended, locked)");
}
Result<SubjectSort> parse_subject_sort(std::string_view text) {
    return value_of(kSubjectSorts, text, "sort order (external_id, -enrolled_at, -last_verified_at)");
}
Result<CredentialState> parse_credential_state(std::string_view text) {
    return value_of(kCredentialStates, text, "credential state");
}
Result<Purpose> parse_purpose(std::string_view text) {
    return value_of(kPurposes, text, "purpose");
}
Result<VerificationState> parse_verification_state(std::string_view text) {
    return value_of(kStates, text, "verification state");
}
Result<OutcomeCode> parse_outcome_code(std::string_view text) {
    return value_of(kCodes, text, "outcome code");
}

Result<SimulationStatus> parse_simulation_status(std::string_view text) {
    return value_of(kSimulationStatuses, text, "simulation status");
}
Result<SimulationStepName> parse_simulation_step_name(std::string_view text) {
    return value_of(kSimulationSteps, text, "simulation step");
}

bool is_final(VerificationState state) {
    return state != VerificationState::opened && state != VerificationState::consented &&
           state != VerificationState::capturing;
}

}  // namespace countersign::domain
