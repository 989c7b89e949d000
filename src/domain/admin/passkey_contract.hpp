#pragma once

#include "domain/admin/admin_contract.hpp"
#include "tests/support/soft_authenticator.hpp"

namespace countersign::domain {

class PasskeyContract : public AdminContract {
protected:
    using Bend = SoftAuthenticator::Bend;

    /// Registers `authenticator` for Ada in a session of her own.
    Passkey registered(const SoftAuthenticator& authenticator, const Bend& bend = {}) {
        const auto session = signed_in().view.session;
        const auto begun = passkeys().begin_registration(session).value();
        return passkeys()
            .finish_registration(session, "Laptop", authenticator.registers(party, begun.challenge, bend))
            .value();
    }
    /// Ada's password, then the answer of `authenticator`, bent as asked.
    Result<SignedIn> with_passkey(const SoftAuthenticator& authenticator, const Bend& bend = {}) {
        const auto half = with_password().value();
        const auto begun = passkeys().begin_proof(half.token).value();
        return prove(half, authenticator.proves(party, begun.challenge, bend));
    }
    Result<SignedIn> prove(const SignedIn& half, crypto::PasskeyAssertion answer) {
        return portal->sessions.prove_second_factor(half.token, {{}, {}, std::move(answer)});
    }
    PasskeyService& passkeys() { return portal->own_passkeys; }
    static Bend counted(std::uint32_t count) {
        Bend bend;
        bend.count = count;
        return bend;
    }

    const crypto::RelyingParty party = relying_party_of(kOrigin).value();
    const SoftAuthenticator laptop{crypto::PasskeyAlgorithm::es256, "laptop"};
    const SoftAuthenticator phone{crypto::PasskeyAlgorithm::eddsa, "phone"};
};

TEST_P(PasskeyContract, APasskeyAnswersInPlaceOfTheCode) {
    EXPECT_FALSE(with_password()->view.has_passkey);
    const auto made = registered(laptop);
    EXPECT_EQ(made.name, "Laptop");
    clock.advance(minutes(1));

    const auto session = with_passkey(laptop).value();

    EXPECT_EQ(access(session.token).value().actor, ada.text());
    EXPECT_TRUE(session.view.has_passkey);
    const auto listed = passkeys().list(ada).value();
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].last_used_at, clock.now());
    EXPECT_EQ(audited("administrator.passkey_added"), 1);
}

TEST_P(PasskeyContract, EveryPasskeyOfTheAccountCountsAndNoOther) {
    registered(laptop);
    registered(phone);
    EXPECT_TRUE(with_passkey(laptop));
    EXPECT_TRUE(with_passkey(phone));
    const SoftAuthenticator forged(crypto::PasskeyAlgorithm::es256, "laptop");
    EXPECT_EQ(code_of(with_passkey(forged)), ErrorCode::unauthenticated) << "its name, another's key";
    EXPECT_EQ(audited("administrator.sign_in_failed"), 1);
}

TEST_P(PasskeyContract, AnotherAdministratorsPasskeyOpensNothing) {
    registered(laptop);
    const auto bo = joined("bo@acme.example");
    give_factor(bo);
    const auto half = with_password(kPassword, "bo@acme.example").value();
    EXPECT_EQ(code_of(passkeys().begin_proof(half.token)), ErrorCode::conflict) << "he has none";
    const auto hers = with_password().value();
    const auto begun = passkeys().begin_proof(hers.token).value();
    const auto answer = laptop.proves(party, begun.challenge);
    EXPECT_EQ(code_of(prove(half, answer)), ErrorCode::unauthenticated);
    EXPECT_TRUE(prove(hers, answer)) << "the challenge is still hers";
}

