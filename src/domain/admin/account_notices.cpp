#include "domain/admin/account_notices.hpp"

#include "telemetry/log.hpp"

namespace countersign::domain {
namespace {

struct Addressee {
    Administrator administrator;
    TenantId home;
};

Mail notice(const Administrator& administrator, std::string_view what, UnixMicros now) {
    return {administrator.email, "Your Countersign account was changed",
            fmt::format("Hello {},\n\n{}.\nTime: {}\n\nIf it was you, there is nothing to do. If it was "
                        "not: set a new password at once, end the other sessions under \"Your account\", and "
                        "tell an owner of your organisation.\n",
                        administrator.name, what, to_rfc3339(now))};
}

}  // namespace

Result<std::optional<TenantId>> mail_home(Repositories& repositories, const AdministratorId& id) {
    const auto memberships = CS_TRY(repositories.admin().administrators().memberships(id));
    if (memberships.empty()) return std::optional<TenantId>{};
    const TenantId& home = memberships.front().tenant;
    const auto server = CS_TRY(repositories.admin().mail_servers().find(home));
    return server ? std::optional(home) : std::nullopt;
}

void AccountNotices::tell(const AdministratorId& id, std::string_view what) {
    const auto found =
        in_transaction(work_, Access::read, [&](Repositories& r) -> Result<std::optional<Addressee>> {
            const auto home = CS_TRY(mail_home(r, id));
            if (!home) return std::optional<Addressee>{};
            auto administrator = CS_TRY(r.admin().administrators().find(id));
            return std::optional(Addressee{std::move(administrator), *home});
        });
    if (found && !*found) return;
    const auto queued =
        found ? mail_.send_later((*found)->home, notice((*found)->administrator, what, clock_.now()))
              : Result<void>(tl::unexpected(found.error()));
    if (queued) return;
    telemetry::log::event(telemetry::log::Level::error, "mail.failed",
                          {{"administrator", id.text()}, {"detail", queued.error().detail}});
}

}  // namespace countersign::domain
