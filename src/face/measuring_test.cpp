#include <gtest/gtest.h>

#include "tests/support/face_fixture.hpp"

namespace countersign::face {
namespace {

using testing::media;
using testing::project_options;

/// The engine behind the port of the evaluation commands.
class MeasuringEngineTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        auto made = make_measuring_engine(project_options());
        ASSERT_TRUE(made.has_value()) << made.error().detail;
        engine_ = std::move(*made);
    }
    static void TearDownTestSuite() { engine_.reset(); }

    static Template enrol(const Bytes& picture) {
        return engine_->extract_best_effort(engine_->observe(picture).value()).value();
    }

    static inline std::unique_ptr<MeasuringEngine> engine_;
};

TEST_F(MeasuringEngineTest, ScoresOnePersonAboveTwo) {
    const auto first = enrol(media().first_man_a()[0]);
    const auto again = enrol(media().first_man_b()[0]);
    const auto other = enrol(media().second_man()[0]);

    EXPECT_GT(engine_->similarity(first, again).value(), 0.5);
    EXPECT_LT(engine_->similarity(first, other).value(), 0.3);
    EXPECT_GT(engine_->similarity(first, first).value(), 0.85) << "a clear face may lose a tenth";
}

TEST_F(MeasuringEngineTest, MakesATemplateOfAFaceThatAHintExcludes) {
    auto seen = engine_->observe(media().first_man_a()[0]).value();
    seen.hint = Hint::blurry;
    seen.faces = 2;
    ASSERT_FALSE(seen.usable());

    EXPECT_TRUE(engine_->extract_best_effort(seen));
}

TEST_F(MeasuringEngineTest, MeasuresNothingWithoutAFace) {
    const Observation empty;

    EXPECT_EQ(engine_->extract_best_effort(empty).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(engine_->live_probability(empty).error().code, ErrorCode::invalid_argument);
}

TEST_F(MeasuringEngineTest, ComparesTemplatesOfOneModelOnly) {
    const auto own = enrol(media().first_man_a()[0]);
    const Template foreign{"other/1", own.data.clone()};

    EXPECT_EQ(engine_->similarity(own, foreign).error().code, ErrorCode::invalid_argument);
}

TEST_F(MeasuringEngineTest, GivesTheProbabilityAndThePointThatDecide) {
    const auto seen = engine_->observe(media().second_man()[0]).value();
    const auto point = engine_->liveness_point();

    EXPECT_GE(engine_->live_probability(seen).value(), point.threshold);
    EXPECT_GT(point.threshold, 0);
    EXPECT_GE(point.least_frames, 3U);
}

TEST_F(MeasuringEngineTest, NamesEveryModelWithItsHash) {
    const auto models = engine_->models();

    ASSERT_EQ(models.size(), 4U);
    EXPECT_EQ(models[2].role, "embedding");
    for (const auto& model : models)
        EXPECT_EQ(model.sha256.size(), 64U) << model.id;
}

}  // namespace
}  // namespace countersign::face
