#include "base/json.hpp"
#include "persistence/repositories.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "consent_text.insert",
    .sql =
        "INSERT INTO consent_text (tenant_id, version, locale, title, paragraphs, sha256, published_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
};
constexpr Statement kList{
    .name = "consent_text.list",
    .sql =
        "SELECT version, locale, title, paragraphs, sha256, published_at FROM consent_text WHERE tenant_id = "
        "$1 ORDER BY published_at DESC, version DESC, locale",
};

Result<std::vector<std::string>> read_paragraphs(std::string_view text) {
    const auto document = json::parse_strict(text);
    if (!document || !document->is_array()) return fail(ErrorCode::internal, "paragraphs are not a list");
    std::vector<std::string> paragraphs;
    for (const auto& paragraph : document->get_array()) {
        if (!paragraph.is_string()) return fail(ErrorCode::internal, "a paragraph is not a text");
        paragraphs.emplace_back(paragraph.get_string());
    }
    return paragraphs;
}

Result<domain::ConsentText> read(const store::Row& row) {
    const auto paragraphs = CS_TRY(row.text("paragraphs"));
    domain::ConsentText text;
    text.version = CS_TRY(row.text("version"));
    text.locale = CS_TRY(row.text("locale"));
    text.title = CS_TRY(row.text("title"));
    text.paragraphs = CS_TRY(read_paragraphs(paragraphs));
    text.sha256 = CS_TRY(row.text("sha256"));
    text.published_at = CS_TRY(row.opt_time("published_at"));
    return text;
}

}  // namespace

Result<void> SqlConsentTextRepository::insert(const TenantId& tenant, const domain::ConsentText& text) {
    const json::array paragraphs(text.paragraphs.begin(), text.paragraphs.end());
    CS_TRY(session_.execute(kInsert, {tenant, text.version, text.locale, text.title,
                                      json::serialize(paragraphs), text.sha256, text.published_at}));
    return {};
}

Result<std::vector<domain::ConsentText>> SqlConsentTextRepository::list(const TenantId& tenant) {
    const auto rows = CS_TRY(session_.query(kList, {tenant}));
    std::vector<domain::ConsentText> texts;
    for (const auto& row : rows)
        texts.push_back(CS_TRY(read(row)));
    return texts;
}

/// There are few versions in the life of a tenant; the newest are the first of them all.
Result<std::vector<domain::ConsentText>> SqlConsentTextRepository::current(const TenantId& tenant) {
    auto texts = CS_TRY(list(tenant));
    std::erase_if(texts, [newest = texts.empty() ? std::string() : texts.front().version](const auto& text) {
        return text.version != newest;
    });
    return texts;
}

}  // namespace countersign::persistence