TEST_P(PasskeyContract, AChallengeIsOneSessionsOneActsAndOneAnswersWithinFiveMinutes) {
    registered(laptop);
    const auto half = with_password().value();
    const auto begun = passkeys().begin_proof(half.token).value();
    const auto answer = laptop.proves(party, begun.challenge);
    EXPECT_EQ(code_of(prove(with_password().value(), answer)), ErrorCode::unauthenticated)
        << "another session";

    auto bent = answer;
    bent.signature[8] ^= 1U;
    EXPECT_EQ(code_of(prove(half, bent)), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(prove(half, answer)), ErrorCode::unauthenticated) << "gone with the first answer";

    const auto late = passkeys().begin_proof(half.token).value();
    clock.advance(kPasskeyChallengeLife);
    EXPECT_EQ(code_of(prove(half, laptop.proves(party, late.challenge))), ErrorCode::unauthenticated);

    const auto first = passkeys().begin_proof(half.token).value();
    const auto second = passkeys().begin_proof(half.token).value();
    EXPECT_EQ(code_of(prove(half, laptop.proves(party, first.challenge))), ErrorCode::unauthenticated);
    EXPECT_NE(first.challenge, second.challenge);
}

TEST_P(PasskeyContract, AnAnswerCountsOnceHoweverManySendItAtATime) {
    registered(laptop);
    const auto half = with_password().value();
    const auto begun = passkeys().begin_proof(half.token).value();
    const auto answer = laptop.proves(party, begun.challenge);
    EXPECT_EQ(count_in_parallel(8, [&] { return prove(half, answer).has_value(); }), 1);
}

TEST_P(PasskeyContract, AChallengeToRegisterProvesNothingAndTheOtherWayRound) {
    registered(laptop);
    const auto session = signed_in();
    const auto to_register = passkeys().begin_registration(session.view.session).value();
    EXPECT_EQ(code_of(portal->sessions.reauthenticate(session.token, kPassword,
                                                      {{}, {}, laptop.proves(party, to_register.challenge)})),
              ErrorCode::forbidden);
    const auto to_prove = passkeys().begin_proof(session.token).value();
    EXPECT_EQ(code_of(passkeys().finish_registration(session.view.session, "Phone",
                                                     phone.registers(party, to_prove.challenge))),
              ErrorCode::invalid_argument);
    EXPECT_EQ(passkeys().list(ada)->size(), 1U);
}

TEST_P(PasskeyContract, ACountThatDoesNotGrowIsACopyAndIsAudited) {
    registered(laptop, counted(4));
    EXPECT_TRUE(with_passkey(laptop, counted(5)));
    EXPECT_EQ(code_of(with_passkey(laptop, counted(5))), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(with_passkey(laptop, counted(3))), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(with_passkey(laptop, counted(0))), ErrorCode::unauthenticated) << "it did count";
    EXPECT_EQ(audited("administrator.passkey_count_went_back"), 3);
    EXPECT_TRUE(with_passkey(laptop, counted(6)));

    registered(phone);
    EXPECT_TRUE(with_passkey(phone));
    EXPECT_TRUE(with_passkey(phone)) << "most passkeys of phones never count";
}

TEST_P(PasskeyContract, ItOpensDangerousActsTogetherWithThePassword) {
    registered(laptop);
    const auto session = signed_in();
    clock.advance(minutes(5));
    const auto ask = [&](std::string_view password) {
        const auto begun = passkeys().begin_proof(session.token).value();
        return portal->sessions.reauthenticate(session.token, password,
                                               {{}, {}, laptop.proves(party, begun.challenge)});
    };
    EXPECT_EQ(code_of(ask("wrong password 1")), ErrorCode::forbidden);
    EXPECT_FALSE(access(session.token)->recently_authenticated);
    EXPECT_TRUE(ask(kPassword));
    EXPECT_TRUE(access(session.token)->recently_authenticated);
}

TEST_P(PasskeyContract, TheAccountKeepsItsCodesWhateverBecomesOfItsPasskeys) {
    const auto made = registered(laptop);
    EXPECT_EQ(passkeys().rename(ada, made.id, "Work laptop")->name, "Work laptop");
    const auto bo = joined("bo@acme.example");
    EXPECT_EQ(code_of(passkeys().rename(bo, made.id, "His")), ErrorCode::not_found);
    EXPECT_EQ(code_of(passkeys().remove(bo, made.id)), ErrorCode::not_found);

    ASSERT_TRUE(passkeys().remove(ada, made.id));

    EXPECT_EQ(code_of(passkeys().remove(ada, made.id)), ErrorCode::not_found);
    EXPECT_EQ(code_of(passkeys().begin_proof(with_password()->token)), ErrorCode::conflict);
    EXPECT_TRUE(with_code(with_password().value(), kFirstCode));
    EXPECT_EQ(audited("administrator.passkey_renamed"), 1);
    EXPECT_EQ(audited("administrator.passkey_removed"), 1);
}

