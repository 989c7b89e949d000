#pragma once

#include <optional>
#include <utility>

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// A value or a refusal, either of which commits: a refusal must leave its audit event and its state behind.
template <class T>
class Settled {
public:
    Settled(T value) : value_(std::move(value)) {}
    Settled(tl::unexpected<Error> refusal) : refusal_(std::move(refusal).value()) {}
    static Settled refused(Error error) { return Settled(tl::unexpected(std::move(error))); }
    Result<T> take() && {
        if (value_) return *std::move(value_);
        return tl::unexpected(std::move(refusal_));
    }

private:
    std::optional<T> value_;
    Error refusal_;
};

/// Runs `function` (returning Result<Settled<T>>) in one writing transaction and yields the T or the refusal.
template <class T, class F>
Result<T> settle(UnitOfWork& work, F&& function) {
    auto settled = in_transaction(work, Access::write, [&](Repositories& repositories) -> Result<Settled<T>> {
        return function(repositories);
    });
    auto outcome = CS_TRY(std::move(settled));
    return std::move(outcome).take();
}

}  // namespace countersign::domain
