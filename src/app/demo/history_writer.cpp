#include "app/demo/history_writer.hpp"

#include "domain/activity/record.hpp"
#include "domain/audit/trail.hpp"
#include "face/engine/template_codec.hpp"

namespace countersign::app::demo {
namespace {

using domain::Repositories;

constexpr int kSamples = 3;
constexpr std::size_t kEmbeddingValues = 512;

}  // namespace

void HistoryWriter::start() {
    subjects_.forget();
    running_.forget();
}

void HistoryWriter::keep() {
    subjects_.keep();
    running_.keep();
}

Result<void> HistoryWriter::audit(Repositories& repositories, domain::AuditEntry entry, UnixMicros at) {
    entry.details.emplace("seeded", "yes");
    return domain::append_audit(repositories, entry, at, random_);
}

Result<void> HistoryWriter::take(Repositories& repositories, std::uint32_t login, domain::Edge edge,
                                 UnixMicros at) {
    auto& running = *running_.find(login);
    edge.details.emplace("seeded", "yes");
    running.verification = CS_TRY(domain::take_edge(repositories, running.verification, edge, at, random_));
    return {};
}

Result<domain::Subject> HistoryWriter::new_subject(const Person& person, UnixMicros at) {
    domain::Subject subject;
    subject.id = SubjectId::make(at, random_);
    subject.tenant = place_.tenant.id;
    subject.external_id = person.external_id;
    subject.state = person.state;
    subject.wrapped_key = CS_TRY(keys_.new_subject_key(place_.tenant, subject.id));
    subject.created_at = at;
    subject.notes = person.notes;
    if (person.state == domain::SubjectState::locked) {
        subject.failed_attempts = place_.lockout.lock_after;
        subject.last_attempt_at = at + minutes(3);
    }
    return subject;
}

Result<CredentialId> HistoryWriter::store_noise(Repositories& repositories, const domain::Subject& subject,
                                                const VerificationId& verification, UnixMicros at) {
    std::vector<face::Template> templates;
    for (int i = 0; i < kSamples; ++i) {
        face::Tensor noise(kEmbeddingValues);
        for (float& value : noise.values())
            value = static_cast<float>(dice_.between(-1, 1));
        auto data = CS_TRY(face::encode_template(noise));
        templates.push_back({std::string(kSeededModel), std::move(data)});
    }
    return vault_.store_pending(repositories, subject, verification, templates, at);
}

Result<ConsentId> HistoryWriter::give_consent(Repositories& repositories, const SubjectId& subject,
                                              const VerificationId& verification, UnixMicros at) {
    const auto& text = place_.consent;
    const domain::Consent consent{.id = ConsentId::make(at, random_),
                                  .tenant = place_.tenant.id,
                                  .subject = subject,
                                  .verification = verification,
                                  .version = text.version,
                                  .locale = text.locale,
                                  .sha256 = text.sha256,
                                  .given_at = at,
                                  .withdrawn_at = {}};
    CS_TRY(repositories.consents().insert(consent));
    return consent.id;
}

/// An active credential of long ago; the transaction that made it is past its retention.
Result<void> HistoryWriter::give_face(Repositories& repositories, const domain::Subject& subject,
                                      UnixMicros at) {
    const auto long_ago = VerificationId::make(at, random_);
    CS_TRY(give_consent(repositories, subject.id, long_ago, at));
    const auto credential = CS_TRY(store_noise(repositories, subject, long_ago, at));
    return repositories.credentials().change_state(
        subject.tenant, credential, domain::CredentialState::pending, domain::CredentialState::active, at);
}

Result<void> HistoryWriter::enrol(Repositories& repositories, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
        const Person& person = plan_.people[i];
        auto subject = CS_TRY(new_subject(person, *person.enrolled_at));
        subject.enrolled_at = person.enrolled_at;
        subject.last_passed_at = person.enrolled_at;
        subject.samples = kSamples;
        subject.integration = place_.gates[person.integration].integration.id;
        CS_TRY(repositories.subjects().insert(subject));
        CS_TRY(give_face(repositories, subject, *person.enrolled_at));
        subjects_.put(static_cast<std::uint32_t>(i), std::move(subject));
    }
    return {};
}

/// Whoever is not there yet comes now.
Result<domain::Subject*> HistoryWriter::person_of(Repositories& repositories, std::uint32_t login,
                                                  UnixMicros at) {
    const auto person = plan_.logins[login].person;
    if (auto* known = subjects_.find(person)) {
        if (known->enrolled_at) return known;
        // A running server forgets people who began to enrol and left; such a one comes as somebody new.
        const auto stored = repositories.subjects().find(known->tenant, known->id);
        if (stored) return known;
        if (stored.error().code != ErrorCode::not_found) return tl::unexpected(stored.error());
    }
    auto subject = CS_TRY(new_subject(plan_.people[person], at));
    CS_TRY(repositories.subjects().insert(subject));
    return &subjects_.put(person, std::move(subject));
}

Result<void> HistoryWriter::decide(Repositories& repositories, const Moment& moment) {
    auto* subject = subjects_.find(plan_.logins[moment.login].person);
    if (subject == nullptr || !subject->enrolled_at) return {};
    const auto wanted =
        moment.act == Act::suspend ? domain::SubjectState::suspended : domain::SubjectState::active;
    const bool re_enrols = moment.act == Act::re_enrol;
    if (!re_enrols && subject->state == wanted) return {};
    std::string_view kind = moment.act == Act::suspend ? "subject.suspended" : "subject.unlocked";
    if (re_enrols) {
        kind = "subject.re_enrolment_requested";
        const auto all = CS_TRY(repositories.credentials().of_subject(subject->tenant, subject->id));
        for (const auto& credential : all) {
            if (credential.state != domain::CredentialState::active) continue;
            CS_TRY(repositories.credentials().change_state(subject->tenant, credential.id, credential.state,
                                                           domain::CredentialState::revoked, moment.at));
            CS_TRY(repositories.credentials().remove_samples(subject->tenant, credential.id));
        }
        CS_TRY(repositories.subjects().set_enrolment(subject->tenant, subject->id, std::nullopt));
        subject->enrolled_at.reset();
    } else {
        CS_TRY(repositories.subjects().set_state(subject->tenant, subject->id, wanted));
        if (wanted == domain::SubjectState::active)
            CS_TRY(repositories.subjects().reset_attempts(subject->tenant, subject->id, std::nullopt));
        subject->state = wanted;
    }
    return audit(repositories, {subject->tenant, "cli", std::string(kind), subject->id.text(), {}},
                 moment.at);
}

Result<void> HistoryWriter::happen(Repositories& repositories, std::span<const Moment> moments) {
    for (const Moment& moment : moments)
        CS_TRY(apply(repositories, moment));
    return {};
}

Result<void> HistoryWriter::apply(Repositories& repositories, const Moment& moment) {
    switch (moment.act) {
        case Act::open:
            return open(repositories, moment);
        case Act::suspend:
        case Act::reactivate:
        case Act::re_enrol:
            return decide(repositories, moment);
        default:
            // A refused login has no further steps.
            return running_.find(moment.login) == nullptr ? Result<void>() : step(repositories, moment);
    }
}

}  // namespace countersign::app::demo
