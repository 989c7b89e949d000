#include "api/admin/body.hpp"

#include <gtest/gtest.h>

namespace countersign::api::admin {
namespace {

Result<Body> body_of(std::string_view text, std::string type = "application/json; charset=utf-8") {
    net::Request request;
    request.headers.add("Content-Type", std::move(type));
    const ByteView bytes = as_bytes(text);
    request.body.assign(bytes.begin(), bytes.end());
    return Body::of(request);
}

std::vector<std::string> names(const Result<void>& outcome) {
    std::vector<std::string> fields;
    if (outcome) return fields;
    for (const FieldError& field : outcome.error().fields)
        fields.push_back(field.field);
    return fields;
}

TEST(Body, TellsEveryWrongFieldAtOnce) {
    Body body = body_of(R"({"name":"  ","count":"3","tags":["ok",7],"on":1})").value();
    body.text("name");
    body.integer("count", 1, 9);
    body.find_texts("tags");
    body.boolean("on");
    body.text("absent");
    EXPECT_EQ(names(body.finish()), (std::vector<std::string>{"name", "count", "tags", "on", "absent"}));
}

TEST(Body, RefusesAFieldNobodyAskedFor) {
    Body body = body_of(R"({"name":"A","isAdmin":true})").value();
    EXPECT_EQ(body.text("name"), "A");
    EXPECT_EQ(names(body.finish()), std::vector<std::string>{"isAdmin"});
}

TEST(Body, RefusesControlCharactersAndCutsWhiteSpaceOff) {
    Body body = body_of(R"({"a":" x ","b":"x\ny","c":"x\ny","d":"x\u0000y"})").value();
    EXPECT_EQ(body.text("a"), "x");
    body.find_text("b");
    EXPECT_EQ(body.find_lines("c"), "x\ny");
    body.find_lines("d");
    EXPECT_EQ(names(body.finish()), (std::vector<std::string>{"b", "d"}));
}

TEST(Body, CountsCharactersAndNotBytes) {
    Body body = body_of(R"({"fits":"Grüße","long":"Grüße!","emoji":"👍👍👍👍👍"})").value();
    EXPECT_EQ(body.text("fits", {5, 5}), "Grüße");
    EXPECT_EQ(body.text("emoji", {5, 5}), "👍👍👍👍👍");
    body.text("long", {1, 5});
    EXPECT_EQ(names(body.finish()), std::vector<std::string>{"long"});
}

TEST(Body, TakesASecretAsItIs) {
    Body body = body_of(R"({"password":" spaces count "})").value();
    EXPECT_EQ(body.secret("password"), " spaces count ");
    EXPECT_TRUE(body.finish().has_value());
}

TEST(Body, TellsAbsentFromNull) {
    Body body = body_of(R"({"a":null})").value();
    EXPECT_TRUE(body.has("a"));
    EXPECT_TRUE(body.is_null("a"));
    EXPECT_FALSE(body.has("b"));
    EXPECT_EQ(body.find_text("a"), std::nullopt);
    EXPECT_TRUE(body.finish().has_value());
}

TEST(Body, TakesWholeNumbersInRangeOnly) {
    Body body = body_of(R"({"a":1.5,"b":10,"c":9,"d":1e30,"e":true})").value();
    body.find_integer("a", 1, 9);
    body.find_integer("b", 1, 9);
    EXPECT_EQ(body.find_integer("c", 1, 9), 9);
    body.find_integer("d", 1, 9);
    body.find_integer("e", 0, 9);
    EXPECT_EQ(names(body.finish()), (std::vector<std::string>{"a", "b", "d", "e"}));
}

TEST(Body, TakesJsonAlone) {
    EXPECT_EQ(body_of("{}", "text/plain").error().code, ErrorCode::unsupported_media);
    EXPECT_EQ(body_of("{}", "application/jsonp").error().code, ErrorCode::unsupported_media);
    EXPECT_EQ(body_of("[]").error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(body_of(R"({"a":1,"a":2})").error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace countersign::api::admin
