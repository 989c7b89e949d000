#include "evaluation/template_cache.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace countersign::evaluation {
namespace {

constexpr std::size_t kChecksum = 32;

/// SHA-256 of the data, then the data; no data: no face.
Bytes sealed(ByteView data) {
    const crypto::Digest32 checksum = crypto::sha256(data);
    Bytes bytes(checksum.begin(), checksum.end());
    bytes.insert(bytes.end(), data.begin(), data.end());
    return bytes;
}

}  // namespace

Result<TemplateCache> TemplateCache::open(const std::filesystem::path& folder,
                                          const crypto::Digest32& engine) {
    namespace fs = std::filesystem;
    const fs::path own = folder / to_hex(ByteView(engine).first(8));
    std::error_code error;
    fs::create_directories(own, error);
    if (!error) fs::permissions(own, fs::perms::owner_all, error);
    if (error)
        return fail(ErrorCode::unavailable, fmt::format("cache {}: {}", own.string(), error.message()));
    return TemplateCache(own);
}

std::optional<CachedTemplate> TemplateCache::find(const crypto::Digest32& picture) const {
    std::ifstream stream(folder_ / to_hex(picture), std::ios::binary);
    if (!stream) return std::nullopt;
    SecretBytes bytes(Bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()});
    if (bytes.size() < kChecksum) return std::nullopt;
    const ByteView data = bytes.view().subspan(kChecksum);
    if (!std::ranges::equal(crypto::sha256(data), bytes.view().first(kChecksum))) return std::nullopt;
    if (data.empty()) return CachedTemplate{};
    return CachedTemplate{SecretBytes(data)};
}

Result<void> TemplateCache::keep(const crypto::Digest32& picture, const CachedTemplate& entry) const {
    namespace fs = std::filesystem;
    const SecretBytes bytes(sealed(entry.data ? entry.data->view() : ByteView{}));
    const fs::path file = folder_ / to_hex(picture);
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    const std::string_view text = as_text(bytes.view());
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
    stream.close();
    if (!stream)
        return fail(ErrorCode::unavailable, fmt::format("cache {} cannot be written", file.string()));
    return {};
}

}  // namespace countersign::evaluation
