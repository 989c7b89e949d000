#include "domain/credential/imprints.hpp"

namespace countersign::domain {
namespace {

void append(ByteView part, Bytes& out) {
    for (unsigned shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<std::uint8_t>(part.size() >> shift));
    out.insert(out.end(), part.begin(), part.end());
}

/// Takes one part off the front of `rest`.
Result<SecretBytes> take(ByteView& rest) {
    constexpr std::size_t kPrefix = 4;
    if (rest.size() < kPrefix) return fail(ErrorCode::internal, "imprints end early");
    std::size_t size = 0;
    for (std::size_t i = 0; i < kPrefix; ++i)
        size |= std::size_t{rest[i]} << (8 * i);
    if (rest.size() - kPrefix < size) return fail(ErrorCode::internal, "imprints end early");
    SecretBytes part(rest.subspan(kPrefix, size));
    rest = rest.subspan(kPrefix + size);
    return part;
}

}  // namespace

SecretBytes pack_imprints(std::span<const face::Imprint> imprints) {
    std::size_t size = 0;
    for (const auto& imprint : imprints)
        size += 8 + imprint.face.data.view().size() + imprint.look.view().size();
    Bytes out;
    out.reserve(size);  // no copy is left behind by growing
    for (const auto& imprint : imprints) {
        append(imprint.face.data.view(), out);
        append(imprint.look.view(), out);
    }
    return SecretBytes(std::move(out));
}

Result<std::vector<face::Imprint>> unpack_imprints(std::string_view model, ByteView packed) {
    std::vector<face::Imprint> imprints;
    while (!packed.empty()) {
        face::Imprint imprint;
        imprint.face.model = std::string(model);
        imprint.face.data = CS_TRY(take(packed));
        imprint.look = CS_TRY(take(packed));
        imprints.push_back(std::move(imprint));
    }
    return imprints;
}

}  // namespace countersign::domain
