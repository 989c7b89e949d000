#include "runtime/fair_queue.hpp"

namespace countersign::runtime {

void FairQueue::push(Entry entry) {
    const auto group = entry.task.group;
    auto& waiting = groups_[group];
    if (waiting.empty()) turns_.push_back(group);
    size_ += 1;
    bytes_ += entry.task.bytes;
    waiting.push_back(std::move(entry));
}

FairQueue::Entry FairQueue::pop() {
    CS_CHECK(!empty());
    const auto group = turns_.front();
    turns_.pop_front();
    const auto found = groups_.find(group);
    Entry entry = std::move(found->second.front());
    found->second.pop_front();
    if (found->second.empty()) {
        groups_.erase(found);
    } else {
        turns_.push_back(group);
    }
    size_ -= 1;
    bytes_ -= entry.task.bytes;
    return entry;
}

std::size_t FairQueue::size_of(std::uint64_t group) const {
    const auto found = groups_.find(group);
    return found == groups_.end() ? 0 : found->second.size();
}

}  // namespace countersign::runtime
