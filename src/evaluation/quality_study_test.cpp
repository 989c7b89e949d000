#include "evaluation/quality_study.hpp"

#include <gtest/gtest.h>

namespace countersign::evaluation {
namespace {

constexpr std::size_t kPictures = 200;

/// Two pictures of each of 100 people. Every tenth picture is blurred, and no comparison with it matches.
class QualityStudyTest : public ::testing::Test {
protected:
    QualityStudyTest() {
        for (std::size_t i = 0; i < kPictures; ++i) {
            const bool blurred = i % 10 == 0;
            measured_.set.templates.emplace_back(face::Template{"net/1", SecretBytes()});
            measured_.quality.push_back(
                {{{"sharpness", blurred ? 20.0 : 80.0, face::Hint::blurry},
                  {"eyes_open", static_cast<double>(60 + i % 7), face::Hint::eyes_closed}},
                 blurred ? face::Hint::blurry : face::Hint::none});
        }
        for (std::uint32_t i = 0; i < kPictures; i += 2)
            add_genuine(i, i % 10 == 0 ? 0.1F : 0.8F);
        scores_.impostor_histogram.add(0.2, 99'990);
        scores_.impostor_histogram.add(0.4, 10);
    }

    void add_genuine(std::uint32_t first, float score) {
        scores_.genuine.push_back({first, first + 1, score});
        scores_.genuine_histogram.add(score, 1);
    }

    MeasuredPictures measured_;
    ScoreSet scores_;
};

TEST_F(QualityStudyTest, TellsAComponentThatLowersTheErrorFromOneThatDoesNot) {
    const auto study = study_quality(measured_, scores_, 1e-4).value();

    EXPECT_EQ(study.false_non_match.errors, 20U);
    ASSERT_EQ(study.components.size(), 2U);
    const auto& sharpness = study.components[0];
    EXPECT_EQ(sharpness.rejected.errors, 20U);
    EXPECT_EQ(sharpness.discards[1].pictures, 20U) << "a tenth";
    EXPECT_EQ(sharpness.discards[1].false_non_match.errors, 0U);
    EXPECT_EQ(sharpness.discards[1].false_non_match.trials, 80U);
    EXPECT_TRUE(sharpness.discards[1].helps());
    EXPECT_NEAR(sharpness.discards[1].by_chance, 0.2, 0.01) << "chance changes nothing";
    EXPECT_FALSE(study.components[1].discards[1].helps());
}

TEST_F(QualityStudyTest, WeighsTheGateAsItStands) {
    const auto study = study_quality(measured_, scores_, 1e-4).value();

    ASSERT_EQ(study.gate.size(), 2U);
    EXPECT_EQ(study.gate[0].hint, "blurry");
    EXPECT_EQ(study.gate[1].hint, "any");
    EXPECT_EQ(study.gate[1].discard.pictures, 20U);
    EXPECT_EQ(study.gate[1].discard.false_non_match.errors, 0U);
}

TEST_F(QualityStudyTest, RefusesARateThatTheListCannotResolve) {
    const auto study = study_quality(measured_, scores_, 1e-6);

    ASSERT_FALSE(study.has_value());
    EXPECT_EQ(study.error().code, ErrorCode::invalid_argument);
}

TEST_F(QualityStudyTest, ReportsNumbersForPeopleAndPrograms) {
    const auto study = study_quality(measured_, scores_, 1e-4).value();

    const auto document = to_json(study, Provenance{});
    EXPECT_EQ(document.at("components").at(0).at("hint").as_string(), "blurry");
    EXPECT_EQ(document.at("components").at(0).at("edc").at(1).at("fnmr").to_number<double>(), 0.0);
    EXPECT_NE(to_text(study).find("0.00*"), std::string::npos);
}

}  // namespace
}  // namespace countersign::evaluation
