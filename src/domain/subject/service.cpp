#include "domain/subject/service.hpp"

#include <algorithm>

#include "crypto/digest.hpp"
#include "domain/audit/trail.hpp"
#include "domain/credential/adaptation.hpp"
#include "domain/verification/transitions.hpp"
#include "telemetry/log.hpp"

namespace countersign::domain {
namespace {

constexpr int kAllTransactions = 10'000;
constexpr int kLoginsForDevices = 50;

AuditEntry entry_for(const Subject& subject, std::string_view actor, std::string_view kind) {
    return {subject.tenant, std::string(actor), std::string(kind), subject.id.text(), {}};
}

/// Open logins of a deleted person come to a proper end instead of hanging.
Result<void> end_open_verifications(Repositories& repositories, const Subject& subject, UnixMicros now,
                                    Random& random) {
    auto verifications = CS_TRY(repositories.verifications().of_subject(subject.tenant, subject.id));
    for (const auto& verification : verifications) {
        if (is_final(verification.state)) continue;
        Edge edge;
        edge.event = VerificationEvent::cancelled;
        edge.code = OutcomeCode::cancelled;
        edge.details.emplace("reason", "subject_deleted");
        CS_TRY(take_edge(repositories, verification, edge, now, random));
    }
    return {};
}

Result<std::vector<SubjectDevice>> devices_of(Repositories& r, const TenantId& tenant, const SubjectId& id) {
    TransactionFilter newest;
    newest.subject = id;
    const auto logins = CS_TRY(r.verifications().search(tenant, newest, std::nullopt, kLoginsForDevices));
    std::vector<SubjectDevice> devices;
    for (const auto& login : logins) {
        AuditFilter opening;
        opening.target = login.id.text();
        opening.kind = "verification.opened";
        const auto events = CS_TRY(r.audit().search(tenant, opening, std::nullopt, 1));
        if (events.empty()) continue;
        const auto& details = events.front().entry.details;
        const auto named = details.find("user_agent");
        if (named == details.end() || named->second.empty()) continue;
        const auto known = std::ranges::find(devices, named->second, &SubjectDevice::user_agent);
        if (known == devices.end())
            devices.push_back({named->second, 1, login.created_at});
        else
            ++known->logins;
    }
    return devices;
}

Result<SubjectDetail> detail_of(Repositories& r, const TenantId& tenant, const SubjectId& id) {
    SubjectDetail detail;
    detail.subject = CS_TRY(r.subjects().find(tenant, id));
    detail.credentials = CS_TRY(r.credentials().of_subject(tenant, id));
    detail.consents = CS_TRY(r.consents().of_subject(tenant, id));
    for (const auto& credential : detail.credentials) {
        const auto samples = CS_TRY(r.credentials().samples(tenant, credential.id));
        detail.samples.emplace(credential.id, static_cast<int>(samples.size()));
        detail.adapted.emplace(credential.id, adapted_among(samples));
    }
    return detail;
}

Result<SubjectDetail> with_devices(Repositories& r, const TenantId& tenant, const SubjectId& id) {
    auto detail = CS_TRY(detail_of(r, tenant, id));
    detail.devices = CS_TRY(devices_of(r, tenant, id));
    return detail;
}

}  // namespace

Result<std::vector<SubjectSummary>> SubjectService::list(const TenantId& tenant, const SubjectId& after,
                                                         int limit) {
    const int page = std::clamp(limit, 1, 500);
    return in_transaction(work_, Access::read,
                          [&](Repositories& r) { return r.subjects().list(tenant, after, page); });
}

Result<SubjectPage> SubjectService::search(const TenantId& tenant, const SubjectFilter& filter,
                                           SubjectSort sort, const std::optional<SubjectPosition>& after,
                                           int limit) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<SubjectPage> {
        SubjectPage page;
        page.items = CS_TRY(r.subjects().search(tenant, filter, sort, after, limit + 1));
        page.more = page.items.size() > static_cast<std::size_t>(limit);
        if (page.more) page.items.pop_back();
        if (!after) page.total = CS_TRY(r.subjects().count(tenant, filter));
        return page;
    });
}

