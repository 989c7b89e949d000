#include "face/engine/comparison.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>

#include "face/engine/template_codec.hpp"

namespace countersign::face {
namespace {

constexpr std::size_t kValues = 512;
constexpr std::size_t kTemplateBytes = 4 + kValues;

Tensor random_embedding(std::mt19937& engine, std::size_t values = kValues) {
    std::normal_distribution<float> normal(0, 3);
    Tensor tensor(values);
    for (float& value : tensor.values())
        value = normal(engine);
    return tensor;
}

double exact_cosine(const Tensor& a, const Tensor& b) {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += a[i] * b[i];
        aa += a[i] * a[i];
        bb += b[i] * b[i];
    }
    return ab / std::sqrt(aa * bb);
}

/// A template in the plane of the first two coordinates, at an angle whose cosine to angle 0 is
/// `cosine_to_zero`.
Template at_cosine(double cosine_to_zero, const std::string& model = "m/1") {
    Tensor tensor(kValues);
    tensor[0] = static_cast<float>(cosine_to_zero);
    tensor[1] = static_cast<float>(std::sqrt(1 - cosine_to_zero * cosine_to_zero));
    return {model, encode_template(tensor).value()};
}

template <class... T>
std::vector<Template> list(T... templates) {
    std::vector<Template> all;
    (all.push_back(std::move(templates)), ...);
    return all;
}

TEST(TemplateCodec, KeepsCosinesThroughQuantisation) {
    std::mt19937 engine(3);
    for (int i = 0; i < 100; ++i) {
        const std::size_t values = i % 2 == 0 ? 512 : 128;
        const Tensor a = random_embedding(engine, values);
        Tensor b = random_embedding(engine, values);
        for (std::size_t k = 0; k < b.size(); ++k)
            b[k] = 0.5F * b[k] + 0.7F * a[k];

        const auto quantised = cosine(encode_template(a).value(), encode_template(b).value());

        EXPECT_NEAR(*quantised, exact_cosine(a, b), values == 512 ? 2e-3 : 4e-3);
    }
}

TEST(TemplateCodec, GivesOneForItself) {
    std::mt19937 engine(4);
    const auto data = encode_template(random_embedding(engine)).value();
    EXPECT_EQ(data.size(), kTemplateBytes);
    EXPECT_FLOAT_EQ(cosine(data, data).value(), 1.0F);
}

TEST(TemplateCodec, RefusesAnEmbeddingWithoutDirection) {
    Tensor zero(kValues);
    Tensor broken(kValues);
    broken[7] = std::numeric_limits<float>::quiet_NaN();

    EXPECT_EQ(encode_template(zero).error().code, ErrorCode::unavailable);
    EXPECT_EQ(encode_template(broken).error().code, ErrorCode::unavailable);
    EXPECT_EQ(encode_template(Tensor()).error().code, ErrorCode::unavailable);
}

TEST(TemplateCodec, RefusesBytesThatAreNoTemplate) {
    std::mt19937 engine(5);
    const auto good = encode_template(random_embedding(engine)).value();

    EXPECT_EQ(cosine(good, SecretBytes(Bytes(kTemplateBytes - 1))).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(cosine(good, SecretBytes(Bytes(kTemplateBytes))).error().code, ErrorCode::invalid_argument)
        << "all zero";
    EXPECT_EQ(cosine(SecretBytes(), SecretBytes()).error().code, ErrorCode::invalid_argument);
}

TEST(ThresholdFor, TakesTheLoosestPointThatIsStrictEnough) {
    const std::vector<CalibrationPoint> calibration{{1e-2, 0.3F}, {1e-3, 0.4F}, {1e-5, 0.5F}};

    EXPECT_FLOAT_EQ(threshold_for(calibration, 0.05).value(), 0.3F);
    EXPECT_FLOAT_EQ(threshold_for(calibration, 1e-3).value(), 0.4F);
    EXPECT_FLOAT_EQ(threshold_for(calibration, 9.9e-4).value(), 0.5F)
        << "between two points the stricter one";
    EXPECT_FLOAT_EQ(threshold_for(calibration, 1e-5).value(), 0.5F);
}

TEST(ThresholdFor, StricterIsADecadeOrWhatIsCalibrated) {
    const std::vector<CalibrationPoint> calibration{{1e-2, 0.3F}, {1e-3, 0.4F}, {1e-4, 0.5F}};
    EXPECT_FLOAT_EQ(stricter_threshold_for(calibration, 1e-2).value(), 0.4F);
    EXPECT_FLOAT_EQ(stricter_threshold_for(calibration, 1e-3).value(), 0.5F);
    EXPECT_FLOAT_EQ(stricter_threshold_for(calibration, 1e-4).value(), 0.5F) << "there is no stricter one";
    EXPECT_EQ(stricter_threshold_for(calibration, 1e-5).error().code, ErrorCode::invalid_argument);
}

TEST(WeakestProbe, IsOfTheProbeThatFitsLeastWhateverTheOthersReach) {
    const std::array references{at_cosine(1), at_cosine(0.9)};
    const std::array probes{at_cosine(1), at_cosine(0.5)};
    const float weakest = weakest_probe(probes, references, ClearnessWeight{}).value();
    EXPECT_LT(weakest, fused_score(probes, references, ClearnessWeight{}).value());
    EXPECT_NEAR(weakest, std::cos(std::acos(0.5) - std::acos(0.9)), 0.01);
    EXPECT_EQ(weakest_probe({}, references, ClearnessWeight{}).error().code, ErrorCode::invalid_argument);
}

TEST(ThresholdFor, RefusesWhatWasNotMeasured) {
    const std::vector<CalibrationPoint> calibration{{1e-2, 0.3F}, {1e-5, 0.5F}};
    for (const double target : {1e-6, 0.0, -1.0, 1.0, 2.0, std::numeric_limits<double>::quiet_NaN()}) {
        EXPECT_EQ(threshold_for(calibration, target).error().code, ErrorCode::invalid_argument) << target;
    }
    EXPECT_EQ(threshold_for({}, 0.1).error().code, ErrorCode::invalid_argument);
}

TEST(FusedScore, AveragesTheBestReferenceOfEachProbe) {
    const auto probes = list(at_cosine(1), at_cosine(0));
    const auto references = list(at_cosine(0.5), at_cosine(0.8));

    // Probe 1: best of 0.5 and 0.8. Probe 2 stands at 90 degrees: best of sin 60° and sin 37°.
    EXPECT_NEAR(fused_score(probes, references, {}).value(), (0.8 + std::sqrt(0.75)) / 2, 0.01);
}

TEST(FusedScore, DoesNotLetOneGoodProbeDecide) {
    const auto references = list(at_cosine(1));
    const auto probes = list(at_cosine(1), at_cosine(0.0), at_cosine(0.0));

    EXPECT_NEAR(fused_score(probes, references, {}).value(), 1.0 / 3, 0.01);
}

TEST(FusedScore, RefusesEmptySidesAndOtherModels) {
    const auto some = list(at_cosine(1));
    const auto foreign = list(at_cosine(1, "other/1"));

    EXPECT_EQ(fused_score({}, some, {}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(fused_score(some, {}, {}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(fused_score(some, foreign, {}).error().code, ErrorCode::invalid_argument);
}

/// Two templates at this cosine whose embeddings are so long.
std::vector<Template> pair_of(double at, float length_a, float length_b) {
    Tensor a(kValues);
    Tensor b(kValues);
    a[0] = length_a;
    b[0] = static_cast<float>(at) * length_b;
    b[1] = static_cast<float>(std::sqrt(1 - at * at)) * length_b;
    return list(Template{"m/1", encode_template(a).value()}, Template{"m/1", encode_template(b).value()});
}

TEST(Score, AsksMoreOfClearFacesThanOfUnclearOnes) {
    const ClearnessWeight clearness{4, 0.5F, 0.06F};
    const auto score_of = [&](float a, float b) {
        const auto both = pair_of(0.5, a, b);
        return score(both[0], both[1], clearness).value();
    };

    EXPECT_NEAR(score_of(4, 6), 0.5, 5e-3) << "the less clear one counts";
    EXPECT_NEAR(score_of(4.5F, 6), 0.44, 5e-3);
    EXPECT_NEAR(score_of(6, 3.5F), 0.56, 5e-3);
}

TEST(Score, GivesABadPictureNoMoreThanABoundedGain) {
    const ClearnessWeight clearness{4, 0.5F, 0.06F};
    const auto bad = pair_of(0.5, 2, 4);
    const auto worse = pair_of(0.5, 1.6F, 4);

    EXPECT_NEAR(score(bad[0], bad[1], clearness).value(), 0.62, 5e-3);
    EXPECT_NEAR(score(worse[0], worse[1], clearness).value(), 0.62, 5e-3);
}

TEST(Score, IsTheCosineForATemplateWithoutClearness) {
    const ClearnessWeight clearness{4, 0.5F, 0.06F};
    const auto old = pair_of(0.5, 1, 4);

    EXPECT_NEAR(score(old[0], old[1], clearness).value(), 0.5, 5e-3);
}

TEST(WeakestPair, FindsTheOddOneOut) {
    EXPECT_NEAR(weakest_pair(list(at_cosine(1), at_cosine(0.99), at_cosine(0.2))).value(), 0.2, 0.01);
    EXPECT_FLOAT_EQ(weakest_pair(list(at_cosine(0.3))).value(), 1.0F);
    EXPECT_FALSE(weakest_pair({}).has_value());
}

}  // namespace
}  // namespace countersign::face
