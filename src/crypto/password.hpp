#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/result.hpp"

namespace countersign::crypto {

/// Slow one-way hashes of passwords, with their parameters inside.
///
/// Errors:  hash, verify: queue_full (too many at once: memory is bounded), unavailable (no memory).
/// Threads: safe; blocks for most of a second. Never inside a database transaction.
class PasswordHasher {
public:
    virtual ~PasswordHasher() = default;
    virtual Result<std::string> hash(std::string_view password) const = 0;
    virtual Result<bool> verify(std::string_view hash, std::string_view password) const = 0;
    /// A hash that no password is known for and that costs as much to check: for accounts that do not exist.
    virtual const std::string& decoy() const = 0;
};

/// What one hash costs. The default is libsodium's MODERATE: 3 passes over 256 MiB.
struct Argon2Cost {
    unsigned long long passes{3};
    std::size_t bytes{256UL << 20U};
};

/// Argon2id of libsodium (RFC 9106). At most two at once, two more wait up to ten seconds, everybody else is
/// refused at once: the threads that wait are those of the logins.
/// Errors:  queue_full, unavailable. Threads: safe; blocks.
/// Source: NIST SP 800-63B-4 §3.1.1.2; threat T27.
class Argon2Hasher final : public PasswordHasher {
public:
    static Result<std::unique_ptr<Argon2Hasher>> make(Argon2Cost cost = {});
    ~Argon2Hasher() override;

    Result<std::string> hash(std::string_view password) const override;
    Result<bool> verify(std::string_view hash, std::string_view password) const override;
    const std::string& decoy() const override { return decoy_; }

private:
    struct Seats;
    explicit Argon2Hasher(Argon2Cost cost);
    template <class Work>
    auto in_turn(Work work) const -> std::invoke_result_t<Work>;

    Argon2Cost cost_;
    std::unique_ptr<Seats> seats_;
    std::string decoy_;
};

}  // namespace countersign::crypto
