#pragma once

#include <array>
#include <memory>

#include "face/api/types.hpp"
#include "face/engine/session.hpp"

namespace countersign::face {

using Landmarks68 = FaceShape;

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
