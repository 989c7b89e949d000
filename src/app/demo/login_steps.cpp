// HistoryWriter: the steps of one login, each as the service that does it for real does it.
#include "app/demo/history_writer.hpp"
#include "crypto/digest.hpp"
#include "domain/activity/record.hpp"

namespace countersign::app::demo {
namespace {

using domain::AttemptResult;
using domain::Repositories;
using domain::VerificationEvent;

constexpr std::array<std::string_view, 4> kApplications{"Harbour Banking", "Harbour Mobile", "Partner desk",
                                                        "Benefits"};

constexpr std::array<std::string_view, 5> kBrowsers{
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.6 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"};

/// Everybody has one browser for most logins and another one for some.
std::string_view browser_of(const SubjectId& subject, UnixMicros at) {
    const auto own = std::hash<SubjectId>{}(subject);
    const bool other = (at.value / 1'000'000) % 5 == 0;
    return kBrowsers.at((own + (other ? 1 : 0)) % kBrowsers.size());
}

bool saw_a_face(AttemptResult result) {
    return result != AttemptResult::face_timeout && result != AttemptResult::aborted &&
           result != AttemptResult::interrupted;
}

bool saw_a_challenge(AttemptResult result) {
    return result == AttemptResult::passed || result == AttemptResult::no_match ||
           result == AttemptResult::not_live_passive || result == AttemptResult::identity_changed;
}

/// Where between two moments something happened.
UnixMicros part_of(UnixMicros from, UnixMicros to, double share) {
    return from + Micros{static_cast<std::int64_t>(static_cast<double>((to - from).value) * share)};
}

}  // namespace

domain::Verification HistoryWriter::new_verification(const domain::Subject& subject, const Gate& gate,
                                                     UnixMicros at) {
    const auto& settings = gate.integration.settings;
    domain::Verification v;
    v.id = VerificationId::make(at, random_);
    v.tenant = place_.tenant.id;
    v.integration = gate.integration.id;
    v.subject = subject.id;
    v.purpose = subject.enrolled_at ? domain::Purpose::verification : domain::Purpose::enrolment;
    v.origin.subject_external_id = subject.external_id;
    v.origin.issuer = settings.return_domains.front();
    v.origin.return_domain = settings.return_domains.front();
    v.origin.return_state = random_.token(16);
    v.origin.nonce = random_.token(16);
    v.origin.transaction_id = "txn_" + random_.token(12);
    const auto application = dice_.below(kApplications.size());
    v.origin.client_id = fmt::format("seeded-{}", application + 1);
    v.origin.client_name = kApplications[application];
    v.origin.locale = place_.consent.locale;
    v.origin.secret = gate.secret;
    v.cookie_hash = to_hex(crypto::sha256(random_.bytes(32)));  // of a cookie that nobody has
    v.attempts_max = settings.max_attempts;
    v.created_at = at;
    v.expires_at = at + settings.session_lifetime;
    return v;
}

Result<void> HistoryWriter::open(Repositories& repositories, const Moment& moment) {
    auto* subject = CS_TRY(person_of(repositories, moment.login, moment.at));
    const auto& gate = place_.gates[plan_.logins[moment.login].integration];
    auto v = new_verification(*subject, gate, moment.at);
    if (subject->state != domain::SubjectState::active) {
        v.state = domain::VerificationState::refused;
        v.code = domain::OutcomeCode::locked;
        v.cause = to_string(*v.code);
        v.decided_at = moment.at;
    } else if (v.purpose == domain::Purpose::verification) {
        const auto given =
            CS_TRY(repositories.consents().find_valid(v.tenant, v.subject, place_.consent.version));
        if (given) v.consent = given->id;
        if (given) v.state = domain::VerificationState::consented;
    }
    CS_TRY(repositories.verifications().insert(v));
    CS_TRY(domain::note_stage(repositories, v, domain::Stage::opened, moment.at));
    if (v.consent)
        CS_TRY(domain::note_stage(repositories, v, domain::Stage::consent, moment.at, {{"given", "before"}}));
    const bool refused = is_final(v.state);
    if (refused) CS_TRY(domain::note_end(repositories, v, moment.at));
    CS_TRY(repositories.integrations().note_use(v.tenant, v.integration, moment.at));
    domain::AuditEntry entry{
        v.tenant, "browser", refused ? "verification.refused" : "verification.opened", v.id.text(), {}};
    entry.details = {{"integration", v.integration.text()},
                     {"subject", v.subject.text()},
                     {"purpose", std::string(to_string(v.purpose))},
                     {"user_agent", std::string(browser_of(v.subject, moment.at))}};
    CS_TRY(audit(repositories, std::move(entry), moment.at));
    if (!refused) running_.put(moment.login, {std::move(v), {}});
    return {};
}

Result<void> HistoryWriter::step(Repositories& repositories, const Moment& moment) {
    switch (moment.act) {
        case Act::consent:
            return consent(repositories, moment);
        case Act::charge:
            return charge(repositories, moment);
        case Act::lose:
            return lose(repositories, moment);
        case Act::pass:
            return pass(repositories, moment);
        case Act::cancel:
            return take(repositories, moment.login,
                        {.event = VerificationEvent::cancelled, .code = domain::OutcomeCode::cancelled},
                        moment.at);
        case Act::expire: {
            auto& running = *running_.find(moment.login);
            running.verification =
                CS_TRY(domain::expire_if_due(repositories, running.verification, moment.at, random_));
            running_.erase(moment.login);
            return {};
        }
        case Act::give_back:
            return give_back(repositories, moment);
        default:
            return confirm(repositories, moment);
    }
}

Result<void> HistoryWriter::consent(Repositories& repositories, const Moment& moment) {
    const auto& v = running_.find(moment.login)->verification;
    if (v.state != domain::VerificationState::opened) return {};
    domain::Edge edge{.event = VerificationEvent::consent_given};
    edge.consent = CS_TRY(give_consent(repositories, v.subject, v.id, moment.at));
    return take(repositories, moment.login, std::move(edge), moment.at);
}

Result<void> HistoryWriter::charge(Repositories& repositories, const Moment& moment) {
    auto& running = *running_.find(moment.login);
    auto& v = running.verification;
    if (is_final(v.state)) return {};
    const auto challenge = ChallengeId::make(moment.at, random_);
    v.attempts_used = CS_TRY(repositories.verifications().charge(v.tenant, v.id, challenge, moment.at));
    v.state = domain::VerificationState::capturing;
    v.challenge = challenge;
    CS_TRY(repositories.subjects().charge(v.tenant, v.subject, moment.at));
    domain::AuditEntry entry{v.tenant, "browser", "verification.attempt_charged", v.id.text(), {}};
    entry.details = {{"subject", v.subject.text()}, {"attempt", std::to_string(v.attempts_used)}};
    CS_TRY(audit(repositories, std::move(entry), moment.at));
    running.camera_at = moment.at + milliseconds(static_cast<std::int64_t>(dice_.between(250, 800)));
    return domain::note_stage(repositories, v, domain::Stage::camera, running.camera_at);
}

Result<void> HistoryWriter::lose(Repositories& repositories, const Moment& moment) {
    const auto& running = *running_.find(moment.login);
    const auto& v = running.verification;
    if (v.state != domain::VerificationState::capturing) return {};
    if (saw_a_face(moment.result))
        CS_TRY(domain::note_stage(repositories, v, domain::Stage::face,
                                  part_of(running.camera_at, moment.at, 0.3)));
    if (saw_a_challenge(moment.result))
        CS_TRY(domain::note_stage(repositories, v, domain::Stage::challenge,
                                  part_of(running.camera_at, moment.at, 0.9)));
    const bool spent = v.attempts_left() <= 0;
    domain::Edge edge{.event = spent ? VerificationEvent::attempts_spent : VerificationEvent::attempt_lost};
    if (spent) edge.code = domain::OutcomeCode::failed;
    edge.cause = to_string(moment.result);
    edge.duration = moment.at - running.camera_at;
    edge.details = {{"cause", *edge.cause}, {"attempt", std::to_string(v.attempts_used)}};
    return take(repositories, moment.login, std::move(edge), moment.at);
}

Result<void> HistoryWriter::pass(Repositories& repositories, const Moment& moment) {
    const auto& running = *running_.find(moment.login);
    const auto& v = running.verification;
    auto* subject = subjects_.find(plan_.logins[moment.login].person);
    const bool enrolled_elsewhere = v.purpose == domain::Purpose::enrolment && subject->enrolled_at;
    if (v.state != domain::VerificationState::capturing || enrolled_elsewhere) return {};
    CS_TRY(
        domain::note_stage(repositories, v, domain::Stage::face, part_of(running.camera_at, moment.at, 0.3)));
    CS_TRY(domain::note_stage(repositories, v, domain::Stage::challenge,
                              part_of(running.camera_at, moment.at, 0.9)));
    domain::Edge edge{.event = VerificationEvent::attempt_passed, .code = domain::OutcomeCode::passed};
    edge.duration = moment.at - running.camera_at;
    if (v.purpose == domain::Purpose::enrolment) {
        edge.credential = CS_TRY(store_noise(repositories, *subject, v.id, moment.at));
    } else {
        const auto all = CS_TRY(repositories.credentials().of_subject(v.tenant, v.subject));
        for (const auto& credential : all)
            if (credential.state == domain::CredentialState::active) edge.credential = credential.id;
        if (!edge.credential) return {};
    }
    edge.details = {{"credential", edge.credential->text()}};
    CS_TRY(repositories.subjects().reset_attempts(v.tenant, v.subject, moment.at));
    return take(repositories, moment.login, std::move(edge), moment.at);
}

Result<void> HistoryWriter::give_back(Repositories& repositories, const Moment& moment) {
    const auto& v = running_.find(moment.login)->verification;
    if (!is_final(v.state)) return {};
    CS_TRY(repositories.verifications().consume(v.tenant, v.id, moment.at));
    CS_TRY(domain::note_after(repositories, v, "returned", moment.at));
    domain::AuditEntry entry{v.tenant, "browser", "verification.returned", v.id.text(), {}};
    entry.details = {{"subject", v.subject.text()}, {"code", std::string(to_string(*v.code))}};
    CS_TRY(audit(repositories, std::move(entry), moment.at));
    if (v.state != domain::VerificationState::passed) running_.erase(moment.login);
    return {};
}

Result<void> HistoryWriter::confirm(Repositories& repositories, const Moment& moment) {
    const auto& v = running_.find(moment.login)->verification;
    auto* subject = subjects_.find(plan_.logins[moment.login].person);
    const bool second = v.purpose == domain::Purpose::enrolment && subject->enrolled_at;
    if (v.state != domain::VerificationState::passed || second) return {};
    if (v.purpose == domain::Purpose::enrolment) {
        CS_TRY(repositories.credentials().change_state(v.tenant, *v.credential,
                                                       domain::CredentialState::pending,
                                                       domain::CredentialState::active, moment.at));
        const auto samples = CS_TRY(repositories.credentials().samples(v.tenant, *v.credential));
        CS_TRY(repositories.subjects().set_enrolment(
            v.tenant, v.subject,
            domain::Enrolment{moment.at, static_cast<int>(samples.size()), v.integration}));
        subject->enrolled_at = moment.at;
    }
    CS_TRY(repositories.verifications().confirm(v.tenant, v.id, moment.at));
    CS_TRY(domain::note_after(repositories, v, "confirmed", moment.at));
    domain::AuditEntry entry{v.tenant, v.integration.text(), "verification.confirmed", v.id.text(), {}};
    entry.details = {{"subject", v.subject.text()}, {"credential", v.credential->text()}};
    CS_TRY(audit(repositories, std::move(entry), moment.at));
    running_.erase(moment.login);
    return {};
}

}  // namespace countersign::app::demo
