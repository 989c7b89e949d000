// What a simulated login shows, and what to do when a step does not hold.
#include <algorithm>
#include <array>

#include "domain/integration/return_domain.hpp"
#include "domain/simulation/service.hpp"

namespace countersign::domain {
namespace {

using Name = SimulationStepName;

struct Remedy {
    std::string_view cause;
    std::string_view text;
};

constexpr std::array kRemedies{
    Remedy{"no_match", "The face does not match the enrolled one. Let the same person look into the camera."},
    Remedy{
        "not_live_passive",
        "The picture did not look like a living person. Use the camera itself, not a screen or a photo, in "
        "even light."},
    Remedy{
        "not_live_active",
        "The challenge was not answered by a living face. Turn the screen brighter, avoid strong light from "
        "behind, and stay in front of the camera."},
    Remedy{"identity_changed", "More than one person was in the pictures. Only one person may be in view."},
    Remedy{"repeated_frames", "The camera sent the same picture again. Use a real camera, not a recording."},
    Remedy{"earlier_capture",
           "The pictures are those of an earlier check. Use the camera itself, not a recording."},
    Remedy{"earlier_capture",
           "The pictures were those of an earlier check. Use a real camera, not a recording."},
    Remedy{"broken_chain",
           "The pictures did not arrive complete and in order. Check proxies between browser and server: "
           "WebSockets must pass."},
    Remedy{"face_timeout",
           "No face was seen in time. Show the whole face, closer to the camera, in even light."},
    Remedy{"interrupted", "The face left the picture too often. Hold still until the check has ended."},
    Remedy{"aborted", "The connection ended during the check. Keep the page open; check the network."},
    Remedy{"cancelled", "The login was cancelled on the capture page, or the consent was declined."},
    Remedy{"expired", "The time was over. Raise \"Session time\" or be quicker."},
    Remedy{"locked", "The account is locked. Unlock the user under Users."},
    Remedy{"not_enrolled", "Nobody may enrol through this integration. Switch on \"Allow self-enrolment\"."},
    Remedy{"other_model",
           "The user enrolled under a face model that is no longer compared with. Request re-enrolment."},
    Remedy{"integration_disabled", "The integration is switched off. Switch on \"Enabled\"."},
};

struct Milestone {
    Name name;
    std::string_view kind;  // of the timeline
};

constexpr std::array kMilestones{
    Milestone{Name::consent_given, "consent"}, Milestone{Name::camera_streaming, "camera"},
    Milestone{Name::face_measured, "face"}, Milestone{Name::challenge_done, "challenge"}};

std::optional<UnixMicros> newest(const std::vector<VerificationStep>& timeline, std::string_view kind) {
    std::optional<UnixMicros> at;
    for (const auto& step : timeline) {
        if (step.kind == kind) at = step.at;
    }
    return at;
}

/// The first sign that the page works in the browser: something that only the page can have asked for.
std::optional<UnixMicros> page_sign(const std::vector<VerificationStep>& timeline) {
    for (const auto& step : timeline) {
        const bool by_page = step.kind == "camera" || step.kind == "cancelled" ||
                             (step.kind == "consent" && !step.details.contains("given"));
        if (by_page) return step.at;
    }
    return std::nullopt;
}

SimulationStep held(Name name, UnixMicros at) {
    return {.name = name, .held = true, .at = at};
}

SimulationStep broken(Name name, std::optional<UnixMicros> at, std::string cause) {
    return {.name = name, .held = false, .at = at, .cause = std::move(cause)};
}

}  // namespace

std::string remedy_for(std::string_view cause) {
    const auto found = std::ranges::find(kRemedies, cause, &Remedy::cause);
    if (found != kRemedies.end()) return std::string(found->text);
    return fmt::format("The check ended with {}.", cause);
}

std::string readiness_fault(const Integration& integration, std::size_t secrets,
                            std::string_view portal_url) {
    const auto& settings = integration.settings;
    if (!settings.enabled) return remedy_for("integration_disabled");
    if (!settings.allow_self_enrolment) {
        return "A test user can only enrol when \"Allow self-enrolment\" is on. Switch it on for the test.";
    }
    if (settings.return_domains.empty())
        return "There is no return domain: a real login could not go back. Add the host of your Auth0 "
               "tenant.";
    if (secrets == 0) return "There is no valid Session Secret. Rotate the secret.";
    constexpr std::string_view kPlain = "http://";
    if (portal_url.starts_with(kPlain) && !is_loopback_domain(portal_url.substr(kPlain.size()))) {
        return "The portal's address (portal.public_url) must begin with https://, or name 127.0.0.1, to "
               "take the "
               "result.";
    }
    return {};
}

std::vector<SimulationStep> observed_steps(const Verification& verification,
                                           const std::vector<VerificationStep>& timeline) {
    std::vector<SimulationStep> steps{held(Name::start_token_accepted, verification.created_at)};
    if (const auto at = page_sign(timeline)) steps.push_back(held(Name::page_opened, *at));
    const bool over = is_final(verification.state);
    const bool passed = verification.state == VerificationState::passed;
    const auto why = remedy_for(verification.cause.value_or("failed"));
    bool explained = false;
    for (const auto& [name, kind] : kMilestones) {
        if (const auto at = newest(timeline, kind)) {
            steps.push_back(held(name, *at));
        } else if (over && !passed && !explained) {
            steps.push_back(broken(name, verification.decided_at, why));
            explained = true;
        }
    }
    if (passed)
        steps.push_back(held(Name::verdict, verification.decided_at.value_or(verification.created_at)));
    if (over && !passed) steps.push_back(broken(Name::verdict, verification.decided_at, why));
    if (const auto at = newest(timeline, "returned")) steps.push_back(held(Name::returned, *at));
    return steps;
}

}  // namespace countersign::domain
