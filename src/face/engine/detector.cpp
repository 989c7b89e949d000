#include "face/engine/detector.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "face/engine/imaging.hpp"

namespace countersign::face {
namespace {

constexpr float kOverlap = 0.4F;
constexpr float kCentreVariance = 0.1F;
constexpr float kSizeVariance = 0.2F;

/// One head of the net: a grid of cells, each with anchors of several sizes.
struct Head {
    const char* scores;  // per cell and anchor: background, face (logits), plane by plane
    const char* places;  // per cell and anchor: centre and size relative to the anchor
    int stride;          // pixels of the input from cell to cell
    std::size_t anchors;
    std::array<float, 3> sides;  // of the anchors, pixels of the input
};
constexpr std::array<Head, 4> kHeads{{{"scores_0", "places_0", 8, 3, {10, 16, 24}},
                                      {"scores_1", "places_1", 16, 2, {32, 48, 0}},
                                      {"scores_2", "places_2", 32, 2, {64, 96, 0}},
                                      {"scores_3", "places_3", 64, 3, {128, 192, 256}}}};

struct Grid {
    std::size_t columns{0}, rows{0};
    std::size_t cells() const { return columns * rows; }
};

/// Every convolution that halves the input rounds up.
Grid grid_of(const Head& head, const InputFormat& format) {
    const auto cells = [&](int side) {
        return static_cast<std::size_t>((side + head.stride - 1) / head.stride);
    };
    return {cells(format.width), cells(format.height)};
}

float intersection_over_union(const Box& a, const Box& b) {
    const float width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const float height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    if (width <= 0 || height <= 0) return 0;
    const float shared = width * height;
    return shared / (a.width * a.height + b.width * b.height - shared);
}

/// One anchor's box, in pixels of a picture that was stretched to the input.
Box place_box(const float* place, std::size_t plane, const Point& centre, float side, const Point& stretch) {
    const float x = centre.x + place[0] * kCentreVariance * side;
    const float y = centre.y + place[plane] * kCentreVariance * side;
    const float width = std::exp(place[2 * plane] * kSizeVariance) * side;
    const float height = std::exp(place[3 * plane] * kSizeVariance) * side;
    return {(x - width / 2) * stretch.x, (y - height / 2) * stretch.y, width * stretch.x, height * stretch.y};
}

/// Of nearly all anchors only two logits are read.
void read_head(const Head& head, const Grid& grid, const Tensor& scores, const Tensor& places,
               float least_logit, const Point& stretch, std::vector<Detection>& found) {
    const std::size_t plane = grid.cells();
    for (std::size_t anchor = 0; anchor < head.anchors; ++anchor) {
        const float* background = scores.data() + 2 * anchor * plane;
        const float* face = background + plane;
        for (std::size_t cell = 0; cell < plane; ++cell) {
            const float logit = face[cell] - background[cell];
            if (!(logit >= least_logit)) continue;
            const auto stride = static_cast<float>(head.stride);
            const Point centre{(static_cast<float>(cell % grid.columns) + 0.5F) * stride,
                               (static_cast<float>(cell / grid.columns) + 0.5F) * stride};
            const Box box = place_box(places.data() + 4 * anchor * plane + cell, plane, centre,
                                      head.sides[anchor], stretch);
            if (box.width >= 1 && box.height >= 1) found.push_back({box, 1 / (1 + std::exp(-logit))});
        }
    }
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

const Detection& subject_of(std::span<const Detection> faces, const PictureSize& picture) {
    // Falls to a tenth at about a quarter of the side from the centre. On LFW, whose pictures are centred on
    // their subject, it chose another face than the largest in 9 of 3 811 pictures.
    constexpr float kFall = 32;
    const auto weight = [&](const Detection& face) {
        const float x = (face.box.x + face.box.width / 2) / static_cast<float>(picture.width) - 0.5F;
        const float y = (face.box.y + face.box.height / 2) / static_cast<float>(picture.height) - 0.5F;
        return face.box.width * face.box.height * std::exp(-kFall * (x * x + y * y));
    };
    return *std::ranges::max_element(faces, {}, weight);
}

std::vector<Session::Output> detector_outputs(const InputFormat& input) {
    std::vector<Session::Output> outputs;
    for (const Head& head : kHeads) {
        const std::size_t anchors = grid_of(head, input).cells() * head.anchors;
        outputs.push_back({head.scores, 2 * anchors});
        outputs.push_back({head.places, 4 * anchors});
    }
    return outputs;
}

Result<std::unique_ptr<Detector>> Detector::load(const OnnxRuntime& runtime,
                                                 const std::filesystem::path& folder, const ModelEntry& model,
                                                 float min_score) {
    if (model.kind != "ultra_light_heads" || model.input.planes() != 3) {
        return fail(ErrorCode::unavailable, "no detector of kind " + model.kind);
    }
    auto session = CS_TRY(Session::load(runtime, folder, model, detector_outputs(model.input)));
    return std::unique_ptr<Detector>(new Detector(std::move(session), min_score));
}

Result<std::vector<Detection>> Detector::detect(const Image& picture) const {
    const auto& format = session_->input();
    const Box all{0, 0, static_cast<float>(picture.width()), static_cast<float>(picture.height())};
    const auto input = to_tensor(shrunk(picture, format.width, format.height), format);
    const auto outputs = CS_TRY(session_->run(input));
    const Point stretch{all.width / static_cast<float>(format.width),
                        all.height / static_cast<float>(format.height)};
    const float least_logit = std::log(min_score_ / (1 - min_score_));
    std::vector<Detection> found;
    for (std::size_t i = 0; i < kHeads.size(); ++i) {
        read_head(kHeads[i], grid_of(kHeads[i], format), outputs[2 * i], outputs[2 * i + 1], least_logit,
                  stretch, found);
    }
    return suppress_overlaps(std::move(found), kOverlap);
}

}  // namespace countersign::face
