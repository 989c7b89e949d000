#include "evaluation/media.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "evaluation/csv.hpp"
#include "evaluation/process.hpp"

namespace countersign::evaluation {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostPictureBytes = 2U * 1024U * 1024U;  // the engine's limit
constexpr ProcessLimits kPictureLimits{64U << 20U, 120s};
constexpr ProcessLimits kVideoLimits{512U << 20U, 600s};

bool has_at(ByteView bytes, std::size_t at, std::string_view text) {
    return bytes.size() >= at + text.size() && as_text(bytes.subspan(at, text.size())) == text;
}

/// An ISO base media file is a video unless its brand is one of still pictures.
bool is_film_container(ByteView head) {
    if (!has_at(head, 4, "ftyp")) return has_at(head, 0, "\x1A\x45\xDF\xA3") || has_at(head, 8, "AVI ");
    static constexpr std::array<std::string_view, 6> kStills{"avif", "avis", "heic", "heix", "mif1", "msf1"};
    return std::ranges::none_of(kStills, [&](std::string_view brand) { return has_at(head, 8, brand); });
}

Bytes first_bytes(const std::filesystem::path& file) {
    Bytes head(16);
    std::ifstream stream(file, std::ios::binary);
    stream.read(reinterpret_cast<char*>(head.data()), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
    return head;
}

/// Reads the numbers of a TIFF block, in the order of bytes that it announces.
class Tiff {
public:
    explicit Tiff(ByteView bytes) : bytes_(bytes), little_(has_at(bytes, 0, "II")) {}

    std::uint32_t number(std::size_t at, std::size_t width) const {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < width && at + width <= bytes_.size(); ++i)
            value = value << 8U | bytes_[at + (little_ ? width - 1 - i : i)];
        return value;
    }

    int orientation() const {
        constexpr std::size_t kEntry = 12;
        constexpr std::uint32_t kOrientation = 0x0112;
        const std::size_t directory = number(4, 4);
        const std::size_t entries = number(directory, 2);
        for (std::size_t i = 0; i < entries; ++i) {
            const std::size_t at = directory + 2 + i * kEntry;
            if (at + kEntry > bytes_.size()) break;
            if (number(at, 2) != kOrientation) continue;
            const auto value = static_cast<int>(number(at + 8, 2));
            return value >= 1 && value <= 8 ? value : 1;
        }
        return 1;
    }

private:
    ByteView bytes_;
    bool little_;
};

/// The filters that bring a picture upright, by its EXIF orientation.
std::string_view upright(int orientation) {
    static constexpr std::array<std::string_view, 9> kFilters{"",
                                                              "",
                                                              "hflip,",
                                                              "hflip,vflip,",
                                                              "vflip,",
                                                              "transpose=cclock_flip,",
                                                              "transpose=clock,",
                                                              "transpose=clock_flip,",
                                                              "transpose=cclock,"};
    return kFilters.at(static_cast<std::size_t>(orientation));
}

std::string within(int side) {
    return fmt::format("scale='min({0},iw)':'min({0},ih)':force_original_aspect_ratio=decrease:flags=area",
                       side);
}

/// The file itself is standard input, opened again by its descriptor so that ffmpeg may seek in it.
std::vector<std::string> ffmpeg(const std::vector<std::string>& before,
                                const std::vector<std::string>& after) {
    std::vector<std::string> words{"ffmpeg", "-nostdin", "-hide_banner", "-v", "error", "-threads", "1"};
    words.insert(words.end(), before.begin(), before.end());
    for (const char* word : {"-protocol_whitelist", "file,pipe", "-i", "file:/dev/fd/0", "-map", "0:v:0"})
        words.emplace_back(word);
    words.insert(words.end(), after.begin(), after.end());
    for (const char* word : {"-pix_fmt", "yuvj444p", "-c:v", "mjpeg", "-qmin", "1", "-threads", "1", "-f",
                             "image2pipe", "pipe:1"})
        words.emplace_back(word);
    return words;
}

/// Length of the JPEG that begins the stream; nullopt when it is cut short. Segments are stepped over, so
/// that nothing in them is taken for the end.
std::optional<std::size_t> jpeg_length(ByteView stream) {
    constexpr std::uint8_t kScan = 0xDA;
    constexpr std::uint8_t kEnd = 0xD9;
    std::size_t at = 2;
    while (at + 4 <= stream.size() && stream[at] == 0xFF && stream[at + 1] != kScan)
        at += 2U + static_cast<std::size_t>(stream[at + 2]) * 256U + stream[at + 3];
    for (; at + 2 <= stream.size(); ++at) {
        if (stream[at] == 0xFF && stream[at + 1] == kEnd) return at + 2;
    }
    return std::nullopt;
}

}  // namespace

