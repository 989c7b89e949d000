#include "domain/consent/text_service.hpp"

#include <algorithm>

#include "domain/audit/trail.hpp"
#include "domain/consent/texts.hpp"

namespace countersign::domain {
namespace {

Result<std::vector<ListedConsentText>> all_texts(Repositories& repositories, const TenantId& tenant) {
    auto published = CS_TRY(repositories.consent_texts().list(tenant));
    std::vector<ListedConsentText> listed;
    for (auto& text : published) {
        const bool current = text.version == published.front().version;
        listed.push_back({text, current});
    }
    for (const std::string_view locale : {"en", "de"})
        listed.push_back({consent_text(locale), published.empty()});
    return listed;
}

Result<void> insert(Repositories& repositories, const TenantId& tenant, std::string_view version,
                    const ConsentDraft& draft, UnixMicros now) {
    ConsentText text;
    text.version = std::string(version);
    text.locale = draft.locale;
    text.title = draft.title;
    text.paragraphs = draft.paragraphs;
    text.sha256 = consent_hash(text);
    text.published_at = now;
    return repositories.consent_texts().insert(tenant, text);
}

}  // namespace

Result<std::vector<ListedConsentText>> ConsentTextService::list(const TenantId& tenant) {
    return in_transaction(work_, Access::read, [&](Repositories& r) { return all_texts(r, tenant); });
}

Result<std::vector<ListedConsentText>> ConsentTextService::publish(const TenantId& tenant,
                                                                   std::string_view version,
                                                                   const std::vector<ConsentDraft>& drafts,
                                                                   std::string_view actor) {
    for (auto one = drafts.begin(); one != drafts.end(); ++one) {
        if (std::find_if(drafts.begin(), one, [&](const auto& d) { return d.locale == one->locale; }) != one)
            return fail_field(ErrorCode::invalid_argument, "texts", "Each language may come once.");
    }
    return in_transaction(
        work_, Access::write, [&](Repositories& r) -> Result<std::vector<ListedConsentText>> {
            const auto now = clock_.now();
            const auto before = CS_TRY(all_texts(r, tenant));
            for (const auto& known : before) {
                if (known.text.version == version)
                    return fail(ErrorCode::conflict, "this version of the consent text exists");
            }
            AuditEntry entry{tenant, std::string(actor), "consent_text.published", tenant.text(), {}};
            entry.details.emplace("version", version);
            for (const auto& draft : drafts) {
                CS_TRY(insert(r, tenant, version, draft, now));
                entry.details.emplace("locale_" + draft.locale, "published");
            }
            CS_TRY(append_audit(r, entry, now, random_));
            return all_texts(r, tenant);
        });
}

}  // namespace countersign::domain
