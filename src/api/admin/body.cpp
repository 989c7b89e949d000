#include "api/admin/body.hpp"

#include <algorithm>

namespace countersign::api::admin {
namespace {

constexpr std::string_view kMissing = "This is required.";

bool is_control(char c, bool lines) {
    const auto byte = static_cast<unsigned char>(c);
    if (lines && (c == '\n' || c == '\t')) return false;
    return byte < 0x20 || byte == 0x7F;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const auto from = text.find_first_not_of(kSpace);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

/// Of UTF-8, which the parser has checked: every byte that does not continue a character.
std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

Result<Body> Body::of(const net::Request& request) {
    const auto type = request.header("Content-Type").value_or("");
    const auto media = type.substr(0, type.find(';'));
    if (trimmed(media) != "application/json") return fail(ErrorCode::unsupported_media, "not JSON");
    auto members = CS_TRY(json::parse_object(request.text()));
    return Body(std::move(members));
}

const json::value* Body::find(std::string_view field) {
    asked_.emplace_back(field);
    const json::value* value = members_.if_contains(field);
    return value == nullptr || value->is_null() ? nullptr : value;
}

bool Body::is_null(std::string_view field) const {
    const json::value* value = members_.if_contains(field);
    return value != nullptr && value->is_null();
}

void Body::reject(std::string_view field, std::string_view message) {
    if (std::ranges::find(wrong_, field, &FieldError::field) != wrong_.end()) return;
    wrong_.push_back({std::string(field), std::string(message)});
}

std::optional<std::string> Body::checked(std::string_view field, const json::value& value, Length length,
                                         bool lines) {
    if (!value.is_string()) {
        reject(field, "This must be a text.");
        return std::nullopt;
    }
    const std::string_view text = trimmed(std::string_view(value.get_string()));
    if (std::ranges::any_of(text, [lines](char c) { return is_control(c, lines); })) {
        reject(field, lines ? "Control characters are not allowed." : "This must be one line of text.");
    } else if (text.empty() && length.least > 0) {
        reject(field, kMissing);
    } else if (const auto size = characters_in(text); size < length.least || size > length.most) {
        reject(field, fmt::format("This must have {} to {} characters.", length.least, length.most));
    } else {
        return std::string(text);
    }
    return std::nullopt;
}

std::optional<std::string> Body::find_text(std::string_view field, Length length) {
    const json::value* value = find(field);
    return value == nullptr ? std::nullopt : checked(field, *value, length, false);
}

std::optional<std::string> Body::find_lines(std::string_view field, Length length) {
    const json::value* value = find(field);
    return value == nullptr ? std::nullopt : checked(field, *value, length, true);
}

std::string Body::text(std::string_view field, Length length) {
    auto found = find_text(field, length);
    if (!found) reject(field, kMissing);
    return std::move(found).value_or("");
}

std::string Body::secret(std::string_view field, Length length) {
    const json::value* value = find(field);
    if (value == nullptr || !value->is_string() || value->get_string().empty()) {
        reject(field, kMissing);
        return {};
    }
    std::string text(value->get_string());
    if (text.size() < length.least || text.size() > length.most)
        reject(field, fmt::format("This must have {} to {} characters.", length.least, length.most));
    return text;
}

std::optional<std::int64_t> Body::find_integer(std::string_view field, std::int64_t least,
                                               std::int64_t most) {
    const json::value* value = find(field);
    if (value == nullptr) return std::nullopt;
    boost::system::error_code error;
    const auto number = value->to_number<std::int64_t>(error);
    if (!value->is_number() || error || number < least || number > most) {
        reject(field, fmt::format("This must be a whole number from {} to {}.", least, most));
        return std::nullopt;
    }
    return number;
}

std::int64_t Body::integer(std::string_view field, std::int64_t least, std::int64_t most) {
    const auto found = find_integer(field, least, most);
    if (!found) reject(field, kMissing);
    return found.value_or(least);
}

std::optional<double> Body::find_number(std::string_view field, double least, double most) {
    const json::value* value = find(field);
    if (value == nullptr) return std::nullopt;
    boost::system::error_code error;
    const auto number = value->is_number() ? value->to_number<double>(error) : 0;
    if (value->is_number() && !error && number >= least && number <= most) return number;
    reject(field, fmt::format("This must be a number from {} to {}.", least, most));
    return std::nullopt;
}

std::optional<bool> Body::find_boolean(std::string_view field) {
    const json::value* value = find(field);
    if (value == nullptr) return std::nullopt;
    if (value->is_bool()) return value->get_bool();
    reject(field, "This must be true or false.");
    return std::nullopt;
}

bool Body::boolean(std::string_view field) {
    const auto found = find_boolean(field);
    if (!found) reject(field, kMissing);
    return found.value_or(false);
}

std::optional<std::vector<std::string>> Body::find_texts(std::string_view field, std::size_t most_items,
                                                         Length length) {
    const json::value* value = find(field);
    if (value == nullptr) return std::nullopt;
    if (!value->is_array() || value->get_array().size() > most_items) {
        reject(field, fmt::format("This must be a list of at most {} texts.", most_items));
        return std::nullopt;
    }
    std::vector<std::string> items;
    for (const json::value& item : value->get_array()) {
        auto text = checked(field, item, length, false);
        if (!text) return std::nullopt;
        items.push_back(*std::move(text));
    }
    return items;
}

std::vector<std::string> Body::texts(std::string_view field, std::size_t most_items, Length length) {
    auto found = find_texts(field, most_items, length);
    if (!found) reject(field, kMissing);
    return std::move(found).value_or(std::vector<std::string>{});
}

std::optional<json::object> Body::find_object(std::string_view field) {
    const json::value* value = find(field);
    if (value == nullptr) return std::nullopt;
    if (value->is_object()) return value->get_object();
    reject(field, "This must be an object.");
    return std::nullopt;
}

std::optional<std::vector<json::object>> Body::find_objects(std::string_view field, std::size_t most_items) {
    const json::value* value = find(field);
    if (value == nullptr) return std::nullopt;
    std::vector<json::object> objects;
    bool fits = value->is_array() && value->get_array().size() <= most_items;
    if (fits) {
        for (const json::value& item : value->get_array()) {
            fits = fits && item.is_object();
            if (fits) objects.push_back(item.get_object());
        }
    }
    if (fits) return objects;
    reject(field, fmt::format("This must be a list of at most {} objects.", most_items));
    return std::nullopt;
}

Result<void> Body::finish() const {
    Error error{ErrorCode::invalid_argument, "the body has wrong fields", std::source_location::current()};
    error.fields = wrong_;
    for (const auto& member : members_) {
        const std::string name(member.key());
        if (std::ranges::find(asked_, name) == asked_.end())
            error.fields.push_back({name.substr(0, 100), "There is no such field."});
    }
    if (error.fields.empty()) return {};
    return tl::unexpected(std::move(error));
}

}  // namespace countersign::api::admin
