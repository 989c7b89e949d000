#include "net/request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/response.hpp"

namespace countersign::net {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(Parameters, AreDecodedInOrderWithPlusAsSpace) {
    EXPECT_THAT(
        parse_parameters("a=1&b=x%20y+z&&c&d=%C3%A9=&a=2").value(),
        ElementsAre(Pair("a", "1"), Pair("b", "x y z"), Pair("c", ""), Pair("d", "é="), Pair("a", "2")));
    EXPECT_THAT(parse_parameters("").value(), IsEmpty());
}

TEST(Parameters, AreRefusedWithABrokenEscapeOrANul) {
    for (const auto* bad : {"a=%", "a=%4", "a=%zz", "a=%00", "%=1", "a=%-1"}) {
        EXPECT_FALSE(parse_parameters(bad)) << bad;
    }
}

TEST(PercentDecode, KeepsThePlus) {
    EXPECT_EQ(percent_decode("a+b%7Cc").value(), "a+b|c");
}

TEST(Request, FindsHeadersWithoutRegardToCase) {
    Request request;
    request.headers.add("X-Request", "1");
    EXPECT_EQ(request.header("x-REQUEST"), "1");
    EXPECT_FALSE(request.header("x-other"));
}

TEST(Request, GivesAQueryParameterOnlyWhenItIsUnambiguous) {
    Request request;
    request.query = {{"state", "s"}, {"twice", "1"}, {"twice", "2"}};
    EXPECT_EQ(request.query_param("state").value(), "s");
    EXPECT_EQ(request.query_param("twice").error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(request.query_param("none").error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(request.find_query_param("none").value(), std::nullopt);
    EXPECT_FALSE(request.find_query_param("twice"));
}

TEST(Request, ReadsCookiesFromAllCookieHeaders) {
    Request request;
    request.headers.add("Cookie", "a=1; __Host-cap=x=y;  b = ;c");
    request.headers.add("cookie", "d=4");
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("__Host-cap"), "x=y");
    EXPECT_EQ(request.cookie("d"), "4");
    EXPECT_FALSE(request.cookie("c"));
    EXPECT_FALSE(request.cookie("A")) << "names of cookies have a case";
}

TEST(Request, TakesACookieSentTwiceAsMissing) {
    Request request;
    request.headers.add("Cookie", "a=1; a=2");
    EXPECT_FALSE(request.cookie("a"));
}

TEST(Request, ReadsAFormOnlyWithTheTypeOfAForm) {
    Request request;
    const auto body = as_bytes("a=1&b=%2F");
    request.body.assign(body.begin(), body.end());
    EXPECT_FALSE(request.form());
    request.headers.set("Content-Type", "application/json");
    EXPECT_FALSE(request.form());
    request.headers.set("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    EXPECT_THAT(request.form().value(), ElementsAre(Pair("a", "1"), Pair("b", "/")));
}

TEST(Response, SetsACookieThatOnlyOurHostGets) {
    auto response = Response::no_content();
    response.set_cookie({.name = "__Host-cap", .value = "abc", .max_age = seconds(900)});
    EXPECT_EQ(response.headers.find("Set-Cookie"),
              "__Host-cap=abc; Path=/; Max-Age=900; Secure; HttpOnly; SameSite=Lax");
}

TEST(Response, KeepsSeveralCookiesApart) {
    auto response = Response::no_content();
    response.set_cookie({.name = "a", .value = "1", .max_age = std::nullopt});
    response.set_cookie({.name = "b", .value = "2", .max_age = std::nullopt, .same_site = SameSite::strict});
    EXPECT_EQ(response.headers.all("set-cookie").size(), 2U);
}

TEST(ResponseDeathTest, RefusesACookieValueThatWouldAddAttributes) {
    auto response = Response::no_content();
    EXPECT_DEATH(
        response.set_cookie({.name = "a", .value = "1; Domain=evil.example", .max_age = std::nullopt}), "");
}

TEST(Response, RedirectsWith303AndNoBody) {
    const auto response = Response::redirect("/v/ver_1");
    EXPECT_EQ(response.status, HttpStatus::see_other);
    EXPECT_EQ(response.headers.find("location"), "/v/ver_1");
    EXPECT_TRUE(response.body_view().empty());
}

}  // namespace
}  // namespace countersign::net
