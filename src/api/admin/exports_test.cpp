#include "api/admin/exports.hpp"

#include <gtest/gtest.h>

namespace countersign::api::admin {
namespace {

struct Page {
    std::vector<int> items;
    bool more{false};
};

/// The numbers 1 to `last`, in pages of three.
auto numbers_to(int last) {
    return [last](std::optional<int> after) -> Result<Page> {
        Page page;
        for (int n = after.value_or(0) + 1; n <= last && page.items.size() < 3; ++n)
            page.items.push_back(n);
        page.more = !page.items.empty() && page.items.back() < last;
        return page;
    };
}

int itself(const int& number) {
    return number;
}

void add_number(std::string& out, const int& number) {
    add_csv_line(out, {std::to_string(number)});
}

TEST(Exports, EveryPageIsWrittenOnceAndInOrder) {
    std::string out;
    EXPECT_EQ(write_pages(out, "q", numbers_to(7), itself, add_number).value(), 7);
    EXPECT_EQ(out, "\"1\"\r\n\"2\"\r\n\"3\"\r\n\"4\"\r\n\"5\"\r\n\"6\"\r\n\"7\"\r\n");
}

TEST(Exports, AnEmptyListEnds) {
    std::string out;
    EXPECT_EQ(write_pages(out, "q", numbers_to(0), itself, add_number).value(), 0);
    EXPECT_EQ(out, "");
}

TEST(Exports, AFailureInTheMiddleIsNotADownload) {
    std::string out;
    const auto breaks = [](std::optional<int> after) -> Result<Page> {
        if (after) return fail(ErrorCode::unavailable, "gone");
        return Page{{1, 2, 3}, true};
    };
    EXPECT_EQ(write_pages(out, "q", breaks, itself, add_number).error().code, ErrorCode::unavailable);
}

TEST(Exports, TooMuchIsRefusedAndNeverCutOff) {
    EXPECT_TRUE(check_export_size(kExportRows, kExportBytes, "from"));
    EXPECT_EQ(check_export_size(kExportRows + 1, 1, "from").error().fields.at(0).field, "from");
    EXPECT_EQ(check_export_size(1, kExportBytes + 1, "q").error().fields.at(0).field, "q");
}

TEST(Exports, NoCellIsAFormulaForASpreadsheet) {
    for (const char* cell : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "\n=1", "  =cmd|' /C calc'!A0"}) {
        std::string out;
        add_csv_line(out, {cell});
        EXPECT_EQ(out, "\"'" + std::string(cell) + "\"\r\n");
    }
    std::string out;
    add_csv_line(out, {"a=b", "say \"hi\"", "", "two\nlines"});
    EXPECT_EQ(out, "\"a=b\",\"say \"\"hi\"\"\",\"\",\"two\nlines\"\r\n");
}

}  // namespace
}  // namespace countersign::api::admin
