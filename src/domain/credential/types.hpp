#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"

namespace countersign::domain {

/// `pending` until the identity provider's Action has confirmed the login in which it was made.
enum class CredentialState { pending, active, revoked };
std::string_view to_string(CredentialState state);
Result<CredentialState> parse_credential_state(std::string_view text);

struct Credential {
    CredentialId id;
    TenantId tenant;
    SubjectId subject;
    VerificationId verification;  // in which it was enrolled
    std::string model;            // `name/version` of the embedding model
    CredentialState state{CredentialState::pending};
    UnixMicros created_at;
    std::optional<UnixMicros> activated_at;
};

/// The embedding models whose templates the engine compares.
struct TemplateModels {
    std::string current;   // makes new templates
    std::string previous;  // compared and then renewed; empty: none

    bool has(const std::string& model) const {
        return model == current || (!previous.empty() && model == previous);
    }
};

/// How many subjects have an active credential of this model.
struct ModelCount {
    std::string model;
    std::int64_t subjects{0};
};

/// Whether one of a subject's credentials can be compared with: the subject is enrolled.
inline bool has_active(const std::vector<Credential>& credentials) {
    return std::ranges::any_of(credentials,
                               [](const Credential& c) { return c.state == CredentialState::active; });
}

/// One sealed biometric template of a credential.
struct CredentialSample {
    SampleId id;
    CredentialId credential;
    TenantId tenant;
    int position{0};
    Bytes sealed;
    std::optional<UnixMicros> adapted_at;  // by a strong match; none: enrolled
};

/// What is shown of a sample that a strong match added.
struct AdaptedSample {
    SampleId id;
    UnixMicros adapted_at;
};

}  // namespace countersign::domain