TEST_P(PasskeyContract, AnAccountHasTenAtMostAndNoneTwice) {
    const auto session = signed_in().view.session;
    const auto add = [&](const SoftAuthenticator& authenticator) {
        const auto begun = passkeys().begin_registration(session);
        if (!begun) return code_of(begun);
        const auto answer = authenticator.registers(party, begun->challenge);
        const auto made = passkeys().finish_registration(session, "Key", answer);
        return made ? ErrorCode::internal : code_of(made);
    };
    const SoftAuthenticator first(crypto::PasskeyAlgorithm::eddsa, "0");
    EXPECT_EQ(add(first), ErrorCode::internal);
    EXPECT_EQ(add(first), ErrorCode::conflict) << "the same credential";
    for (std::size_t i = 1; i < kMostPasskeys; ++i)
        EXPECT_EQ(add(SoftAuthenticator(crypto::PasskeyAlgorithm::eddsa, std::to_string(i))),
                  ErrorCode::internal);
    EXPECT_EQ(add(SoftAuthenticator(crypto::PasskeyAlgorithm::eddsa, "10")), ErrorCode::conflict);
    EXPECT_EQ(passkeys().begin_proof(with_password()->token)->credentials.size(), kMostPasskeys);
}

TEST_P(PasskeyContract, TheOperatorTakesThemAwayWithTheRestOfTheSecondFactor) {
    registered(laptop);
    ASSERT_TRUE(portal->accounts.reset_second_factor("ada@acme.example"));
    EXPECT_TRUE(passkeys().list(ada)->empty());
    const auto half = with_password().value();
    EXPECT_EQ(half.view.session.state, SessionState::enrol_second_factor);
    EXPECT_EQ(code_of(passkeys().begin_proof(half.token)), ErrorCode::second_factor_required);
}

TEST_P(PasskeyContract, WhoeverGetsOrLosesOneIsToldByMail) {
    const auto quiet = registered(laptop);
    EXPECT_TRUE(portal->post.mails.empty()) << "there is no mail server yet";
    ASSERT_TRUE(passkeys().remove(ada, quiet.id));
    MailServerChange server{"mail.acme.example", 587, MailSecurity::starttls, "", {}, "portal@acme.example"};
    ASSERT_TRUE(portal->mail.set(acting(), server));

    const auto made = registered(laptop);
    ASSERT_TRUE(passkeys().rename(ada, made.id, "Old laptop"));
    ASSERT_TRUE(passkeys().remove(ada, made.id));
    EXPECT_EQ(code_of(passkeys().remove(ada, made.id)), ErrorCode::not_found);

    const auto& mails = portal->post.mails;
    ASSERT_EQ(mails.size(), 2U);
    for (const Mail& mail : mails)
        EXPECT_EQ(mail.to, "ada@acme.example");
    EXPECT_NE(mails[0].text.find("a passkey was added to your account: \"Laptop\""), std::string::npos);
    EXPECT_NE(mails[1].text.find("a passkey was removed from your account: \"Old laptop\""),
              std::string::npos);

    portal->post.broken = true;
    EXPECT_TRUE(passkeys().remove(ada, registered(phone).id)) << "a mail that fails holds nothing up";
}

TEST_P(PasskeyContract, WithoutADomainThereAreNone) {
    registered(laptop);
    const Passkeys nowhere(std::nullopt, clock, random);
    PasskeyService service(engine->work(), nowhere, portal->mail, clock, random);
    const auto session = signed_in();
    EXPECT_FALSE(service.available());
    EXPECT_EQ(code_of(service.begin_registration(session.view.session)), ErrorCode::conflict);
    EXPECT_EQ(code_of(service.begin_proof(session.token)), ErrorCode::conflict);
    EXPECT_EQ(service.list(ada)->size(), 1U) << "what is there can be seen and removed";
}

}  // namespace countersign::domain
