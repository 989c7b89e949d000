#include "evaluation/csv.hpp"

#include <gtest/gtest.h>

namespace countersign::evaluation {
namespace {

using Cells = std::vector<std::string>;

TEST(Csv, ReadsCellsQuotesAndBothLineEndings) {
    const auto table = parse_csv(
        "\xEF\xBB\xBF"
        "a,b\r\n1,\"two, \"\"2\"\"\"\n\n\"two\nlines\",x",
        "list.csv");

    ASSERT_TRUE(table);
    EXPECT_EQ(table->header, (Cells{"a", "b"}));
    ASSERT_EQ(table->rows.size(), 2U);
    EXPECT_EQ(table->rows[0].cells, (Cells{"1", "two, \"2\""}));
    EXPECT_EQ(table->rows[1].cells, (Cells{"two\nlines", "x"}));
    EXPECT_EQ(table->rows[1].line, 4U) << "a blank line counts as a line of the file";
    EXPECT_EQ(table->column("b"), 1U);
    EXPECT_EQ(table->column("c"), std::nullopt);
}

struct Refused {
    const char* text;
    const char* detail;
};

class RefusedCsv : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedCsv, NamesTheLine) {
    const auto table = parse_csv(GetParam().text, "list.csv");

    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(table.error().detail, GetParam().detail);
}

INSTANTIATE_TEST_SUITE_P(Texts, RefusedCsv,
                         ::testing::Values(Refused{"", "list.csv:1: no rows below a header line"},
                                           Refused{"a,b\n", "list.csv:1: no rows below a header line"},
                                           Refused{"a,b\n1,2\n3,4,5\n",
                                                   "list.csv:3: 3 cells, but the header has 2"},
                                           Refused{"a,b\n1,\"2\n", "list.csv:2: a quote is not closed"}));

TEST(Csv, KnowsATitleInAnySpelling) {
    const auto table = parse_csv("Image_A, Same Person \nx,1\n", "list.csv");

    ASSERT_TRUE(table);
    EXPECT_EQ(table->column("imagea"), 0U);
    EXPECT_EQ(table->column({"same", "same_person"}), 1U);
}

TEST(Csv, TakesSemicolonsOrTabsWhenTheHeaderDoes) {
    for (const char* text : {"a;b\n1,5;2\n", "a\tb\n1,5\t2\n"}) {
        const auto table = parse_csv(text, "list.csv");
        ASSERT_TRUE(table);
        EXPECT_EQ(table->rows[0].cells, (Cells{"1,5", "2"}));
    }
}

TEST(Csv, ForgivesEmptyCellsMissingOrLeftOverAtTheEnd) {
    const auto table = parse_csv("a,b\n1\n1,2,,\n,\n", "list.csv");

    ASSERT_TRUE(table);
    ASSERT_EQ(table->rows.size(), 2U) << "a row of empty cells is a blank line";
    EXPECT_EQ(table->rows[0].cells, (Cells{"1", ""}));
    EXPECT_EQ(table->rows[1].cells, (Cells{"1", "2"}));
}

TEST(Csv, ReportsAFileThatIsNotThere) {
    const auto table = read_csv("no/such/list.csv");

    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace countersign::evaluation
