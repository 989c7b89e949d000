#include "api/admin/passkey_body.hpp"

#include "api/admin/body.hpp"

namespace countersign::api::admin {
namespace {

Bytes bytes_of(Body& body, std::string_view field, std::size_t most) {
    const std::string text = body.secret(field, {1, (most * 4 + 2) / 3});
    auto bytes = from_base64url(text);
    if (!bytes) body.reject(field, "This is not base64url without padding.");
    return bytes.value_or(Bytes{});
}

}  // namespace

Result<crypto::PasskeyAssertion> assertion_of(json::object members) {
    auto body = Body::of_object(std::move(members));
    crypto::PasskeyAssertion answer;
    answer.credential_id = bytes_of(body, "credential_id", crypto::kMostCredentialId);
    answer.client_data = bytes_of(body, "client_data", crypto::kMostClientData);
    answer.authenticator_data = bytes_of(body, "authenticator_data", crypto::kMostAuthenticatorData);
    answer.signature = bytes_of(body, "signature", crypto::kMostPasskeySignature);
    CS_TRY(body.finish());
    return answer;
}

Result<crypto::PasskeyRegistration> registration_of(json::object members) {
    auto body = Body::of_object(std::move(members));
    crypto::PasskeyRegistration answer;
    answer.client_data = bytes_of(body, "client_data", crypto::kMostClientData);
    answer.authenticator_data = bytes_of(body, "authenticator_data", crypto::kMostAuthenticatorData);
    CS_TRY(body.finish());
    return answer;
}

}  // namespace countersign::api::admin
