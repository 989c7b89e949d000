#include "api/public/browser_binding.hpp"

namespace countersign::api {
namespace {

Result<VerificationId> named_verification(const net::Request& request) {
    if (const auto header = request.header(kVerificationHeader)) return VerificationId::parse(*header);
    // A browser cannot give a WebSocket a header of its own.
    if (request.header("Upgrade")) {
        const std::string text = CS_TRY(request.query_param("verification"));
        return VerificationId::parse(text);
    }
    return fail(ErrorCode::invalid_argument, "the header X-Countersign-Verification is missing");
}

}  // namespace

Result<void> require_same_origin(const net::Request& request) {
    const auto site = request.header("Sec-Fetch-Site");
    if (site && *site != "same-origin") return fail(ErrorCode::forbidden, "request of another site");
    return {};
}

Result<std::string_view> capture_cookie(const net::Request& request) {
    const auto cookie = request.cookie(kCaptureCookie);
    if (!cookie) return fail(ErrorCode::unauthenticated, "no capture cookie");
    return *cookie;
}

Result<domain::BrowserSession> authorise(const net::Request& request, domain::SessionService& sessions) {
    CS_TRY(require_same_origin(request));
    const VerificationId id = CS_TRY(named_verification(request));
    const std::string_view cookie = CS_TRY(capture_cookie(request));
    return sessions.authorise(id, cookie);
}

}  // namespace countersign::api
