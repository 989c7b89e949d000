#include "base/id.hpp"

#include <array>

namespace countersign::detail {
namespace {
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
}

std::string make_ulid(UnixMicros now, Random& random) {
    std::string out(26, '0');
    auto ms = static_cast<std::uint64_t>(now.value / 1000);
    for (std::size_t i = 10; i-- > 0; ms >>= 5U)
        out[i] = kCrockford[ms & 31U];
    std::array<std::uint8_t, 16> raw{};
    random.fill(raw);
    for (std::size_t i = 0; i < raw.size(); ++i)
        out[10 + i] = kCrockford[raw[i] & 31U];
    return out;
}

bool is_ulid(std::string_view text) {
    return text.size() == 26 && text.find_first_not_of(kCrockford) == std::string_view::npos;
}

}  // namespace countersign::detail
