#include "evaluation/html_page.hpp"

#include <algorithm>

#include "evaluation/plot.hpp"

namespace countersign::evaluation {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --ink: #1b2430; --soft: #566274; --page: #f4f6f9; --card: #fff; --line: #dde3ea;
  --blue: #0b5cad; --grey: #8793a3; --warn: #a4540b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --soft: #a3afbf; --page: #10151c; --card: #19212b;
  --line: #303b49; --blue: #6cb2f5; --grey: #8b97a8; --warn: #f0a95c; } }
* { box-sizing: border-box; }
body { font: 16px/1.55 system-ui, sans-serif; margin: 0; color: var(--ink); background: var(--page); }
main { max-width: 68rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 0 0 .75rem; }
p { margin: .25rem 0 .75rem; } .soft { color: var(--soft); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; margin-top: 1.25rem; }
.headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; margin-top: 1.25rem; }
.headlines section { margin: 0; } .headlines b { display: block; font-size: 1.6rem; line-height: 1.2; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); gap: 1.25rem; margin-top: 1.25rem; }
.plots section { margin: 0; min-width: 0; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; font-size: .875rem; } td { overflow-wrap: anywhere; min-width: 5rem; }
tr:last-child td { border-bottom: 0; }
code { font: .8125rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
svg { width: 100%; height: auto; display: block; } svg text { font-size: 12px; fill: var(--soft); }
.area { fill: none; } .grid { stroke: var(--line); } .curve { fill: none; stroke: var(--blue); stroke-width: 2.5; }
.mark { fill: var(--card); stroke: var(--blue); stroke-width: 2.5; } .limit { stroke: var(--warn); stroke-dasharray: 4 3; }
svg text.note { fill: var(--ink); } .genuine { fill: var(--blue); fill-opacity: .6; } .impostor { fill: var(--grey); fill-opacity: .6; }
@media print { body { background: none; } section { break-inside: avoid; } }
)";

std::string cells(const std::vector<std::string>& row, std::string_view tag) {
    std::string out = "<tr>";
    for (const std::string& cell : row)
        out += fmt::format("<{0}>{1}</{0}>", tag, escape_html(cell));
    return out + "</tr>\n";
}

}  // namespace

std::string html_page(std::string_view title, std::string_view body) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{0}</title>\n<style>{1}</style></head><body><main>\n<h1>{0}</h1>\n{2}</main></body></html>\n",
        escape_html(title), kStyle, body);
}

std::string html_headlines(const std::vector<Headline>& headlines) {
    std::string out = "<div class=\"headlines\">";
    for (const Headline& each : headlines) {
        out += fmt::format("<section><span>{}</span><b>{}</b><span class=\"soft\">{}</span></section>\n",
                           escape_html(each.name), escape_html(each.value), escape_html(each.remark));
    }
    return out + "</div>\n";
}

std::string html_table(const std::vector<std::vector<std::string>>& rows) {
    std::string out = "<div class=\"scroll\"><table>\n";
    for (std::size_t i = 0; i < rows.size(); ++i)
        out += cells(rows[i], i == 0 ? "th" : "td");
    return out + "</table></div>\n";
}

std::string html_made_with(const Provenance& provenance) {
    std::vector<std::vector<std::string>> rows{{"What", "Name", "SHA-256"}};
    for (const auto& model : provenance.models)
        rows.push_back({model.role, model.id, model.sha256});
    return fmt::format(
        "<section><h2>Made with</h2>\n<p>Data <code>{}</code></p>\n<p>Manifest <code>{}</code></p>\n"
        "<p>Command <code>{}</code></p>\n{}</section>\n",
        escape_html(provenance.data), escape_html(provenance.manifest), escape_html(provenance.command),
        html_table(rows));
}

std::string html_failures(const std::vector<Failure>& failures) {
    constexpr std::size_t kMost = 100;
    if (failures.empty()) return {};
    std::vector<std::vector<std::string>> rows{{"File", "Why"}};
    for (std::size_t i = 0; i < std::min(kMost, failures.size()); ++i)
        rows.push_back({failures[i].path, failures[i].why});
    return fmt::format("<section><h2>Files that gave nothing: {}</h2>\n{}</section>\n", failures.size(),
                       html_table(rows));
}

std::string percent_text(double rate) {
    return fmt::format("{:.3g} %", 100 * rate);
}

std::string percent_text(const Interval& interval) {
    return fmt::format("{:.3g}–{:.3g} %", 100 * interval.low, 100 * interval.high);
}

}  // namespace countersign::evaluation
