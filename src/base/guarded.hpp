#pragma once

#include <mutex>
#include <utility>

namespace countersign {

/// A value that can only be reached while its lock is held: `auto pool = pool_.lock(); pool->push_back(…);`
template <class T>
class Guarded {
public:
    Guarded() = default;
    explicit Guarded(T value) : value_(std::move(value)) {}

    class Access {
    public:
        T* operator->() { return value_; }
        T& operator*() { return *value_; }
        std::unique_lock<std::mutex>& native_lock() { return lock_; }

    private:
        friend Guarded;
        Access(std::mutex& mutex, T& value) : lock_(mutex), value_(&value) {}
        std::unique_lock<std::mutex> lock_;
        T* value_;
    };

    Access lock() { return Access(mutex_, value_); }

private:
    std::mutex mutex_;
    T value_{};
};

}  // namespace countersign
