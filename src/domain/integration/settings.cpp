#include "domain/integration/settings.hpp"

#include <algorithm>

#include "domain/integration/return_domain.hpp"

namespace countersign::domain {
namespace {

constexpr std::size_t kMaxDomains = 20;

bool is_printable(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Result<void> check_text(const IntegrationSettings& settings) {
    if (settings.name &&
        (settings.name->empty() || settings.name->size() > 200 || !is_printable(*settings.name))) {
        return fail(ErrorCode::invalid_argument, "name: 1 to 200 printable bytes");
    }
    const auto& claim = settings.claim_namespace;
    if (claim && (!claim->starts_with("https://") || claim->size() > 200 || !is_printable(*claim) ||
                  claim->find_first_of(" \"<>\\") != std::string::npos)) {
        return fail(ErrorCode::invalid_argument, "claim_namespace: an https URL of at most 200 bytes");
    }
    return {};
}

Result<void> check_numbers(const IntegrationSettings& settings) {
    // The negated form also refuses NaN.
    if (!(settings.target_fmr >= 1e-6 && settings.target_fmr <= 1e-3)) {
        return fail(ErrorCode::invalid_argument, "target_fmr: between 1e-6 and 1e-3");
    }
    if (settings.adapt_templates && settings.liveness != LivenessPolicy::both) {
        return fail(ErrorCode::invalid_argument, "adapt_templates: needs both liveness checks");
    }
    if (settings.max_attempts < 1 || settings.max_attempts > 10) {
        return fail(ErrorCode::invalid_argument, "max_attempts: between 1 and 10");
    }
    if (settings.session_lifetime < minutes(1) || settings.session_lifetime > minutes(30)) {
        return fail(ErrorCode::invalid_argument, "session_lifetime: between 1 and 30 minutes");
    }
    return {};
}

}  // namespace

Result<IntegrationSettings> checked_settings(IntegrationSettings settings) {
    CS_TRY(check_text(settings));
    CS_TRY(check_numbers(settings));
    std::vector<std::string> domains;
    for (const auto& text : settings.return_domains) {
        auto domain = CS_TRY(parse_return_domain(text, settings.allow_insecure_loopback));
        if (std::ranges::find(domains, domain) == domains.end()) domains.push_back(std::move(domain));
    }
    if (domains.empty() || domains.size() > kMaxDomains) {
        return fail(ErrorCode::invalid_argument, "return_domains: between 1 and 20");
    }
    settings.return_domains = std::move(domains);
    return settings;
}

}  // namespace countersign::domain
