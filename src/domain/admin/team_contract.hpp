#pragma once

#include "domain/admin/admin_contract.hpp"

namespace countersign::domain {

class TeamContract : public AdminContract {};

TEST_P(TeamContract, AnInvitationWorksOnceHoweverManyAcceptItAtATime) {
    const auto token = token_in(invited("bo@acme.example", Role::helpdesk));
    const auto accept = [&] { return portal->team.accept(token, "Bo", kPassword, origin).has_value(); };

    EXPECT_EQ(count_in_parallel(8, accept), 1);

    EXPECT_EQ(code_of(portal->team.look_up(token)), ErrorCode::gone);
    const auto members = portal->team.members(tenant.id).value();
    ASSERT_EQ(members.size(), 2U);
    EXPECT_EQ(members[1].role, Role::helpdesk);
    EXPECT_EQ(members[1].administrator.password_hash, "") << "colleagues see no secret";
    EXPECT_EQ(audited("administrator.joined"), 1);
}

TEST_P(TeamContract, AnInvitationEndsAfterAWeekWhenRevokedAndWhenRepeated) {
    const auto late = token_in(invited("late@acme.example"));
    const auto repeated = token_in(invited("bo@acme.example"));
    const auto newest = invited("Bo@acme.example", Role::admin);
    EXPECT_EQ(code_of(portal->team.look_up(repeated)), ErrorCode::gone);
    EXPECT_EQ(portal->team.look_up(token_in(newest))->role, Role::admin);

    ASSERT_TRUE(portal->team.revoke(acting(), newest.invitation.id));
    EXPECT_EQ(code_of(portal->team.accept(token_in(newest), "Bo", kPassword, origin)), ErrorCode::gone);

    clock.advance(minutes(7 * 24 * 60 - 1));
    EXPECT_EQ(portal->team.look_up(late)->email, "late@acme.example");
    EXPECT_EQ(portal->team.invitations(tenant.id)->size(), 1U);
    clock.advance(minutes(1));
    EXPECT_EQ(code_of(portal->team.accept(late, "Late", kPassword, origin)), ErrorCode::gone);
    EXPECT_TRUE(portal->team.invitations(tenant.id)->empty());
}

TEST_P(TeamContract, WhoHasAnAccountProvesItsPasswordAndKeepsIt) {
    const auto other = portal->team.create_tenant(acting(), "Globex").value();
    const auto bo = joined("bo@acme.example");
    AdminActor there = acting();
    there.tenant = other.tenant;
    const auto made = portal->team.invite(there, "bo@acme.example", Role::admin, "l?").value();
    EXPECT_TRUE(portal->team.look_up(token_in(made))->has_account);

    EXPECT_EQ(code_of(portal->team.accept(token_in(made), "Eve", "another password 9", origin)),
              ErrorCode::unauthenticated);
    const auto session = portal->team.accept(token_in(made), "Eve", kPassword, origin).value();

    EXPECT_EQ(session.view.administrator.id, bo);
    EXPECT_EQ(session.view.administrator.name, "Bo") << "an invitation renames nobody";
    EXPECT_EQ(session.view.memberships.size(), 2U);
    EXPECT_EQ(session.view.current()->tenant, other.tenant);
}

TEST_P(TeamContract, AMemberIsNotInvitedAgain) {
    joined("bo@acme.example");
    EXPECT_EQ(code_of(portal->team.invite(acting(), "bo@acme.example", Role::owner, "l?")),
              ErrorCode::conflict);
}

TEST_P(TeamContract, AMailServerThatIsDownLosesNoInvitation) {
    MailServerChange server{"mail.acme.example", 587, MailSecurity::starttls, "", {}, "portal@acme.example"};
    ASSERT_TRUE(portal->mail.set(acting(), server));
    const auto sent = portal->team.invite(acting(), "bo@acme.example", Role::auditor, "l?").value();
    EXPECT_TRUE(sent.mailed);
    EXPECT_FALSE(sent.link.has_value()) << "whoever is invited gets the link, and nobody else";
    EXPECT_NE(portal->post.mails.at(0).text.find("l?"), std::string::npos);

    portal->post.broken = true;
    const auto unsent = portal->team.invite(acting(), "cy@acme.example", Role::auditor, "l?").value();
    EXPECT_FALSE(unsent.mailed);
    EXPECT_EQ(portal->team.look_up(token_in(unsent))->email, "cy@acme.example");
}

TEST_P(TeamContract, AForgottenPasswordIsMailedByTheFirstOrganisationAlone) {
    const auto bo = joined("bo@acme.example");
    AdminActor there = acting();
    there.tenant = portal->team.create_tenant(acting(), "Globex").value().tenant;
    const MailServerChange server{"mail.globex.example", 587, MailSecurity::starttls, "", {},
                                  "a@globex.example"};
    ASSERT_TRUE(portal->mail.set(there, server));
    ASSERT_TRUE(portal->team.invite(there, "bo@acme.example", Role::owner, "l?"));
    const auto mail = portal->post.mails.at(0).text;
    ASSERT_TRUE(portal->team.accept(mail.substr(mail.find("l?") + 2, 43), "Bo", kPassword, origin));
    portal->post.mails.clear();

    ASSERT_TRUE(portal->accounts.request_reset("bo@acme.example", "l?"));
    EXPECT_TRUE(portal->post.mails.empty()) << "another organisation's server gets no link into this one";
    ASSERT_TRUE(portal->mail.set(acting(), server));
    ASSERT_TRUE(portal->accounts.request_reset("bo@acme.example", "l?"));
    ASSERT_TRUE(portal->accounts.request_reset("nobody@acme.example", "l?"));
    EXPECT_EQ(portal->post.mails.size(), 1U);
    EXPECT_EQ(stored(bo).email, portal->post.mails.at(0).to);
}

TEST_P(TeamContract, TheLastOwnerIsNeitherDemotedNorRemoved) {
    joined("bo@acme.example", Role::admin);
    EXPECT_EQ(code_of(portal->team.change_role(acting(), ada, Role::admin)), ErrorCode::conflict);
    EXPECT_EQ(code_of(portal->team.remove(acting(), ada)), ErrorCode::conflict);
    EXPECT_EQ(portal->team.change_role(acting(), ada, Role::owner)->role, Role::owner);
}

TEST_P(TeamContract, TwoOwnersWhoRemoveEachOtherLeaveOneBehind) {
    const auto bo = joined("bo@acme.example", Role::owner);
    std::atomic<int> turn{0};

    const int removed = count_in_parallel(2, [&] {
        const bool first = turn++ == 0;
        return portal->team.remove(acting(first ? ada : bo), first ? bo : ada).has_value();
    });

    EXPECT_EQ(removed, 1);
    EXPECT_EQ(portal->team.members(tenant.id)->size(), 1U);
}

TEST_P(TeamContract, AChangeOfRoleAndARemovalTakeEffectAtTheNextRequest) {
    const auto bo = joined("bo@acme.example", Role::owner);
    const auto session = signed_in();
    EXPECT_TRUE(access(session.token)->may(Permission::team_write));

    ASSERT_TRUE(portal->team.change_role(acting(bo), ada, Role::auditor));
    EXPECT_FALSE(access(session.token)->may(Permission::team_write));
    ASSERT_TRUE(portal->team.remove(acting(bo), ada));
    EXPECT_EQ(code_of(access(session.token)), ErrorCode::forbidden);

    EXPECT_EQ(code_of(portal->sessions.switch_tenant(session.token, tenant.id)), ErrorCode::not_found);
    EXPECT_EQ(code_of(portal->team.remove(acting(bo), ada)), ErrorCode::not_found);
}

TEST_P(TeamContract, AnotherTenantsTeamIsAsGoodAsNotThere) {
    const auto bo = joined("bo@acme.example");
    const auto made = invited("cy@acme.example");
    const auto key = portal->api_keys.create(acting(), "Key", {Scope::users_read}, {}).value().key;
    AdminActor stranger = acting();
    stranger.tenant = portal->team.create_tenant(acting(), "Globex").value().tenant;

    EXPECT_EQ(code_of(portal->team.change_role(stranger, bo, Role::owner)), ErrorCode::not_found);
    EXPECT_EQ(code_of(portal->team.remove(stranger, bo)), ErrorCode::not_found);
    EXPECT_EQ(code_of(portal->team.revoke(stranger, made.invitation.id)), ErrorCode::not_found);
    EXPECT_EQ(code_of(portal->api_keys.revoke(stranger, key.id)), ErrorCode::not_found);
    EXPECT_TRUE(portal->team.invitations(stranger.tenant)->empty());
    EXPECT_TRUE(portal->api_keys.list(stranger.tenant)->empty());
    EXPECT_EQ(portal->team.members(stranger.tenant)->size(), 1U);
}

TEST_P(TeamContract, TwoOrganisationsNeverShareAName) {
    EXPECT_EQ(code_of(portal->team.create_tenant(acting(), "Acme")), ErrorCode::conflict);
    const auto other = portal->team.create_tenant(acting(), "Globex").value();
    EXPECT_EQ(code_of(portal->team.rename_tenant(acting(), "Globex")), ErrorCode::conflict);
    EXPECT_EQ(portal->team.rename_tenant(acting(), "Acme")->name, "Acme") << "its own name is free to it";
    EXPECT_EQ(other.role, Role::owner);
}

TEST_P(TeamContract, AKeyOpensItsScopesUntilItExpiresOrIsRevoked) {
    const std::vector<Scope> scopes{Scope::users_read, Scope::audit_read};
    const auto made = portal->api_keys.create(acting(), "Report", scopes, days(30)).value();
    const auto use = [&] { return portal->access.by_api_key(made.value); };

    const auto actor = use().value();
    EXPECT_EQ(actor.tenant, tenant.id);
    EXPECT_EQ(actor.actor, made.key.id.text());
    EXPECT_EQ(actor.permissions, permissions_of(scopes));
    const auto listed = portal->api_keys.list(tenant.id).value();
    EXPECT_EQ(listed.at(0).last_used_at, clock.now());
    EXPECT_EQ(listed.at(0).scopes, scopes);

    clock.advance(days(30));
    EXPECT_EQ(code_of(use()), ErrorCode::unauthenticated);
    const auto other = portal->api_keys.create(acting(), "Other", scopes, std::nullopt).value();
    ASSERT_TRUE(portal->api_keys.revoke(acting(), other.key.id));
    EXPECT_EQ(code_of(portal->access.by_api_key(other.value)), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(portal->api_keys.create(acting(), "None", {}, {})), ErrorCode::invalid_argument);
}

TEST_P(TeamContract, ARequestUnderAKeyIsDoneOnce) {
    int done = 0;
    const auto ask = [&](std::string_view request, std::string_view key = "key-12345") {
        return portal->idempotency.once(acting(), key, request, [&]() -> Result<KeptAnswer> {
            ++done;
            return KeptAnswer{201, fmt::format("answer {}", done)};
        });
    };
    EXPECT_EQ(ask("POST /a")->body, "answer 1");
    EXPECT_EQ(ask("POST /a")->body, "answer 1") << "the first answer again";
    EXPECT_EQ(code_of(ask("POST /b")), ErrorCode::conflict);
    EXPECT_EQ(ask("POST /a", "key-67890")->body, "answer 2");
    clock.advance(days(1));
    ASSERT_TRUE(portal->sessions.purge());
    EXPECT_EQ(ask("POST /a")->body, "answer 3") << "forgotten after a day";
}

TEST_P(TeamContract, OneOfManyParallelRequestsUnderAKeyIsDone) {
    std::atomic<int> done{0};
    count_in_parallel(16, [&] {
        return portal->idempotency
            .once(acting(), "key-12345", "POST /a",
                  [&]() -> Result<KeptAnswer> {
                      ++done;
                      return KeptAnswer{201, "made"};
                  })
            .has_value();
    });
    EXPECT_EQ(done, 1);
}

TEST_P(TeamContract, AFailedRequestReleasesItsKeyAndASecretIsNotRepeated) {
    const auto ask = [&](const Result<KeptAnswer>& answer) {
        return portal->idempotency.once(acting(), "key-12345", "POST /a", [&] { return answer; });
    };
    EXPECT_EQ(code_of(ask(fail(ErrorCode::unavailable, "busy"))), ErrorCode::unavailable);
    EXPECT_EQ(ask(KeptAnswer{201, std::nullopt})->status, 201);
    EXPECT_EQ(code_of(ask(KeptAnswer{201, std::nullopt})), ErrorCode::idempotency_replayed);
}

TEST_P(TeamContract, TheMailPasswordIsSealedAndGoesToItsOwnServerOnly) {
    constexpr std::string_view kMailPassword = "SENTINEL-MAIL-PASSWORD";
    MailServerChange server{"mail.acme.example",  587, MailSecurity::starttls, "portal", text(kMailPassword),
                            "portal@acme.example"};
    ASSERT_TRUE(portal->mail.set(acting(), server));
    ASSERT_TRUE(portal->mail.send_test(acting(), "ada@acme.example"));
    EXPECT_EQ(portal->post.password, kMailPassword);

    server.password.reset();
    server.sender = "other@acme.example";
    EXPECT_TRUE(portal->mail.set(acting(), server)) << "the stored one is kept";
    server.host = "mail.attacker.example";
    EXPECT_EQ(code_of(portal->mail.set(acting(), server)), ErrorCode::invalid_argument);
    engine->checkpoint();
    EXPECT_EQ(engine->bytes_on_disk().find(kMailPassword), std::string::npos);
    for (const auto& event : audit()) {
        for (const auto& [name, value] : event.entry.details)
            EXPECT_EQ(value.find(kMailPassword), std::string::npos) << event.entry.kind;
    }
}

}  // namespace countersign::domain
