#include "detector.hpp"

#include "scalar.hpp"

namespace countersign::facetrack {
namespace {

constexpr int kInputSide = 128;
constexpr int kRowValues = 16;  // centre, size, six key points
constexpr float kLeastScore = 0.5F;
constexpr float kMaxOverlap = 0.3F;

/// One of the two grids of anchors. Rows of both outputs hold the anchors of one cell one after another;
/// score rows are padded to a multiple of four.
struct Grid {
    int cells;
    int anchors;
    int score_stride;
};
constexpr Grid kGrids[] = {{.cells = 16, .anchors = 2, .score_stride = 4},
                           {.cells = 8, .anchors = 6, .score_stride = 8}};
constexpr int kAnchors = 16 * 16 * 2 + 8 * 8 * 6;

Detection candidates[kAnchors];

/// Box and key points of one anchor, in pixels.
Detection decode(const float* row, Point anchor, float score, const Square& square) {
    const float scale = square.side / kInputSide;
    const float left = square.center_x - square.side / 2;
    const float top = square.center_y - square.side / 2;
    const Point center{.x = left + anchor.x * square.side, .y = top + anchor.y * square.side};
    Detection found;
    found.score = score;
    found.width = row[2] * scale;
    found.height = row[3] * scale;
    found.x = center.x + row[0] * scale - found.width / 2;
    found.y = center.y + row[1] * scale - found.height / 2;
    for (int i = 0; i < kKeyPoints; ++i) {
        found.key_points[i] =
            Point{.x = center.x + row[4 + 2 * i] * scale, .y = center.y + row[5 + 2 * i] * scale};
    }
    return found;
}

int collect_grid(const Grid& grid, const float* scores, const float* rows, const Square& square, int count) {
    for (int cell = 0; cell < grid.cells * grid.cells; ++cell) {
        const Point anchor{
            .x = (static_cast<float>(cell % grid.cells) + 0.5F) / static_cast<float>(grid.cells),
            .y = (static_cast<float>(cell / grid.cells) + 0.5F) / static_cast<float>(grid.cells)};
        for (int i = 0; i < grid.anchors; ++i) {
            const float logit = scores[cell * grid.score_stride + i];
            if (!(logit > 0.0F)) continue;  // a score of at most kLeastScore
            const float* row = rows + (cell * grid.anchors + i) * kRowValues;
            candidates[count++] = decode(row, anchor, sigmoid(logit), square);
        }
    }
    return count;
}

float overlap(const Detection& a, const Detection& b) {
    const float width = smaller(a.x + a.width, b.x + b.width) - larger(a.x, b.x);
    const float height = smaller(a.y + a.height, b.y + b.height) - larger(a.y, b.y);
    if (width <= 0.0F || height <= 0.0F) return 0.0F;
    const float shared = width * height;
    return shared / (a.width * a.height + b.width * b.height - shared);
}

int best_candidate(int count) {
    int best = -1;
    for (int i = 0; i < count; ++i) {
        if (candidates[i].score > (best < 0 ? 0.0F : candidates[best].score)) best = i;
    }
    return best;
}

/// Adds weight · source to target, over everything but the score.
void add_weighted(Detection& target, const Detection& source, float weight) {
    target.x += weight * source.x;
    target.y += weight * source.y;
    target.width += weight * source.width;
    target.height += weight * source.height;
    for (int i = 0; i < kKeyPoints; ++i) {
        target.key_points[i].x += weight * source.key_points[i].x;
        target.key_points[i].y += weight * source.key_points[i].y;
    }
}

/// How much a candidate counts in a mean. It starts at zero where candidates start to exist, so that one
/// coming or going at the threshold does not make the box jump.
float weight_of(const Detection& candidate) {
    return candidate.score - kLeastScore;
}

/// Merges the best candidate with all that overlap it, and uses them up: a used candidate has score 0.
Detection merge_around(int best, int count) {
    const Detection leader = candidates[best];
    Detection merged = {};
    float total = 0.0F;
    for (int i = 0; i < count; ++i) {
        const bool joins = i == best || overlap(leader, candidates[i]) > kMaxOverlap;
        if (!joins || candidates[i].score == 0.0F) continue;
        const float weight = weight_of(candidates[i]);
        total += weight;
        add_weighted(merged, candidates[i], weight);
        candidates[i].score = 0.0F;
    }
    if (!(total > 0.0F)) return leader;
    Detection mean = {};
    add_weighted(mean, merged, 1.0F / total);
    mean.score = leader.score;
    return mean;
}

}  // namespace

bool is_detector(const Network& network) {
    if (network.input_side != kInputSide || network.output_count != 4) return false;
    for (int i = 0; i < 2; ++i) {
        const int cells = kGrids[i].cells * kGrids[i].cells;
        if (network.output_floats[2 * i] != cells * kGrids[i].score_stride) return false;
        if (network.output_floats[2 * i + 1] != cells * kGrids[i].anchors * kRowValues) return false;
    }
    return true;
}

int detect_faces(const Network& network, const Image& image, Detection* detections) {
    const Square square{.center_x = static_cast<float>(image.width) / 2,
                        .center_y = static_cast<float>(image.height) / 2,
                        .side = static_cast<float>(larger(image.width, image.height)),
                        .cosine = 1.0F,
                        .sine = 0.0F};
    const Normalisation normalisation{.scale = 1 / 127.5F, .offset = -1.0F, .border = Border::black};
    sample_square(image, square, normalisation, kInputSide, network.input);
    run_network(network);

    int count = 0;
    for (int i = 0; i < 2; ++i) {
        count = collect_grid(kGrids[i], network.outputs[2 * i], network.outputs[2 * i + 1], square, count);
    }
    int written = 0;
    for (int best = best_candidate(count); best >= 0 && written < kMaxDetections;
         best = best_candidate(count)) {
        detections[written++] = merge_around(best, count);
    }
    return written;
}

}  // namespace countersign::facetrack
