#pragma once

#include <cstddef>
#include <span>

#include "base/bytes.hpp"
#include "face/codec/image.hpp"

namespace countersign::face {

constexpr std::size_t kMaxEncodedBytes = 2U * 1024U * 1024U;
constexpr std::size_t kMaxPixels = 4U * 1024U * 1024U;
constexpr std::size_t kMaxDecodedBytes = kMaxPixels * 3U;

enum class PictureFormat { jpeg, webp };

struct PictureSize {
    int width{0};
    int height{0};
    std::size_t rgb_bytes() const {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3U;
    }
};

/// How much smaller a picture is decoded than it is stored: each side divided, rounded up. A JPEG is then
/// never built at full size, which saves half the time and three quarters of the memory.
enum class Reduction : std::uint32_t { none = 1, half = 2 };

PictureSize reduced(const PictureSize& size, Reduction reduction);

/// What can be told from the first twelve bytes and the length: the part that is safe to do outside the
/// sandbox. Errors: payload_too_large (more than kMaxEncodedBytes), unsupported_media (neither JPEG nor WebP
/// by magic).
Result<PictureFormat> recognise(ByteView encoded);

/// Reads the size from the header; allocates no pixels.
/// Errors: as `recognise`; payload_too_large (more than kMaxPixels), invalid_argument (broken header,
/// animation).
Result<PictureSize> read_size(ByteView encoded);

/// Decodes to RGB, dropping all metadata (EXIF orientation and position included). Gives the size of what it
/// wrote. `pixels` must hold the reduced size. Errors: as `read_size`; invalid_argument (truncated or
/// corrupt, or `pixels` too small).
///
/// Runs third-party C code on foreign bytes: the server calls it through SandboxedDecoder only.
Result<PictureSize> decode_into(ByteView encoded, std::span<std::uint8_t> pixels,
                                Reduction reduction = Reduction::none);

/// `decode_into` a fresh image.
Result<Image> decode(ByteView encoded, Reduction reduction = Reduction::none);

}  // namespace countersign::face
