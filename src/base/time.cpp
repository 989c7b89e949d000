#include "base/time.hpp"

#include <chrono>
#include <cstdio>
#include <ctime>

namespace countersign {

std::string to_rfc3339(UnixMicros t) {
    const std::time_t whole = static_cast<std::time_t>(t.value / 1'000'000);
    const auto ms = static_cast<int>((t.value % 1'000'000) / 1000);
    std::tm utc{};
    gmtime_r(&whole, &utc);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, ms);
}

Result<UnixMicros> parse_rfc3339(std::string_view text) {
    const std::string copy(text);
    std::tm utc{};
    int ms = 0;
    int used = 0;
    if (std::sscanf(copy.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%n", &utc.tm_year, &utc.tm_mon, &utc.tm_mday,
                    &utc.tm_hour, &utc.tm_min, &utc.tm_sec, &used) != 6) {
        return fail(ErrorCode::invalid_argument, "not an RFC 3339 time");
    }
    std::string_view rest = std::string_view(copy).substr(static_cast<std::size_t>(used));
    if (rest.size() == 5 && rest[0] == '.') {
        for (char digit : rest.substr(1, 3)) {
            if (digit < '0' || digit > '9') return fail(ErrorCode::invalid_argument, "not an RFC 3339 time");
            ms = ms * 10 + (digit - '0');
        }
        rest.remove_prefix(4);
    }
    if (rest != "Z") return fail(ErrorCode::invalid_argument, "time must end in Z");
    utc.tm_year -= 1900;
    utc.tm_mon -= 1;
    return UnixMicros{static_cast<std::int64_t>(timegm(&utc)) * 1'000'000 + ms * 1000};
}

UnixMicros SystemClock::now() const {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return UnixMicros{std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

}  // namespace countersign
