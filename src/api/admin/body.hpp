#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "net/request.hpp"

namespace countersign::api::admin {

/// Lengths in characters (code points; bytes of a secret), both included.
struct Length {
    std::size_t least{0};
    std::size_t most{200};
};

/// Reads the members of a JSON body and collects what is wrong with each, so that a form can show all at
/// once.
///
/// A getter answers nullopt (or an empty value for the required ones) when the member is missing or wrong;
/// `finish` then fails, so values are used only after it. Members that no getter asked for are refused: a
/// mistyped name must not be ignored. Text must be one line of UTF-8 without control characters, unless
/// `lines` is asked for; surrounding white space is cut off.
///
/// Errors:  finish: invalid_argument with `fields`.
/// Threads: one thread.
class Body {
public:
    /// Errors: unsupported_media (not application/json), invalid_argument (not one JSON object).
    static Result<Body> of(const net::Request& request);
    /// A member that is an object of its own; `finish` names its fields without the outer one.
    static Body of_object(json::object members) { return Body(std::move(members)); }

    std::string text(std::string_view field, Length length = {1, 200});
    std::string secret(std::string_view field, Length length = {1, 1024});  // taken as it is, nothing cut off
    std::int64_t integer(std::string_view field, std::int64_t least, std::int64_t most);
    bool boolean(std::string_view field);
    std::vector<std::string> texts(std::string_view field, std::size_t most_items = 50,
                                   Length length = {1, 200});

    std::optional<std::string> find_text(std::string_view field, Length length = {});
    std::optional<std::string> find_lines(std::string_view field, Length length = {0, 10'000});
    std::optional<std::int64_t> find_integer(std::string_view field, std::int64_t least, std::int64_t most);
    std::optional<double> find_number(std::string_view field, double least, double most);
    std::optional<bool> find_boolean(std::string_view field);
    std::optional<std::vector<std::string>> find_texts(std::string_view field, std::size_t most_items = 50,
                                                       Length length = {1, 200});
    std::optional<json::object> find_object(std::string_view field);
    std::optional<std::vector<json::object>> find_objects(std::string_view field, std::size_t most_items);

    /// True when the member is there, also as null. A patch tells "leave it" from "empty it" so.
    bool has(std::string_view field) const { return members_.contains(field); }
    bool is_null(std::string_view field) const;

    /// Adds a complaint of the caller's own; `message` is a sentence for people.
    void reject(std::string_view field, std::string_view message);

    Result<void> finish() const;

private:
    explicit Body(json::object members) : members_(std::move(members)) {}
    const json::value* find(std::string_view field);
    std::optional<std::string> checked(std::string_view field, const json::value& value, Length length,
                                       bool lines);

    json::object members_;
    std::vector<std::string> asked_;
    std::vector<FieldError> wrong_;
};

}  // namespace countersign::api::admin
