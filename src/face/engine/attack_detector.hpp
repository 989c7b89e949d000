#pragma once

#include <memory>

#include "face/api/types.hpp"
#include "face/engine/session.hpp"

namespace countersign::face {

/// The region the passive attack detector looks at: a square of side box height × 2.7 about the box, moved
/// back into the picture, and smaller where the picture is too small for it.
Box context_region(const Box& face, int picture_width, int picture_height);

/// Passive presentation attack detection (MiniFASNet). Sees prints and screens; does not see a file fed in
/// digitally. Threads: safe.
class AttackDetector {
public:
    static Result<std::unique_ptr<AttackDetector>> load(const OnnxRuntime& runtime,
                                                        const std::filesystem::path& folder,
                                                        const ModelEntry& model);

    /// Cuts the input crop out of a picture: 128×128, BGR, as stored in Observation::context.
    SecretBytes cut_context(const Image& picture, const Box& face) const;

    /// Probability that the crop shows a live face, 0…1. Errors: unavailable, invalid_argument (wrong size).
    Result<float> live_probability(ByteView context) const;
    Result<void> self_test() const { return session_->self_test(); }
    const Session& session() const { return *session_; }

private:
    explicit AttackDetector(std::unique_ptr<Session> session) : session_(std::move(session)) {}
    std::unique_ptr<Session> session_;
};

}  // namespace countersign::face
