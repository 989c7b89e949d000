#include "face/engine/landmarks.hpp"

#include <cmath>

#include "face/engine/imaging.hpp"

namespace countersign::face {
namespace {

Point mean_of(const Landmarks68& points, std::initializer_list<std::size_t> indices) {
    Point sum;
    for (const std::size_t i : indices) {
        sum.x += points[i].x;
        sum.y += points[i].y;
    }
    const auto count = static_cast<float>(indices.size());
    return {sum.x / count, sum.y / count};
}

float distance(const Point& a, const Point& b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

float one_eye(const Landmarks68& points, std::size_t first) {
    const float corners = distance(points[first], points[first + 3]);
    const float lids =
        distance(points[first + 1], points[first + 5]) + distance(points[first + 2], points[first + 4]);
    return corners > 0 ? lids / (2 * corners) : 0;
}

}  // namespace

std::array<Point, 5> five_points(const Landmarks68& points) {
    return {mean_of(points, {37, 38, 40, 41}), mean_of(points, {43, 44, 46, 47}), points[30],
            mean_of(points, {48, 60}), mean_of(points, {54, 64})};
}

float eye_aspect_ratio(const Landmarks68& points) {
    return (one_eye(points, 36) + one_eye(points, 42)) / 2;
}

Result<std::unique_ptr<LandmarkNet>> LandmarkNet::load(const OnnxRuntime& runtime,
                                                       const std::filesystem::path& folder,
                                                       const ModelEntry& model) {
    if (model.kind != "landmarks_68" || model.input.channels != ChannelOrder::grey) {
        return fail(ErrorCode::unavailable, "no landmark net of kind " + model.kind);
    }
    auto session = CS_TRY(Session::load(runtime, folder, model, {{"output", 136}}));
    return std::unique_ptr<LandmarkNet>(new LandmarkNet(std::move(session)));
}

Result<Landmarks68> LandmarkNet::find(const Image& picture, const Box& face) const {
    const auto& format = session_->input();
    // The net was trained on squares as high as the box.
    const float side = face.height;
    const Box square{face.x + (face.width - side) / 2, face.y, side, side};
    const Image crop = to_grey(crop_resized(picture, square, format.width, format.height));
    const auto outputs = CS_TRY(session_->run(to_tensor(crop, format)));
    Landmarks68 points;
    for (std::size_t i = 0; i < points.size(); ++i) {
        points[i] = {square.x + outputs[0][2 * i] * side, square.y + outputs[0][2 * i + 1] * side};
    }
    return points;
}

}  // namespace countersign::face
