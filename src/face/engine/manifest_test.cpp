#include "face/engine/manifest.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include "face/engine/session.hpp"

namespace countersign::face {
namespace {

const std::filesystem::path kRoot = COUNTERSIGN_SOURCE_DIR;

std::string project_manifest() {
    std::ifstream stream(kRoot / "models/manifest.toml");
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

/// Reads a manifest text through a file of its own.
Result<Pack> read_text(const std::string& text, const std::string& pack = "default") {
    const auto file =
        std::filesystem::temp_directory_path() / ("manifest-" + std::to_string(getpid()) + ".toml");
    std::ofstream(file) << text;
    auto result = read_pack(file, pack);
    std::filesystem::remove(file);
    return result;
}

TEST(Manifest, OfTheProjectIsReadable) {
    const auto pack = read_pack(kRoot / "models/manifest.toml", "default");

    ASSERT_TRUE(pack.has_value()) << pack.error().detail;
    EXPECT_EQ(pack->embedding.id(), "fr_feature/0.0.1");
    EXPECT_EQ(pack->embedding.input.channels, ChannelOrder::bgr);
    EXPECT_EQ(pack->detector.input.width, 320);
    EXPECT_DOUBLE_EQ(pack->limits.calibration.back().fmr, 1e-5);
    EXPECT_GT(pack->limits.calibration.back().threshold, pack->limits.calibration.front().threshold);
}

TEST(Manifest, ExchangesAModelByName) {
    std::string text = project_manifest();
    const auto model = text.find("[model.fr_feature]");
    std::string other = text.substr(model, text.find("[model.fr_liveness]") - model);
    other = replaced(other, "[model.fr_feature]", "[model.better]");
    other = replaced(other, "version = \"0.0.1\"", "version = \"2\"");
    text = replaced(text, "[pack.default]", other + "\n[pack.default]");

    const auto pack = read_text(replaced(text, "embedding = \"fr_feature\"", "embedding = \"better\""));

    ASSERT_TRUE(pack.has_value()) << pack.error().detail;
    EXPECT_EQ(pack->embedding.id(), "better/2");
}

TEST(Manifest, NamesWhatIsWrong) {
    struct Case {
        const char* from;
        const char* to;
        const char* named;
    };
    for (const auto& [from, to, named] : {
             Case{"schema = 1", "schema = 9", "schema"},
             Case{"[runtime]", "[other]", "[runtime]"},
             Case{"[pack.default]", "[pack.spare]", "[pack.default]"},
             Case{"detector = \"fr_detect\"", "detector = \"missing\"", "[model.missing]"},
             Case{"file = \"fr_detect.onnx\"", "file = \"../../etc/passwd\"", "file"},
             Case{"channels = \"grey\"", "channels = \"cmyk\"", "channels"},
             Case{"input_width = 320", "input_width = -1", "input_width"},
             Case{"divisor = 128.0", "divisor = 0.0", "divisor"},
             Case{"pad_live = 0.", "pad_live = 7.", "pad_live"},
             Case{"calibration_fmr = [1e-2,", "calibration_fmr = [1e-6,", "calibration_fmr"},
             Case{"calibration_threshold = [", "calibration_threshold = [0.1, ", "calibration_threshold"},
             Case{"schema = 1", "schema = = 1", "manifest"},
         }) {
        const auto pack = read_text(replaced(project_manifest(), from, to));
        ASSERT_FALSE(pack.has_value()) << to;
        EXPECT_EQ(pack.error().code, ErrorCode::unavailable);
        EXPECT_NE(pack.error().detail.find(named), std::string::npos) << pack.error().detail;
    }
    EXPECT_FALSE(read_pack("/nonexistent.toml", "default").has_value());
}

class Models : public ::testing::Test {
protected:
    void SetUp() override {
        pack_ = read_pack(kRoot / "models/manifest.toml", "default").value();
        runtime_ =
            OnnxRuntime::load(kRoot / ".cache/onnxruntime/lib/libonnxruntime.so.1", pack_.runtime_sha256)
                .value();
    }
    const std::filesystem::path folder_ = kRoot / ".cache/models";
    Pack pack_;
    std::unique_ptr<OnnxRuntime> runtime_;
};

TEST_F(Models, GiveTheirKnownAnswer) {
    const auto session = Session::load(*runtime_, folder_, pack_.embedding, {{"output", 512}});

    ASSERT_TRUE(session.has_value()) << session.error().detail;
    EXPECT_TRUE((*session)->self_test().has_value());
}

TEST_F(Models, FailAWrongKnownAnswer) {
    pack_.pad.known_answer.values[0] += 0.1F;
    const auto session = Session::load(*runtime_, folder_, pack_.pad, {{"output", 3}}).value();

    const auto tested = session->self_test();

    ASSERT_FALSE(tested.has_value());
    EXPECT_EQ(tested.error().code, ErrorCode::unavailable);
    EXPECT_NE(tested.error().detail.find("fr_liveness"), std::string::npos);
}

TEST_F(Models, AreRefusedWhenTheHashDiffers) {
    pack_.pad.sha256[0] = pack_.pad.sha256[0] == 'a' ? 'b' : 'a';
    const auto session = Session::load(*runtime_, folder_, pack_.pad, {{"output", 3}});

    ASSERT_FALSE(session.has_value());
    EXPECT_NE(session.error().detail.find("make setup"), std::string::npos) << session.error().detail;
}

TEST_F(Models, AreRefusedWhenTheOutputsAreNotTheExpectedOnes) {
    const auto shape = Session::load(*runtime_, folder_, pack_.pad, {{"output", 4}}).value();
    const auto name = Session::load(*runtime_, folder_, pack_.pad, {{"elsewhere", 3}}).value();

    EXPECT_EQ(shape->self_test().error().code, ErrorCode::unavailable);
    EXPECT_EQ(name->self_test().error().code, ErrorCode::unavailable);
}

TEST_F(Models, GiveTheSameAnswerFromManyThreads) {
    const auto session = Session::load(*runtime_, folder_, pack_.landmark, {{"output", 136}}).value();
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 20; ++round)
                good += session->self_test().has_value() ? 1 : 0;
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(good, 160);
}

TEST(OnnxRuntimeLibrary, IsRefusedWhenItIsNotTheOneOfTheManifest) {
    const auto missing = OnnxRuntime::load("/nonexistent/libonnxruntime.so.1", std::string(64, '0'));
    const auto other = OnnxRuntime::load(kRoot / "models/manifest.toml", std::string(64, '0'));

    EXPECT_EQ(missing.error().code, ErrorCode::unavailable);
    EXPECT_EQ(other.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace countersign::face
