#include "app/cli/output.hpp"

#include <algorithm>
#include <cstdio>

namespace countersign::app::cli {

std::string as_lines(const json::object& object) {
    std::size_t width = 0;
    for (const auto& [key, value] : object)
        width = std::max(width, key.size());
    std::string out;
    for (const auto& [key, value] : object) {
        const std::string text = value.is_string() ? std::string(value.as_string()) : json::serialize(value);
        out += fmt::format("{:<{}}  {}\n", std::string_view(key), width, text);
    }
    return out;
}

int print(const Result<Output>& outcome, bool as_json) {
    if (outcome) {
        const std::string text = as_json ? json::serialize(outcome->document) + "\n" : outcome->text;
        std::fputs(text.c_str(), stdout);
        return 0;
    }
    const Error& error = outcome.error();
    if (as_json) {
        const json::value document{{"error", to_string(error.code)}, {"detail", error.detail}};
        std::fprintf(stderr, "%s\n", json::serialize(document).c_str());
    } else {
        std::fprintf(stderr, "countersign: %s: %s\n", std::string(to_string(error.code)).c_str(),
                     error.detail.c_str());
    }
    return 1;
}

}  // namespace countersign::app::cli
