#pragma once

#include <string>

#include "base/bytes.hpp"
#include "base/id.hpp"

namespace countersign::domain {

/// An organisation. Nothing of one tenant can be read with the keys of another.
struct Tenant {
    TenantId id;
    std::string name;
    Bytes wrapped_key;  // the tenant's data key, wrapped by the key ring
    UnixMicros created_at;
};

}  // namespace countersign::domain
