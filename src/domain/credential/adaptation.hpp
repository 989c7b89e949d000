#pragma once

#include "domain/credential/vault.hpp"

namespace countersign::domain {

inline constexpr std::size_t kMostAdapted = 3;  // thresholds are calibrated for three samples and for six
inline constexpr Micros kAdaptationInterval = days(1);  // of one credential

/// What a capture that matched strongly offers its credential.
struct Adaptation {
    const face::Template& sample;
    const VerificationId& verification;  // named in the audit
};

/// The adapted ones among all samples of a credential, oldest first.
std::vector<AdaptedSample> adapted_among(const std::vector<CredentialSample>& samples);

/// Notes how many samples the credential has, for lists to show. Errors: unavailable.
Result<void> count_samples(Repositories& repositories, const Subject& subject, const CredentialId& id);

/// Puts a sample beside the enrolled ones, in the place of the oldest adapted one when there are
/// kMostAdapted. Enrolled samples stay as they are. Nothing happens, and nothing fails, when the credential
/// was adapted less than kAdaptationInterval ago or its templates are of another model by now. What happens
/// is audited as `credential.adapted`.
///
/// Whether the capture deserves it was decided before (domain/capture/adaptation.hpp).
/// Errors: unavailable. Threads: safe; within the caller's transaction. Source: ADR 0067.
Result<void> adapt_credential(Repositories& repositories, const TemplateVault& vault, const Subject& subject,
                              const Credential& stored, const Adaptation& adaptation, UnixMicros now,
                              Random& random);

}  // namespace countersign::domain
