#pragma once

#include "evaluation/parallel.hpp"
#include "face/api/measuring_engine.hpp"

namespace countersign::testing {

inline const evaluation::ParallelFor kInOrder = [](std::size_t count,
                                                   const std::function<void(std::size_t)>& body) {
    for (std::size_t i = 0; i < count; ++i)
        body(i);
};
inline const evaluation::Progress kSilent = [](std::size_t, std::size_t) {};

/// An engine whose pictures begin like a JPEG and then say what they show: "wall" has no face. The text is
/// the template. For tests of evaluations only.
class FakeMeasuringEngine : public face::MeasuringEngine {
public:
    Result<face::Observation> observe(ByteView encoded) override {
        face::Observation seen;
        seen.aligned = SecretBytes(encoded.subspan(3));
        seen.faces = as_text(seen.aligned.view()) == "wall" ? 0 : 1;
        return seen;
    }
    Result<face::Template> extract_best_effort(const face::Observation& seen) override {
        return face::Template{"net/1", seen.aligned.clone()};
    }
    Result<double> similarity(const face::Template&, const face::Template&) const override { return 0.0; }
    std::vector<face::QualityComponent> quality(const face::Observation&) const override { return {}; }
    face::QualityComponent unified_quality(const face::Template&) const override { return {}; }
    Result<double> live_probability(const face::Observation&) override { return 0.75; }
    face::LivenessPoint liveness_point() const override { return {0.5, 3}; }
    std::vector<face::ModelIdentity> models() const override { return {{"embedding", "net/1", "00"}}; }
};

}  // namespace countersign::testing
