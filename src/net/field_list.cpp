#include "net/field_list.hpp"

#include <algorithm>

namespace countersign::net {

std::string_view trim(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::vector<std::string_view> list_items(const Headers& headers, std::string_view name) {
    std::vector<std::string_view> items;
    for (std::string_view rest : headers.all(name)) {
        while (!rest.empty()) {
            const auto end = std::min(rest.find(','), rest.size());
            if (const auto item = trim(rest.substr(0, end)); !item.empty()) items.push_back(item);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return items;
}

}  // namespace countersign::net
