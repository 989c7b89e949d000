#pragma once

#include <span>
#include <vector>

#include "face/api/types.hpp"
#include "face/codec/decode.hpp"
#include "face/engine/session.hpp"

namespace countersign::face {

struct Detection {
    Box box;         // pixels of the picture
    float score{0};  // 0…1
};

/// Greedy non-maximum suppression: keeps the best-scored boxes that overlap no better one by more than
/// `overlap` (intersection over union). Best first.
std::vector<Detection> suppress_overlaps(std::vector<Detection> detections, float overlap);

/// The face that a picture is about: the largest, a face far from the centre counting less. `faces` holds at
/// least one.
const Detection& subject_of(std::span<const Detection> faces, const PictureSize& picture);

/// What the net gives for an input of this size.
std::vector<Session::Output> detector_outputs(const InputFormat& input);

/// Finds faces with an Ultra-Light (RFB) net, cut at its heads (tools/onnx/cut_heads.mjs): the picture is
/// stretched to the input size, whatever that is. The smallest face it sees is about 10 pixels of the input.
/// Threads: safe.
class Detector {
public:
    static Result<std::unique_ptr<Detector>> load(const OnnxRuntime& runtime,
                                                  const std::filesystem::path& folder,
                                                  const ModelEntry& model, float min_score);

    /// Largest score first; empty when no face is found. Errors: unavailable.
    Result<std::vector<Detection>> detect(const Image& picture) const;
    Result<void> self_test() const { return session_->self_test(); }
    const Session& session() const { return *session_; }

private:
    Detector(std::unique_ptr<Session> session, float min_score)
        : session_(std::move(session)), min_score_(min_score) {}
    std::unique_ptr<Session> session_;
    float min_score_;
};

}  // namespace countersign::face
