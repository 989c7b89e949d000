#include "api/html.hpp"

#include <fmt/format.h>

namespace countersign::api {
namespace {

std::string page(std::string_view title, std::string_view body) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"robots\" content=\"noindex\">\n<title>{}</title>\n<link rel=\"stylesheet\" "
        "href=\"{}\">\n"
        "</head>\n<body>\n<main>\n{}\n</main>\n</body>\n</html>\n",
        escape_html(title), kReturnStylePath, body);
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out.push_back(c);
        }
    }
    return out;
}

std::string plain_page(std::string_view title, std::string_view text) {
    return page(title, fmt::format("<h1>{}</h1>\n<p>{}</p>", escape_html(title), escape_html(text)));
}

std::string posting_page(std::string_view action, std::initializer_list<PostField> fields) {
    std::string inputs;
    for (const PostField& field : fields) {
        inputs += fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escape_html(field.name),
                              escape_html(field.value));
    }
    return page(
        "Returning to your sign-in",
        fmt::format("<h1>Returning to your sign-in</h1>\n<p>This takes a moment.</p>\n"
                    "<form id=\"return\" method=\"post\" action=\"{}\">\n{}"
                    "<button type=\"submit\">Continue</button>\n</form>\n<script src=\"{}\"></script>",
                    escape_html(action), inputs, kReturnScriptPath));
}

std::string_view return_script() {
    return "document.getElementById('return').submit();\n";
}

std::string_view return_style() {
    return ":root { color-scheme: light dark; --ink: #0b1220; --muted: #556070; --canvas: #f6f7f9; --accent: "
           "#2b59ff; "
           "--on-accent: #fff }\n"
           "@media (prefers-color-scheme: dark) { :root { --ink: #eef2f8; --muted: #a3afc0; --canvas: "
           "#0a0e15; "
           "--accent: #7c9bff; --on-accent: #0a0e15 } }\n"
           "body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: "
           "var(--canvas); color: "
           "var(--ink); font: 16px/1.5 system-ui, sans-serif }\n"
           "main { max-width: 26rem; padding: 24px; text-align: center }\n"
           "h1 { font-size: 26px; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 8px }\n"
           "p { color: var(--muted); margin: 0 0 24px }\n"
           "button { min-height: 44px; padding: 0 20px; border: 0; border-radius: 12px; background: "
           "var(--accent); "
           "color: var(--on-accent); font: inherit; font-weight: 600 }\n"
           "button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }\n";
}

}  // namespace countersign::api
