#include "domain/admin/throttle.hpp"

#include "crypto/digest.hpp"

namespace countersign::domain {
namespace {

constexpr Micros kLock = minutes(15);

std::string_view name_of(TryKind kind) {
    switch (kind) {
        case TryKind::account:
            return "account";
        case TryKind::address:
            return "address";
        case TryKind::second_factor:
            return "second_factor";
    }
    return "account";
}

std::int64_t most_of(TryKind kind) {
    return kind == TryKind::address ? 30 : 10;
}

std::string hash_of(std::string_view subject) {
    return to_hex(crypto::sha256(as_bytes(subject)));
}

}  // namespace

Result<bool> may_try(Repositories& repositories, TryKind kind, std::string_view subject, UnixMicros now) {
    const auto tries = CS_TRY(
        repositories.admin().sessions().charge(name_of(kind), hash_of(subject), most_of(kind), kLock, now));
    return tries <= most_of(kind);
}

Result<void> forget_tries(Repositories& repositories, TryKind kind, std::string_view subject) {
    return repositories.admin().sessions().clear_charges(name_of(kind), hash_of(subject));
}

}  // namespace countersign::domain
