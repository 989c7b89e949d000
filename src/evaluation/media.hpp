#pragma once

#include <filesystem>
#include <vector>

#include "base/bytes.hpp"

/// Pictures and videos of any common kind as JPEG pictures that the engine takes. What is no plain JPEG or
/// WebP goes through the program `ffmpeg` of the operator's machine (ADR 0051); nothing is written to disk.
namespace countersign::evaluation {

/// Whether the file is a video, by its first bytes or, where those say nothing, by its ending.
bool is_video(const std::filesystem::path& file);

/// How a JPEG asks to be turned (EXIF 2.3, tag 0x0112): 1 … 8; 1, upright, when it does not say.
int exif_orientation(ByteView jpeg);

/// Whether the engine may be given the bytes as they are: a JPEG or WebP that is upright.
bool is_plain(ByteView encoded);

/// The picture, turned upright, at most 1920 pixels on each side, as a JPEG of the best quality (4:4:4) that
/// keeps within 2 MB. Of an animation the first picture.
/// Errors: not_found (no ffmpeg), invalid_argument (not a picture, or a broken one), deadline_exceeded.
Result<Bytes> convert_picture(const std::filesystem::path& file, ByteView encoded);

/// Up to eight frames a second of the first 20 seconds, upright, at most 1280 pixels on each side.
/// Errors: as above; a video that breaks off gives the frames before that.
Result<std::vector<Bytes>> video_frames(const std::filesystem::path& file);

/// The single pictures of a row of JPEG files; a last one that is cut short is left out.
std::vector<Bytes> split_jpegs(ByteView stream);

}  // namespace countersign::evaluation
