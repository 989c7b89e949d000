#include "store/rows.hpp"

#include <gtest/gtest.h>

#include "tests/support/fakes.hpp"

namespace countersign::store {
namespace {

Rows one_row() {
    Rows rows({"number", "text", "blob", "nothing", "flag"});
    rows.append({7, "seven", Bytes{1, 2}, nullptr, true});
    return rows;
}

TEST(Row, GivesCellsByNameAndByPosition) {
    const auto rows = one_row();
    const auto row = rows[0];
    EXPECT_EQ(row.integer("number").value(), 7);
    EXPECT_EQ(row.integer(0).value(), 7);
    EXPECT_EQ(row.text("text").value(), "seven");
    EXPECT_EQ(row.blob(2).value(), (Bytes{1, 2}));
    EXPECT_TRUE(row.boolean("flag").value());
    EXPECT_EQ(row.time("number").value(), UnixMicros{7});
}

TEST(Row, RefusesAnotherTypeNullAndUnknownColumns) {
    const auto rows = one_row();
    const auto row = rows[0];
    EXPECT_EQ(row.integer("text").error().code, ErrorCode::internal);
    EXPECT_EQ(row.text("number").error().code, ErrorCode::internal);
    EXPECT_EQ(row.blob("nothing").error().code, ErrorCode::internal);
    EXPECT_EQ(row.boolean("number").error().code, ErrorCode::internal) << "7 is not a boolean";
    EXPECT_EQ(row.integer("missing").error().code, ErrorCode::internal);
    EXPECT_EQ(row.integer(5).error().code, ErrorCode::internal);
    EXPECT_EQ(row.integer(-1).error().code, ErrorCode::internal);
    EXPECT_EQ(row.opt_integer("missing").error().code, ErrorCode::internal);
    EXPECT_EQ(row.opt_integer("text").error().code, ErrorCode::internal);
}

TEST(Row, GivesNulloptForNullWhereItIsAllowed) {
    const auto rows = one_row();
    const auto row = rows[0];
    EXPECT_EQ(row.opt_text("nothing").value(), std::nullopt);
    EXPECT_EQ(row.opt_blob("nothing").value(), std::nullopt);
    EXPECT_EQ(row.opt_time("nothing").value(), std::nullopt);
    EXPECT_EQ(row.opt_integer("number").value(), 7);
    EXPECT_EQ(row.opt_time("number").value(), UnixMicros{7});
}

TEST(Row, ReadsTypedIdentifiers) {
    testing::FakeRandom random;
    const auto id = SubjectId::make(UnixMicros{0}, random);
    Rows rows({"subject_id", "tenant_id", "nothing"});
    rows.append({id, "not an identifier", nullptr});
    EXPECT_EQ(rows[0].id<SubjectId>("subject_id").value(), id);
    EXPECT_EQ(rows[0].id<TenantId>("subject_id").error().code, ErrorCode::internal) << "another kind";
    EXPECT_EQ(rows[0].id<TenantId>("tenant_id").error().code, ErrorCode::internal);
    EXPECT_EQ(rows[0].opt_id<SubjectId>("subject_id").value(), id);
    EXPECT_EQ(rows[0].opt_id<SubjectId>("nothing").value(), std::nullopt);
}

TEST(Rows, TellNoneOneAndSeveralApart) {
    Rows rows({"n"});
    EXPECT_EQ(rows.one().error().code, ErrorCode::not_found);
    EXPECT_FALSE(rows.at_most_one().value().has_value());
    rows.append({1});
    EXPECT_EQ(rows.one().value().integer(0).value(), 1);
    EXPECT_TRUE(rows.at_most_one().value().has_value());
    rows.append({2});
    EXPECT_EQ(rows.one().error().code, ErrorCode::internal);
    EXPECT_EQ(rows.at_most_one().error().code, ErrorCode::internal);
}

TEST(Value, KeepsAnAbsentOptionalAsNull) {
    EXPECT_TRUE(Value(std::optional<std::string>{}).is_null());
    EXPECT_EQ(Value(std::optional<std::int64_t>{3}), Value(3));
    EXPECT_EQ(Value(false), Value(0));
}

}  // namespace
}  // namespace countersign::store
