#include "face/codec/decode.hpp"

#include <turbojpeg.h>
#include <webp/decode.h>

#include <algorithm>
#include <memory>

namespace countersign::face {
namespace {

struct TurboDeleter {
    void operator()(void* handle) const { tjDestroy(handle); }
};
using TurboHandle = std::unique_ptr<void, TurboDeleter>;

/// One a thread, used again for every picture: making one costs more than reading a header.
TurboHandle& turbo_of_this_thread() {
    static thread_local TurboHandle handle;
    return handle;
}

Result<tjhandle> turbo() {
    TurboHandle& handle = turbo_of_this_thread();
    if (!handle) handle.reset(tjInitDecompress());
    if (!handle) return fail(ErrorCode::unavailable, "turbojpeg does not start");
    return handle.get();
}

/// A handle that met a broken picture keeps the warning and would refuse the next, sound one: it goes, too.
tl::unexpected<Error> broken(std::string_view what) {
    turbo_of_this_thread().reset();
    return fail(ErrorCode::invalid_argument, std::string(what));
}

bool starts_with(ByteView bytes, std::string_view magic) {
    return bytes.size() >= magic.size() && std::ranges::equal(as_text(bytes.first(magic.size())), magic);
}

Result<PictureSize> check_size(int width, int height) {
    if (width <= 0 || height <= 0) return fail(ErrorCode::invalid_argument, "picture without pixels");
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    if (pixels > kMaxPixels) return fail(ErrorCode::payload_too_large, "picture has too many pixels");
    return PictureSize{width, height};
}

Result<PictureSize> jpeg_size(tjhandle handle, ByteView encoded) {
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colourspace = 0;
    if (tjDecompressHeader3(handle, encoded.data(), encoded.size(), &width, &height, &subsampling,
                            &colourspace) != 0) {
        return broken("broken JPEG header");
    }
    return check_size(width, height);
}

Result<PictureSize> webp_size(ByteView encoded) {
    WebPBitstreamFeatures features{};
    if (WebPGetFeatures(encoded.data(), encoded.size(), &features) != VP8_STATUS_OK) {
        return fail(ErrorCode::invalid_argument, "broken WebP header");
    }
    if (features.has_animation != 0) return fail(ErrorCode::invalid_argument, "animated WebP");
    return check_size(features.width, features.height);
}

Result<PictureSize> decode_jpeg(ByteView encoded, std::span<std::uint8_t> pixels, Reduction reduction) {
    const tjhandle handle = CS_TRY(turbo());
    const auto size = reduced(CS_TRY(jpeg_size(handle, encoded)), reduction);
    if (pixels.size() < size.rgb_bytes()) return fail(ErrorCode::invalid_argument, "pixel buffer too small");
    // A warning means missing or foreign data: half a face must not be measured. The scan limit stops
    // progressive files whose thousands of scans cost minutes.
    constexpr int kFlags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT;
    if (tjDecompress2(handle, encoded.data(), encoded.size(), pixels.data(), size.width, /*pitch=*/0,
                      size.height, TJPF_RGB, kFlags) != 0) {
        return broken("broken JPEG");
    }
    return size;
}

Result<PictureSize> decode_webp(ByteView encoded, std::span<std::uint8_t> pixels, Reduction reduction) {
    const auto size = reduced(CS_TRY(webp_size(encoded)), reduction);
    if (pixels.size() < size.rgb_bytes()) return fail(ErrorCode::invalid_argument, "pixel buffer too small");
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) return fail(ErrorCode::unavailable, "libwebp does not start");
    config.options.use_scaling = reduction == Reduction::none ? 0 : 1;
    config.options.scaled_width = size.width;
    config.options.scaled_height = size.height;
    config.output.colorspace = MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = {pixels.data(), size.width * 3, size.rgb_bytes()};
    if (WebPDecode(encoded.data(), encoded.size(), &config) != VP8_STATUS_OK) {
        return fail(ErrorCode::invalid_argument, "broken WebP");
    }
    return size;
}

}  // namespace

Result<PictureFormat> recognise(ByteView encoded) {
    if (encoded.size() > kMaxEncodedBytes)
        return fail(ErrorCode::payload_too_large, "picture file too large");
    if (starts_with(encoded, "\xFF\xD8\xFF")) return PictureFormat::jpeg;
    const bool riff = encoded.size() >= 12 && starts_with(encoded, "RIFF");
    if (riff && starts_with(encoded.subspan(8), "WEBP")) return PictureFormat::webp;
    return fail(ErrorCode::unsupported_media, "neither JPEG nor WebP");
}

Result<PictureSize> read_size(ByteView encoded) {
    const auto format = CS_TRY(recognise(encoded));
    if (format == PictureFormat::webp) return webp_size(encoded);
    const tjhandle handle = CS_TRY(turbo());
    return jpeg_size(handle, encoded);
}

PictureSize reduced(const PictureSize& size, Reduction reduction) {
    const int divisor = static_cast<int>(reduction);
    return {(size.width + divisor - 1) / divisor, (size.height + divisor - 1) / divisor};
}

Result<PictureSize> decode_into(ByteView encoded, std::span<std::uint8_t> pixels, Reduction reduction) {
    const auto format = CS_TRY(recognise(encoded));
    return format == PictureFormat::jpeg ? decode_jpeg(encoded, pixels, reduction)
                                         : decode_webp(encoded, pixels, reduction);
}

Result<Image> decode(ByteView encoded, Reduction reduction) {
    const auto size = reduced(CS_TRY(read_size(encoded)), reduction);
    Image image(size.width, size.height, 3);
    CS_TRY(decode_into(encoded, image.pixels(), reduction));
    return image;
}

}  // namespace countersign::face
