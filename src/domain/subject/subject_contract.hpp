#pragma once

#include "domain/login_contract.hpp"

namespace countersign::domain {

class SubjectContract : public LoginContract {};

TEST_P(SubjectContract, DeletionDestroysKeyAndTemplatesAndTheSamePersonMayEnrolAgain) {
    enrol();
    const auto before = subject();

    ASSERT_TRUE(services->subjects.remove(tenant.id, before.id, "cli"));

    EXPECT_EQ(code_of(services->subjects.find(tenant.id, "auth0|alice")), ErrorCode::not_found);
    EXPECT_EQ(code_of(services->subjects.remove(tenant.id, before.id, "cli")), ErrorCode::not_found);
    const auto left = in_transaction(services->work, Access::read, [&](Repositories& r) {
                          return r.credentials().of_subject(tenant.id, before.id);
                      }).value();
    EXPECT_TRUE(left.empty());
    const auto consents = in_transaction(services->work, Access::read, [&](Repositories& r) {
                              return r.consents().of_subject(tenant.id, before.id);
                          }).value();
    ASSERT_EQ(consents.size(), 1U) << "the proof of consent stays";
    EXPECT_TRUE(consents[0].withdrawn_at.has_value());
    EXPECT_EQ(audited("subject.deleted"), 1);

    EXPECT_EQ(enrol().method, Method::enrolled);
    EXPECT_NE(subject().id, before.id);
    EXPECT_NE(subject().wrapped_key, before.wrapped_key);
}

TEST_P(SubjectContract, DeletionEndsOpenLoginsProperly) {
    enrol();
    const auto open = start_as("auth0|alice").value();

    ASSERT_TRUE(services->subjects.remove(tenant.id, subject().id, "cli"));

    EXPECT_EQ(row(open.verification).code, OutcomeCode::cancelled);
    EXPECT_TRUE(services->returns.take(open.verification, open.cookie_value));
}

TEST_P(SubjectContract, TheSameExternalIdInTwoTenantsIsTwoPeople) {
    enrol("auth0|alice");
    const auto acme = tenant;
    const auto alice = subject();
    tenant = services->tenants.create("Globex", "cli").value();
    integration = services->integrations.create(tenant.id, settings(), "cli").value();

    const auto started = start_as("auth0|alice").value();

    EXPECT_EQ(row(started.verification).purpose, Purpose::enrolment);
    EXPECT_NE(subject().id, alice.id);
    EXPECT_EQ(code_of(services->subjects.find(tenant.id, alice.id.text())), ErrorCode::not_found);
    EXPECT_EQ(code_of(services->verifications.charge_attempt(acme.id, started.verification)),
              ErrorCode::not_found);
    EXPECT_EQ(services->subjects.list(acme.id, {}, 10).value().size(), 1U);
    EXPECT_EQ(code_of(services->integrations.find(acme.id, integration.integration.id)),
              ErrorCode::not_found);
}

/// Threat T4: whoever can write the database still cannot make one person's template answer for another.
TEST_P(SubjectContract, SwappedRowsDoNotOpen) {
    enrol("auth0|alice");
    enrol("auth0|bob");
    const auto opens = [&](std::string_view sub) {
        const auto started = start_as(sub).value();
        const auto charged = charge(started.verification).value();
        return services->verifications.begin_capture(charged.ticket);
    };
    ASSERT_TRUE(opens("auth0|alice"));
    ASSERT_TRUE(engine->tamper(
        "CREATE TABLE swap_copy AS SELECT s.sample_id, s.position, c.subject_id, s.sealed FROM "
        "credential_sample s "
        "JOIN credential c ON c.credential_id = s.credential_id;"
        "UPDATE credential_sample SET sealed = (SELECT o.sealed FROM swap_copy o JOIN swap_copy m ON "
        "m.position = "
        "o.position AND m.subject_id <> o.subject_id WHERE m.sample_id = credential_sample.sample_id);"));

    EXPECT_EQ(code_of(opens("auth0|alice")), ErrorCode::internal);
    EXPECT_EQ(code_of(opens("auth0|bob")), ErrorCode::internal);
}

TEST_P(SubjectContract, SamplesOfOnePersonCannotBeReorderedIntoOtherRows) {
    enrol();
    ASSERT_TRUE(engine->tamper(
        "UPDATE credential_sample SET sealed = (SELECT o.sealed FROM credential_sample o WHERE "
        "o.position = 0) WHERE position = 1;"));
    const auto started = start_as("auth0|alice").value();

    EXPECT_EQ(code_of(services->verifications.begin_capture(charge(started.verification).value().ticket)),
              ErrorCode::internal);
}

TEST_P(SubjectContract, AnotherPersonsKeyDoesNotOpenEither) {
    enrol("auth0|alice");
    enrol("auth0|bob");
    ASSERT_TRUE(
        engine->tamper("UPDATE subject SET wrapped_key = (SELECT o.wrapped_key FROM subject o WHERE "
                       "o.external_id = 'auth0|bob') WHERE external_id = 'auth0|alice';"));
    const auto started = start_as("auth0|alice").value();

    EXPECT_EQ(code_of(services->verifications.begin_capture(charge(started.verification).value().ticket)),
              ErrorCode::internal);
}

/// Acceptance 4 of the first release; requirement S6, threat T18.
TEST_P(SubjectContract, NothingSecretIsOnDisk) {
    auto claims = start_claims("auth0|carol");
    const auto token = sign(claims);
    const auto started = start(token).value();
    consent(started.verification).value();
    ASSERT_TRUE(attempt(started.verification, AttemptResult::passed));
    enrol();
    const auto search = [&](const std::string& where) {
        const auto disk = engine->bytes_on_disk();
        if (disk.empty()) return;
        const auto hex = to_hex(as_bytes(kTemplateBytes));
        const auto base64 = to_base64url(as_bytes(kTemplateBytes)).substr(0, 40);
        EXPECT_NE(disk.find("auth0|carol"), std::string::npos) << "the search itself must be able to find";
        for (const std::string_view secret :
             {kTemplateBytes.substr(0, 24), std::string_view(hex), std::string_view(base64),
              std::string_view(integration.session_secret), std::string_view(token),
              std::string_view(started.cookie_value)}) {
            EXPECT_EQ(disk.find(secret), std::string::npos) << where << " holds " << secret.substr(0, 12);
        }
    };
    search("the log and the main file");
    engine->checkpoint();
    search("the main file after a checkpoint");
}

TEST_P(SubjectContract, ListsInPagesAndForgetsWhoNeverEnrolled) {
    for (const auto* sub : {"auth0|a", "auth0|b", "auth0|c"}) {
        ASSERT_TRUE(start_as(sub));
        clock.advance(milliseconds(2));
    }
    enrol("auth0|d");
    const auto first = services->subjects.list(tenant.id, {}, 3).value();
    ASSERT_EQ(first.size(), 3U);
    const auto rest = services->subjects.list(tenant.id, first.back().subject.id, 3).value();
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].subject.external_id, "auth0|d");
    EXPECT_TRUE(rest[0].enrolled);
    EXPECT_FALSE(first[0].enrolled);

    clock.advance(days(2));
    ASSERT_TRUE(services->maintenance.run_once());
    EXPECT_EQ(services->subjects.list(tenant.id, {}, 10).value().size(), 1U);
}

