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
    /// `size` values, all zero: in the smallest kept buffer that holds them and is not far too large.
    static std::vector<T> take(std::size_t size) {
        auto& buffers = mine().buffers;
        const auto fits = [&](const std::vector<T>& kept) {
            return kept.capacity() >= size && kept.capacity() / 4 <= size;
        };
        auto best = buffers.end();
        for (auto kept = buffers.begin(); kept != buffers.end(); ++kept) {
            if (!kept->empty() && fits(*kept) &&
                (best == buffers.end() || kept->capacity() < best->capacity()))
                best = kept;
        }
        if (best == buffers.end() || size == 0) return std::vector<T>(size);
        std::vector<T> buffer = std::exchange(*best, {});
        buffer.resize(size);  // what lies behind the values is zero, too: it was wiped, or never used
        return buffer;
    }

    /// Wipes the values and keeps the memory: in a free place, or in the one that was filled first.
    static void give_back(std::vector<T>&& buffer) {
        wipe(buffer.data(), buffer.size() * sizeof(T));
        const std::size_t bytes = buffer.capacity() * sizeof(T);
        if (bytes < kLeastBytes || bytes > kMostBytes) return;
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
