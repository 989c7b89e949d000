#pragma once

#include <algorithm>
#include <set>

#include "domain/admin/admin_contract.hpp"

namespace countersign::domain {

class SignInContract : public AdminContract {};

TEST_P(SignInContract, OneOfManyParallelSetUpsMakesTheFirstOwner) {
    const auto fresh = GetParam().open();
    AdminServices empty(fresh->work(), *keys, clock, random);
    std::atomic<int> number{0};

    const int made = count_in_parallel(16, [&] {
        const auto email = fmt::format("owner{}@acme.example", number++);
        return empty.accounts.create_first_owner({email, "Ada", text(kPassword), "Acme"}, origin).has_value();
    });

    EXPECT_EQ(made, 1);
    EXPECT_EQ(empty.accounts.list().value().size(), 1U) << "the losers leave no account behind";
}

TEST_P(SignInContract, AWrongPasswordAndAnUnknownAddressAreToldApartByNobody) {
    EXPECT_EQ(code_of(with_password("wrong password 1")), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(with_password(kPassword, "eve@acme.example")), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(with_password(kPassword, "not an address")), ErrorCode::unauthenticated);
    EXPECT_EQ(audited("administrator.sign_in_failed"), 1) << "only of an account that exists";
}

TEST_P(SignInContract, TenGuessesCloseAnAccountForAQuarterOfAnHour) {
    for (int guess = 0; guess < 10; ++guess)
        EXPECT_EQ(code_of(with_password("wrong password 1")), ErrorCode::unauthenticated) << guess;
    EXPECT_EQ(code_of(with_password()), ErrorCode::rate_limited) << "not even the right one";

    clock.advance(minutes(14));
    EXPECT_EQ(code_of(with_password()), ErrorCode::rate_limited);
    clock.advance(minutes(1));
    EXPECT_TRUE(with_password()) << "tries in the meantime do not make it longer";
}

TEST_P(SignInContract, ParallelGuessesAreCountedOneByOne) {
    std::atomic<int> checked{0};
    count_in_parallel(40, [&] {
        if (code_of(with_password("wrong password 1")) == ErrorCode::unauthenticated) ++checked;
        return true;
    });
    EXPECT_EQ(checked, 10);
}

TEST_P(SignInContract, TheRightPasswordForgetsTheGuessesAtTheAccountButNotThoseOfTheAddress) {
    for (int round = 0; round < 3; ++round) {
        for (int guess = 0; guess < 9; ++guess)
            EXPECT_EQ(code_of(with_password("wrong password 1")), ErrorCode::unauthenticated);
        EXPECT_TRUE(with_password());
    }
    EXPECT_EQ(code_of(with_password()), ErrorCode::rate_limited) << "the address had its thirty";
    EXPECT_TRUE(portal->sessions.sign_in("ada@acme.example", kPassword, {"192.0.2.8", "Other"}));
}

TEST_P(SignInContract, ThePasswordAloneOpensNothingAndItsTokenEndsWithTheSecondFactor) {
    const auto half = with_password().value();
    EXPECT_EQ(half.view.session.state, SessionState::password_ok);
    EXPECT_EQ(code_of(access(half.token)), ErrorCode::second_factor_required);

    const auto whole = with_code(half, kFirstCode).value();

    EXPECT_NE(whole.token, half.token);
    EXPECT_EQ(access(whole.token).value().actor, ada.text());
    EXPECT_EQ(code_of(access(half.token)), ErrorCode::unauthenticated);
    EXPECT_EQ(audited("administrator.signed_in"), 1);
}

TEST_P(SignInContract, ACodeOfATimeStepCountsOnce) {
    const auto first = with_password().value();
    const auto second = with_password().value();
    ASSERT_TRUE(with_code(first, kFirstCode));

    EXPECT_EQ(code_of(with_code(second, kFirstCode)), ErrorCode::unauthenticated) << "the same code again";
    clock.set(from_unix_seconds(1'111'111'111));
    EXPECT_EQ(code_of(with_code(second, kFirstCode)), ErrorCode::unauthenticated) << "late is not new";
    EXPECT_TRUE(with_code(second, kSecondCode));
    EXPECT_EQ(code_of(with_code(with_password().value(), kFirstCode)), ErrorCode::unauthenticated);
}

TEST_P(SignInContract, ARecoveryCodeCountsOnceHoweverManyUseItAtATime) {
    const auto made = portal->accounts.new_recovery_codes(ada).value();
    std::vector<SignedIn> sessions;
    for (int i = 0; i < 8; ++i)
        sessions.push_back(with_password().value());
    std::atomic<std::size_t> next{0};

    const int opened = count_in_parallel(8, [&] {
        const auto& session = sessions[next++];
        return portal->sessions.prove_second_factor(session.token, {{}, made[0]}).has_value();
    });

    EXPECT_EQ(opened, 1);
    EXPECT_EQ(portal->accounts.recovery_codes_left(ada).value(), 9);
    EXPECT_EQ(audited("administrator.recovery_code_used"), 1);
}

TEST_P(SignInContract, NewRecoveryCodesEndTheOldOnes) {
    const auto old = portal->accounts.new_recovery_codes(ada).value();
    const auto renewed = portal->accounts.new_recovery_codes(ada).value();
    const auto half = with_password().value();
    EXPECT_EQ(code_of(portal->sessions.prove_second_factor(half.token, {{}, old[0]})),
              ErrorCode::unauthenticated);
    EXPECT_TRUE(portal->sessions.prove_second_factor(half.token, {{}, renewed[0]}));
}

TEST_P(SignInContract, GuessesAtTheSecondFactorAreCountedAcrossSessions) {
    const auto made = portal->accounts.new_recovery_codes(ada).value();
    for (int guess = 0; guess < 10; ++guess)
        EXPECT_EQ(code_of(with_code(with_password().value(), "000000")), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(with_code(with_password().value(), kFirstCode)), ErrorCode::rate_limited);
    EXPECT_EQ(code_of(portal->sessions.prove_second_factor(with_password().value().token, {{}, made[0]})),
              ErrorCode::rate_limited);
    EXPECT_EQ(audited("administrator.sign_in_failed"), 10);
}

TEST_P(SignInContract, ASessionEndsAfterHalfAnHourWithoutUseAndAfterTwelveHoursInAnyCase) {
    const auto idle = signed_in();
    const auto used = signed_in();
    clock.advance(minutes(29));
    EXPECT_TRUE(access(used.token));
    clock.advance(minutes(1));
    EXPECT_EQ(code_of(access(idle.token)), ErrorCode::unauthenticated);
    for (int i = 0; i < 34; ++i) {
        EXPECT_TRUE(access(used.token)) << i;
        clock.advance(minutes(20));
    }
    EXPECT_TRUE(access(used.token)) << "11 h 50 min";
    clock.advance(minutes(10));
    EXPECT_EQ(code_of(access(used.token)), ErrorCode::unauthenticated);
    ASSERT_TRUE(portal->sessions.purge());
    EXPECT_TRUE(portal->sessions.list(ada).value().empty());
}

TEST_P(SignInContract, DangerousActsAreOpenForFiveMinutes) {
    const auto session = signed_in();
    EXPECT_TRUE(access(session.token)->recently_authenticated);
    clock.advance(minutes(5));
    EXPECT_FALSE(access(session.token)->recently_authenticated);

    const auto code = codes.back();
    EXPECT_EQ(code_of(portal->sessions.reauthenticate(session.token, "wrong password 1", {{}, code})),
              ErrorCode::forbidden);
    EXPECT_FALSE(access(session.token)->recently_authenticated);
    ASSERT_TRUE(portal->sessions.reauthenticate(session.token, kPassword, {{}, code}))
        << "a wrong password uses no code up";
    EXPECT_TRUE(access(session.token)->recently_authenticated);
    EXPECT_EQ(audited("administrator.reauthentication_failed"), 1);
}

TEST_P(SignInContract, ANewPasswordEndsTheOtherSessionsAndOpenLinks) {
    const auto here = signed_in();
    const auto elsewhere = signed_in();
    const auto link = portal->accounts.issue_reset("ada@acme.example").value();
    constexpr std::string_view kNew = "meadow anchor silver 77";

    ASSERT_TRUE(portal->accounts.change_password(ada, kNew, here.view.session.id));

    EXPECT_TRUE(access(here.token));
    EXPECT_EQ(code_of(access(elsewhere.token)), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(portal->accounts.redeem_reset(link, kNew)), ErrorCode::gone);
    EXPECT_EQ(code_of(with_password()), ErrorCode::unauthenticated);
    EXPECT_TRUE(with_password(kNew));
    EXPECT_EQ(code_of(portal->accounts.change_password(ada, "acme", here.view.session.id)),
              ErrorCode::invalid_argument);
}

TEST_P(SignInContract, ALinkSetsAPasswordOnceWithinHalfAnHourAndOnlyTheNewestDoes) {
    constexpr std::string_view kNew = "meadow anchor silver 77";
    const auto older = portal->accounts.issue_reset("ada@acme.example").value();
    const auto late = portal->accounts.issue_reset("ADA@acme.example").value();
    EXPECT_EQ(code_of(portal->accounts.redeem_reset(older, kNew)), ErrorCode::gone);
    clock.advance(minutes(30));
    EXPECT_EQ(code_of(portal->accounts.redeem_reset(late, kNew)), ErrorCode::gone);
    const auto session = signed_in();
    const auto link = portal->accounts.issue_reset("ada@acme.example").value();

    EXPECT_EQ(count_in_parallel(8, [&] { return portal->accounts.redeem_reset(link, kNew).has_value(); }), 1);

    EXPECT_EQ(code_of(access(session.token)), ErrorCode::unauthenticated);
    EXPECT_EQ(with_password(kNew)->view.session.state, SessionState::password_ok) << "the factor stays";
}

TEST_P(SignInContract, NothingThatOpensADoorIsOnDisk) {
    const auto session = signed_in();
    const auto link = portal->accounts.issue_reset("ada@acme.example").value();
    const auto invitation = token_in(invited("bo@acme.example"));
    const auto key =
        portal->api_keys.create(acting(), "Key", {Scope::users_read}, std::nullopt).value().value;
    engine->checkpoint();
    const std::string disk = engine->bytes_on_disk();
    for (const std::string& secret : {session.token, link, invitation, key, codes.back(), text(kTotpSecret)})
        EXPECT_EQ(disk.find(secret), std::string::npos);
}

TEST_P(SignInContract, AFormerMasterKeyIsNeededUntilSecondFactorsAreRewrapped) {
    use_master_keys({2, 1});
    EXPECT_EQ(rewrap_second_factors(engine->work(), *keys).value(), 1);
    EXPECT_EQ(rewrap_second_factors(engine->work(), *keys).value(), 0) << "all are current now";

    use_master_keys({2});
    EXPECT_EQ(as_text(keys->unwrap_totp(ada, stored(ada).totp_wrapped.value()).value().view()), kTotpSecret);
    EXPECT_FALSE(keys->unwrap_totp(AdministratorId::make(clock.now(), random), *stored(ada).totp_wrapped))
        << "bound to its row";
}

TEST_P(SignInContract, ASetUpUnderWaySurvivesARotationOfTheMasterKey) {
    const auto session = signed_in();
    ASSERT_TRUE(portal->sessions.begin_totp(session.token));
    const auto before = keys->unwrap_totp(ada, stored(ada).totp_pending.value()).value();
    use_master_keys({2, 1});
    ASSERT_TRUE(rewrap_second_factors(engine->work(), *keys));

    use_master_keys({2});
    const auto after = keys->unwrap_totp(ada, stored(ada).totp_pending.value()).value();
    EXPECT_TRUE(std::ranges::equal(after.view(), before.view()));
}

TEST_P(SignInContract, ASecretWhoseMasterKeyIsGoneHoldsNobodyElseUp) {
    const auto bo = joined("bo@acme.example");
    use_master_keys({3});
    const auto own = keys->wrap_totp(bo, SecretBytes(as_bytes(kTotpSecret))).value();
    ASSERT_TRUE(in_transaction(engine->work(), Access::write, [&](Repositories& r) -> Result<void> {
        CS_TRY(r.admin().administrators().set_pending_totp(bo, own));
        return r.admin().administrators().confirm_totp(bo, own, 0);
    }));

    use_master_keys({4, 3});
    EXPECT_EQ(rewrap_second_factors(engine->work(), *keys).value(), 1);
    use_master_keys({4});
    EXPECT_TRUE(keys->unwrap_totp(bo, stored(bo).totp_wrapped.value()));
    EXPECT_EQ(code_of(keys->unwrap_totp(ada, stored(ada).totp_wrapped.value())), ErrorCode::unavailable);
}

TEST_P(SignInContract, TheOperatorsWayBackInIsAuditedAsTheCommandLine) {
    const auto session = signed_in();
    EXPECT_EQ(portal->accounts.revoke_sessions("Ada@acme.example").value(), 2) << "and that of the set-up";
    EXPECT_EQ(code_of(access(session.token)), ErrorCode::unauthenticated);
    ASSERT_TRUE(portal->accounts.reset_second_factor("ada@acme.example"));
    EXPECT_EQ(with_password()->view.session.state, SessionState::enrol_second_factor);
    EXPECT_EQ(portal->accounts.recovery_codes_left(ada).value(), 0);

    const auto second = portal->accounts.create_owner("Bo@acme.example", "Bo", "").value();
    EXPECT_EQ(code_of(portal->accounts.create_owner("bo@acme.example", "Bo", "")), ErrorCode::conflict);
    const auto link = portal->accounts.issue_reset(second.email).value();
    ASSERT_TRUE(portal->accounts.redeem_reset(link, kPassword));
    EXPECT_EQ(with_password(kPassword, "bo@acme.example")->view.current()->role, Role::owner);
    EXPECT_EQ(code_of(portal->accounts.revoke_sessions("eve@acme.example")), ErrorCode::not_found);

    std::set<std::string> by_operator;
    for (const auto& event : audit()) {
        if (event.entry.actor == "cli") by_operator.insert(event.entry.kind);
    }
    for (const char* kind : {"administrator.sessions_revoked", "administrator.second_factor_reset",
                             "administrator.password_reset_requested", "administrator.created"})
        EXPECT_TRUE(by_operator.contains(kind)) << kind;
    EXPECT_EQ(audited("administrator.sessions_revoked"), 1);
    EXPECT_EQ(audited("administrator.second_factor_reset"), 1);
}

}  // namespace countersign::domain
