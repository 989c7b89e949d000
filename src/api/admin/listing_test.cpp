#include "api/admin/listing.hpp"

#include <gtest/gtest.h>

#include "base/id.hpp"

namespace countersign::api::admin {
namespace {

net::Request with_query(net::Parameters query) {
    net::Request request;
    request.query = std::move(query);
    return request;
}

TEST(Listing, ACursorLeadsBackToItsSortKey) {
    const std::vector<std::string> key{"Zoë \"quoted\"", "sub_1"};
    const auto page = page_of(with_query({{"cursor", cursor_of(key)}, {"limit", "7"}}), 2);
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(page->after, key);
    EXPECT_EQ(page->limit, 7);
}

TEST(Listing, RefusesForeignCursorsAndLimits) {
    for (const net::Parameters& query :
         {net::Parameters{{"cursor", "AAAA"}}, net::Parameters{{"cursor", cursor_of({"one"})}},
          net::Parameters{{"cursor", ""}}, net::Parameters{{"limit", "0"}}, net::Parameters{{"limit", "201"}},
          net::Parameters{{"limit", "5x"}}, net::Parameters{{"limit", "5"}, {"limit", "6"}}}) {
        const auto page = page_of(with_query(query), 2);
        ASSERT_FALSE(page.has_value()) << query.front().second;
        EXPECT_EQ(page.error().code, ErrorCode::invalid_argument);
    }
}

TEST(Listing, AnEntityTagIsTheVersion) {
    const net::Response response = with_etag(net::Response::no_content(), 12);
    net::Request request;
    request.headers.add("If-Match", std::string(*response.headers.find("ETag")));
    EXPECT_EQ(if_match(request).value(), 12);
}

TEST(Listing, AWriteWithoutOneUsableTagIsRefused) {
    for (const char* tag : {"", "*", "12", "\"\"", "\"a\"", "\"1\", \"2\"", "W/\"1\""}) {
        net::Request request;
        request.headers.add("If-Match", tag);
        EXPECT_EQ(if_match(request).error().code, ErrorCode::precondition_failed) << tag;
    }
    EXPECT_EQ(if_match(net::Request{}).error().code, ErrorCode::precondition_required);
}

TEST(Listing, AMalformedIdentifierNamesNothing) {
    net::Request request;
    request.path_params["subject"] = "../etc";
    EXPECT_EQ(path_id<SubjectId>(request, "subject").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace countersign::api::admin
