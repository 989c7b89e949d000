#include "domain/audit/trail.hpp"

#include "crypto/digest.hpp"

namespace countersign::domain {
namespace {

constexpr int kPage = 500;

std::string no_hash() {
    return std::string(64, '0');
}

void add_part(std::string& out, std::string_view part) {
    out += fmt::format("{}:", part.size());
    out += part;
}

}  // namespace

std::string audit_hash(const AuditEvent& event) {
    std::string text;
    add_part(text, "countersign:audit:1");
    add_part(text, event.id.text());
    add_part(text, std::to_string(event.sequence));
    add_part(text, std::to_string(event.occurred_at.value));
    add_part(text, event.entry.tenant.text());
    add_part(text, event.entry.actor);
    add_part(text, event.entry.kind);
    add_part(text, event.entry.target);
    for (const auto& [key, value] : event.entry.details) {
        add_part(text, key);
        add_part(text, value);
    }
    add_part(text, event.previous_hash);
    return to_hex(crypto::sha256(as_bytes(text)));
}

Result<AuditEvent> append_audit_event(Repositories& repositories, const AuditEntry& entry, UnixMicros now,
                                      Random& random) {
    auto head = CS_TRY(repositories.audit().head(entry.tenant));
    AuditEvent event;
    event.id = AuditId::make(now, random);
    event.sequence = head ? head->sequence + 1 : 1;
    event.occurred_at = now;
    event.entry = entry;
    event.previous_hash = head ? head->hash : no_hash();
    event.hash = audit_hash(event);
    CS_TRY(repositories.audit().append(event));
    return event;
}

Result<void> append_audit(Repositories& repositories, const AuditEntry& entry, UnixMicros now,
                          Random& random) {
    CS_TRY(append_audit_event(repositories, entry, now, random));
    return {};
}

Result<ChainCheck> check_audit_chain(UnitOfWork& work, const TenantId& tenant) {
    return in_transaction(work, Access::read, [&](Repositories& repositories) -> Result<ChainCheck> {
        auto head = CS_TRY(repositories.audit().head(tenant));
        ChainCheck check;
        std::string previous = no_hash();
        while (true) {
            auto page = CS_TRY(repositories.audit().list(tenant, check.events, kPage));
            for (const auto& event : page) {
                const bool holds = event.sequence == check.events + 1 && event.previous_hash == previous &&
                                   event.hash == audit_hash(event);
                if (!holds) {
                    check.intact = false;
                    check.first_broken = check.events + 1;
                    return check;
                }
                previous = event.hash;
                ++check.events;
            }
            if (page.size() < static_cast<std::size_t>(kPage)) break;
        }
        const AuditHead expected = head.value_or(AuditHead{0, no_hash()});
        if (expected.sequence != check.events || expected.hash != previous) {
            check.intact = false;
            check.first_broken = check.events + 1;
        }
        return check;
    });
}

}  // namespace countersign::domain
