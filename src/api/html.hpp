#pragma once

#include <string>
#include <string_view>

namespace countersign::api {

/// Text for an HTML element or a double-quoted attribute.
std::string escape_html(std::string_view text);

/// A whole page with a heading and one sentence, for people who reach an address that the capture page cannot
/// serve.
std::string plain_page(std::string_view title, std::string_view text);

/// A whole page whose form posts `fields` to `action` at once; without scripts it shows a button.
struct PostField {
    std::string_view name;
    std::string_view value;
};
std::string posting_page(std::string_view action, std::initializer_list<PostField> fields);

/// Served at fixed addresses beside the pages above: they have no inline code.
inline constexpr std::string_view kReturnScriptPath = "/return.js";
inline constexpr std::string_view kReturnStylePath = "/return.css";
std::string_view return_script();
std::string_view return_style();

}  // namespace countersign::api