Result<Subject> SubjectService::find(const TenantId& tenant, std::string_view id_or_external_id) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<Subject> {
        const auto id = SubjectId::parse(id_or_external_id);
        return id ? r.subjects().find(tenant, *id)
                  : r.subjects().find_by_external_id(tenant, id_or_external_id);
    });
}

Result<SubjectDetail> SubjectService::show(const TenantId& tenant, const SubjectId& id) {
    return in_transaction(work_, Access::read, [&](Repositories& r) { return with_devices(r, tenant, id); });
}

Result<SubjectRecord> SubjectService::record(const TenantId& tenant, const SubjectId& id,
                                             std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<SubjectRecord> {
        SubjectRecord record;
        record.detail = CS_TRY(with_devices(r, tenant, id));
        TransactionFilter filter;
        filter.subject = id;
        record.transactions =
            CS_TRY(r.verifications().search(tenant, filter, std::nullopt, kAllTransactions));
        const auto entry = entry_for(record.detail.subject, actor, "subject.exported");
        CS_TRY(append_audit(r, entry, clock_.now(), random_));
        return record;
    });
}

Result<SubjectDetail> SubjectService::set_notes(const TenantId& tenant, const SubjectId& id,
                                                std::int64_t version, std::string_view notes,
                                                std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<SubjectDetail> {
        auto subject = CS_TRY(r.subjects().find(tenant, id));
        if (subject.version != version)
            return fail(ErrorCode::precondition_failed, "the notes were changed by somebody else");
        CS_TRY(r.subjects().set_notes(tenant, id, version, notes));
        CS_TRY(append_audit(r, entry_for(subject, actor, "subject.notes_changed"), clock_.now(), random_));
        return with_devices(r, tenant, id);
    });
}

Result<DeletionCertificate> SubjectService::remove(const TenantId& tenant, const SubjectId& id,
                                                   std::string_view actor) {
    auto removed = in_transaction(work_, Access::write, [&](Repositories& r) -> Result<DeletionCertificate> {
        const auto now = clock_.now();
        const auto detail = CS_TRY(detail_of(r, tenant, id));
        CS_TRY(end_open_verifications(r, detail.subject, now, random_));
        DeletionCertificate certificate;
        certificate.subject = id;
        certificate.external_id_sha256 = to_hex(crypto::sha256(as_bytes(detail.subject.external_id)));
        certificate.deleted_at = now;
        certificate.deleted_by = std::string(actor);
        for (const auto& [credential, samples] : detail.samples)
            certificate.templates += samples;
        certificate.transactions = CS_TRY(r.verifications().remove_consumed_of_subject(tenant, id));
        CS_TRY(r.credentials().remove_of_subject(tenant, id));
        CS_TRY(r.consents().withdraw_all(tenant, id, now));
        CS_TRY(r.subjects().remove(tenant, id));
        auto entry = entry_for(detail.subject, actor, "subject.deleted");
        entry.details.emplace("templates", std::to_string(certificate.templates));
        const auto event = CS_TRY(append_audit_event(r, entry, now, random_));
        certificate.audit_event = event.id;
        certificate.audit_hash = event.hash;
        return certificate;
    });
    auto certificate = CS_TRY(std::move(removed));
    clear_log();
    return certificate;
}

/// What was destroyed must not survive in the write-ahead log. It is destroyed already: that the log is busy
/// changes nothing about the answer.
void SubjectService::clear_log() {
    const auto cleared = work_.checkpoint();
    if (cleared) return;
    telemetry::log::event(telemetry::log::Level::warning, "store.log_not_cleared",
                          {{"detail", cleared.error().detail}});
}

Result<void> SubjectService::suspend(const TenantId& tenant, const SubjectId& id, std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& repositories) -> Result<void> {
        auto subject = CS_TRY(repositories.subjects().find(tenant, id));
        CS_TRY(repositories.subjects().set_state(tenant, id, SubjectState::suspended));
        const auto entry = entry_for(subject, actor, "subject.suspended");
        return append_audit(repositories, entry, clock_.now(), random_);
    });
}

