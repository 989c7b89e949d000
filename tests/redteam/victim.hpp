#pragma once

#include <string>

#include "domain/capture/service.hpp"
#include "tests/redteam/camera.hpp"
#include "tests/support/fake_attempt_ledger.hpp"

namespace countersign::redteam {

struct Attempt {
    domain::AttemptResult result{domain::AttemptResult::aborted};
    std::vector<Bytes> pictures;  // as they were sent
    bool accepted() const { return result == domain::AttemptResult::passed; }
};

/// An account under attack: the real engine, capture service and session; verification rows and the clock are
/// in memory, so that nothing waits.
class Victim {
public:
    explicit Victim(face::FaceEngine& engine) : engine_(engine) {}

    /// Enrols the person; later captures are verifications. Errors: as the capture ended.
    Result<void> enrol(const Camera& camera);

    /// As if all captures had been more than a month ago.
    void forget_captures() { imprints_.clear(); }

    /// One whole capture of a page that does what the protocol wants and shows `camera`.
    Attempt verify(const Camera& camera, domain::LivenessPolicy policy, bool movements = false);

private:
    struct Stage;
    Attempt capture(Stage& stage, const Camera& camera, bool movements);

    face::FaceEngine& engine_;
    std::vector<std::string> samples_;
    std::vector<face::Imprint> imprints_;
    std::uint64_t seed_{1};
};

}  // namespace countersign::redteam
