#include "domain/credential/vault.hpp"

#include <algorithm>
#include <iterator>

namespace countersign::domain {

Result<std::vector<UnsealedCredential>> TemplateVault::load_active(Repositories& repositories,
                                                                   const Subject& subject) const {
    auto tenant = CS_TRY(repositories.tenants().find(subject.tenant));
    auto key = CS_TRY(keys_.subject_key(tenant, subject));
    auto credentials = CS_TRY(repositories.credentials().of_subject(subject.tenant, subject.id));
    std::vector<UnsealedCredential> unsealed;
    for (const auto& credential : credentials) {
        if (credential.state != CredentialState::active) continue;
        auto samples = CS_TRY(repositories.credentials().samples(subject.tenant, credential.id));
        UnsealedCredential open;
        open.id = credential.id;
        for (const auto& sample : samples) {
            auto data = CS_TRY(keys_.open_template(key, subject, sample.id, sample.sealed));
            auto& to = sample.adapted_at ? open.adapted : open.samples;
            to.push_back(face::Template{credential.model, std::move(data)});
        }
        unsealed.push_back(std::move(open));
    }
    return unsealed;
}

Result<std::vector<CredentialSample>> TemplateVault::sealed(Repositories& repositories,
                                                            const Subject& subject,
                                                            const CredentialId& credential,
                                                            std::span<const face::Template> templates,
                                                            UnixMicros now) const {
    const bool one_model =
        !templates.empty() && std::all_of(templates.begin(), templates.end(),
                                          [&](const auto& t) { return t.model == templates.front().model; });
    if (!one_model) return fail(ErrorCode::invalid_argument, "a credential needs templates of one model");

    auto tenant = CS_TRY(repositories.tenants().find(subject.tenant));
    auto key = CS_TRY(keys_.subject_key(tenant, subject));
    std::vector<CredentialSample> samples;
    for (const auto& face_template : templates) {
        CredentialSample sample;
        sample.id = SampleId::make(now, random_);
        sample.credential = credential;
        sample.tenant = subject.tenant;
        sample.position = static_cast<int>(samples.size());
        sample.sealed = CS_TRY(keys_.seal_template(key, subject, sample.id, face_template.data.view()));
        samples.push_back(std::move(sample));
    }
    return samples;
}

Result<CredentialId> TemplateVault::store_pending(Repositories& repositories, const Subject& subject,
                                                  const VerificationId& verification,
                                                  std::span<const face::Template> templates,
                                                  UnixMicros now) const {
    Credential credential;
    credential.id = CredentialId::make(now, random_);
    credential.tenant = subject.tenant;
    credential.subject = subject.id;
    credential.verification = verification;
    credential.created_at = now;
    const auto samples = CS_TRY(sealed(repositories, subject, credential.id, templates, now));
    credential.model = templates.front().model;
    CS_TRY(repositories.credentials().insert(credential, samples));
    return credential.id;
}

Result<void> TemplateVault::renew(Repositories& repositories, const Subject& subject,
                                  const Credential& stored, std::span<const face::Template> templates,
                                  UnixMicros now) const {
    const auto samples = CS_TRY(sealed(repositories, subject, stored.id, templates, now));
    Credential renewed = stored;
    renewed.model = templates.front().model;
    return repositories.credentials().replace_samples(renewed, stored.model, samples);
}

Result<SampleId> TemplateVault::add_adapted(Repositories& repositories, const Subject& subject,
                                            const Credential& stored, const face::Template& made,
                                            int position, UnixMicros now) const {
    auto samples = CS_TRY(sealed(repositories, subject, stored.id, std::span(&made, 1), now));
    CredentialSample& sample = samples.front();
    sample.position = position;
    sample.adapted_at = now;
    CS_TRY(repositories.credentials().insert_sample(sample));
    return sample.id;
}

Result<std::vector<face::Imprint>> TemplateVault::load_imprints(Repositories& repositories,
                                                                const Subject& subject) const {
    auto tenant = CS_TRY(repositories.tenants().find(subject.tenant));
    auto key = CS_TRY(keys_.subject_key(tenant, subject));
    const auto captures = CS_TRY(repositories.credentials().imprints_of(subject.tenant, subject.id));
    std::vector<face::Imprint> all;
    for (const auto& capture : captures) {
        const auto packed = CS_TRY(keys_.open_imprints(key, subject, capture.challenge, capture.sealed));
        auto imprints = CS_TRY(unpack_imprints(capture.model, packed.view()));
        std::ranges::move(imprints, std::back_inserter(all));
    }
    return all;
}

Result<void> TemplateVault::keep_imprints(Repositories& repositories, const Subject& subject,
                                          const ChallengeId& challenge,
                                          std::span<const face::Imprint> imprints, bool passed,
                                          UnixMicros now) const {
    if (imprints.empty()) return {};
    auto tenant = CS_TRY(repositories.tenants().find(subject.tenant));
    auto key = CS_TRY(keys_.subject_key(tenant, subject));
    CaptureImprints kept;
    kept.tenant = subject.tenant;
    kept.challenge = challenge;
    kept.subject = subject.id;
    kept.passed = passed;
    kept.model = imprints.front().face.model;
    kept.sealed = CS_TRY(keys_.seal_imprints(key, subject, challenge, pack_imprints(imprints).view()));
    kept.created_at = now;
    return repositories.credentials().insert_imprints(kept, kKeptCaptures);
}

}  // namespace countersign::domain
