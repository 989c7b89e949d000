#include "crypto/cose_shape.hpp"

#include <optional>

namespace countersign::crypto {
namespace {

constexpr unsigned kByteString = 2;
constexpr unsigned kMap = 5;
constexpr std::uint64_t kMostEntries = 8;

struct Head {
    unsigned type{0};
    std::uint64_t argument{0};
};

/// Takes one head off the front; nothing for lengths that are left open and for reserved ones.
std::optional<Head> take_head(ByteView& rest) {
    if (rest.empty()) return std::nullopt;
    const unsigned first = rest[0];
    rest = rest.subspan(1);
    Head head{first >> 5U, first & 31U};
    if (head.argument < 24) return head;
    if (head.argument > 27) return std::nullopt;
    const std::size_t width = std::size_t{1} << (head.argument - 24);
    if (rest.size() < width) return std::nullopt;
    head.argument = 0;
    for (const std::uint8_t byte : rest.first(width))
        head.argument = (head.argument << 8U) | byte;
    rest = rest.subspan(width);
    return head;
}

bool take_plain_value(ByteView& rest) {
    const auto head = take_head(rest);
    if (!head || head->type > kByteString) return false;
    if (head->type < kByteString) return true;
    if (head->argument > rest.size()) return false;
    rest = rest.subspan(static_cast<std::size_t>(head->argument));
    return true;
}

}  // namespace

bool is_flat_cose_key(ByteView bytes) {
    ByteView rest = bytes;
    const auto map = take_head(rest);
    if (!map || map->type != kMap || map->argument > kMostEntries) return false;
    for (std::uint64_t i = 0; i < 2 * map->argument; ++i) {
        if (!take_plain_value(rest)) return false;
    }
    return rest.empty();
}

}  // namespace countersign::crypto
