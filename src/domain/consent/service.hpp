#pragma once

#include "domain/consent/texts.hpp"
#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// What the browser says the person saw and answered.
struct ConsentAnswer {
    std::string version;
    std::string sha256;
    std::string locale;
    bool accepted{false};
};

/// Records the answer to the consent. Requirement S9, threat T28.
///
/// Errors:  invalid_argument (not the current text), conflict (already answered or over),
/// transaction_expired,
///          unavailable.
/// Threads: safe; blocks on the store.
class ConsentService {
public:
    ConsentService(UnitOfWork& work, const Clock& clock, Random& random)
        : work_(work), clock_(clock), random_(random) {}

    /// The receipt; nullopt when declined, which ends the verification with `cancelled`.
    Result<std::optional<ConsentId>> answer(const TenantId& tenant, const VerificationId& id,
                                            const ConsentAnswer& answer);

private:
    UnitOfWork& work_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace countersign::domain
