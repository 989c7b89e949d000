#include "net/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace countersign::net {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

Handler handler() {
    return [](const Request&, Context&) -> Result<Response> { return Response::no_content(); };
}

class RouterTest : public ::testing::Test {
protected:
    RouterTest() {
        router_.get("/v/{verification}", Lane::inline_, handler())
            .post("/v/{verification}/return", Lane::request, handler())
            .get("/v/latest", Lane::request, handler())
            .get("/assets/{rest*}", Lane::inline_, handler())
            .get("/{any}/x", Lane::inline_, handler())
            .patch("/things/{id}", Lane::request, handler())
            .del("/things/{id}", Lane::request, handler())
            .get("/", Lane::inline_, handler());
    }
    std::string pattern(Method method, std::string_view path) {
        const auto match = router_.find(method, path).value();
        return match.route == nullptr ? "none, allow: " + match.allow : match.route->pattern;
    }

    Router router_;
};

TEST_F(RouterTest, FindsTheRouteAndDecodesItsParameters) {
    const auto match = router_.find(Method::get, "/v/auth0%7Calice%2Fx").value();
    ASSERT_NE(match.route, nullptr);
    EXPECT_EQ(match.route->pattern, "/v/{verification}");
    EXPECT_THAT(match.path_params, ElementsAre(Pair("verification", "auth0|alice/x")));
}

TEST_F(RouterTest, PrefersTheMoreSpecificRouteWhateverTheOrder) {
    EXPECT_EQ(pattern(Method::get, "/v/latest"), "/v/latest");
    EXPECT_EQ(pattern(Method::get, "/v/x"), "/v/{verification}");
    EXPECT_EQ(pattern(Method::get, "/assets/x"), "/assets/{rest*}");
    EXPECT_EQ(pattern(Method::get, "/other/x"), "/{any}/x");
}

TEST_F(RouterTest, GivesARestParameterAllSegmentsButNeverNone) {
    const auto match = router_.find(Method::get, "/assets/a/b%2e.js").value();
    EXPECT_THAT(match.path_params, ElementsAre(Pair("rest", "a/b..js")));
    EXPECT_EQ(pattern(Method::get, "/assets/"), "none, allow: ");
    EXPECT_EQ(pattern(Method::get, "/assets"), "none, allow: ");
}

TEST_F(RouterTest, DoesNotMatchEmptyParametersOrLongerPaths) {
    EXPECT_EQ(pattern(Method::get, "/v/"), "none, allow: ");
    EXPECT_EQ(pattern(Method::get, "/v/a/b"), "none, allow: ");
    EXPECT_EQ(pattern(Method::get, "//"), "none, allow: ");
    EXPECT_EQ(pattern(Method::get, "/"), "/");
}

TEST_F(RouterTest, NamesTheAllowedMethodsOfAKnownPath) {
    EXPECT_EQ(pattern(Method::get, "/things/1"), "none, allow: DELETE, PATCH");
    EXPECT_EQ(pattern(Method::post, "/v/1"), "none, allow: GET, HEAD");
    EXPECT_EQ(pattern(Method::other, "/v/1/return"), "none, allow: POST");
}

TEST_F(RouterTest, ServesHeadByTheGetRoute) {
    EXPECT_EQ(pattern(Method::head, "/v/1"), "/v/{verification}");
}

TEST_F(RouterTest, RefusesABrokenEscape) {
    EXPECT_EQ(router_.find(Method::get, "/v/%zz").error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(router_.find(Method::get, "/v/a%00b").error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace countersign::net
