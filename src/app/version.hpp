#pragma once

#include <string_view>

namespace countersign::app {

/// From the project's version in CMakeLists.txt.
inline constexpr std::string_view kVersion = COUNTERSIGN_VERSION;

}  // namespace countersign::app
