#include "api/problem.hpp"

#include <gtest/gtest.h>

#include <set>

namespace countersign::api {
namespace {

net::Context context_of(std::string_view route) {
    net::Context context;
    context.request_id = "req-1";
    context.route = route;
    return context;
}

std::string body_of(const net::Response& response) {
    return std::string(as_text(response.body_view()));
}

TEST(Problem, EveryErrorCodeHasItsOwnRow) {
    std::set<std::string_view> titles;
    for (int code = 0; code <= static_cast<int>(ErrorCode::idempotency_replayed); ++code) {
        const ProblemKind& kind = problem_kind(static_cast<ErrorCode>(code));
        EXPECT_EQ(kind.code, static_cast<ErrorCode>(code)) << to_string(static_cast<ErrorCode>(code));
        EXPECT_TRUE(titles.insert(kind.title).second) << kind.title;
    }
}

TEST(Problem, TellsTheCodeAndTheReferenceButNotTheCause) {
    const Error error{ErrorCode::unavailable, "/var/lib/secret-path is gone", {}};
    const net::Response response = to_response(error, context_of("/api/capture/v1/session"));
    const std::string body = body_of(response);
    EXPECT_EQ(response.status, net::HttpStatus::service_unavailable);
    EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json");
    EXPECT_EQ(response.headers.find("Retry-After"), "5");
    EXPECT_NE(body.find("\"reference\":\"req-1\""), std::string::npos);
    EXPECT_EQ(body.find("secret-path"), std::string::npos);
}

TEST(Problem, NamesTheFieldsThatAreWrong) {
    const Error error = fail_field(ErrorCode::invalid_argument, "email", "Not an address.").value();
    const std::string body = body_of(to_response(error, context_of("/api/admin/v1/login")));
    EXPECT_NE(body.find(R"("errors":[{"field":"email","message":"Not an address."}])"), std::string::npos);
}

TEST(Problem, IsAPageWherePeopleLook) {
    const Error error{ErrorCode::forbidden, "", {}};
    const net::Response response = to_response(error, context_of("/v/{verification}/return"));
    EXPECT_NE(body_of(response).find("<h1>"), std::string::npos);
}

}  // namespace
}  // namespace countersign::api
