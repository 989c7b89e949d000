#pragma once

#include "base/bytes.hpp"

namespace countersign::crypto {

/// Whether these bytes are exactly one CBOR map of at most eight entries whose keys and values are integers
/// or byte strings that are really there: the shape of every public key of COSE.
///
/// It stands before libcbor 0.8, which reserves and touches eight bytes for each element that the head of an
/// array claims: nine bytes would cost gigabytes. Threads: safe. Source: RFC 8949 §3; RFC 9052 §7.
bool is_flat_cose_key(ByteView bytes);

}  // namespace countersign::crypto
