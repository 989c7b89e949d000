#include "domain/admin/second_factor.hpp"

#include "crypto/digest.hpp"
#include "crypto/totp.hpp"
#include "telemetry/log.hpp"

namespace countersign::domain {
namespace {

constexpr int kCodes = 10;
constexpr std::size_t kCodeLetters = 16;  // five bits each: 80 bits

/// Without letters and digits that people mix up.
constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz023456789";
static_assert(kLetters.size() == 32);

/// Of the letters alone, in lower case: hyphens and spaces are for people.
std::string hash_of(std::string_view code) {
    std::string letters;
    for (const char c : code) {
        if (c == '-' || c == ' ') continue;
        letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return to_hex(crypto::sha256(as_bytes(letters)));
}

std::string new_code(Random& random) {
    std::string code;
    for (std::size_t i = 0; i < kCodeLetters; ++i) {
        if (i > 0 && i % 4 == 0) code += '-';
        code += kLetters[random.below(kLetters.size())];
    }
    return code;
}

/// A store that says "nothing changed" answers the question with no; any other error stays one.
Result<bool> happened(const Result<void>& outcome, ErrorCode no) {
    if (outcome) return true;
    if (outcome.error().code == no) return false;
    return tl::unexpected(outcome.error());
}

}  // namespace

Result<TotpEnrolment> SecondFactor::begin(Repositories& repositories,
                                          const Administrator& administrator) const {
    const SecretBytes secret(random_.bytes(crypto::kTotpSecretBytes));
    const auto wrapped = CS_TRY(keys_.wrap_totp(administrator.id, secret));
    CS_TRY(repositories.admin().administrators().set_pending_totp(administrator.id, wrapped));
    return TotpEnrolment{crypto::to_base32(secret.view()),
                         crypto::totp_uri(secret.view(), "Countersign", administrator.email)};
}

Result<bool> SecondFactor::confirm(Repositories& repositories, const Administrator& administrator,
                                   std::string_view code) const {
    if (!administrator.totp_pending) return fail(ErrorCode::conflict, "no second factor was begun");
    const auto secret = CS_TRY(keys_.unwrap_totp(administrator.id, *administrator.totp_pending));
    const auto step = CS_TRY(crypto::totp_step(secret.view(), code, clock_.now()));
    if (!step) return false;
    CS_TRY(repositories.admin().administrators().confirm_totp(administrator.id, *administrator.totp_pending,
                                                              *step));
    return true;
}

Result<bool> SecondFactor::accept(Repositories& repositories, const AdminSession& session,
                                  const Administrator& administrator, const Proof& proof) const {
    if (!administrator.totp_wrapped) return false;
    if (proof.passkey) return passkeys_.accept(repositories, session, *proof.passkey);
    auto& administrators = repositories.admin().administrators();
    if (proof.totp.empty()) {
        return happened(administrators.use_recovery_code(administrator.id, hash_of(proof.recovery_code)),
                        ErrorCode::not_found);
    }
    const auto secret = CS_TRY(keys_.unwrap_totp(administrator.id, *administrator.totp_wrapped));
    const auto step = CS_TRY(crypto::totp_step(secret.view(), proof.totp, clock_.now()));
    if (!step) return false;
    return happened(administrators.use_totp_step(administrator.id, *step), ErrorCode::already_used);
}

Result<std::vector<std::string>> SecondFactor::new_recovery_codes(
    Repositories& repositories, const AdministratorId& administrator) const {
    std::vector<std::string> codes;
    std::vector<std::string> hashes;
    for (int i = 0; i < kCodes; ++i) {
        codes.push_back(new_code(random_));
        hashes.push_back(hash_of(codes.back()));
    }
    CS_TRY(repositories.admin().administrators().replace_recovery_codes(administrator, hashes));
    return codes;
}

namespace {

/// The secret under the current master key; nullopt when it is already, or when its master key is gone. The
/// latter locks one administrator out, who can be helped; it must not keep the server from starting.
Result<std::optional<Bytes>> renewed_secret(const Keys& keys, const AdministratorId& id,
                                            const std::optional<Bytes>& wrapped) {
    if (!wrapped) return std::optional<Bytes>{};
    auto renewed = keys.rewrap_totp(id, *wrapped);
    if (renewed || renewed.error().code != ErrorCode::unavailable) return renewed;
    telemetry::log::event(telemetry::log::Level::error, "admin.second_factor_lost",
                          {{"administrator", id.text()},
                           {"detail", "its master key is gone: countersign admin reset-second-factor"}});
    return std::optional<Bytes>{};
}

}  // namespace

Result<int> rewrap_second_factors(UnitOfWork& work, const Keys& keys) {
    return in_transaction(work, Access::write, [&](Repositories& r) -> Result<int> {
        auto& administrators = r.admin().administrators();
        const auto all = CS_TRY(administrators.list());
        int rewrapped = 0;
        for (const Administrator& one : all) {
            const auto pending = CS_TRY(renewed_secret(keys, one.id, one.totp_pending));
            if (pending) CS_TRY(administrators.set_pending_totp(one.id, *pending));
            const auto renewed = CS_TRY(renewed_secret(keys, one.id, one.totp_wrapped));
            if (!renewed) continue;
            CS_TRY(administrators.replace_totp(one.id, *one.totp_wrapped, *renewed));
            ++rewrapped;
        }
        return rewrapped;
    });
}

}  // namespace countersign::domain
