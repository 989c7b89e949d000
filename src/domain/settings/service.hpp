#pragma once

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// The groups to replace; the others stay.
struct SettingsChange {
    std::optional<Branding> branding;
    std::optional<LockoutPolicy> lockout;
    std::optional<int> transaction_days;
};

struct SettingsView {
    std::string organisation;
    TenantSettings settings;
};

/// What the capture page shows of a tenant.
struct Presentation {
    ConsentText consent;
    Branding branding;
    std::string logo_id;  // names this very logo; empty without one
};

/// Settings of a tenant: branding, lockout, retention.
///
/// Errors:  invalid_argument with `fields`, precondition_failed (`version` is not the stored one), not_found,
///          unavailable.
/// Threads: safe; blocks on the store.
class SettingsService {
public:
    SettingsService(UnitOfWork& work, const Clock& clock, Random& random)
        : work_(work), clock_(clock), random_(random) {}

    Result<SettingsView> find(const TenantId& tenant);
    Result<SettingsView> update(const TenantId& tenant, std::int64_t version, const SettingsChange& change,
                                std::string_view actor);
    /// For the capture page of a login.
    Result<Presentation> present(const TenantId& tenant, std::string_view locale);
    /// The PNG, when `logo_id` names the current one. Errors: not_found.
    Result<Bytes> logo(const TenantId& tenant, std::string_view logo_id);

private:
    UnitOfWork& work_;
    const Clock& clock_;
    Random& random_;
};

/// Checks what an administrator set. Errors: invalid_argument naming every wrong field.
Result<void> check_settings(const SettingsChange& change);

/// Width and height of a PNG, read from its first bytes. Errors: unsupported_media (no PNG).
struct PictureSize {
    std::uint32_t width{0};
    std::uint32_t height{0};
};
Result<PictureSize> png_size(ByteView bytes);

}  // namespace countersign::domain
