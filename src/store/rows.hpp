#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/value.hpp"

namespace countersign::store {

class Rows;

/// One row of a `Rows`, which must outlive it. A column is addressed by position or by name.
///
/// Errors: internal when the column does not exist, holds another type, or is NULL where the getter has no
/// `opt_`. That is a fault of ours or of whoever edited the database, never of the caller of the server.
class Row {
public:
    /// Position (from 0) or name of a column.
    class Column {
    public:
        Column(int index) : index_(index) {}
        Column(std::string_view name) : name_(name) {}
        Column(const char* name) : name_(name) {}

    private:
        friend Row;
        int index_{-1};
        std::string_view name_;
    };

    Result<std::int64_t> integer(Column column) const;
    Result<std::string> text(Column column) const;
    Result<Bytes> blob(Column column) const;
    Result<bool> boolean(Column column) const;
    Result<UnixMicros> time(Column column) const;

    Result<std::optional<std::int64_t>> opt_integer(Column column) const;
    Result<std::optional<std::string>> opt_text(Column column) const;
    Result<std::optional<Bytes>> opt_blob(Column column) const;
    Result<std::optional<UnixMicros>> opt_time(Column column) const;

    /// `row.id<SubjectId>("subject_id")`
    template <class T>
    Result<T> id(Column column) const {
        auto value = CS_TRY(text(column));
        auto parsed = T::parse(value);
        if (!parsed) return fail(ErrorCode::internal, "column holds a malformed identifier");
        return std::move(*parsed);
    }
    template <class T>
    Result<std::optional<T>> opt_id(Column column) const {
        auto value = CS_TRY(opt_text(column));
        if (!value) return std::optional<T>{};
        auto parsed = CS_TRY(id<T>(column));
        return std::optional<T>(std::move(parsed));
    }

    /// The cell itself, or nullptr when there is no such column.
    const Value* cell(Column column) const;

private:
    friend Rows;
    Row(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}
    const Rows* rows_;
    std::size_t index_;
};

/// The whole answer of a query, read into memory.
class Rows {
public:
    Rows() = default;
    explicit Rows(std::vector<std::string> columns) : columns_(std::move(columns)) {}

    /// For drivers. `cells` has one entry per column.
    void append(Values cells) { cells_.push_back(std::move(cells)); }

    std::size_t size() const { return cells_.size(); }
    bool empty() const { return cells_.empty(); }
    const std::vector<std::string>& columns() const { return columns_; }
    Row operator[](std::size_t index) const& { return Row(*this, index); }
    Row operator[](std::size_t index) const&& = delete;

    /// The only row, or nullopt when there is none. Errors: internal when there are several.
    Result<std::optional<Row>> at_most_one() const&;
    Result<std::optional<Row>> at_most_one() const&& = delete;

    /// The only row. Errors: not_found when there is none, internal when there are several.
    Result<Row> one() const&;
    Result<Row> one() const&& = delete;

    class Iterator {
    public:
        Iterator(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}
        Row operator*() const { return (*rows_)[index_]; }
        Iterator& operator++() {
            ++index_;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return index_ != other.index_; }

    private:
        const Rows* rows_;
        std::size_t index_;
    };
    Iterator begin() const { return Iterator(*this, 0); }
    Iterator end() const { return Iterator(*this, size()); }

private:
    friend Row;
    std::vector<std::string> columns_;
    std::vector<Values> cells_;
};

}  // namespace countersign::store
