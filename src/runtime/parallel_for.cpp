#include "runtime/parallel_for.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace countersign::runtime {

void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& body) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1))
            body(i);
    };
    std::vector<std::jthread> crew;
    const std::size_t useful = std::min<std::size_t>(std::max(threads, 1U), count);
    for (std::size_t i = 1; i < useful; ++i)
        crew.emplace_back(work);
    work();
}

}  // namespace countersign::runtime
