#include "face/engine/verified_file.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <fstream>

namespace countersign::face {
namespace {

Result<Bytes> read_all(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    std::ifstream stream(file, std::ios::binary);
    Bytes bytes(error ? 0 : size);
    if (error || !stream ||
        !stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()))) {
        return fail(ErrorCode::unavailable, fmt::format("cannot read {}: run `make setup`", file.string()));
    }
    return bytes;
}

std::string sha256_hex(ByteView bytes) {
    std::array<std::uint8_t, 32> digest{};
    CS_CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1);
    return to_hex(digest);
}

}  // namespace

Result<Bytes> read_verified(const std::filesystem::path& file, const std::string& sha256) {
    auto bytes = CS_TRY(read_all(file));
    if (sha256_hex(bytes) == sha256) return bytes;
    return fail(
        ErrorCode::unavailable,
        fmt::format(
            "{} is not the file of the model manifest (SHA-256 differs): remove it and run `make setup`",
            file.string()));
}

}  // namespace countersign::face
