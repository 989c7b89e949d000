// libFuzzer target for the token parser: no input may crash it, be accepted unsigned, or survive a change of
// form.
//   clang++-19 -std=gnu++20 -g -O1 -fsanitize=fuzzer,address,undefined -Isrc tests/fuzz/jws_fuzz.cpp
//   src/base/*.cpp
//     (without *_test.cpp) src/crypto/jose/jws.cpp -lcjose -lfmt -lboost_json

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "crypto/jose/jws.hpp"

namespace jose = countersign::crypto::jose;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string key = "k3y-of-forty-three-characters-base64url-abc";
    const std::array keys{countersign::as_bytes(key)};
    const auto token = countersign::as_text({data, size});

    const auto peeked = jose::peek_unverified(token);
    const auto verified = jose::verify_hs256(token, keys);

    CS_CHECK(peeked || !verified);  // the form checks of both are the same
    if (peeked) {  // signed by us, the same claims must be readable again, unless they grew too long
        const auto signed_again = jose::sign_hs256(*peeked, keys[0]);
        CS_CHECK(!signed_again || jose::verify_hs256(*signed_again, keys));
    }
    return 0;
}
