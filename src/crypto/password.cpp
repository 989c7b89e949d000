#include "crypto/password.hpp"

#include <sodium.h>

#include <array>
#include <chrono>
#include <semaphore>

namespace countersign::crypto {

struct Argon2Hasher::Seats {
    static constexpr int kAtOnce = 2;
    std::counting_semaphore<kAtOnce> free{kAtOnce};
};

namespace {

template <class Semaphore>
class Seat {
public:
    explicit Seat(Semaphore& free) : free_(free), taken_(free.try_acquire_for(std::chrono::seconds(10))) {}
    ~Seat() {
        if (taken_) free_.release();
    }
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    bool taken() const { return taken_; }

private:
    Semaphore& free_;
    bool taken_;
};

}  // namespace

Argon2Hasher::Argon2Hasher(Argon2Cost cost) : cost_(cost), seats_(std::make_unique<Seats>()) {}
Argon2Hasher::~Argon2Hasher() = default;

Result<std::unique_ptr<Argon2Hasher>> Argon2Hasher::make(Argon2Cost cost) {
    if (sodium_init() < 0) return fail(ErrorCode::unavailable, "libsodium cannot start");
    std::unique_ptr<Argon2Hasher> hasher(new Argon2Hasher(cost));
    std::array<char, 32> nobody_knows{};
    randombytes_buf(nobody_knows.data(), nobody_knows.size());
    hasher->decoy_ = CS_TRY(hasher->hash({nobody_knows.data(), nobody_knows.size()}));
    return hasher;
}

Result<std::string> Argon2Hasher::hash(std::string_view password) const {
    const Seat seat(seats_->free);
    if (!seat.taken()) return fail(ErrorCode::queue_full, "too many passwords at once");
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost_.passes, cost_.bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(ErrorCode::unavailable, "no memory for a password hash");
    return std::string(text.data());
}

Result<bool> Argon2Hasher::verify(std::string_view hash, std::string_view password) const {
    const Seat seat(seats_->free);
    if (!seat.taken()) return fail(ErrorCode::queue_full, "too many passwords at once");
    return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

}  // namespace countersign::crypto
