#pragma once

#include <string>

#include "store/database.hpp"

namespace countersign::persistence {

/// A query whose conditions depend on what is asked for. Every value is a parameter; the text is made of our
/// own constants only, so there are few different texts and each is prepared once per connection.
class QueryText {
public:
    explicit QueryText(std::string_view name) : name_(name) {}

    QueryText& add(std::string_view sql) {
        sql_ += sql;
        return *this;
    }
    /// Appends the placeholder of one more parameter.
    QueryText& bind(store::Value value) {
        values_.push_back(std::move(value));
        sql_ += fmt::format("${}", values_.size());
        return *this;
    }
    /// The placeholder of the parameter that was bound last, again.
    QueryText& again() {
        sql_ += fmt::format("${}", values_.size());
        return *this;
    }

    Result<store::Rows> run(store::Session& session) const {
        return session.query(store::Statement{.name = name_, .sql = sql_}, values_);
    }

private:
    std::string_view name_;
    std::string sql_;
    store::Values values_;
};

}  // namespace countersign::persistence
