#include "app/demo/seed.hpp"

#include "app/demo/gathered_activity.hpp"
#include "app/demo/history_writer.hpp"
#include "domain/audit/trail.hpp"
#include "domain/consent/current.hpp"

namespace countersign::app::demo {
namespace {

using domain::Access;
using domain::Repositories;

constexpr std::size_t kPeopleBatch = 1000;
constexpr std::size_t kLoginsPerUser = 3;
constexpr std::size_t kMostLogins = 80'000;

struct Wanted {
    std::string_view name;
    std::string_view domain;
    domain::RequestMode mode;
};
constexpr std::array<Wanted, 3> kIntegrations{
    {{"Customer login", "login.harbour.example", domain::RequestMode::always},
     {"Employee workspace", "harbour-staff.eu.auth0.com", domain::RequestMode::always},
     {"Payments step-up", "pay.harbour.example", domain::RequestMode::on_demand}}};

/// Time stands still at the beginning of the history, so that what is made for it is older than what happens
/// in it.
class FixedClock final : public Clock {
public:
    explicit FixedClock(UnixMicros now) : now_(now) {}
    UnixMicros now() const override { return now_; }

private:
    UnixMicros now_;
};

class Seeder {
public:
    Seeder(Core& core, const SeedOptions& options, const Progress& progress)
        : core_(core),
          options_(options),
          progress_(progress),
          until_(core.clock.now()),
          begins_(until_ - days(options.days)) {}
    Result<Seeded> run();

private:
    Result<domain::Tenant> tenant();
    Result<void> refuse_users();
    Result<void> keep_the_history();
    Result<std::vector<Gate>> gates();
    Result<Gate> gate_of(const IntegrationId& id);
    Result<void> make_integrations();
    Result<void> prepare_place();
    Result<void> write(const Plan& plan);
    Result<void> mark(std::string_view kind, UnixMicros at, const Plan& plan);
    PlanSize size() const;

