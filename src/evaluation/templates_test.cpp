#include "evaluation/templates.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/fake_measuring_engine.hpp"

namespace countersign::evaluation {
namespace {

using testing::kInOrder;
using testing::kSilent;

/// Sees a face in every file but `wall`; `torn` is a broken picture and `fire` breaks the engine.
class FakeEngine final : public testing::FakeMeasuringEngine {
public:
    Result<face::Observation> observe(ByteView encoded) override {
        ++observed;
        const auto text = as_text(encoded.subspan(3));
        if (text == "torn") return fail(ErrorCode::invalid_argument, "broken picture");
        if (text == "fire") return fail(ErrorCode::unavailable, "the model failed");
        return FakeMeasuringEngine::observe(encoded);
    }

    int observed{0};
};

class Templates : public ::testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directories(root_); }
    void TearDown() override { std::filesystem::remove_all(root_); }

    ListedPicture picture(const std::string& content) const {
        std::ofstream(root_ / content) << "\xFF\xD8\xFF" << content;  // begins like a JPEG
        return {content, content, {}};
    }
    Result<TemplateSet> make(const std::vector<ListedPicture>& pictures,
                             const TemplateCache* cache = nullptr) {
        return make_templates(pictures, {engine_, root_, cache}, kInOrder, kSilent);
    }
    TemplateCache cache(std::uint8_t engine) const {
        crypto::Digest32 digest{};
        digest[0] = engine;
        return TemplateCache::open(root_ / "cache", digest).value();
    }

    FakeEngine engine_;
    const std::filesystem::path root_ =
        std::filesystem::temp_directory_path() / fmt::format("countersign-templates-{}", getpid());
};

TEST_F(Templates, CountWhatHasNoFaceOrCannotBeReadAsFailureToEnrol) {
    const auto set = make({picture("anna"), picture("wall"), picture("torn"), picture("bert")});

    ASSERT_TRUE(set);
    EXPECT_EQ(set->present(), (std::vector<bool>{true, false, false, true}));
    EXPECT_EQ(set->without_face, 1U);
    EXPECT_EQ(set->unreadable, 1U);
    EXPECT_DOUBLE_EQ(set->failure_to_enrol().value(), 0.5);
}

TEST_F(Templates, NameEveryPictureThatGaveNoneWithItsReason) {
    const auto set = make({picture("anna"), {"gone", "gone", {}}, picture("wall"), picture("fire")});

    ASSERT_TRUE(set);
    ASSERT_EQ(set->failures.size(), 3U);
    EXPECT_EQ(set->failures[0].path + ": " + set->failures[0].why, "gone: no such file");
    EXPECT_EQ(set->failures[1].why, "no face was found");
    EXPECT_EQ(set->failures[2].why, "the model failed");
    EXPECT_DOUBLE_EQ(set->failure_to_acquire().value(), 0.5);
    EXPECT_EQ(engine_.observed, 4) << "an engine that failed is asked once more";
}

TEST_F(Templates, EndTheRunWhenNoPictureGaveOne) {
    const auto set = make({{"gone", "gone", {}}, picture("wall")});

    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().detail, "none of 2 pictures gave a face; the first, gone: no such file");
}

TEST_F(Templates, ComeFromTheCacheTheSecondTime) {
    const std::vector<ListedPicture> pictures{picture("anna"), picture("wall")};
    const auto kept = cache(1);
    ASSERT_TRUE(make(pictures, &kept));

    const auto set = make(pictures, &kept);

    ASSERT_TRUE(set);
    EXPECT_EQ(engine_.observed, 2);
    EXPECT_EQ(set->without_face, 1U);
    EXPECT_EQ(as_text(set->templates[0]->data.view()), "anna");
    EXPECT_EQ(set->templates[0]->model, "net/1");
}

TEST_F(Templates, OfAnotherEngineAreNotTakenFromTheCache) {
    const std::vector<ListedPicture> pictures{picture("anna")};
    const auto before = cache(1);
    const auto after = cache(2);
    ASSERT_TRUE(make(pictures, &before));

    ASSERT_TRUE(make(pictures, &after));

    EXPECT_EQ(engine_.observed, 2);
}

TEST_F(Templates, OfADamagedCacheFileAreMadeAgain) {
    const std::vector<ListedPicture> pictures{picture("anna")};
    const auto kept = cache(1);
    ASSERT_TRUE(make(pictures, &kept));
    for (const auto& file : std::filesystem::recursive_directory_iterator(root_ / "cache")) {
        if (file.is_regular_file()) std::filesystem::resize_file(file, file.file_size() - 1);
    }

    const auto set = make(pictures, &kept);

    ASSERT_TRUE(set);
    EXPECT_EQ(engine_.observed, 2);
    EXPECT_EQ(as_text(set->templates[0]->data.view()), "anna");
}

TEST_F(Templates, InTheCacheAreReadableByTheirOwnerOnly) {
    const auto kept = cache(1);
    namespace fs = std::filesystem;

    for (const auto& entry : fs::directory_iterator(root_ / "cache"))
        EXPECT_EQ(fs::status(entry).permissions(), fs::perms::owner_all);
}

}  // namespace
}  // namespace countersign::evaluation
