#include "api/problem.hpp"

#include <array>

#include "api/html.hpp"
#include "telemetry/log.hpp"

namespace countersign::api {
namespace {

using net::HttpStatus;

constexpr std::array kKinds{
    ProblemKind{ErrorCode::invalid_argument, HttpStatus::bad_request, "The request is malformed."},
    ProblemKind{ErrorCode::unauthenticated, HttpStatus::unauthorized,
                "The credentials are missing or not valid."},
    ProblemKind{ErrorCode::forbidden, HttpStatus::forbidden, "This browser may not do that."},
    ProblemKind{ErrorCode::consent_required, HttpStatus::forbidden, "The consent must be given first."},
    ProblemKind{ErrorCode::not_found, HttpStatus::not_found, "There is nothing at this address."},
    ProblemKind{ErrorCode::conflict, HttpStatus::conflict, "The state has changed in the meantime."},
    ProblemKind{ErrorCode::not_enrolled, HttpStatus::conflict, "There is no enrolled face for this account."},
    ProblemKind{ErrorCode::gone, HttpStatus::gone, "This has been deleted."},
    ProblemKind{ErrorCode::transaction_expired, HttpStatus::gone,
                "The time is over. Start the sign-in again."},
    ProblemKind{ErrorCode::already_used, HttpStatus::gone, "This was used before. Start the sign-in again."},
    ProblemKind{ErrorCode::precondition_failed, HttpStatus::precondition_failed,
                "The precondition does not hold."},
    ProblemKind{ErrorCode::precondition_required, HttpStatus::precondition_required,
                "This was sent without the version that it changes."},
    ProblemKind{ErrorCode::payload_too_large, HttpStatus::content_too_large, "The request is too large."},
    ProblemKind{ErrorCode::unsupported_media, HttpStatus::unsupported_media_type,
                "Only JPEG and WebP are accepted."},
    ProblemKind{ErrorCode::locked, HttpStatus::locked, "The account is locked for this method."},
    ProblemKind{ErrorCode::rate_limited, HttpStatus::too_many_requests, "Too many tries. Wait a little."},
    ProblemKind{ErrorCode::attempts_used_up, HttpStatus::too_many_requests, "No attempt is left."},
    ProblemKind{ErrorCode::internal, HttpStatus::internal_server_error, "Something failed on the server."},
    ProblemKind{ErrorCode::unavailable, HttpStatus::service_unavailable, "The service is not available now."},
    ProblemKind{ErrorCode::queue_full, HttpStatus::service_unavailable, "The service is busy. Try again."},
    ProblemKind{ErrorCode::deadline_exceeded, HttpStatus::gateway_timeout, "It took too long. Try again."},
    ProblemKind{ErrorCode::storage_full, HttpStatus::insufficient_storage, "The server has no room left."},
    ProblemKind{ErrorCode::second_factor_required, HttpStatus::unauthorized,
                "The second factor is needed first."},
    ProblemKind{ErrorCode::reauthentication_required, HttpStatus::forbidden,
                "Confirm that it is you, then try again."},
    ProblemKind{ErrorCode::idempotency_replayed, HttpStatus::conflict,
                "This was done before. Its secret is not shown again."},
};

std::string_view retry_after_seconds(ErrorCode code) {
    switch (code) {
        case ErrorCode::queue_full:
            return "1";
        case ErrorCode::unavailable:
            return "5";
        case ErrorCode::rate_limited:
            return "30";
        default:
            return {};
    }
}

net::Response page(const ProblemKind& kind, const net::Context& context) {
    return net::Response::html(kind.status,
                               plain_page(kind.title, fmt::format("Reference {}", context.request_id)));
}

net::Response document(const ProblemKind& kind, const Error& error, const net::Context& context) {
    json::object problem{
        {"type", fmt::format("urn:countersign:error:{}", to_string(kind.code))},
        {"title", kind.title},
        {"status", static_cast<unsigned>(kind.status)},
        {"code", to_string(kind.code)},
        {"reference", context.request_id},
    };
    if (!error.fields.empty()) {
        json::array fields;
        for (const FieldError& field : error.fields)
            fields.push_back({{"field", field.field}, {"message", field.message}});
        problem["errors"] = std::move(fields);
    }
    net::Response response = net::Response::json(kind.status, std::move(problem));
    response.set_header("Content-Type", "application/problem+json");
    return response;
}

}  // namespace

const ProblemKind& problem_kind(ErrorCode code) {
    for (const ProblemKind& kind : kKinds) {
        if (kind.code == code) return kind;
    }
    return problem_kind(ErrorCode::internal);
}

net::Response to_response(const Error& error, const net::Context& context) {
    const ProblemKind& kind = problem_kind(error.code);
    const auto level = kind.status >= net::HttpStatus::internal_server_error ? telemetry::log::Level::error
                                                                             : telemetry::log::Level::info;
    telemetry::log::event(
        level, "http.problem",
        {{"code", to_string(error.code)}, {"detail", error.detail}, {"reference", context.request_id}});
    const bool for_people = context.route.starts_with("/a/") || context.route.starts_with("/v/");
    net::Response response = for_people ? page(kind, context) : document(kind, error, context);
    response.set_header("Cache-Control", "no-store");
    if (const auto wait = retry_after_seconds(error.code); !wait.empty())
        response.set_header("Retry-After", std::string(wait));
    return response;
}

}  // namespace countersign::api
