#include "face/engine/detector.hpp"

#include <algorithm>

#include "face/engine/imaging.hpp"

namespace countersign::face {
namespace {

constexpr std::size_t kAnchors = 4420;  // of the 320×240 input
constexpr float kOverlap = 0.4F;

float intersection_over_union(const Box& a, const Box& b) {
    const float width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const float height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    if (width <= 0 || height <= 0) return 0;
    const float shared = width * height;
    return shared / (a.width * a.height + b.width * b.height - shared);
}

/// `corners`: x1 y1 x2 y2 as fractions of the picture.
Box to_pixels(const float* corners, const Image& picture) {
    const auto width = static_cast<float>(picture.width());
    const auto height = static_cast<float>(picture.height());
    return {corners[0] * width, corners[1] * height, (corners[2] - corners[0]) * width,
            (corners[3] - corners[1]) * height};
}

}  // namespace

std::vector<Detection> suppress_overlaps(std::vector<Detection> detections, float overlap) {
    std::ranges::sort(detections, std::ranges::greater{}, &Detection::score);
    std::vector<Detection> kept;
    for (const auto& candidate : detections) {
        const bool covered = std::ranges::any_of(kept, [&](const Detection& better) {
            return intersection_over_union(better.box, candidate.box) > overlap;
        });
        if (!covered) kept.push_back(candidate);
    }
    return kept;
}

Result<std::unique_ptr<Detector>> Detector::load(const OnnxRuntime& runtime,
                                                 const std::filesystem::path& folder, const ModelEntry& model,
                                                 float min_score) {
    if (model.kind != "ultra_light_boxes" || model.input.width != 320 || model.input.height != 240) {
        return fail(ErrorCode::unavailable, "no detector of kind " + model.kind);
    }
    auto session =
        CS_TRY(Session::load(runtime, folder, model, {{"scores", kAnchors * 2}, {"boxes", kAnchors * 4}}));
    return std::unique_ptr<Detector>(new Detector(std::move(session), min_score));
}

Result<std::vector<Detection>> Detector::detect(const Image& picture) const {
    const auto& format = session_->input();
    const Box all{0, 0, static_cast<float>(picture.width()), static_cast<float>(picture.height())};
    const auto input = to_tensor(crop_resized(picture, all, format.width, format.height), format);
    const auto outputs = CS_TRY(session_->run(input));
    const Tensor& scores = outputs[0];
    const Tensor& corners = outputs[1];
    std::vector<Detection> found;
    for (std::size_t i = 0; i < kAnchors; ++i) {
        const float score = scores[2 * i + 1];
        const Box box = to_pixels(corners.data() + 4 * i, picture);
        if (score >= min_score_ && box.width >= 1 && box.height >= 1) found.push_back({box, score});
    }
    return suppress_overlaps(std::move(found), kOverlap);
}

}  // namespace countersign::face
