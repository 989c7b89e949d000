#include "crypto/password.hpp"

#include <sodium.h>

#include <array>
#include <chrono>
#include <semaphore>

namespace countersign::crypto {

/// Callers wait on a thread that serves logins, too: who finds the waiting room full is sent away at once.
struct Argon2Hasher::Seats {
    static constexpr int kAtOnce = 2;
    static constexpr int kWithWaiting = 4;
    std::counting_semaphore<kAtOnce> free{kAtOnce};
    std::counting_semaphore<kWithWaiting> room{kWithWaiting};
};

namespace {

template <class Semaphore>
class Taken {
public:
    Taken(Semaphore& of, std::chrono::seconds patience) : of_(of), taken_(of.try_acquire_for(patience)) {}
    ~Taken() {
        if (taken_) of_.release();
    }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;
    explicit operator bool() const { return taken_; }

private:
    Semaphore& of_;
    bool taken_;
};

}  // namespace

template <class Work>
auto Argon2Hasher::in_turn(Work work) const -> std::invoke_result_t<Work> {
    const Taken place(seats_->room, std::chrono::seconds(0));
    if (!place) return fail(ErrorCode::queue_full, "too many passwords at once");
    const Taken seat(seats_->free, std::chrono::seconds(10));
    if (!seat) return fail(ErrorCode::queue_full, "too many passwords at once");
    return work();
}

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
    return in_turn([&]() -> Result<std::string> {
        std::array<char, crypto_pwhash_STRBYTES> text{};
        if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost_.passes, cost_.bytes,
                                  crypto_pwhash_ALG_ARGON2ID13) != 0)
            return fail(ErrorCode::unavailable, "no memory for a password hash");
        return std::string(text.data());
    });
}

Result<bool> Argon2Hasher::verify(std::string_view hash, std::string_view password) const {
    return in_turn([&]() -> Result<bool> {
        return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
    });
}

}  // namespace countersign::crypto
