#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::net {

/// True when both names are the same without regard to ASCII case.
bool same_header_name(std::string_view a, std::string_view b);

/// Header fields in the order they came. Names compare without regard to case.
class Headers {
public:
    using Field = std::pair<std::string, std::string>;

    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }

    /// Replaces every field of that name.
    void set(std::string name, std::string value);
    void remove(std::string_view name);

    /// The first value; nullopt when there is none.
    std::optional<std::string_view> find(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    bool has(std::string_view name) const { return find(name).has_value(); }

    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }

private:
    std::vector<Field> fields_;
};

}  // namespace countersign::net
