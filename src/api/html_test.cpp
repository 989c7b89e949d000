#include "api/html.hpp"

#include <gtest/gtest.h>

namespace countersign::api {
namespace {

TEST(PostingPage, KeepsAnyStateInsideItsAttribute) {
    const std::string page =
        posting_page("https://tenant.example/continue", {{"state", "a\"><script>alert(1)</script>&'"}});
    EXPECT_NE(page.find("value=\"a&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;\""),
              std::string::npos);
    EXPECT_EQ(page.find("<script>"), std::string::npos) << "only the script with an address of its own";
}

TEST(PostingPage, WorksWithoutScripts) {
    const std::string page = posting_page("https://tenant.example/continue", {{"state", "s"}});
    EXPECT_NE(page.find("<button type=\"submit\">"), std::string::npos);
    EXPECT_NE(page.find("method=\"post\" action=\"https://tenant.example/continue\""), std::string::npos);
}

TEST(PlainPage, EscapesItsText) {
    EXPECT_NE(plain_page("<b>", "&").find("<h1>&lt;b&gt;</h1>\n<p>&amp;</p>"), std::string::npos);
}

}  // namespace
}  // namespace countersign::api
