#include "api/admin/values.hpp"

#include "domain/simulation/types.hpp"

namespace countersign::api::admin {

json::value when(const std::optional<UnixMicros>& time) {
    return time ? json::value(to_rfc3339(*time)) : json::value(nullptr);
}

json::value text_or_null(const std::optional<std::string>& text) {
    return text ? json::value(*text) : json::value(nullptr);
}

json::value number_or_null(const std::optional<std::int64_t>& number) {
    return number ? json::value(*number) : json::value(nullptr);
}

Result<std::optional<std::string>> filter_text(const net::Request& request, std::string_view name) {
    auto text = CS_TRY(request.find_query_param(name));
    if (text && text->empty()) text.reset();
    if (text && text->size() > 256)
        return fail_field(ErrorCode::invalid_argument, std::string(name), "This is too long.");
    return text;
}

Result<std::optional<UnixMicros>> filter_time(const net::Request& request, std::string_view name) {
    return filter_as(request, name, parse_rfc3339);
}

json::object to_json(const domain::Subject& user) {
    json::value integration = nullptr;
    if (user.integration) integration = user.integration->text();
    return {{"id", user.id.text()},
            {"external_id", user.external_id},
            {"status", domain::to_string(domain::status_of(user))},
            {"samples", user.samples},
            {"enrolled_at", when(user.enrolled_at)},
            {"last_verified_at", when(user.last_passed_at)},
            {"integration", integration},
            {"test", user.external_id.starts_with(domain::kSimulatedUser)}};
}

json::object to_json(const domain::SubjectDetail& detail) {
    json::array credentials;
    for (const auto& credential : detail.credentials) {
        json::array adapted;
        for (const auto& sample : detail.adapted.at(credential.id))
            adapted.push_back({{"id", sample.id.text()}, {"adapted_at", to_rfc3339(sample.adapted_at)}});
        credentials.push_back({{"id", credential.id.text()},
                               {"state", domain::to_string(credential.state)},
                               {"model", credential.model},
                               {"samples", detail.samples.at(credential.id)},
                               {"adapted_samples", std::move(adapted)},
                               {"created_at", to_rfc3339(credential.created_at)},
                               {"activated_at", when(credential.activated_at)}});
    }
    json::array consents;
    for (const auto& consent : detail.consents) {
        consents.push_back({{"id", consent.id.text()},
                            {"version", consent.version},
                            {"locale", consent.locale},
                            {"sha256", consent.sha256},
                            {"given_at", to_rfc3339(consent.given_at)},
                            {"withdrawn_at", when(consent.withdrawn_at)}});
    }
    json::array devices;
    for (const auto& device : detail.devices) {
        devices.push_back({{"user_agent", device.user_agent},
                           {"logins", device.logins},
                           {"last_seen_at", to_rfc3339(device.last_seen_at)}});
    }
    return {{"user", to_json(detail.subject)},
            {"notes", detail.subject.notes},
            {"failed_attempts", detail.subject.failed_attempts},
            {"last_attempt_at", when(detail.subject.last_attempt_at)},
            {"created_at", to_rfc3339(detail.subject.created_at)},
            {"credentials", std::move(credentials)},
            {"consents", std::move(consents)},
            {"devices", std::move(devices)},
            {"version", detail.subject.version}};
}

json::object to_json(const domain::Verification& transaction) {
    json::value user = nullptr;
    json::value code = nullptr;
    json::value duration = nullptr;
    if (!transaction.subject.empty()) user = transaction.subject.text();
    if (transaction.code) code = domain::to_string(*transaction.code);
    if (transaction.duration) duration = transaction.duration->value / 1000;
    return {{"id", transaction.id.text()},
            {"purpose", domain::to_string(transaction.purpose)},
            {"state", domain::to_string(transaction.state)},
            {"code", code},
            {"cause", text_or_null(transaction.cause)},
            {"user", user},
            {"external_id", transaction.origin.subject_external_id},
            {"integration", transaction.integration.text()},
            {"client_name", transaction.origin.client_name},
            {"attempts_used", transaction.attempts_used},
            {"attempts_max", transaction.attempts_max},
            {"created_at", to_rfc3339(transaction.created_at)},
            {"decided_at", when(transaction.decided_at)},
            {"duration_ms", duration}};
}

}  // namespace countersign::api::admin