TEST_P(SubjectContract, AreFoundByTheModelOfTheirFace) {
    for (const auto* sub : {"auth0|anna", "auth0|arno", "auth0|bea"}) {
        clock.advance(milliseconds(2));
        enrol(sub);
    }
    ASSERT_TRUE(start_as("auth0|carl"));  // has no face
    ASSERT_TRUE(engine->tamper(
        "UPDATE credential SET model = 'net/0' WHERE subject_id IN (SELECT subject_id FROM subject WHERE "
        "external_id IN ('auth0|arno', 'auth0|bea'));"));
    const auto found = [&](std::string_view model, std::string_view typed = "",
                           SubjectSort sort = SubjectSort::external_id) {
        SubjectFilter filter;
        filter.model = std::string(model);
        filter.beginning = std::string(typed);
        const auto page = services->subjects.search(tenant.id, filter, sort, std::nullopt, 10).value();
        std::string names;
        for (const auto& [one, position] : page.items)
            names += one.external_id.substr(6) + " ";
        return names + (page.total ? std::to_string(*page.total) : "?");
    };

    const auto counts = services->subjects.models(tenant.id).value();
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0].model, "net/0");
    EXPECT_EQ(counts[0].subjects, 2);
    EXPECT_EQ(found("net/0"), "arno bea 2");
    EXPECT_EQ(found("net/1"), "anna 1");
    EXPECT_EQ(found("net/0", "ar"), "arno ?");
    EXPECT_EQ(found("net/0", "", SubjectSort::enrolled_at), "bea arno 2");
    EXPECT_EQ(found("net/0", "a", SubjectSort::last_verified_at), "bea arno ?")
        << "auth0 begins with it, too";
    EXPECT_EQ(found("net/9"), "0");

    ASSERT_TRUE(services->subjects.re_enrol(tenant.id, subject("auth0|bea").id, "cli"));
    EXPECT_EQ(found("net/0"), "arno 1") << "a revoked credential is no face";
    const auto globex = services->tenants.create("Globex", "cli").value();
    EXPECT_TRUE(services->subjects.models(globex.id)->empty());
}

