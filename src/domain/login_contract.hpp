#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <thread>

#include "crypto/jose/jws.hpp"
#include "domain/audit/trail.hpp"
#include "domain/auth0/confirm_service.hpp"
#include "domain/auth0/return_service.hpp"
#include "domain/auth0/start_service.hpp"
#include "domain/consent/service.hpp"
#include "domain/integration/service.hpp"
#include "domain/maintenance.hpp"
#include "domain/subject/service.hpp"
#include "domain/tenant/service.hpp"
#include "domain/verification/service.hpp"
#include "domain/verification/session_service.hpp"
#include "tests/support/fakes.hpp"

namespace countersign::domain {

/// A store under test. PostgreSQL joins by one more implementation.
class TestEngine {
public:
    virtual ~TestEngine() = default;
    virtual UnitOfWork& work() = 0;
    /// Closes and opens the same data again; the unit of work is a new one. False when the engine cannot.
    virtual bool reopen() = 0;
    /// What somebody with access to the database could do.
    virtual Result<void> tamper(std::string_view sql) = 0;
    /// Everything that was written to disk, files one after the other. Empty for a store in memory.
    virtual std::string bytes_on_disk() = 0;
    virtual void checkpoint() = 0;
};

struct EngineParam {
    std::string name;
    std::function<std::unique_ptr<TestEngine>()> open;
    friend std::ostream& operator<<(std::ostream& out, const EngineParam& engine) {
        return out << engine.name;
    }
};

/// The services of the domain over one store.
struct Services {
    Services(UnitOfWork& unit, const Keys& keys, const Clock& clock, Random& random, TemplateModels models)
        : work(unit),
          tenants(unit, keys, clock, random),
          integrations(unit, keys, clock, random),
          subjects(unit, clock, random),
          start(unit, keys, clock, random),
          sessions(unit, clock, random),
          consents(unit, clock, random),
          verifications(unit, keys, clock, random, models),
          returns(unit, keys, clock, random),
          confirm(unit, keys, clock, random),
          maintenance(unit, clock, random) {}

