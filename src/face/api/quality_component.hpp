#pragma once

#include <string>

#include "face/api/types.hpp"

namespace countersign::face {

/// One face image quality component (ISO/IEC 29794-5 names): 0…100, more is better, 50 at the limit of the
/// gate.
struct QualityComponent {
    std::string name;
    double value{0};
    Hint hint{Hint::none};  // what the gate tells the person below 50; none: it does not ask for this one
};

}  // namespace countersign::face
