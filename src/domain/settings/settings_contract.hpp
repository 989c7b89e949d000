#pragma once

#include "domain/activity/statistics.hpp"
#include "domain/consent/text_service.hpp"
#include "domain/login_contract.hpp"
#include "domain/settings/service.hpp"

namespace countersign::domain {

/// What a tenant's administrators set, and the counts they see: kept apart from those of another tenant.
class SettingsContract : public LoginContract {
protected:
    void SetUp() override {
        LoginContract::SetUp();
        other = services->tenants.create("Globex", "cli").value().id;
        settings = std::make_unique<SettingsService>(engine->work(), clock, random);
        texts = std::make_unique<ConsentTextService>(engine->work(), clock, random);
    }
    static SettingsChange headline(std::string text) {
        SettingsChange change;
        change.branding = Branding{};
        change.branding->headline = std::move(text);
        return change;
    }
    static std::vector<ConsentDraft> drafts(std::string title) {
        return {{"en", title, {"One.", "Two."}}, {"de", title, {"Eins."}}};
    }
    Result<void> add(Grain grain, UnixMicros at, std::string name, std::int64_t total = 1) {
        return in_transaction(engine->work(), Access::write, [&](Repositories& r) {
            return r.activity().add(tenant.id, integration.integration.id, grain, {at, name, total});
        });
    }
    std::vector<ActivityCount> since(const TenantId& id, Grain grain, UnixMicros from,
                                     std::optional<IntegrationId> only = std::nullopt) {
        return in_transaction(engine->work(), Access::read,
                              [&](Repositories& r) { return r.activity().since(id, grain, from, only); })
            .value();
    }

    TenantId other;
    std::unique_ptr<SettingsService> settings;
    std::unique_ptr<ConsentTextService> texts;
};

TEST_P(SettingsContract, ATenantStartsWithTheDefaultsAndKeepsWhatIsSet) {
    EXPECT_EQ(settings->find(tenant.id)->settings.version, 1);
    SettingsChange change;
    change.branding = Branding{"Acme", "#112233", std::nullopt, "help@acme.example", "Hello, \"Ann\" <3"};
    change.lockout = LockoutPolicy{};
    change.lockout->lock_after = 20;
    change.lockout->delay_after = 7;
    change.lockout->delay = seconds(45);
    change.transaction_days = 90;

    ASSERT_TRUE(settings->update(tenant.id, 1, change, "adm_1"));
    const bool reopened = engine->reopen();
    if (reopened) settings = std::make_unique<SettingsService>(engine->work(), clock, random);

    const auto found = settings->find(tenant.id).value().settings;
    EXPECT_EQ(found.version, 2);
    EXPECT_EQ(found.branding, change.branding);
    EXPECT_EQ(found.lockout.lock_after, 20);
    EXPECT_EQ(found.lockout.delay_after, 7);
    EXPECT_EQ(found.lockout.delay, seconds(45));
    EXPECT_EQ(found.transaction_days, 90);
    EXPECT_EQ(settings->find(other)->settings.branding, Branding{}) << "another tenant sees nothing of it";
}

TEST_P(SettingsContract, OfManyWhoChangeTheSameVersionOneWins) {
    const auto change = [&] { return settings->update(tenant.id, 1, headline("Mine"), "adm_1").has_value(); };
    EXPECT_EQ(count_in_parallel(16, change), 1);
    EXPECT_EQ(code_of(settings->update(tenant.id, 1, headline("Late"), "adm_2")),
              ErrorCode::precondition_failed);
    EXPECT_EQ(settings->find(tenant.id)->settings.version, 2);
}

TEST_P(SettingsContract, AChangeIsAuditedWithBeforeAndAfterAndNothingElse) {
    ASSERT_TRUE(settings->update(tenant.id, 1, headline("First"), "adm_1"));
    ASSERT_TRUE(settings->update(tenant.id, 2, headline("Second"), "adm_1"));
    const auto events = audit();
    const auto& last = events.back().entry;
    EXPECT_EQ(last.kind, "settings.updated");
    EXPECT_EQ(last.actor, "adm_1");
    EXPECT_EQ(last.details, (std::map<std::string, std::string>{{"headline", "First → Second"}}));
}

TEST_P(SettingsContract, AGroupThatIsLeftOutStays) {
    ASSERT_TRUE(settings->update(tenant.id, 1, headline("Stays"), "adm_1"));
    SettingsChange days;
    days.transaction_days = 7;
    ASSERT_TRUE(settings->update(tenant.id, 2, days, "adm_1"));
    EXPECT_EQ(settings->find(tenant.id)->settings.branding.headline, "Stays");
}

TEST_P(SettingsContract, APublishedTextIsNeverChangedAndTheNewestCounts) {
    ASSERT_TRUE(texts->publish(tenant.id, "2026-1", drafts("First"), "adm_1"));
    clock.advance(days(1));
    ASSERT_TRUE(texts->publish(tenant.id, "2026-2", drafts("Second"), "adm_1"));
    EXPECT_EQ(code_of(texts->publish(tenant.id, "2026-1", drafts("Rewritten"), "adm_1")),
              ErrorCode::conflict);
    EXPECT_EQ(code_of(texts->publish(tenant.id, "2026-3", {drafts("A")[0], drafts("B")[0]}, "adm_1")),
              ErrorCode::invalid_argument)
        << "a language twice";

    const auto all = texts->list(tenant.id).value();
    ASSERT_GE(all.size(), 4U);
    EXPECT_EQ(all[0].text.version, "2026-2");
    EXPECT_TRUE(all[0].current);
    EXPECT_EQ(all[2].text.version, "2026-1");
    EXPECT_EQ(all[2].text.title, "First");
    EXPECT_FALSE(all[2].current);
    EXPECT_NE(all[0].text.sha256, all[2].text.sha256);
    EXPECT_EQ(settings->present(tenant.id, "de")->consent.title, "Second");
    EXPECT_NE(settings->present(other, "de")->consent.title, "Second");
    EXPECT_TRUE(texts->publish(other, "2026-1", drafts("Theirs"), "adm_2"))
        << "versions are the tenant's own";
}

TEST_P(SettingsContract, CountsAddUpHoweverManyCountAtATime) {
    const auto hour = start_of(Grain::hour, clock.now());
    count_in_parallel(50, [&] { return add(Grain::hour, hour, "passed").has_value(); });
    ASSERT_TRUE(add(Grain::hour, hour, "passed", 7));
    ASSERT_TRUE(add(Grain::day, start_of(Grain::day, hour), "passed", 3));

    const auto counts = since(tenant.id, Grain::hour, hour);
    ASSERT_EQ(counts.size(), 1U);
    EXPECT_EQ(counts[0].total, 57);
    EXPECT_TRUE(since(tenant.id, Grain::hour, hour + minutes(60)).empty());
    EXPECT_TRUE(since(tenant.id, Grain::hour, hour, IntegrationId::make(clock.now(), random)).empty());
    EXPECT_EQ(since(tenant.id, Grain::hour, hour, integration.integration.id).size(), 1U);
    EXPECT_TRUE(since(other, Grain::hour, hour).empty());
}

TEST_P(SettingsContract, HoursAreForgottenAndDaysStay) {
    const auto hour = start_of(Grain::hour, clock.now());
    const auto day = start_of(Grain::day, hour);
    ASSERT_TRUE(add(Grain::hour, hour, "passed"));
    ASSERT_TRUE(add(Grain::hour, hour + minutes(60), "passed"));
    ASSERT_TRUE(add(Grain::day, day, "passed"));
    ASSERT_TRUE(in_transaction(engine->work(), Access::write, [&](Repositories& r) {
        return r.activity().purge_hours(hour + minutes(60));
    }));
    const auto left = since(tenant.id, Grain::hour, hour);
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].starts_at, hour + minutes(60)) << "the limit itself stays";
    EXPECT_EQ(since(tenant.id, Grain::day, day).size(), 1U);
}

