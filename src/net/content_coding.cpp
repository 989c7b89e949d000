#include "net/content_coding.hpp"

#include <optional>

#include "net/field_list.hpp"

namespace countersign::net {
namespace {

/// `0`, `0.7`, `1.000`: at most three digits behind the point, not above one.
int parse_weight(std::string_view text) {
    if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
    int weight = (text[0] - '0') * 1000;
    if (text.size() == 1) return weight;
    if (text[1] != '.' || text.size() > 5) return 0;
    int scale = 100;
    for (const char c : text.substr(2)) {
        if (c < '0' || c > '9') return 0;
        weight += (c - '0') * scale;
        scale /= 10;
    }
    return weight <= 1000 ? weight : 0;
}

int item_weight(std::string_view item) {
    const auto semicolon = item.find(';');
    if (semicolon == std::string_view::npos) return 1000;
    const auto parameter = trim(item.substr(semicolon + 1));
    if (parameter.size() < 2 || !same_header_name(parameter.substr(0, 2), "q=")) return 0;
    return parse_weight(parameter.substr(2));
}

}  // namespace

std::string_view to_string(Coding coding) {
    switch (coding) {
        case Coding::identity:
            return "identity";
        case Coding::gzip:
            return "gzip";
        case Coding::brotli:
            return "br";
    }
    return "identity";
}

int coding_weight(const Headers& headers, Coding coding) {
    std::optional<int> named;
    std::optional<int> any;
    for (const auto item : list_items(headers, "Accept-Encoding")) {
        const auto name = trim(item.substr(0, item.find(';')));
        if (same_header_name(name, to_string(coding))) named = item_weight(item);
        if (name == "*") any = item_weight(item);
    }
    if (named) return *named;
    if (any) return *any;
    return coding == Coding::identity ? 1 : 0;  // always possible, but any coding that was named goes first
}

}  // namespace countersign::net
