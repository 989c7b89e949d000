#pragma once

#include <span>

#include "face/api/engine.hpp"

namespace countersign::domain {

/// Whether a capture shows pictures of an earlier one again: one of its frames certainly, or two
/// likely. One likeness may be chance; a recording brings many.
///
/// Threads: safe; CPU-bound (some hundred short comparisons). Source: threat T16, ADR 0071.
bool shows_an_earlier_capture(face::FaceEngine& engine, std::span<const face::Imprint> frames,
                              std::span<const face::Imprint> earlier);

}  // namespace countersign::domain