    UnitOfWork& work;
    TenantService tenants;
    IntegrationService integrations;
    SubjectService subjects;
    StartService start;
    SessionService sessions;
    ConsentService consents;
    VerificationService verifications;
    ReturnService returns;
    ConfirmService confirm;
    MaintenanceService maintenance;
};

inline constexpr std::string_view kTemplateBytes = "SENTINEL-TEMPLATE-0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ";

template <class F>
int count_in_parallel(int calls, F&& call) {
    constexpr int kThreads = 8;
    std::atomic<int> next{0};
    std::atomic<int> successes{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&] {
            while (next++ < calls) {
                if (call()) ++successes;
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    return successes;
}

/// A tenant "Acme" with one integration, and the steps of a login.
class LoginContract : public ::testing::TestWithParam<EngineParam> {
protected:
    void SetUp() override {
        engine = GetParam().open();
        use_master_keys({1});
        tenant = services->tenants.create("Acme", "cli").value();
        integration = services->integrations.create(tenant.id, settings(), "cli").value();
    }

    /// Opens the services over a key ring of the given master keys, the current one first.
    void use_master_keys(const std::vector<std::uint8_t>& fills) {
        std::vector<crypto::MasterKey> master;
        for (const auto fill : fills) {
            master.push_back(crypto::MasterKey::from_bytes(SecretBytes(Bytes(32, fill))).value());
        }
        services.reset();
        keys.reset();
        ring = std::make_unique<crypto::KeyRing>(crypto::KeyRing::make(std::move(master), random).value());
        keys = std::make_unique<Keys>(*ring, random);
        use_store();
    }
    void use_store() { services = std::make_unique<Services>(engine->work(), *keys, clock, random, models); }

    static IntegrationSettings settings() {
        IntegrationSettings settings;
        settings.return_domains = {"login.acme.example", "acme.eu.auth0.com"};
        return settings;
    }
    void change_settings(const std::function<void(IntegrationSettings&)>& change) {
        auto current = services->integrations.find(tenant.id, integration.integration.id).value();
        change(current.settings);
        integration.integration =
            services->integrations.update(tenant.id, current.id, current.version, current.settings, "cli")
                .value();
    }

    json::object start_claims(std::string_view sub = "auth0|alice") {
        const auto now = to_unix_seconds(clock.now());
        return {{"iss", "acme.eu.auth0.com"},
                {"sub", sub},
                {"iat", now},
                {"exp", now + 120},
                {"ip", "192.0.2.7"},
                {"purpose", "countersign-start"},
                {"integration_id", integration.integration.id.text()},
                {"transaction_id", "txn-1"},
                {"client_id", "client-1"},
                {"client_name", "Demo Bank"},
                {"nonce", random.token(24)},
                {"mode", "always"},
                {"locale", "de-AT"}};
    }
    std::string sign(const json::object& claims) const { return sign(claims, integration.session_secret); }
    static std::string sign(const json::object& claims, std::string_view secret) {
        return crypto::jose::sign_hs256(claims, as_bytes(secret)).value();
    }
    Result<Started> start(std::string_view token, std::string_view state = "st4te") {
        return services->start.start(integration.integration.id.text(), token, state,
                                     {"192.0.2.7", "Mozilla/5.0"});
    }
    Result<Started> start_as(std::string_view sub) { return start(sign(start_claims(sub))); }

    Verification row(const VerificationId& id) {
        return in_transaction(services->work, Access::read,
                              [&](Repositories& r) { return r.verifications().find_by_id(id); })
            .value();
    }
    Result<std::optional<ConsentId>> consent(const VerificationId& id, bool accepted = true) {
        const auto& text = consent_text("en");
        return services->consents.answer(tenant.id, id, {text.version, text.sha256, text.locale, accepted});
    }
    Result<ChargedAttempt> charge(const VerificationId& id) {
        return services->verifications.charge_attempt(tenant.id, id);
    }
    static std::vector<face::Template> templates() {
        std::vector<face::Template> made;
        for (int i = 0; i < 3; ++i)
            made.push_back({"net/1", SecretBytes(as_bytes(kTemplateBytes))});
        return made;
    }
    /// Charges, opens and records one attempt.
    Result<Verdict> attempt(const VerificationId& id, AttemptResult result) {
        auto charged = CS_TRY(charge(id));
        auto opened = CS_TRY(services->verifications.begin_capture(charged.ticket));
        const auto samples = templates();
        CaptureFinding finding;
        finding.result = result;
        if (result == AttemptResult::passed) {
            if (opened.references.empty())
                finding.samples = samples;
            else
                finding.matched = opened.references.front().id;
        }
        return services->verifications.record_verdict(tenant.id, id, charged.challenge, finding);
    }
    std::string confirm_token(const VerificationId& id) {
        const auto origin = row(id).origin;
        const auto now = to_unix_seconds(clock.now());
        return sign({{"iss", origin.issuer},
                     {"sub", origin.subject_external_id},
                     {"iat", now},
                     {"exp", now + 60},
                     {"purpose", "countersign-confirm"},
                     {"integration_id", integration.integration.id.text()},
                     {"verification_id", id.text()},
                     {"nonce", origin.nonce}});
    }
    /// A whole login whose face passes, up to the returned token but not confirmed.
    Started pass(std::string_view sub = "auth0|alice") {
        auto started = start_as(sub).value();
        if (row(started.verification).state == VerificationState::opened)
            consent(started.verification).value();
        EXPECT_EQ(attempt(started.verification, AttemptResult::passed).value().status, VerdictStatus::passed);
        services->returns.take(started.verification, started.cookie_value).value();
        return started;
    }
    Confirmation enrol(std::string_view sub = "auth0|alice") {
        const auto started = pass(sub);
        return services->confirm.confirm(confirm_token(started.verification)).value();
    }
    std::vector<AuditEvent> audit() {
        return in_transaction(services->work, Access::read,
                              [&](Repositories& r) { return r.audit().list(tenant.id, 0, 10'000); })
            .value();
    }
    int audited(std::string_view kind) {
        int count = 0;
        for (const auto& event : audit())
            count += event.entry.kind == kind ? 1 : 0;
        return count;
    }
    Subject subject(std::string_view external_id = "auth0|alice") {
        return services->subjects.find(tenant.id, external_id).value();
    }

    testing::FakeClock clock;
    testing::FakeRandom random;
    TemplateModels models{.current = "net/1", .previous = ""};  // read by use_store()
    std::unique_ptr<TestEngine> engine;
    std::unique_ptr<crypto::KeyRing> ring;
    std::unique_ptr<Keys> keys;
    std::unique_ptr<Services> services;
    Tenant tenant;
    IntegrationWithSecret integration;
};

/// The error code of a result; fails the test when it succeeded.
template <class T>
ErrorCode code_of(const Result<T>& result) {
    if (result) {
        ADD_FAILURE() << "succeeded although it must not";
        return ErrorCode::internal;
    }
    return result.error().code;
}

}  // namespace countersign::domain