    Core& core_;
    const SeedOptions& options_;
    const Progress& progress_;
    UnixMicros until_;
    UnixMicros begins_;
    Place place_;
    Seeded seeded_;
};

Result<domain::Tenant> Seeder::tenant() {
    auto found = core_.tenants.find(options_.tenant);
    if (found || found.error().code != ErrorCode::not_found) return found;
    const FixedClock clock(begins_);
    seeded_.tenant_created = true;
    return domain::TenantService(core_.work, core_.keys, clock, *core_.random).create(options_.tenant, "cli");
}

Result<void> Seeder::refuse_users() {
    const auto first = CS_TRY(core_.subjects.list(place_.tenant.id, SubjectId(), 1));
    if (first.empty() || options_.force_add) return {};
    return fail(ErrorCode::precondition_failed,
                fmt::format("tenant {} has users already; --force-add puts made-up ones among them",
                            place_.tenant.name));
}

/// Unless somebody chose a retention, transactions stay as long as the history is.
Result<void> Seeder::keep_the_history() {
    return domain::in_transaction(core_.work, Access::write, [&](Repositories& r) -> Result<void> {
        auto settings = CS_TRY(r.tenant_settings().find(place_.tenant.id));
        const auto days = options_.days + 1;
        if (settings.version > 1 || settings.transaction_days >= days) return {};
        settings.tenant = place_.tenant.id;
        settings.transaction_days = days;
        ++settings.version;
        settings.updated_at = begins_;
        CS_TRY(r.tenant_settings().save(settings));
        domain::AuditEntry entry{place_.tenant.id, "cli", "settings.updated", place_.tenant.id.text(), {}};
        entry.details = {{"seeded", "yes"}, {"retention.transaction_days", std::to_string(days)}};
        return domain::append_audit(r, entry, begins_, *core_.random);
    });
}

Result<void> Seeder::make_integrations() {
    const FixedClock clock(begins_);
    domain::IntegrationService service(core_.work, core_.keys, clock, *core_.random);
    for (const Wanted& wanted : kIntegrations) {
        domain::IntegrationSettings settings;
        settings.name = std::string(wanted.name);
        settings.return_domains = {std::string(wanted.domain)};
        settings.request_mode_hint = wanted.mode;
        CS_TRY(service.create(place_.tenant.id, settings, "cli"));
    }
    return {};
}

Result<Gate> Seeder::gate_of(const IntegrationId& id) {
    const auto detail = CS_TRY(core_.integrations.show(place_.tenant.id, id));
    if (detail.secrets.empty())
        return fail(ErrorCode::precondition_failed, fmt::format("{} has no Session Secret", id.text()));
    return Gate{detail.integration, detail.secrets.front().id};
}

Result<std::vector<Gate>> Seeder::gates() {
    std::vector<Gate> gates;
    for (const auto& text : options_.integrations) {
        const auto id = CS_TRY(IntegrationId::parse(text));
        gates.push_back(CS_TRY(gate_of(id)));
    }
    if (!gates.empty()) return gates;
    auto all = CS_TRY(core_.integrations.list(place_.tenant.id));
    if (all.empty()) CS_TRY(make_integrations());
    if (all.empty()) all = CS_TRY(core_.integrations.list(place_.tenant.id));
    for (const auto& integration : all)
        gates.push_back(CS_TRY(gate_of(integration.id)));
    return gates;
}

Result<void> Seeder::prepare_place() {
    place_.tenant = CS_TRY(tenant());
    CS_TRY(refuse_users());
    CS_TRY(keep_the_history());
    place_.gates = CS_TRY(gates());
    return domain::in_transaction(core_.work, Access::read, [&](Repositories& r) -> Result<void> {
        place_.consent = CS_TRY(domain::current_consent_text(r, place_.tenant.id, "en"));
        place_.lockout = CS_TRY(domain::lockout_of(r, place_.tenant.id));
        return {};
    });
}

PlanSize Seeder::size() const {
    const auto logins = std::min(options_.users * kLoginsPerUser, kMostLogins);
    return {options_.users, options_.logins.value_or(logins), options_.days, until_, place_.gates.size()};
}

/// Says in the audit that what follows, or came before, is made up.
Result<void> Seeder::mark(std::string_view kind, UnixMicros at, const Plan& plan) {
    return domain::in_transaction(core_.work, Access::write, [&](Repositories& r) -> Result<void> {
        domain::AuditEntry entry{place_.tenant.id, "cli", std::string(kind), place_.tenant.id.text(), {}};
        entry.details = {{"made_at", to_rfc3339(core_.clock.now())},
                         {"users", std::to_string(plan.people.size())},
                         {"transactions", std::to_string(plan.transactions())},
                         {"seed", std::to_string(options_.seed)},
                         {"templates", "random noise"}};
        return domain::append_audit(r, entry, at, *core_.random);
    });
}

Result<void> Seeder::write(const Plan& plan) {
    Dice noise(options_.seed + 1);
    HistoryWriter writer(plan, place_, core_.keys, *core_.random, noise);
    const auto before = static_cast<std::size_t>(std::ranges::count_if(
        plan.people, [](const Person& person) { return person.enrolled_at.has_value(); }));
    const auto total = before + plan.moments.size();
    const auto commit = [&](const std::function<Result<void>(Repositories&)>& part) {
        return core_.work.transact(Access::write, [&](Repositories& r) -> Result<void> {
            writer.start();
            GatheringRepositories gathering(r);
            CS_TRY(part(gathering));
            return gathering.flush();
        });
    };
    for (std::size_t i = 0; i < before; i += kPeopleBatch) {
        const auto last = std::min(before, i + kPeopleBatch);
        CS_TRY(commit([&](Repositories& r) { return writer.enrol(r, i, last); }));
        writer.keep();
        progress_(last, total);
    }
    const std::span<const Moment> all(plan.moments);
    std::size_t first = 0;
    for (const std::size_t end : plan.batch_ends) {
        const auto part = all.subspan(first, end - first);
        CS_TRY(commit([&](Repositories& r) { return writer.happen(r, part); }));
        writer.keep();
        progress_(before + end, total);
        first = end;
    }
    return {};
}

Result<Seeded> Seeder::run() {
    CS_TRY(prepare_place());
    const Plan plan = make_plan(size(), options_.seed);
    CS_TRY(mark("demo.seed_started", begins_, plan));
    CS_TRY(write(plan));
    CS_TRY(mark("demo.seeded", core_.clock.now(), plan));
    CS_TRY(core_.database->checkpoint());
    seeded_.tenant = place_.tenant;
    seeded_.users = plan.people.size();
    seeded_.logins = plan.transactions();
    for (const Gate& gate : place_.gates)
        seeded_.integrations.push_back(gate.integration.id);
    return std::move(seeded_);
}

}  // namespace

Result<Seeded> seed(Core& core, const SeedOptions& options, const Progress& progress) {
    return Seeder(core, options, progress).run();
}

}  // namespace countersign::app::demo
