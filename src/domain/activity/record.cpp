#include "domain/activity/record.hpp"

#include "domain/activity/durations.hpp"

namespace countersign::domain {
namespace {

Result<bool> add_step(Repositories& repositories, const Verification& verification, std::string_view kind,
                      UnixMicros at, std::map<std::string, std::string> details) {
    return repositories.verifications().add_step(verification.tenant, verification.id,
                                                 {at, std::string(kind), std::move(details)});
}

Result<void> count(Repositories& repositories, const Verification& verification,
                   const std::vector<std::string>& names, UnixMicros at) {
    if (verification.simulation) return {};
    return count_activity(repositories, verification.tenant, verification.integration, names, at);
}

}  // namespace

std::string_view to_string(Grain grain) {
    return grain == Grain::hour ? "hour" : "day";
}

Micros length_of(Grain grain) {
    return grain == Grain::hour ? minutes(60) : days(1);
}

UnixMicros start_of(Grain grain, UnixMicros at) {
    const auto length = length_of(grain).value;
    return UnixMicros{at.value - at.value % length};
}

std::string_view to_string(Stage stage) {
    switch (stage) {
        case Stage::opened:
            return "opened";
        case Stage::consent:
            return "consent";
        case Stage::camera:
            return "camera";
        case Stage::face:
            return "face";
        case Stage::challenge:
            return "challenge";
    }
    return "opened";
}

Result<void> count_activity(Repositories& repositories, const TenantId& tenant,
                            const IntegrationId& integration, const std::vector<std::string>& names,
                            UnixMicros at) {
    for (const auto& name : names) {
        for (const auto grain : {Grain::hour, Grain::day}) {
            CS_TRY(repositories.activity().add(tenant, integration, grain,
                                               ActivityCount{start_of(grain, at), name, 1}));
        }
    }
    return {};
}

Result<void> note_stage(Repositories& repositories, const Verification& verification, Stage stage,
                        UnixMicros at, std::map<std::string, std::string> details) {
    const std::string name(to_string(stage));
    const bool first = CS_TRY(add_step(repositories, verification, name, at, std::move(details)));
    if (!first) return {};
    if (stage != Stage::opened) return count(repositories, verification, {name}, at);
    return count(repositories, verification,
                 {name, fmt::format("{}:{}", name, to_string(verification.purpose))}, at);
}

Result<void> note_lost_attempt(Repositories& repositories, const Verification& verification,
                               std::string_view cause, UnixMicros at) {
    CS_TRY(
        add_step(repositories, verification, "attempt", at,
                 {{"attempt", std::to_string(verification.attempts_used)}, {"cause", std::string(cause)}}));
    return count(repositories, verification, {fmt::format("cause:{}", cause)}, at);
}

Result<void> note_end(Repositories& repositories, const Verification& verification, UnixMicros at) {
    std::map<std::string, std::string> details;
    if (verification.code) details.emplace("code", to_string(*verification.code));
    CS_TRY(add_step(repositories, verification, to_string(verification.state), at, std::move(details)));
    std::vector<std::string> names;
    if (verification.state == VerificationState::passed) {
        names.emplace_back("passed");
    } else {
        // Whoever never reached the camera is missing in the funnel, but is no failure of the comparison.
        if (verification.attempts_used > 0) names.emplace_back("failed");
        const bool by_attempt = verification.code == OutcomeCode::failed;
        if (verification.code && !by_attempt)
            names.push_back(fmt::format("cause:{}", to_string(*verification.code)));
    }
    if (verification.duration) names.push_back(fmt::format("ms:{}", bucket_of(*verification.duration)));
    return count(repositories, verification, names, at);
}

Result<void> note_after(Repositories& repositories, const Verification& verification, std::string_view kind,
                        UnixMicros at) {
    CS_TRY(add_step(repositories, verification, kind, at, {}));
    return {};
}

}  // namespace countersign::domain