Result<void> SubjectService::unlock(const TenantId& tenant, const SubjectId& id, std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& repositories) -> Result<void> {
        auto subject = CS_TRY(repositories.subjects().find(tenant, id));
        CS_TRY(repositories.subjects().set_state(tenant, id, SubjectState::active));
        CS_TRY(repositories.subjects().reset_attempts(tenant, id, std::nullopt));
        const auto entry = entry_for(subject, actor, "subject.unlocked");
        return append_audit(repositories, entry, clock_.now(), random_);
    });
}

Result<void> SubjectService::re_enrol(const TenantId& tenant, const SubjectId& id, std::string_view actor) {
    auto revoked = in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        const auto now = clock_.now();
        auto subject = CS_TRY(r.subjects().find(tenant, id));
        auto credentials = CS_TRY(r.credentials().of_subject(tenant, id));
        if (!has_active(credentials))
            return fail(ErrorCode::not_enrolled, "there is no credential to revoke");
        auto entry = entry_for(subject, actor, "subject.re_enrolment_requested");
        for (const auto& credential : credentials) {
            if (credential.state != CredentialState::active) continue;
            CS_TRY(r.credentials().change_state(tenant, credential.id, CredentialState::active,
                                                CredentialState::revoked, now));
            CS_TRY(r.credentials().remove_samples(tenant, credential.id));
            entry.details.insert_or_assign("credential", credential.id.text());
        }
        CS_TRY(r.subjects().set_enrolment(tenant, id, std::nullopt));
        return append_audit(r, entry, now, random_);
    });
    CS_TRY(std::move(revoked));
    clear_log();
    return {};
}

Result<std::vector<ModelCount>> SubjectService::models() {
    return in_transaction(work_, Access::read,
                          [](Repositories& r) { return r.credentials().count_by_model(); });
}

Result<std::vector<ModelCount>> SubjectService::models(const TenantId& tenant) {
    return in_transaction(work_, Access::read,
                          [&](Repositories& r) { return r.credentials().count_by_model(tenant); });
}

Result<int> SubjectService::re_enrol_model(const TenantId& tenant, const std::string& model,
                                           std::string_view actor) {
    const auto subjects = CS_TRY(in_transaction(work_, Access::read, [&](Repositories& r) {
        return r.credentials().subjects_of_model(tenant, model);
    }));
    int asked = 0;
    for (const auto& subject : subjects) {
        const auto done = re_enrol(tenant, subject, actor);
        const bool gone = !done && (done.error().code == ErrorCode::not_enrolled ||
                                    done.error().code == ErrorCode::not_found);
        if (!done && !gone) return tl::unexpected(done.error());
        asked += done ? 1 : 0;
    }
    return asked;
}

Result<SubjectAct> parse_subject_act(std::string_view text) {
    if (text == "suspend") return SubjectAct::suspend;
    if (text == "reactivate") return SubjectAct::reactivate;
    if (text == "re_enrol") return SubjectAct::re_enrol;
    return fail(ErrorCode::invalid_argument, "not an act (suspend, reactivate, re_enrol)");
}

Result<void> SubjectService::act(const TenantId& tenant, const SubjectId& id, SubjectAct act,
                                 std::string_view actor) {
    switch (act) {
        case SubjectAct::suspend:
            return suspend(tenant, id, actor);
        case SubjectAct::reactivate:
            return unlock(tenant, id, actor);
        case SubjectAct::re_enrol:
            return re_enrol(tenant, id, actor);
    }
    return fail(ErrorCode::internal, "an act without a function");
}

Result<void> SubjectService::note_export(const TenantId& tenant, std::int64_t rows, std::string_view actor) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<void> {
        AuditEntry entry{tenant, std::string(actor), "subject.list_exported", tenant.text(), {}};
        entry.details.emplace("rows", std::to_string(rows));
        return append_audit(r, entry, clock_.now(), random_);
    });
}

}  // namespace countersign::domain
