#pragma once

#include <deque>
#include <optional>
#include <unordered_map>

#include "runtime/lane.hpp"

namespace countersign::runtime {

/// The waiting tasks of a lane: first in, first out within a group; groups take turns.
///
/// Threads: none of its own; the lane's lock guards it.
class FairQueue {
public:
    struct Entry {
        Task task;
        Deadline::TimePoint queued_at;
    };

    void push(Entry entry);

    /// The next task in turn. The queue must not be empty.
    Entry pop();

    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    std::size_t bytes() const { return bytes_; }
    std::size_t size_of(std::uint64_t group) const;

private:
    std::unordered_map<std::uint64_t, std::deque<Entry>> groups_;  // only groups with a waiting task
    std::deque<std::uint64_t> turns_;                              // each of them once
    std::size_t size_{0};
    std::size_t bytes_{0};
};

}  // namespace countersign::runtime
