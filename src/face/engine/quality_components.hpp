#pragma once

#include <vector>

#include "face/api/quality_component.hpp"
#include "face/engine/manifest.hpp"

namespace countersign::face {

/// The face image quality components of one frame, in the manner and with the names of ISO/IEC 29794-5 (no
/// conformance is claimed: the measures are our own). Each is 0…100, unit-free, more is better, and 50 where
/// the quality gate draws its line, so that a component below 50 is what its hint complains about; those that
/// the gate does not ask for say so with Hint::none. Empty without a face.
std::vector<QualityComponent> quality_components(const Observation& seen);

/// All in one: the length of the embedding, which blur, shade, pose and occlusion shorten alike (as in Meng
/// et al., MagFace, CVPR 2021; this net was not trained for it). 50 where the score's
/// correction ends, kMostSpreads below the usual. The gate does not ask for it: nobody can be told what to
/// change.
QualityComponent unified_quality(const Template& made, const ClearnessWeight& clearness);

}  // namespace countersign::face