/// Other things about simulations are tested by playing them.
TEST_P(SettingsContract, ASimulationIsFoundByItsStateAndWithinItsTenantOnly) {
    Simulation made;
    made.id = SimulationId::make(clock.now(), random);
    made.tenant = tenant.id;
    made.integration = integration.integration.id;
    made.external_id = "simulation|1";
    made.return_domain = "127.0.0.1:8441";
    made.nonce = "nonce";
    made.state_hash = "state";
    made.created_by = "adm_1";
    made.created_at = clock.now();
    made.expires_at = clock.now() + kSimulationLifetime;
    ASSERT_TRUE(in_transaction(engine->work(), Access::write,
                               [&](Repositories& r) { return r.simulations().insert(made); }));
    const auto find = [&](const TenantId& id) {
        return in_transaction(engine->work(), Access::read,
                              [&](Repositories& r) { return r.simulations().find(id, made.id); });
    };
    const auto by_state = [&](std::string_view state) {
        return in_transaction(engine->work(), Access::read,
                              [&](Repositories& r) { return r.simulations().find_by_state(state); });
    };

    EXPECT_EQ(find(tenant.id)->external_id, "simulation|1");
    EXPECT_EQ(code_of(find(other)), ErrorCode::not_found);
    EXPECT_EQ(by_state("state")->tenant, tenant.id);
    EXPECT_EQ(code_of(by_state("other")), ErrorCode::not_found);
    made.status = SimulationStatus::failed;
    made.steps.push_back({SimulationStepName::returned, false, clock.now(), "Nothing came back."});
    ASSERT_TRUE(in_transaction(engine->work(), Access::write,
                               [&](Repositories& r) { return r.simulations().update(made); }));
    EXPECT_EQ(find(tenant.id)->status, SimulationStatus::failed);
    EXPECT_EQ(find(tenant.id)->steps.at(0).cause, "Nothing came back.");
}

}  // namespace countersign::domain
