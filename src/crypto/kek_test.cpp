#include "crypto/kek.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "tests/support/fakes.hpp"

namespace countersign::crypto {
namespace {

using countersign::testing::FakeRandom;
namespace fs = std::filesystem;

const std::string kKeyText = to_base64url(Bytes(32, 7));

fs::path make_folder() {
    std::string pattern = (fs::temp_directory_path() / "countersign-kek-XXXXXX").string();
    CS_CHECK(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

struct KekFileTest : ::testing::Test {
    ~KekFileTest() override { fs::remove_all(folder); }

    std::string content() const {
        std::ostringstream out;
        out << std::ifstream(path).rdbuf();
        return out.str();
    }
    void write(const std::string& text,
               fs::perms mode = fs::perms::owner_read | fs::perms::owner_write) const {
        std::ofstream(path) << text;
        fs::permissions(path, mode);
    }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder), fs::directory_iterator{}));
    }

    fs::path folder = make_folder();
    fs::path path = folder / "master.key";
    FakeRandom random;
    FileKekProvider provider{path, random};
};

TEST_F(KekFileTest, MakesAKeyOnTheFirstRunAndKeepsIt) {
    const auto first = provider.load().value();
    const auto second = FileKekProvider(path, random).load().value();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first.front().id(), second.front().id());
    EXPECT_EQ(first.front().id().size(), 16U);
    EXPECT_EQ(files(), 1U) << "no temporary file stays behind";
}

TEST_F(KekFileTest, MakesTheFileReadableByItsOwnerOnly) {
    const auto old_mask = ::umask(0);
    EXPECT_TRUE(provider.load());
    ::umask(old_mask);
    struct stat status{};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, 0600U);
}

TEST_F(KekFileTest, RefusesAFileThatOthersMayAccess) {
    ASSERT_TRUE(provider.load());
    for (const auto mode : {fs::perms::group_read, fs::perms::others_read, fs::perms::group_write}) {
        fs::permissions(path, fs::perms::owner_read | mode);
        EXPECT_EQ(provider.load().error().code, ErrorCode::forbidden);
    }
}

TEST_F(KekFileTest, RefusesAFolderInPlaceOfTheFile) {
    fs::create_directory(path);
    EXPECT_EQ(provider.load().error().code, ErrorCode::forbidden);
}

TEST_F(KekFileTest, DoesNotMakeAKeyWhenToldNotTo) {
    FileKekProvider strict(path, random, FileKekProvider::IfMissing::fail);
    EXPECT_EQ(strict.load().error().code, ErrorCode::not_found);
    EXPECT_FALSE(fs::exists(path));
}

TEST_F(KekFileTest, ReportsAFolderThatDoesNotExist) {
    FileKekProvider lost(folder / "missing" / "master.key", random);
    EXPECT_EQ(lost.load().error().code, ErrorCode::unavailable);
}

TEST_F(KekFileTest, NeverReplacesAFileItCannotRead) {
    write("something else\n" + kKeyText + "\n");
    EXPECT_EQ(provider.load().error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(content(), "something else\n" + kKeyText + "\n");
}

TEST_F(KekFileTest, RefusesDamagedContentWithoutRepeatingIt) {
    ASSERT_TRUE(provider.load());
    const auto header = content().substr(0, content().find('\n') + 1);
    for (const auto& body : {std::string{}, kKeyText.substr(1) + "\n", kKeyText + "=\n",
                             std::string(5000, 'A'), kKeyText + "\nnot a key\n"}) {
        write(header + body);
        const auto keys = provider.load();
        ASSERT_FALSE(keys) << body;
        EXPECT_EQ(keys.error().code, ErrorCode::invalid_argument);
        EXPECT_EQ(keys.error().detail.find(kKeyText.substr(1, 20)), std::string::npos);
    }
}

TEST_F(KekFileTest, RotatesToAFreshKeyInFront) {
    const auto before = provider.load().value().front().id();
    const auto rotated = provider.rotate().value();
    ASSERT_EQ(rotated.size(), 2U);
    EXPECT_NE(rotated[0].id(), before);
    EXPECT_EQ(rotated[1].id(), before);

    const auto reloaded = provider.load().value();
    EXPECT_EQ(reloaded[0].id(), rotated[0].id());
    EXPECT_EQ(provider.retire_previous().value().size(), 1U);
    EXPECT_EQ(provider.load().value().front().id(), rotated[0].id());
    EXPECT_EQ(files(), 1U);
}

TEST_F(KekFileTest, StopsRotatingBeforeTheFileGetsTooLongToRead) {
    ASSERT_TRUE(provider.load());
    Result<std::vector<MasterKey>> last = provider.rotate();
    for (int i = 0; i < 100 && last; ++i)
        last = provider.rotate();
    ASSERT_FALSE(last);
    EXPECT_EQ(last.error().code, ErrorCode::precondition_failed);
    EXPECT_EQ(provider.load().value().size(), 64U);
}

TEST_F(KekFileTest, GivesEveryProcessThatStartsTogetherTheSameKey) {
    std::vector<std::string> ids(8);
    {
        std::vector<std::jthread> starters;
        for (auto& id : ids) {
            starters.emplace_back([&] {
                SystemRandom own_random;
                id = FileKekProvider(path, own_random).load().value().front().id();
            });
        }
    }
    for (const auto& id : ids)
        EXPECT_EQ(id, ids.front());
    EXPECT_EQ(files(), 1U);
}

TEST(TextKekProvider, ReadsSeveralKeysCurrentFirst) {
    const auto other = to_base64url(Bytes(32, 9));
    const auto keys = TextKekProvider(kKeyText + ", " + other).load().value();
    ASSERT_EQ(keys.size(), 2U);
    EXPECT_EQ(keys[0].id(), MasterKey::from_bytes(SecretBytes(Bytes(32, 7))).value().id());
}

TEST(TextKekProvider, RefusesAnythingButKeys) {
    for (const char* text : {"", " , ", "short", "AAAA", "not base64url!"}) {
        EXPECT_EQ(TextKekProvider(text).load().error().code, ErrorCode::invalid_argument) << text;
    }
}

}  // namespace
}  // namespace countersign::crypto
