#include "evaluation/csv.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace countersign::evaluation {
namespace {

/// Takes one row after the other from a text.
class RowReader {
public:
    explicit RowReader(std::string_view text) : rest_(text) {}

    bool done() const { return rest_.empty(); }
    std::size_t line() const { return line_; }

    /// The next row; nullopt when a quoted cell never ends.
    std::optional<CsvRow> next() {
        CsvRow row{line_, {""}};
        bool quoted = false;
        while (!rest_.empty()) {
            const char c = take();
            if (quoted) {
                quoted = !ends_quote(c, row.cells.back());
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',') {
                row.cells.emplace_back();
            } else if (c == '\n') {
                break;
            } else if (c != '\r') {
                row.cells.back() += c;
            }
        }
        if (quoted) return std::nullopt;
        return row;
    }

private:
    char take() {
        const char c = rest_.front();
        rest_.remove_prefix(1);
        if (c == '\n') ++line_;
        return c;
    }

    bool ends_quote(char c, std::string& cell) {
        if (c != '"') {
            cell += c;
            return false;
        }
        if (!rest_.starts_with('"')) return true;
        cell += take();
        return false;
    }

    std::string_view rest_;
    std::size_t line_{1};
};

bool blank(const CsvRow& row) {
    return row.cells.size() == 1 && row.cells.front().empty();
}

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view title) const {
    const auto found = std::ranges::find(header, title);
    if (found == header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
}

tl::unexpected<Error> CsvTable::wrong(std::size_t line, std::string_view what) const {
    return fail(ErrorCode::invalid_argument, fmt::format("{}:{}: {}", name, line, what));
}

Result<CsvTable> parse_csv(std::string_view text, std::string name) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    CsvTable table{std::move(name), {}, {}};
    RowReader reader(text);
    while (!reader.done()) {
        const std::size_t line = reader.line();
        auto row = reader.next();
        if (!row) return table.wrong(line, "a quote is not closed");
        if (blank(*row)) continue;
        if (table.header.empty()) {
            table.header = std::move(row->cells);
            continue;
        }
        if (row->cells.size() != table.header.size()) {
            return table.wrong(row->line, fmt::format("{} cells, but the header has {}", row->cells.size(),
                                                      table.header.size()));
        }
        table.rows.push_back(*std::move(row));
    }
    if (table.rows.empty()) return table.wrong(1, "no rows below a header line");
    return table;
}

Result<CsvTable> read_csv(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return fail(ErrorCode::not_found, fmt::format("{} cannot be read", file.string()));
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    return parse_csv(text, file.filename().string());
}

}  // namespace countersign::evaluation
