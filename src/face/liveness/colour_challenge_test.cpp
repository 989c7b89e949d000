#include "face/liveness/colour_challenge.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "face/api/engine.hpp"

namespace countersign::face {
namespace {

using Engine = std::mt19937;
constexpr std::size_t kSteps = 6;

std::vector<ColourStep> random_steps(Engine& engine, std::size_t count = kSteps) {
    std::vector<ColourStep> steps;
    while (steps.size() < count) {
        const int index = static_cast<int>(engine() % 5U);
        if (steps.empty() || steps.back().palette_index != index) steps.push_back({index});
    }
    return steps;
}

/// How a face in front of the screen looks: it reflects a share of the screen's light; the background
/// reflects a tenth of that; the sensor adds noise; exposure drifts. Three frames a step, the first still
/// mixed with the colour before.
struct Scene {
    float reflection{0.03F};  // of the screen's grey levels: 7 levels for white, a face near a laptop indoors
    float noise{0.1F};        // of a region mean, grey levels
    float drift{0.05F};       // per frame
    Rgb skin{160, 110, 90};   // under the light of the room
};

std::vector<ColourResponse> live_responses(const std::vector<ColourStep>& steps, Engine& engine,
                                           const Scene& scene = {}) {
    std::normal_distribution<float> noise(0, scene.noise);
    std::vector<ColourResponse> responses;
    Rgb before = palette()[0];
    float drift = 0;
    for (std::size_t step = 0; step < steps.size(); ++step) {
        const Rgb now = palette()[static_cast<std::size_t>(steps[step].palette_index)];
        for (int frame = 0; frame < 3; ++frame) {
            const float old = frame == 0 ? 0.6F : 0.0F;
            const auto seen = [&](float base, float a, float b, float share) {
                const float albedo = base / 120;
                return base + share * albedo * scene.reflection * (old * a + (1 - old) * b) + drift +
                       noise(engine);
            };
            drift += scene.drift * noise(engine);
            responses.push_back(
                {static_cast<int>(step),
                 {seen(scene.skin.r, before.r, now.r, 1), seen(scene.skin.g, before.g, now.g, 1),
                  seen(scene.skin.b, before.b, now.b, 1)},
                 {seen(120, before.r, now.r, 0.1F), seen(120, before.g, now.g, 0.1F),
                  seen(120, before.b, now.b, 0.1F)}});
        }
        before = now;
    }
    return responses;
}

ChallengeAnswer judge(const std::vector<ColourStep>& steps, const std::vector<ColourResponse>& responses) {
    return judge_colour_sequence(steps, responses);
}

/// The largest count that n trials of probability p stay below with about 4 standard deviations to spare.
double binomial_bound(int n, double p) {
    return n * p + 4 * std::sqrt(n * p * (1 - p)) + 1;
}

TEST(ColourChallenge, PassesALiveFace) {
    Engine engine(11);
    constexpr int kTrials = 500;
    int passed = 0;
    for (int i = 0; i < kTrials; ++i) {
        const auto steps = random_steps(engine);
        if (judge(steps, live_responses(steps, engine)) == ChallengeAnswer::live) ++passed;
    }
    EXPECT_GE(passed, kTrials * 99 / 100);
}

TEST(ColourChallenge, PassesSkinOfEveryColour) {
    Engine engine(23);
    for (const Rgb& skin : {Rgb{160, 97, 61}, Rgb{230, 190, 170}, Rgb{70, 45, 35}, Rgb{190, 150, 120}}) {
        int passed = 0;
        for (int i = 0; i < 100; ++i) {
            const auto steps = random_steps(engine);
            if (judge(steps, live_responses(steps, engine, {.reflection = 0.08F, .skin = skin})) ==
                ChallengeAnswer::live)
                ++passed;
        }
        EXPECT_GE(passed, 99) << skin.r << ' ' << skin.g << ' ' << skin.b;
    }
}

TEST(ColourChallenge, PassesARecordingOfAnotherSequenceNoMoreOftenThanPromised) {
    Engine engine(12);
    constexpr int kTrials = 3000;
    int passed = 0;
    for (int i = 0; i < kTrials; ++i) {
        const auto recorded = live_responses(random_steps(engine), engine, {.reflection = 0.1F});
        if (judge(random_steps(engine), recorded) == ChallengeAnswer::live) ++passed;
    }
    EXPECT_LE(passed, binomial_bound(kTrials, 0.005));
}

TEST(ColourChallenge, PassesArbitraryColoursNoMoreOftenThanPromised) {
    Engine engine(13);
    std::normal_distribution<float> any(0, 30);
    constexpr int kTrials = 3000;
    int passed = 0;
    for (int i = 0; i < kTrials; ++i) {
        std::vector<ColourResponse> responses;
        for (int step = 0; step < static_cast<int>(kSteps); ++step) {
            responses.push_back({step, {any(engine), any(engine), any(engine)}, {}});
        }
        if (judge(random_steps(engine), responses) == ChallengeAnswer::live) ++passed;
    }
    EXPECT_LE(passed, binomial_bound(kTrials, 0.005));
}

TEST(ColourChallenge, HoldsTheRateAgainstAGuessThatFollowsTheMostLikelyPattern) {
    // Alternating the two most different colours is the same "guess" every time: the bound must hold for it
    // as well.
    Engine engine(14);
    constexpr int kTrials = 3000;
    const std::vector<ColourStep> guess{{0}, {4}, {0}, {4}, {0}, {4}};
    int passed = 0;
    for (int i = 0; i < kTrials; ++i) {
        if (judge(random_steps(engine), live_responses(guess, engine)) == ChallengeAnswer::live) ++passed;
    }
    EXPECT_LE(passed, binomial_bound(kTrials, 0.005));
}

TEST(ColourChallenge, NeverPassesAFrozenPicture) {
    Engine engine(15);
    for (int i = 0; i < 200; ++i) {
        const auto steps = random_steps(engine);
        std::vector<ColourResponse> frozen;
        for (int step = 0; step < static_cast<int>(kSteps); ++step)
            frozen.push_back({step, {150, 110, 90}, {120, 120, 120}});
        EXPECT_EQ(judge(steps, frozen), ChallengeAnswer::doubtful)
            << "no light came back: nothing to tell by";
    }
}

TEST(ColourChallenge, NeverPassesAResponseBelowTheAmplitudeFloor) {
    Engine engine(16);
    for (int i = 0; i < 200; ++i) {
        const auto steps = random_steps(engine);
        const auto faint = live_responses(steps, engine, {.reflection = 0.001F, .noise = 0.001F, .drift = 0});
        EXPECT_EQ(judge(steps, faint), ChallengeAnswer::doubtful)
            << "a perfect but invisible reaction is no evidence";
    }
}

TEST(ColourChallenge, DoesNotDoubtMostRecordingsOfAnotherSequence) {
    Engine engine(24);
    constexpr int kTrials = 1000;
    int doubtful = 0;
    for (int i = 0; i < kTrials; ++i) {
        const auto recorded = live_responses(random_steps(engine), engine, {.reflection = 0.1F});
        if (judge(random_steps(engine), recorded) == ChallengeAnswer::doubtful) ++doubtful;
    }
    EXPECT_LE(doubtful, binomial_bound(kTrials, 0.05));
}

TEST(ColourChallenge, WantsAFrameOfEveryStep) {
    Engine engine(17);
    const auto steps = random_steps(engine);
    auto responses = live_responses(steps, engine, {.reflection = 0.1F});
    ASSERT_EQ(judge(steps, responses), ChallengeAnswer::live);
    std::erase_if(responses, [](const ColourResponse& response) { return response.step == 3; });

    EXPECT_EQ(judge(steps, responses), ChallengeAnswer::not_live);
}

TEST(ColourChallenge, RefusesAFrameOfAnUnknownStep) {
    Engine engine(18);
    const auto steps = random_steps(engine);
    for (const int unknown : {-1, static_cast<int>(kSteps)}) {
        auto responses = live_responses(steps, engine, {.reflection = 0.1F});
        responses.push_back({unknown, {1, 2, 3}, {}});
        EXPECT_EQ(judge(steps, responses), ChallengeAnswer::not_live);
    }
}

TEST(ColourChallenge, RefusesASequenceThatCannotHaveBeenShown) {
    Engine engine(19);
    for (const std::vector<ColourStep>& steps : {std::vector<ColourStep>{},
                                                 {{0}},
                                                 {{0}, {0}, {1}, {2}, {3}, {4}},
                                                 {{0}, {5}, {1}, {2}, {3}, {4}},
                                                 {{-1}, {0}, {1}, {2}, {3}, {4}},
                                                 std::vector<ColourStep>(20, ColourStep{1})}) {
        std::vector<ColourResponse> responses;
        for (std::size_t i = 0; i < steps.size(); ++i)
            responses.push_back({static_cast<int>(i), {float(i % 7), 1, 2}, {}});
        EXPECT_EQ(judge(steps, responses), ChallengeAnswer::not_live);
    }
}

TEST(ColourChallenge, CannotBePassedWithTooFewStepsToMeanAnything) {
    Engine engine(20);
    const std::vector<ColourStep> two{{0}, {4}};  // 20 sequences: even rank 1 is a chance of 5 %

    EXPECT_NE(judge(two, live_responses(two, engine, {.reflection = 0.2F})), ChallengeAnswer::live);
}

TEST(ColourChallenge, DropsTheFirstFrameOfAStepThatHasMore) {
    Engine engine(21);
    const auto steps = random_steps(engine);
    auto responses = live_responses(steps, engine, {.reflection = 0.1F});
    for (std::size_t i = 0; i < responses.size(); i += 3)
        responses[i].skin = {0, 255, 0};

    EXPECT_EQ(judge(steps, responses), ChallengeAnswer::live) << "the spoilt frames are the dropped ones";
}

TEST(ColourChallenge, TakesNoNumberForNoEvidence) {
    Engine engine(22);
    const auto steps = random_steps(engine);
    auto responses = live_responses(steps, engine, {.reflection = 0.1F});
    responses[4].skin.r = std::numeric_limits<float>::quiet_NaN();

    EXPECT_EQ(judge(steps, responses), ChallengeAnswer::not_live);
}

}  // namespace
}  // namespace countersign::face
