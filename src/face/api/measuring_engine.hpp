#pragma once

#include "base/result.hpp"
#include "face/api/quality_component.hpp"
#include "face/api/types.hpp"

namespace countersign::face {

/// One model of the pack, as a report names it.
struct ModelIdentity {
    std::string role;  // detector, landmark, embedding, pad
    std::string id;    // name/version
    std::string sha256;
};

/// Where the policy draws the line of passive liveness.
struct LivenessPoint {
    double threshold{1};          // least median of p(live)
    std::size_t least_frames{1};  // of one capture
};

/// The engine with its scores, for offline evaluation by an operator on files of their own. A port apart from
/// FaceEngine: what serves users is built without it, so no score can leave that way (requirement S7).
///
/// Threads: safe; every call is CPU-bound.
/// Errors:  as FaceEngine. "No face" is data, not an error.
class MeasuringEngine {
public:
    virtual ~MeasuringEngine() = default;

    /// Decodes one JPEG or WebP picture, finds the face it is about and measures it.
    virtual Result<Observation> observe(ByteView encoded) = 0;

    /// A reference template of that face, as `FaceEngine::enrol` makes them. Hints and bystanders do not
    /// exclude, so that a failure to enrol means that no face was found. Errors: invalid_argument (no face).
    virtual Result<Template> extract_best_effort(const Observation& seen) = 0;

    /// The score that decides: the cosine of two templates, corrected by their clearness; −1…1. Errors:
    /// invalid_argument (different models, or not a template).
    virtual Result<double> similarity(const Template& a, const Template& b) const = 0;

    /// p(live) of that face, 0…1. Errors: invalid_argument (no face).
    virtual Result<double> live_probability(const Observation& seen) = 0;

    /// Quality of that face, component by component; always the same ones in the same order, none without a
    /// face.
    virtual std::vector<QualityComponent> quality(const Observation& seen) const = 0;

    /// `unified_quality`: what the embedding net itself says of the face it made `made` of.
    virtual QualityComponent unified_quality(const Template& made) const = 0;

    virtual LivenessPoint liveness_point() const = 0;
    virtual std::vector<ModelIdentity> models() const = 0;
};

}  // namespace countersign::face
