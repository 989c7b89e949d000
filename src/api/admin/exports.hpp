#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "net/response.hpp"

namespace countersign::api::admin {

/// How many rows are read in one transaction, and how much one download may hold. Whoever has more asks for
/// it in parts, by the filters: an answer is made in memory, and one that silently lacked rows would be worse
/// than none.
inline constexpr int kExportPage = 1000;
inline constexpr std::int64_t kExportRows = 250'000;
inline constexpr std::size_t kExportBytes = 96 << 20;

/// One line of CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in
/// front. Source: OWASP, CSV injection.
void add_csv_line(std::string& out, const std::vector<std::string>& cells);

/// A file to save under `name`.
net::Response download(std::string type, std::string name, std::string content);

/// Errors: invalid_argument naming the filter that would make the export smaller.
Result<void> check_export_size(std::int64_t rows, std::size_t bytes, std::string_view filter);

/// Reads a list to its end, page by page, and lets `write` add each item to `out`. Returns how many there
/// were.
///
/// `fetch(after)` yields a page with `items` and `more`, `position(item)` where the page after it begins.
/// Errors: those of `fetch`, and those of `check_export_size`.
template <class Fetch, class Position, class Write>
Result<std::int64_t> write_pages(std::string& out, std::string_view filter, Fetch fetch, Position position,
                                 Write write) {
    using Item = typename decltype(fetch(std::nullopt)->items)::value_type;
    std::optional<std::invoke_result_t<Position, const Item&>> after;
    std::int64_t rows = 0;
    while (true) {
        const auto page = CS_TRY(fetch(after));
        for (const Item& item : page.items)
            write(out, item);
        rows += static_cast<std::int64_t>(page.items.size());
        CS_TRY(check_export_size(rows, out.size(), filter));
        if (!page.more || page.items.empty()) return rows;
        after = position(page.items.back());
    }
}

}  // namespace countersign::api::admin
