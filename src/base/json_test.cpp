#include "base/json.hpp"

#include <gtest/gtest.h>

namespace countersign::json {
namespace {

TEST(ParseStrict, RefusesDuplicateMembersAtAnyDepth) {
    EXPECT_FALSE(parse_strict(R"({"sub":"a","sub":"b"})").has_value());
    EXPECT_FALSE(parse_strict(R"({"x":[{"sub":1,"s\u0075b":2}]})").has_value()) << "escapes do not hide it";
    EXPECT_TRUE(parse_strict(R"({"x":{"sub":1},"y":{"sub":2}})").has_value());
}

TEST(ParseStrict, RefusesWhatIsNotOneDocument) {
    for (const char* bad : {"", "{", "{} {}", "{'a':1}", "{\"a\":1,}", "// c\n{}", "nul"}) {
        EXPECT_FALSE(parse_strict(bad).has_value()) << bad;
    }
    EXPECT_FALSE(parse_strict(std::string(40, '[') + std::string(40, ']')).has_value()) << "too deep";
}

TEST(Members, AreTypedAndNamedInTheError) {
    const object from = parse_object(R"({"s":"text","n":7,"b":true,"z":null})").value();
    EXPECT_EQ(get_string(from, "s").value(), "text");
    EXPECT_EQ(get_int(from, "n").value(), 7);
    EXPECT_TRUE(get_bool(from, "b").value());
    EXPECT_EQ(find_string(from, "z").value(), std::nullopt);
    EXPECT_EQ(get_string(from, "absent").error().detail, "\"absent\" is missing");
    EXPECT_EQ(get_int(from, "s").error().code, ErrorCode::invalid_argument);
    EXPECT_FALSE(parse_object("[]").has_value());
}

}  // namespace
}  // namespace countersign::json
