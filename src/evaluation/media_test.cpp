#include "evaluation/media.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "evaluation/process.hpp"

namespace countersign::evaluation {
namespace {

using namespace std::chrono_literals;

Bytes bytes(std::string_view text) {
    const ByteView view = as_bytes(text);
    return {view.begin(), view.end()};
}

/// The head of a JPEG whose EXIF block, in either order of bytes, asks for an orientation.
Bytes jpeg_turned(bool little, std::uint8_t orientation) {
    const auto number = [&](std::uint8_t value) {
        return little ? std::string{static_cast<char>(value), '\0'}
                      : std::string{'\0', static_cast<char>(value)};
    };
    const std::string zero(2, '\0');
    std::string tiff = little ? "II" : "MM";
    tiff += number(42) + (little ? number(8) + zero : zero + number(8)) + number(1);
    tiff += little ? std::string("\x12\x01", 2) : std::string("\x01\x12", 2);
    tiff += number(3) + (little ? number(1) + zero : zero + number(1)) + number(orientation) + zero;
    const std::string block = std::string("Exif\0\0", 6) + tiff;
    return bytes(std::string("\xFF\xD8\xFF\xE1", 4) + '\0' + static_cast<char>(block.size() + 2) + block +
                 std::string("\xFF\xDA\0\2", 4));
}

TEST(ExifOrientation, IsReadInBothOrdersOfBytes) {
    EXPECT_EQ(exif_orientation(jpeg_turned(true, 6)), 6);
    EXPECT_EQ(exif_orientation(jpeg_turned(false, 8)), 8);
    EXPECT_FALSE(is_plain(jpeg_turned(true, 6)));
    EXPECT_TRUE(is_plain(jpeg_turned(true, 1)));
}

TEST(ExifOrientation, OfABlockThatIsCutShortOrMadIsUpright) {
    const Bytes whole = jpeg_turned(true, 6);
    for (std::size_t size = 0; size < whole.size() - 4; ++size)
        EXPECT_EQ(exif_orientation(ByteView(whole).first(size)), 1) << size;
    EXPECT_EQ(exif_orientation(jpeg_turned(true, 9)), 1);
    EXPECT_EQ(exif_orientation(bytes(std::string("\xFF\xD8\xFF\xE0\0\0\xFF\xE0\0\0", 10))), 1);
}

TEST(SplitJpegs, StepsOverSegmentsAndLeavesOutATornEnd) {
    const std::string one = std::string("\xFF\xD8\xFF\xDB\0\4\xFF\xD9\xFF\xDA\0\2xy\xFF\xD9", 16);

    const auto pictures = split_jpegs(bytes(one + one + one.substr(0, 13)));

    ASSERT_EQ(pictures.size(), 2U);
    EXPECT_EQ(as_text(pictures[1]), one) << "the end mark inside of the first segment is none";
}

class Files : public ::testing::Test {
protected:
    ~Files() override { std::filesystem::remove(file_); }
    const std::filesystem::path& with(std::string_view content) {
        std::ofstream(file_, std::ios::binary) << content;
        return file_;
    }
    std::filesystem::path file_ =
        std::filesystem::temp_directory_path() / fmt::format("countersign-media-{}.mp4", getpid());
};

TEST_F(Files, AreVideosByTheirFirstBytesOrElseByTheirEnding) {
    EXPECT_TRUE(is_video(with("RIFF....AVI LIST")));
    EXPECT_TRUE(is_video(with("what is this")));
    EXPECT_FALSE(is_video(with("\xFF\xD8\xFF\xE0 a picture")));
    EXPECT_FALSE(is_video(with("....ftypavif")));
}

TEST_F(Files, AreTheInputOfAProgramWhoseOutputIsReturned) {
    const auto output = output_of({"tr", "a-z", "A-Z"}, with("hello"), {100, 10s});

    ASSERT_TRUE(output);
    EXPECT_EQ(as_text(*output), "HELLO");
}

TEST_F(Files, MakeNoProgramRunForEverOrWriteWithoutEnd) {
    EXPECT_EQ(output_of({"sleep", "60"}, with(""), {100, 1s}).error().code, ErrorCode::deadline_exceeded);
    EXPECT_EQ(output_of({"cat", "/dev/zero"}, with(""), {100, 10s}).error().code,
              ErrorCode::payload_too_large);
    EXPECT_EQ(output_of({"no-such-program"}, with(""), {100, 10s}).error().code, ErrorCode::not_found);
    EXPECT_EQ(output_of({"cat"}, "no/such/file", {100, 10s}).error().code, ErrorCode::not_found);
}

TEST_F(Files, ThatAProgramRefusesAreAnErrorInItsOwnWords) {
    const auto refused = output_of({"ls", "no-such-file"}, with(""), {100, 10s});

    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("no-such-file"), std::string::npos);
}

}  // namespace
}  // namespace countersign::evaluation
