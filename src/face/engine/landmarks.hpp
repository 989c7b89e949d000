#pragma once

#include <array>
#include <memory>

#include "face/api/types.hpp"
#include "face/engine/session.hpp"

namespace countersign::face {

/// The 68 points of the iBUG mark-up, in pixels of the picture: 0–16 jaw, 17–26 brows, 27–35 nose, 36–47
/// eyes, 48–67 mouth. "Right" is the subject's right, on the left of the image.
using Landmarks68 = std::array<Point, 68>;

/// Right eye, left eye, nose tip, right and left mouth corner.
std::array<Point, 5> five_points(const Landmarks68& points);

/// Mean eye aspect ratio of both eyes (Soukupová & Čech 2016): lid distance ÷ corner distance.
float eye_aspect_ratio(const Landmarks68& points);

/// Threads: safe.
class LandmarkNet {
public:
    static Result<std::unique_ptr<LandmarkNet>> load(const OnnxRuntime& runtime,
                                                     const std::filesystem::path& folder,
                                                     const ModelEntry& model);

    /// Errors: unavailable.
    Result<Landmarks68> find(const Image& picture, const Box& face) const;
    Result<void> self_test() const { return session_->self_test(); }
    const Session& session() const { return *session_; }

private:
    explicit LandmarkNet(std::unique_ptr<Session> session) : session_(std::move(session)) {}
    std::unique_ptr<Session> session_;
};

}  // namespace countersign::face
