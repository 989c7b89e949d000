// Observing the frames that answer a challenge: following a face instead of searching for it.
#include <algorithm>
#include <cmath>
#include <optional>

#include "face/engine/quality_gate.hpp"
#include "face/engine/tracking.hpp"
#include "face/onnx_face_engine.hpp"

namespace countersign::face {
namespace {

/// Searches again after this many frames: at the page's ten frames a second a second face is noticed within
/// 0.4 s.
constexpr int kUnsearched = 3;
/// Below it, the face is searched for anew: a doubt costs one search, and identity never rests on it but on
/// embeddings. Measured (docs/engine.md): 97.2 % of next frames at 10 a second lie above it, and 0.14 % of
/// other people's faces.
constexpr float kSameLook = 0.85F;
/// The eye distance of the aligned face: a smaller one would be blown up and look blurred.
constexpr float kLeastEyes = 36;
/// The page sends the answers to a challenge smaller than key frames: at 0.7 of their size, halved when
/// decoded.
constexpr float kLeastScale = 0.3F;
constexpr float kSameShape = 0.03F;  // sides are rounded to whole pixels
/// Shared part of the larger of two boxes of one face.
constexpr float kOneFace = 0.5F;

float eye_distance(std::span<const Point, 5> face) {
    return std::hypot(face[1].x - face[0].x, face[1].y - face[0].y);
}

void scale(Point& point, float by) {
    point = {point.x * by, point.y * by};
}
void scale(Box& box, float by) {
    box = {box.x * by, box.y * by, box.width * by, box.height * by};
}

/// The same face in pixels of a picture `by` times as large.
FaceTrack scaled(const FaceTrack& track, float by) {
    FaceTrack out;
    out.box = track.box;
    scale(out.box, by);
    out.landmarks = track.landmarks;
    for (Point& point : out.landmarks)
        scale(point, by);
    out.look = track.look.clone();
    return out;
}

bool overlap(const Box& a, const Box& b) {
    const float width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const float height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    const float larger = std::max(a.width * a.height, b.width * b.height);
    return width > 0 && height > 0 && width * height >= kOneFace * larger;
}

/// Pixels of the reduced picture to those of the full one.
void enlarge(Observation& seen, Reduction reduction) {
    if (reduction == Reduction::none) return;
    const auto by = static_cast<float>(reduction);
    seen.width *= static_cast<int>(reduction);
    seen.height *= static_cast<int>(reduction);
    seen.track.width = seen.width;
    seen.track.height = seen.height;
    seen.quality.inter_eye_px *= by;
    scale(seen.box, by);
    scale(seen.track.box, by);
    for (Point& point : seen.landmarks)
        scale(point, by);
    for (Point& point : seen.track.landmarks)
        scale(point, by);
    for (Point& point : seen.shape)
        scale(point, by);
}

/// How many times as large as in `last` the face is in a picture of this size; nothing when it is another
/// picture than a smaller or larger one of the same camera, for example turned: who does that starts over.
std::optional<float> enlargement(const FaceTrack& last, const Image& picture) {
    if (last.width <= 0 || last.height <= 0) return std::nullopt;
    const float wider = static_cast<float>(picture.width()) / static_cast<float>(last.width);
    const float higher = static_cast<float>(picture.height()) / static_cast<float>(last.height);
    const bool same_shape = std::abs(wider - higher) <= kSameShape * wider;
    const bool plausible = wider >= kLeastScale && wider <= 1 / kLeastScale;
    return same_shape && plausible ? std::optional(wider) : std::nullopt;
}

/// Where the face of `last` is to be looked for in this picture; nothing when the whole must be searched.
std::optional<FaceTrack> expected(const FaceTrack& last, const Image& picture) {
    if (!last.alone || last.look.empty()) return std::nullopt;
    const auto by = enlargement(last, picture);
    return by ? std::optional(scaled(last, *by)) : std::nullopt;
}

}  // namespace

Reduction OnnxFaceEngine::reduction_after(const FaceTrack& last) {
    return eye_distance(last.landmarks) >= 2 * kLeastEyes ? Reduction::half : Reduction::none;
}

Result<Observation> OnnxFaceEngine::follow(ByteView encoded, const FaceTrack& last) {
    const Reduction reduction = reduction_after(last);
    const auto picture = CS_TRY(parts_.decoder->decode(encoded, reduction));
    return follow_image(picture, reduction, last);
}

Result<Observation> OnnxFaceEngine::follow_image(const Image& picture, Reduction reduction,
                                                 const FaceTrack& last) const {
    Observation seen;
    const auto known = expected(last, picture);
    if (known && last.unsearched < kUnsearched) {
        const bool tracked = CS_TRY(track(picture, *known, seen));
        seen.track.unsearched = last.unsearched + 1;
        if (!tracked) seen = CS_TRY(search(picture, *parts_.detector, Context::none));
    } else {
        seen = CS_TRY(search(picture, known ? *parts_.quick_detector : *parts_.detector, Context::none));
        // What only the quick look misses is not gone.
        if (known && seen.faces == 0) seen = CS_TRY(search(picture, *parts_.detector, Context::none));
    }
    enlarge(seen, reduction);
    return seen;
}

Result<Observation> OnnxFaceEngine::observe_next(ByteView encoded, const FaceTrack& last) {
    const auto picture = CS_TRY(parts_.decoder->decode(encoded));
    return observe_next_image(picture, last);
}

Result<Observation> OnnxFaceEngine::observe_next_image(const Image& picture, const FaceTrack& last) const {
    const auto known = expected(last, picture);
    if (!known) return observe_image(picture);
    Observation seen;
    const bool tracked = CS_TRY(track(picture, *known, seen));
    // What the person is told comes from a search: a box that is moved along may be a little off.
    if (!tracked || !seen.usable()) return observe_image(picture);
    const auto faces = CS_TRY(parts_.quick_detector->detect(picture));
    if (faces.size() != 1 || !overlap(faces.front().box, seen.box)) return observe_image(picture);
    seen.detector_score = faces.front().score;
    seen.context = parts_.attacks->cut_context(picture, seen.box);
    return seen;
}

/// Fills `seen` from where the face was; false when that is in doubt.
Result<bool> OnnxFaceEngine::track(const Image& picture, const FaceTrack& last, Observation& seen) const {
    seen.box = last.box;
    seen.faces = 1;
    CS_TRY(measure_face(picture, Context::none, seen));
    seen.box = seen.track.box = move_box(last.box, last.landmarks, seen.landmarks);
    seen.quality.face_fraction = seen.box.height / static_cast<float>(picture.height());
    seen.hint = judge_quality(seen);
    return plausible_move(last.landmarks, seen.landmarks) &&
           look_similarity(last.look.view(), seen.track.look.view()) >= kSameLook;
}

}  // namespace countersign::face
