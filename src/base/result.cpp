#include "base/result.hpp"

#include <cstdio>

namespace countersign {

std::string_view to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_argument:
            return "invalid_argument";
        case ErrorCode::unauthenticated:
            return "unauthenticated";
        case ErrorCode::forbidden:
            return "forbidden";
        case ErrorCode::consent_required:
            return "consent_required";
        case ErrorCode::not_found:
            return "not_found";
        case ErrorCode::conflict:
            return "conflict";
        case ErrorCode::not_enrolled:
            return "not_enrolled";
        case ErrorCode::gone:
            return "gone";
        case ErrorCode::transaction_expired:
            return "transaction_expired";
        case ErrorCode::already_used:
            return "already_used";
        case ErrorCode::precondition_failed:
            return "precondition_failed";
        case ErrorCode::precondition_required:
            return "precondition_required";
        case ErrorCode::payload_too_large:
            return "payload_too_large";
        case ErrorCode::unsupported_media:
            return "unsupported_media";
        case ErrorCode::locked:
            return "locked";
        case ErrorCode::rate_limited:
            return "rate_limited";
        case ErrorCode::attempts_used_up:
            return "attempts_used_up";
        case ErrorCode::internal:
            return "internal";
        case ErrorCode::unavailable:
            return "unavailable";
        case ErrorCode::queue_full:
            return "queue_full";
        case ErrorCode::deadline_exceeded:
            return "deadline_exceeded";
        case ErrorCode::storage_full:
            return "storage_full";
        case ErrorCode::second_factor_required:
            return "second_factor_required";
        case ErrorCode::reauthentication_required:
            return "reauthentication_required";
        case ErrorCode::idempotency_replayed:
            return "idempotency_replayed";
    }
    return "internal";
}

namespace detail {
void check_failed(const char* condition, std::source_location where) {
    std::fprintf(stderr, "CHECK failed: %s at %s:%u\n", condition, where.file_name(), where.line());
    std::abort();
}
}  // namespace detail

}  // namespace countersign
