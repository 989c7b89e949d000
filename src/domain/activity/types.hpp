#pragma once

#include <string>

#include "base/bytes.hpp"
#include "base/id.hpp"

namespace countersign::domain {

/// How finely time is divided: hours for a day's chart, days for everything longer.
enum class Grain { hour, day };
std::string_view to_string(Grain grain);
Micros length_of(Grain grain);
/// The start of the hour or UTC day that holds `at`.
UnixMicros start_of(Grain grain, UnixMicros at);

/// How often something happened through one integration. Holds nothing about a person, so it stays when
/// transactions are deleted.
struct ActivityCount {
    UnixMicros starts_at;  // of the hour or day
    std::string name;      // "opened", "passed", "cause:no_match", "ms:57" …
    std::int64_t total{0};
};

}  // namespace countersign::domain
