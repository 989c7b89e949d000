#include "domain/capture/judge.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_face_engine.hpp"
#include "tests/support/fakes.hpp"

namespace countersign::domain {
namespace {

using testing::FakeFaceEngine;
using testing::template_of;

class Judge : public ::testing::Test {
protected:
    void SetUp() override {
        for (const auto* picture : {"alice 1", "alice 2", "alice 3", "alice 4"})
            key_.push_back(see(picture));
        for (const auto* picture : {"alice 5", "alice 6"})
            answers_.push_back(see(picture));
    }

    face::Observation see(std::string_view picture) { return engine_.observe(as_bytes(picture)).value(); }

    UnsealedCredential credential(std::string_view person, std::string model = "fake/1") {
        UnsealedCredential out;
        out.id = CredentialId::make(clock_.now(), random_);
        out.samples.push_back(template_of(person, std::move(model)));
        return out;
    }
    void enrol(UnsealedCredential credential) { references_.push_back(std::move(credential)); }

    Result<Judgement> decide() {
        CaptureEvidence evidence;
        for (const auto& frame : key_)
            evidence.key_frames.push_back(&frame);
        for (const auto& frame : answers_)
            evidence.challenge_frames.push_back(&frame);
        evidence.answered_challenge = answered_;
        evidence.replayed = replayed_;
        evidence.in_doubt = in_doubt_;
        evidence.earlier = earlier_;
        return judge(engine_, policy_, evidence, references_);
    }
    AttemptResult result() { return decide().value().result; }