bool is_video(const std::filesystem::path& file) {
    const Bytes head = first_bytes(file);
    if (has_at(head, 4, "ftyp") || is_film_container(head)) return is_film_container(head);
    static constexpr std::array<std::string_view, 14> kEndings{
        "mp4", "webm", "mov", "avi", "mkv", "m4v", "mpg", "mpeg", "wmv", "flv", "3gp", "ts", "ogv", "y4m"};
    return !is_plain(head) && std::ranges::find(kEndings, plain(file.extension().string())) != kEndings.end();
}

int exif_orientation(ByteView jpeg) {
    constexpr std::uint8_t kExif = 0xE1;
    constexpr std::uint8_t kScan = 0xDA;
    std::size_t at = 2;
    while (at + 4 <= jpeg.size() && jpeg[at] == 0xFF && jpeg[at + 1] != kScan) {
        const std::size_t length = static_cast<std::size_t>(jpeg[at + 2]) * 256U + jpeg[at + 3];
        const std::string_view name{"Exif\0\0", 6};
        if (jpeg[at + 1] == kExif && has_at(jpeg, at + 4, name) && at + 2 + length <= jpeg.size() &&
            length > 2 + name.size())
            return Tiff(jpeg.subspan(at + 4 + name.size(), length - 2 - name.size())).orientation();
        at += 2 + length;
    }
    return 1;
}

bool is_plain(ByteView encoded) {
    if (has_at(encoded, 0, "RIFF") && has_at(encoded, 8, "WEBP")) return true;
    return has_at(encoded, 0, "\xFF\xD8\xFF") && exif_orientation(encoded) == 1;
}

Result<Bytes> convert_picture(const std::filesystem::path& file, ByteView encoded) {
    const std::string filters = std::string(upright(exif_orientation(encoded))) + within(1920);
    // A picture that breaks off must not be compared by its upper half; a TIFF's unknown tags do not matter.
    const bool tiff = has_at(encoded, 0, "II*") || has_at(encoded, 0, std::string_view("MM\0*", 4));
    const std::vector<std::string> strict{"-noautorotate", "-xerror", "-err_detect", tiff ? "0" : "explode"};
    for (const char* quality : {"1", "4", "12"}) {
        auto made = output_of(ffmpeg(strict, {"-frames:v", "1", "-vf", filters, "-q:v", quality}), file,
                              kPictureLimits);
        if (!made && made.error().code == ErrorCode::invalid_argument)
            return fail(ErrorCode::invalid_argument,
                        "not a picture, or a broken one: " + made.error().detail);
        if (!made) return made;
        if (made->empty()) return fail(ErrorCode::invalid_argument, "not a picture");
        if (made->size() <= kMostPictureBytes) return made;
    }
    return fail(ErrorCode::payload_too_large, "too large even when made smaller");
}

Result<std::vector<Bytes>> video_frames(const std::filesystem::path& file) {
    const std::string filters =
        "select='isnan(prev_selected_t)+gte(t-prev_selected_t,0.1249)'," + within(1280);
    const auto stream = CS_TRY(
        output_of(ffmpeg({"-t", "20"}, {"-vf", filters, "-vsync", "vfr", "-q:v", "2"}), file, kVideoLimits));
    auto frames = split_jpegs(stream);
    if (frames.empty()) return fail(ErrorCode::invalid_argument, "a video without frames");
    return frames;
}

std::vector<Bytes> split_jpegs(ByteView stream) {
    std::vector<Bytes> pictures;
    while (has_at(stream, 0, "\xFF\xD8")) {
        const auto length = jpeg_length(stream);
        if (!length) break;
        const ByteView one = stream.first(*length);
        pictures.emplace_back(one.begin(), one.end());
        stream = stream.subspan(*length);
    }
    return pictures;
}

}  // namespace countersign::evaluation
