#include "api/admin/once.hpp"

namespace countersign::api::admin {

Result<net::Response> once(domain::IdempotencyService& service, const domain::AdminActor& actor,
                           const net::Request& request, Answer kind,
                           const std::function<Result<net::Response>()>& work) {
    const auto key = request.header("Idempotency-Key");
    if (!key) return work();
    if (key->size() < 8 || key->size() > 128) {
        return fail_field(ErrorCode::invalid_argument, "Idempotency-Key",
                          "This must have 8 to 128 characters.");
    }
    const std::string what =
        fmt::format("{} {}\n{}", net::to_string(request.method), request.path, request.text());
    std::optional<net::Response> fresh;
    const auto kept = CS_TRY(service.once(actor, *key, what, [&]() -> Result<domain::KeptAnswer> {
        auto response = work();
        if (!response) return tl::unexpected(response.error());
        fresh = *std::move(response);
        domain::KeptAnswer answer;
        answer.status = static_cast<std::int64_t>(fresh->status);
        if (kind == Answer::plain) answer.body = std::string(as_text(fresh->body_view()));
        return answer;
    }));
    if (fresh) return *std::move(fresh);
    net::Response repeat =
        net::Response::text(static_cast<net::HttpStatus>(kept.status), kept.body.value_or(""));
    repeat.set_header("Content-Type", "application/json");
    return repeat;
}

}  // namespace countersign::api::admin
