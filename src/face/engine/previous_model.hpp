#pragma once

#include <memory>
#include <string>

#include "face/engine/embedding.hpp"
#include "face/engine/manifest.hpp"

namespace countersign::face {

/// What is left of the pack before: its embedding and the limits that were measured with it. All else, from
/// the detector to the attack detection, is the current pack's (ADR 0063).
struct PreviousModel {
    std::string id;
    std::unique_ptr<EmbeddingNet> embedding;
    PackLimits limits;
};

}  // namespace countersign::face
