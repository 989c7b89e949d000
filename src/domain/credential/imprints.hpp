#pragma once

#include <span>

#include "domain/credential/types.hpp"
#include "face/api/types.hpp"

namespace countersign::domain {

inline constexpr int kKeptCaptures = 8;            // of those that passed, and as many of those that did not
inline constexpr Micros kKeepImprints = days(30);  // then a recording is no longer recognised

/// The sealed imprints of one capture.
struct CaptureImprints {
    TenantId tenant;
    ChallengeId challenge;
    SubjectId subject;
    bool passed{false};
    std::string model;  // of the templates in it
    Bytes sealed;
    UnixMicros created_at;
};

/// The imprints of one capture as bytes: per frame the lengths (32 bit little endian) and bytes of template
/// and look.
SecretBytes pack_imprints(std::span<const face::Imprint> imprints);

/// Errors: internal (not packed by us).
Result<std::vector<face::Imprint>> unpack_imprints(std::string_view model, ByteView packed);

}  // namespace countersign::domain
