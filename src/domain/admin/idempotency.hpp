#pragma once

#include <functional>

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// The answer of a creation, as it is stored for repeats. No body: it holds a secret and is not stored.
struct KeptAnswer {
    std::int64_t status{0};
    std::optional<std::string> body;
};

/// Lets a creation that is asked for twice under one key of the caller's be done once.
///
/// The key is claimed before the work and kept for 24 hours; a failed work releases it. A crash in between
/// leaves it claimed: the repeat is refused rather than done twice.
///
/// Errors:  conflict (another request has the key, or it is under way), idempotency_replayed (done; the
/// answer
///          held a secret), and those of `work`.
/// Threads: safe; blocks on the store.
class IdempotencyService {
public:
    IdempotencyService(UnitOfWork& work, const Clock& clock) : work_(work), clock_(clock) {}

    /// `request` is everything that makes two requests the same: method, path and body.
    Result<KeptAnswer> once(const AdminActor& actor, std::string_view key, std::string_view request,
                            const std::function<Result<KeptAnswer>()>& work);

private:
    UnitOfWork& work_;
    const Clock& clock_;
};

}  // namespace countersign::domain
