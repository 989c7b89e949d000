#include "store/rows.hpp"

#include <algorithm>

namespace countersign::store {
namespace {

template <class T, class Get>
Result<T> required(const Value* cell, Get get) {
    if (cell == nullptr) return fail(ErrorCode::internal, "no such column");
    const T* value = get(*cell);
    if (value == nullptr) return fail(ErrorCode::internal, "column is NULL or of another type");
    return *value;
}

template <class T, class Get>
Result<std::optional<T>> optional(const Value* cell, Get get) {
    if (cell != nullptr && cell->is_null()) return std::optional<T>{};
    auto value = CS_TRY(required<T>(cell, get));
    return std::optional<T>(std::move(value));
}

const std::int64_t* integer_of(const Value& value) {
    return value.integer();
}
const std::string* text_of(const Value& value) {
    return value.text();
}
const Bytes* blob_of(const Value& value) {
    return value.blob();
}

}  // namespace

const Value* Row::cell(Column column) const {
    const auto& columns = rows_->columns_;
    auto index = static_cast<std::size_t>(column.index_);
    if (!column.name_.empty()) {
        const auto found = std::find(columns.begin(), columns.end(), column.name_);
        index = static_cast<std::size_t>(found - columns.begin());
    }
    const auto& cells = rows_->cells_[index_];
    return index < cells.size() ? &cells[index] : nullptr;
}

Result<std::int64_t> Row::integer(Column column) const {
    return required<std::int64_t>(cell(column), integer_of);
}
Result<std::string> Row::text(Column column) const {
    return required<std::string>(cell(column), text_of);
}
Result<Bytes> Row::blob(Column column) const {
    return required<Bytes>(cell(column), blob_of);
}

Result<bool> Row::boolean(Column column) const {
    const auto number = CS_TRY(integer(column));
    if (number != 0 && number != 1) return fail(ErrorCode::internal, "column is neither 0 nor 1");
    return number == 1;
}

Result<UnixMicros> Row::time(Column column) const {
    const auto number = CS_TRY(integer(column));
    return UnixMicros{number};
}

Result<std::optional<std::int64_t>> Row::opt_integer(Column column) const {
    return optional<std::int64_t>(cell(column), integer_of);
}
Result<std::optional<std::string>> Row::opt_text(Column column) const {
    return optional<std::string>(cell(column), text_of);
}
Result<std::optional<Bytes>> Row::opt_blob(Column column) const {
    return optional<Bytes>(cell(column), blob_of);
}

Result<std::optional<UnixMicros>> Row::opt_time(Column column) const {
    const auto number = CS_TRY(opt_integer(column));
    if (!number) return std::optional<UnixMicros>{};
    return std::optional<UnixMicros>(UnixMicros{*number});
}

Result<std::optional<Row>> Rows::at_most_one() const& {
    if (size() > 1) return fail(ErrorCode::internal, "a query for one row found several");
    if (empty()) return std::optional<Row>{};
    return std::optional<Row>((*this)[0]);
}

Result<Row> Rows::one() const& {
    const auto row = CS_TRY(at_most_one());
    if (!row) return fail(ErrorCode::not_found, "no such row");
    return *row;
}

}  // namespace countersign::store