    testing::FakeClock clock_;
    testing::FakeRandom random_;
    FakeFaceEngine engine_;
    JudgePolicy policy_;
    std::vector<face::Observation> key_;
    std::vector<face::Observation> answers_;
    bool answered_{true};
    bool replayed_{false};
    bool in_doubt_{false};
    std::vector<face::Imprint> earlier_;
    std::vector<UnsealedCredential> references_;
};

TEST_F(Judge, RefusesTwoPicturesOfAnEarlierCaptureWhateverTheRestShows) {
    enrol(credential("alice"));
    earlier_ = std::move(decide()->imprints);
    ASSERT_EQ(earlier_.size(), 6U) << "key frames and answers are remembered";
    key_.clear();
    for (const auto* picture : {"alice 11", "alice 12", "alice 3 again"})
        key_.push_back(see(picture));
    answers_.clear();
    answers_.push_back(see("alice 15"));

    EXPECT_EQ(result(), AttemptResult::passed) << "one may be chance";

    answers_.push_back(see("alice 5 again"));
    const auto judgement = decide();
    EXPECT_EQ(judgement->result, AttemptResult::earlier_capture);
    EXPECT_TRUE(judgement->imprints.empty()) << "a recording displaces nothing that is remembered";
    policy_.liveness = LivenessPolicy::passive;
    EXPECT_EQ(result(), AttemptResult::earlier_capture) << "under every policy";
}

TEST_F(Judge, RefusesOnePictureThatCertainlyCameBefore) {
    enrol(credential("alice"));
    earlier_ = std::move(decide()->imprints);
    key_.clear();
    for (const auto* picture : {"alice 11", "alice 12", "alice 3 again"})
        key_.push_back(see(picture));
    answers_.clear();
    answers_.push_back(see("alice 15"));
    ASSERT_EQ(result(), AttemptResult::passed);

    engine_.again = face::SamePicture::certain;

    EXPECT_EQ(result(), AttemptResult::earlier_capture);
}

TEST_F(Judge, PassesTheEnrolledPersonAtTheTargetOfThePolicy) {
    enrol(credential("bob"));
    enrol(credential("alice"));
    policy_.target_fmr = 1e-6;

    const auto judgement = decide();

    ASSERT_TRUE(judgement.has_value());
    EXPECT_EQ(judgement->result, AttemptResult::passed);
    EXPECT_EQ(judgement->matched, references_[1].id);
    EXPECT_TRUE(judgement->samples.empty()) << "a verification stores nothing";
    EXPECT_EQ(engine_.asked_fmr, 1e-6);
    EXPECT_EQ(engine_.extracted, 6U) << "key frames and answers, for one person throughout";
    EXPECT_EQ(engine_.passive_frames, 4U);
}

TEST_F(Judge, OffersASampleOfAStrongMatchWhereThePolicyAdapts) {
    enrol(credential("alice"));
    EXPECT_TRUE(decide()->adaptation.empty());
    EXPECT_EQ(engine_.asked_each, 0) << "off, nothing is even looked at";

    policy_.adapt = true;

    EXPECT_EQ(decide()->adaptation.size(), 1U);
    EXPECT_EQ(engine_.enrolled, 1U) << "made as a reference, of the best frame";
}

TEST_F(Judge, OffersNothingOfAMatchThatIsNotStrongOrNotWorthRemembering) {
    enrol(credential("alice"));
    policy_.adapt = true;
    engine_.each = face::Match::no_match;
    EXPECT_EQ(decide()->result, AttemptResult::passed);
    EXPECT_TRUE(decide()->adaptation.empty());

    engine_.each = face::Match::match;
    key_[0] = see("alice small 1");
    EXPECT_EQ(decide()->result, AttemptResult::passed);
    EXPECT_TRUE(decide()->adaptation.empty());
}

TEST_F(Judge, OffersNothingWhereAnythingWasInDoubtOrHalfChecked) {
    enrol(credential("alice"));
    policy_.adapt = true;
    in_doubt_ = true;
    EXPECT_EQ(decide()->result, AttemptResult::passed);
    EXPECT_TRUE(decide()->adaptation.empty());

    in_doubt_ = false;
    for (const auto half : {LivenessPolicy::passive, LivenessPolicy::active}) {
        policy_.liveness = half;
        EXPECT_EQ(decide()->result, AttemptResult::passed);
        EXPECT_TRUE(decide()->adaptation.empty());
    }
}

TEST_F(Judge, AFaceThatOnlyMatchesAnAdaptedSamplePassesButTeachesNothing) {
    auto drifted = credential("alice as enrolled");
    drifted.adapted.push_back(template_of("alice"));
    enrol(std::move(drifted));
    EXPECT_EQ(result(), AttemptResult::no_match) << "where nothing is adapted, enrolled samples alone count";

    policy_.adapt = true;

    EXPECT_EQ(result(), AttemptResult::passed);
    EXPECT_TRUE(decide()->adaptation.empty()) << "or identity could move away step by step";
}

TEST_F(Judge, AnAdaptedSampleOfThePreviousModelRenewsNothing) {
    engine_.previous = "fake/0";
    auto drifted = credential("alice as enrolled", "fake/0");
    drifted.adapted.push_back(template_of("alice", "fake/0"));
    enrol(std::move(drifted));
    policy_.adapt = true;

    EXPECT_EQ(result(), AttemptResult::no_match) << "renewed samples count as enrolled";
}

TEST_F(Judge, DeniesAnotherPerson) {
    enrol(credential("bob"));
    const auto judgement = decide();
    ASSERT_TRUE(judgement.has_value());
    EXPECT_EQ(judgement->result, AttemptResult::no_match);
    EXPECT_FALSE(judgement->matched.has_value());
}

TEST_F(Judge, GivesTheThreeBestSamplesOfAnEnrolment) {
    policy_.purpose = Purpose::enrolment;
    const auto judgement = decide();
    ASSERT_TRUE(judgement.has_value());
    EXPECT_EQ(judgement->result, AttemptResult::passed);
    EXPECT_EQ(judgement->samples.size(), 3U);
    EXPECT_EQ(engine_.enrolled, 3U) << "references are made as references, not as probes";
    EXPECT_EQ(engine_.asked_fmr, 0) << "nothing to compare with";
}

TEST_F(Judge, AsksForBothChecksUnderTheDefaultPolicy) {
    enrol(credential("alice"));
    engine_.passive = face::Liveness::not_live;
    EXPECT_EQ(result(), AttemptResult::not_live_passive);
    engine_.passive = face::Liveness::live;
    answered_ = false;
    EXPECT_EQ(result(), AttemptResult::not_live_active);
}

TEST_F(Judge, AsksOnlyForTheCheckOfTheOtherPolicies) {
    enrol(credential("alice"));
    policy_.liveness = LivenessPolicy::active;
    engine_.passive = face::Liveness::not_live;
    EXPECT_EQ(result(), AttemptResult::passed);
    policy_.liveness = LivenessPolicy::passive;
    EXPECT_EQ(result(), AttemptResult::not_live_passive);
    engine_.passive = face::Liveness::live;
    answered_ = false;
    EXPECT_EQ(result(), AttemptResult::passed);
}

TEST_F(Judge, DeniesAnActivePolicyWithoutAChallenge) {
    enrol(credential("alice"));
    answered_ = false;
    EXPECT_EQ(result(), AttemptResult::not_live_active);
}

TEST_F(Judge, DeniesWhenSomebodyElseAnswersTheChallenge) {
    enrol(credential("alice"));
    answers_[1] = see("bob 1");
    EXPECT_EQ(result(), AttemptResult::identity_changed);
}

TEST_F(Judge, DeniesWhenTheKeyFramesShowTwoPeople) {
    enrol(credential("alice"));
    policy_.liveness = LivenessPolicy::passive;
    key_[3] = see("bob 1");
    EXPECT_EQ(result(), AttemptResult::identity_changed);
}

TEST_F(Judge, DeniesAnActiveChallengeWithoutOneComparableFrame) {
    enrol(credential("alice"));
    answers_.clear();
    EXPECT_EQ(result(), AttemptResult::identity_changed);
    policy_.liveness = LivenessPolicy::passive;
    EXPECT_EQ(result(), AttemptResult::passed);
}

TEST_F(Judge, DeniesReplayedPicturesUnderAnActivePolicy) {
    enrol(credential("alice"));
    replayed_ = true;
    EXPECT_EQ(result(), AttemptResult::repeated_frames);
    policy_.liveness = LivenessPolicy::passive;
    EXPECT_EQ(result(), AttemptResult::passed) << "repeats did not count as key frames in the first place";
}

TEST_F(Judge, RunsTheComparisonAlsoWhenLivenessFailed) {
    enrol(credential("alice"));
    engine_.passive = face::Liveness::not_live;
    decide();
    EXPECT_EQ(engine_.asked_fmr, 1e-5) << "the time taken must not tell the causes apart";
}

TEST_F(Judge, ComparesOnlySamplesOfTheEnginesModel) {
    auto mixed = credential("bob");
    mixed.samples.push_back(template_of("alice", "old/1"));
    enrol(std::move(mixed));
    EXPECT_EQ(result(), AttemptResult::no_match);
}

TEST_F(Judge, ComparesTemplatesOfThePreviousModelInThatModelAndRenewsThem) {
    engine_.previous = "old/1";
    enrol(credential("alice", "old/1"));

    const auto judgement = decide();

    ASSERT_TRUE(judgement.has_value());
    EXPECT_EQ(judgement->result, AttemptResult::passed);
    EXPECT_EQ(judgement->matched, references_[0].id);
    EXPECT_EQ(engine_.extracted_previous, 6U) << "the answers, too: one person in the eyes of both models";
    ASSERT_EQ(judgement->samples.size(), 3U);
    EXPECT_EQ(judgement->samples[0].model, "fake/1");
    EXPECT_EQ(judgement->imprints.front().face.model, "fake/1");
}

TEST_F(Judge, RenewsNothingUnlessEveryCheckHolds) {
    engine_.previous = "old/1";
    enrol(credential("bob", "old/1"));
    EXPECT_EQ(result(), AttemptResult::no_match);
    EXPECT_TRUE(decide()->samples.empty());

    references_.clear();
    enrol(credential("alice", "old/1"));
    answered_ = false;
    EXPECT_EQ(result(), AttemptResult::not_live_active);
    EXPECT_TRUE(decide()->samples.empty());
    EXPECT_EQ(engine_.enrolled, 0U);
}

TEST_F(Judge, SparesThePreviousModelWhereNothingIsOfIt) {
    engine_.previous = "old/1";
    enrol(credential("alice"));

    EXPECT_EQ(result(), AttemptResult::passed);
    EXPECT_TRUE(decide()->samples.empty());
    EXPECT_EQ(engine_.extracted_previous, 0U);
}

TEST_F(Judge, RecognisesCapturesFromTheTimeOfThePreviousModel) {
    enrol(credential("alice"));
    earlier_ = std::move(decide()->imprints);
    for (auto& imprint : earlier_)
        imprint.face.model = "old/1";
    EXPECT_EQ(result(), AttemptResult::passed) << "templates of an unknown model say nothing";

    engine_.previous = "old/1";
    EXPECT_EQ(result(), AttemptResult::earlier_capture);
}

TEST_F(Judge, IsUnavailableWhenNoSampleIsOfTheEnginesModel) {
    enrol(credential("alice", "old/1"));
    const auto judgement = decide();
    ASSERT_FALSE(judgement.has_value());
    EXPECT_EQ(judgement.error().code, ErrorCode::unavailable);
}

TEST_F(Judge, IsUnavailableWhenTheEngineFails) {
    enrol(credential("alice"));
    engine_.fails = true;
    const auto judgement = decide();
    ASSERT_FALSE(judgement.has_value());
    EXPECT_EQ(judgement.error().code, ErrorCode::unavailable);
}

TEST_F(Judge, RefusesToJudgeFewerThanThreeKeyFrames) {
    key_.resize(2);
    EXPECT_FALSE(decide().has_value());
}

}  // namespace
}  // namespace countersign::domain
