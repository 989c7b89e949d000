#include "face/engine/policy.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace countersign::face {
namespace {

class Policy : public ::testing::Test {
protected:
    Policy() {
        pack.embedding.sha256 = "aa";
        pack.limits.calibration = {{1e-2, 0.3F}, {1e-3, 0.4F}, {1e-4, 0.5F}};
    }
    ~Policy() override { std::filesystem::remove(file); }

    Result<void> apply(std::string_view text) {
        std::ofstream(file) << text;
        return apply_policy(file, pack);
    }
    std::vector<float> thresholds() const {
        std::vector<float> all;
        for (const auto& point : pack.limits.calibration)
            all.push_back(point.threshold);
        return all;
    }

    Pack pack;
    std::filesystem::path file =
        std::filesystem::temp_directory_path() / fmt::format("countersign-policy-{}.toml", getpid());
};

TEST_F(Policy, ReplacesTheRatesItCoversAndNeverLeavesAStricterOneBelow) {
    ASSERT_TRUE(
        apply("schema = 1\nembedding_sha256 = \"aa\"\n"
              "calibration_fmr = [1e-2, 1e-3]\ncalibration_threshold = [0.25, 0.55]\n"));

    EXPECT_EQ(thresholds(), (std::vector<float>{0.25F, 0.55F, 0.55F}));
}

TEST_F(Policy, CoversLooserRatesByAStricterOne) {
    ASSERT_TRUE(
        apply("schema = 1\nembedding_sha256 = \"aa\"\n"
              "calibration_fmr = [1e-4]\ncalibration_threshold = [0.45]\n"));

    EXPECT_EQ(thresholds(), (std::vector<float>{0.45F}));
}

TEST_F(Policy, IsRefusedWhenItIsNotWhatItSays) {
    for (const char* text :
         {"", "not toml", "schema = 2\n",
          "schema = 1\nembedding_sha256 = \"bb\"\ncalibration_fmr = [1e-2]\ncalibration_threshold = [0.3]\n",
          "schema = 1\nembedding_sha256 = \"aa\"\ncalibration_fmr = [1e-2]\ncalibration_threshold = []\n",
          "schema = 1\nembedding_sha256 = \"aa\"\ncalibration_fmr = [1e-2]\ncalibration_threshold = [-0.3]\n",
          "schema = 1\nembedding_sha256 = \"aa\"\ncalibration_fmr = [1e-2, 1e-3]\n"
          "calibration_threshold = [0.4, 0.3]\n"}) {
        EXPECT_EQ(apply(text).error().code, ErrorCode::unavailable) << text;
        EXPECT_EQ(thresholds(), (std::vector<float>{0.3F, 0.4F, 0.5F})) << "a refused file changes nothing";
    }
    EXPECT_FALSE(apply_policy("no/such/policy.toml", pack));
    EXPECT_TRUE(apply_policy("", pack));
}

}  // namespace
}  // namespace countersign::face
