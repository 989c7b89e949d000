#pragma once

#include <span>

#include "domain/tenant/keys.hpp"
#include "domain/unit_of_work.hpp"
#include "face/api/types.hpp"

namespace countersign::domain {

/// A credential whose templates are open in memory; they are wiped with it.
struct UnsealedCredential {
    CredentialId id;
    std::vector<face::Template> samples;    // enrolled
    std::vector<face::Template> adapted{};  // added by strong matches
};

/// Seals templates on the way into the store and opens them on the way out.
///
/// Errors:  internal (a row does not open: deny), not_found, unavailable.
/// Threads: safe. Requirement S6, threats T4 and T18.
class TemplateVault {
public:
    TemplateVault(const Keys& keys, Random& random) : keys_(keys), random_(random) {}

    /// The subject's active credentials. Empty: not enrolled.
    Result<std::vector<UnsealedCredential>> load_active(Repositories& repositories,
                                                        const Subject& subject) const;

    /// Stores a pending credential; all templates are of one model. Errors: invalid_argument when there is
    /// none or the models differ.
    Result<CredentialId> store_pending(Repositories& repositories, const Subject& subject,
                                       const VerificationId& verification,
                                       std::span<const face::Template> templates, UnixMicros now) const;

    /// Puts templates of another model in the place of all samples of an active credential. Errors:
    /// invalid_argument as above; conflict (its model is not that of `stored` any more).
    Result<void> renew(Repositories& repositories, const Subject& subject, const Credential& stored,
                       std::span<const face::Template> templates, UnixMicros now) const;

    /// Puts one more sample, marked as adapted, to an active credential of its model.
    Result<SampleId> add_adapted(Repositories& repositories, const Subject& subject, const Credential& stored,
                                 const face::Template& made, int position, UnixMicros now) const;

    /// What is kept of the subject's earlier captures.
    Result<std::vector<face::Imprint>> load_imprints(Repositories& repositories,
                                                     const Subject& subject) const;

    /// Keeps the imprints of a capture; all are of one model. Nothing happens when there are none.
    Result<void> keep_imprints(Repositories& repositories, const Subject& subject,
                               const ChallengeId& challenge, std::span<const face::Imprint> imprints,
                               bool passed, UnixMicros now) const;

private:
    Result<std::vector<CredentialSample>> sealed(Repositories& repositories, const Subject& subject,
                                                 const CredentialId& credential,
                                                 std::span<const face::Template> templates,
                                                 UnixMicros now) const;

    const Keys& keys_;
    Random& random_;
};

}  // namespace countersign::domain
