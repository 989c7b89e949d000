#include "api/public/session_view.hpp"

namespace countersign::api {
namespace {

// How much of the picture's height a face must and may fill; the page's guidance uses the same numbers.
constexpr double kMinFaceFraction = 0.28;
constexpr double kMaxFaceFraction = 0.80;

std::string_view status_of(domain::VerificationState state) {
    if (state == domain::VerificationState::passed) return "passed";
    return domain::is_final(state) ? "failed" : "open";
}

json::value consent_of(const domain::BrowserSession& session) {
    const domain::ConsentText& text = session.consent_text;
    json::array paragraphs;
    for (const std::string& paragraph : text.paragraphs)
        paragraphs.emplace_back(paragraph);
    return {{"required", session.consent_required},
            {"version", text.version},
            {"locale", text.locale},
            {"sha256", text.sha256},
            {"title", text.title},
            {"paragraphs", paragraphs}};
}

json::value text_or_null(const std::optional<std::string>& text) {
    return text ? json::value(*text) : json::value(nullptr);
}

json::value branding_of(const TenantId& tenant, const domain::Presentation& presentation) {
    const domain::Branding& branding = presentation.branding;
    json::value logo = nullptr;
    if (!presentation.logo_id.empty())
        logo = fmt::format("{}/{}/{}", kLogoPath, tenant.text(), presentation.logo_id);
    json::value accent = nullptr;
    if (branding.accent != domain::Branding{}.accent) accent = branding.accent;
    return {{"name", text_or_null(branding.display_name)},
            {"accent", accent},
            {"logo", logo},
            {"support_email", text_or_null(branding.support_email)},
            {"headline", text_or_null(branding.headline)}};
}

}  // namespace

json::value to_json(const domain::BrowserSession& session, const domain::Presentation& presentation) {
    const domain::Verification& verification = session.verification;
    json::value code = nullptr;
    if (verification.code) code = domain::to_string(*verification.code);
    return {{"verification_id", verification.id.text()},
            {"purpose", domain::to_string(verification.purpose)},
            {"status", status_of(verification.state)},
            {"code", code},
            {"application", verification.origin.client_name},
            {"account", verification.origin.subject_external_id},
            {"locale", verification.origin.locale},
            {"consent", consent_of(session)},
            {"branding", branding_of(verification.tenant, presentation)},
            {"policy",
             {{"liveness", domain::to_string(session.integration.settings.liveness)},
              {"min_face_fraction", kMinFaceFraction},
              {"max_face_fraction", kMaxFaceFraction}}},
            {"attempts", {{"used", verification.attempts_used}, {"max", verification.attempts_max}}},
            {"expires_at", to_rfc3339(verification.expires_at)}};
}

}  // namespace countersign::api