class AuditContract : public LoginContract {};

TEST_P(AuditContract, ChainsEveryEventAndFindsEachManipulation) {
    enrol();
    const auto intact = check_audit_chain(services->work, tenant.id).value();
    ASSERT_TRUE(intact.intact);
    ASSERT_GE(intact.events, 8);

    const auto first_broken_after = [&](const std::string& sql) {
        EXPECT_TRUE(engine->tamper(sql));
        const auto check = check_audit_chain(services->work, tenant.id).value();
        EXPECT_FALSE(check.intact) << sql;
        return check.first_broken;
    };
    EXPECT_EQ(first_broken_after("UPDATE audit_event SET actor = 'nobody' WHERE sequence = 4;"), 4);
    EXPECT_EQ(first_broken_after("UPDATE audit_event SET occurred_at = occurred_at + 1 WHERE sequence = 3;"),
              3);
    EXPECT_EQ(first_broken_after("DELETE FROM audit_event WHERE sequence = 2;"), 2);
}

TEST_P(AuditContract, FindsACutTail) {
    enrol();
    const auto events = check_audit_chain(services->work, tenant.id).value().events;
    ASSERT_TRUE(engine->tamper("DELETE FROM audit_event WHERE sequence = " + std::to_string(events) + ";"));

    const auto check = check_audit_chain(services->work, tenant.id).value();

    EXPECT_FALSE(check.intact);
    EXPECT_EQ(check.first_broken, events);
}

TEST_P(AuditContract, HoldsNoTokenSecretScoreOrExternalId) {
    auto claims = start_claims();
    const auto token = sign(claims);
    const auto started = start(token).value();
    EXPECT_FALSE(start(token));
    consent(started.verification).value();
    const auto charged = charge(started.verification).value();

    for (const auto& event : audit()) {
        for (const auto& [key, value] : event.entry.details) {
            EXPECT_NE(key, "score");
            for (const std::string_view secret :
                 {std::string_view(token), std::string_view(integration.session_secret),
                  std::string_view(started.cookie_value), std::string_view(charged.ticket),
                  std::string_view("auth0|alice"), std::string_view("192.0.2.7")}) {
                EXPECT_EQ(value.find(secret), std::string::npos) << event.entry.kind << "." << key;
            }
        }
    }
}

TEST_P(AuditContract, IsWrittenWithTheActOrNotAtAll) {
    const auto events = audit().size();
    const auto undone = in_transaction(services->work, Access::write, [&](Repositories& r) -> Result<void> {
        auto appended = append_audit(r, {tenant.id, "cli", "test.act", "x", {}}, clock.now(), random);
        if (!appended) return appended;
        return fail(ErrorCode::unavailable, "the act failed");
    });

    EXPECT_FALSE(undone);
    EXPECT_EQ(audit().size(), events);
}

}  // namespace countersign::domain
