#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/bytes.hpp"

namespace countersign::face {

/// Buffers of pixels and numbers that a thread uses again for its next frame: fresh memory of this size comes
/// from the kernel page by page and costs more than what is done with it. A buffer is wiped when it is given
/// back, so nothing of a face waits here. Small buffers are left to the allocator.
///
/// Threads: each has its own; a buffer may be given back by another thread than took it.
template <class T>
class Recycled {
public:
    /// `size` values, all zero.
    static std::vector<T> take(std::size_t size) {
        auto& shelf = mine();
        for (auto& kept : shelf.buffers) {
            if (kept.size() != size || size == 0) continue;
            return std::exchange(kept, {});
        }
        return std::vector<T>(size);
    }

    /// Wipes the values and keeps the memory: in a free place, or in the one that was filled first.
    static void give_back(std::vector<T>&& buffer) {
        wipe(buffer.data(), buffer.size() * sizeof(T));
        if (buffer.size() * sizeof(T) < kLeastBytes || buffer.size() * sizeof(T) > kMostBytes) return;
        auto& shelf = mine();
        const auto free = std::ranges::find_if(shelf.buffers, [](const auto& kept) { return kept.empty(); });
        if (free != shelf.buffers.end()) {
            *free = std::move(buffer);
            return;
        }
        shelf.buffers[shelf.next] = std::move(buffer);
        shelf.next = (shelf.next + 1) % kBuffers;
    }

private:
    static constexpr std::size_t kBuffers = 8;
    static constexpr std::size_t kLeastBytes = std::size_t{16} << 10U;
    static constexpr std::size_t kMostBytes = std::size_t{4} << 20U;

    struct Shelf {
        std::array<std::vector<T>, kBuffers> buffers;
        std::size_t next{0};
    };
    static Shelf& mine() {
        static thread_local Shelf shelf;
        return shelf;
    }
};

}  // namespace countersign::face
