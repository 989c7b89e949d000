#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

namespace countersign::app::demo {

/// Values that change within a transaction and count only once it is committed: a unit of work may run twice.
template <class T>
class Tentative {
public:
    /// At the start of a transaction: what the last one did and did not keep never happened.
    void forget() { changed_.clear(); }
    /// After the commit.
    void keep() {
        for (auto& [key, value] : changed_) {
            if (value) {
                kept_[key] = *std::move(value);
            } else {
                kept_.erase(key);
            }
        }
        changed_.clear();
    }

    /// To read and to change; nullptr when there is none.
    T* find(std::uint32_t key) {
        if (const auto changed = changed_.find(key); changed != changed_.end())
            return changed->second ? &*changed->second : nullptr;
        const auto kept = kept_.find(key);
        if (kept == kept_.end()) return nullptr;
        return &*changed_.emplace(key, kept->second).first->second;
    }
    T& put(std::uint32_t key, T value) { return *(changed_[key] = std::move(value)); }
    void erase(std::uint32_t key) { changed_[key] = std::nullopt; }

private:
    std::unordered_map<std::uint32_t, T> kept_;
    std::unordered_map<std::uint32_t, std::optional<T>> changed_;
};

}  // namespace countersign::app::demo
