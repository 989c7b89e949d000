#pragma once

#include <span>
#include <vector>

#include "app/demo/plan.hpp"
#include "app/demo/tentative.hpp"
#include "domain/credential/vault.hpp"
#include "domain/tenant/keys.hpp"
#include "domain/unit_of_work.hpp"
#include "domain/verification/transitions.hpp"

namespace countersign::app::demo {

/// Under this name no engine compares.
inline constexpr std::string_view kSeededModel = "seeded-noise/1";

/// An integration that made-up logins run through.
struct Gate {
    domain::Integration integration;
    SecretId secret;
};

/// Where a history is written to.
struct Place {
    domain::Tenant tenant;
    std::vector<Gate> gates;  // at least one
    domain::ConsentText consent;
    domain::LockoutPolicy lockout;
};

/// Turns a plan into rows, by the rules of the product itself: the same state machine, timeline, figures,
/// audit chain, keys and sealing as a real login. Two things are made up: the times, and the templates, which
/// are sealed noise under a model name that no engine compares with.
///
/// Every function works within the caller's transaction; after its commit comes `keep`. A transaction that is
/// repeated starts with `start`.
///
/// Errors:  conflict (an External identifier exists), unavailable.
/// Threads: one.
class HistoryWriter {
public:
    /// All references must outlive it.
    HistoryWriter(const Plan& plan, const Place& place, const domain::Keys& keys, Random& random, Dice& dice)
        : plan_(plan), place_(place), keys_(keys), random_(random), dice_(dice), vault_(keys, random) {}

    void start();
    void keep();
    /// People `first` to `last`, the latter excluded, as they were when the history began.
    Result<void> enrol(domain::Repositories& repositories, std::size_t first, std::size_t last);
    Result<void> happen(domain::Repositories& repositories, std::span<const Moment> moments);

private:
    Result<void> apply(domain::Repositories& repositories, const Moment& moment);
    Result<void> open(domain::Repositories& repositories, const Moment& moment);
    Result<void> step(domain::Repositories& repositories, const Moment& moment);
    Result<void> consent(domain::Repositories& repositories, const Moment& moment);
    Result<void> charge(domain::Repositories& repositories, const Moment& moment);
    Result<void> lose(domain::Repositories& repositories, const Moment& moment);
    Result<void> pass(domain::Repositories& repositories, const Moment& moment);
    Result<void> give_back(domain::Repositories& repositories, const Moment& moment);
    Result<void> confirm(domain::Repositories& repositories, const Moment& moment);
    Result<void> decide(domain::Repositories& repositories, const Moment& moment);

    Result<domain::Subject*> person_of(domain::Repositories& repositories, std::uint32_t login,
                                       UnixMicros at);
    Result<domain::Subject> new_subject(const Person& person, UnixMicros at);
    Result<void> give_face(domain::Repositories& repositories, const domain::Subject& subject, UnixMicros at);
    Result<CredentialId> store_noise(domain::Repositories& repositories, const domain::Subject& subject,
                                     const VerificationId& verification, UnixMicros at);
    domain::Verification new_verification(const domain::Subject& subject, const Gate& gate, UnixMicros at);
    Result<ConsentId> give_consent(domain::Repositories& repositories, const SubjectId& subject,
                                   const VerificationId& verification, UnixMicros at);
    Result<void> audit(domain::Repositories& repositories, domain::AuditEntry entry, UnixMicros at);
    Result<void> take(domain::Repositories& repositories, std::uint32_t login, domain::Edge edge,
                      UnixMicros at);

    /// A login that runs, and when its camera started.
    struct Running {
        domain::Verification verification;
        UnixMicros camera_at{};
    };

    const Plan& plan_;
    const Place& place_;
    const domain::Keys& keys_;
    Random& random_;
    Dice& dice_;
    domain::TemplateVault vault_;
    Tentative<domain::Subject> subjects_;  // by person
    Tentative<Running> running_;           // by login
};

}  // namespace countersign::app::demo
