#include "evaluation/csv.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace countersign::evaluation {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

std::string trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

/// Takes one row after the other from a text.
class RowReader {
public:
    RowReader(std::string_view text, char separator) : rest_(text), separator_(separator) {}

    bool done() const { return rest_.empty(); }
    std::size_t line() const { return line_; }

    /// The next row; nullopt when a quoted cell never ends.
    std::optional<CsvRow> next() {
        CsvRow row{line_, {""}};
        bool quoted = false;
        while (!rest_.empty()) {
            const char c = take();
            std::string& cell = row.cells.back();
            if (quoted) {
                quoted = !ends_quote(c, cell);
            } else if (c == '"' && trimmed(cell).empty()) {
                quoted = true;
                cell.clear();
            } else if (c == separator_) {
                cell = trimmed(cell);
                row.cells.emplace_back();
            } else if (c == '\n') {
                break;
            } else {
                cell += c;
            }
        }
        if (quoted) return std::nullopt;
        row.cells.back() = trimmed(row.cells.back());
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
    char separator_;
    std::size_t line_{1};
};

bool blank(const CsvRow& row) {
    return std::ranges::all_of(row.cells, [](const std::string& cell) { return cell.empty(); });
}

/// A comma unless the first line has more semicolons or tabs.
char separator_of(std::string_view text) {
    const std::string_view first = text.substr(0, text.find('\n'));
    char most = ',';
    for (const char candidate : {';', '\t'}) {
        if (std::ranges::count(first, candidate) > std::ranges::count(first, most)) most = candidate;
    }
    return most;
}

/// Empty cells at the end of a row may be missing, or be more than the header has.
void fit(CsvRow& row, std::size_t width) {
    while (row.cells.size() > width && row.cells.back().empty())
        row.cells.pop_back();
    if (row.cells.size() < width) row.cells.resize(width);
}

}  // namespace

std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
    }
    return out;
}

std::optional<std::size_t> CsvTable::column(std::string_view title) const {
    const auto found = std::ranges::find(header, plain(title), [](const auto& cell) { return plain(cell); });
    if (found == header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
}

std::optional<std::size_t> CsvTable::column(std::initializer_list<std::string_view> titles) const {
    for (const std::string_view title : titles) {
        if (const auto found = column(title)) return found;
    }
    return std::nullopt;
}

tl::unexpected<Error> CsvTable::wrong(std::size_t line, std::string_view what) const {
    return fail(ErrorCode::invalid_argument, fmt::format("{}:{}: {}", name, line, what));
}

Result<CsvTable> parse_csv(std::string_view text, std::string name) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    CsvTable table{std::move(name), {}, {}};
    RowReader reader(text, separator_of(text));
    while (!reader.done()) {
        const std::size_t line = reader.line();
        auto row = reader.next();
        if (!row) return table.wrong(line, "a quote is not closed");
        if (blank(*row)) continue;
        if (table.header.empty()) {
            table.header = std::move(row->cells);
            continue;
        }
        fit(*row, table.header.size());
        if (row->cells.size() > table.header.size()) {
            return table.wrong(row->line, fmt::format("{} cells, but the header has {}", row->cells.size(),
                                                      table.header.size()));
        }
        table.rows.push_back(*std::move(row));
    }
    if (table.rows.empty()) return table.wrong(1, "no rows below a header line");
    return table;
}

Result<CsvTable> read_csv(const std::filesystem::path& file) {
    std::error_code error;
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file, error))
        return fail(ErrorCode::not_found, fmt::format("{} cannot be read", file.string()));
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    return parse_csv(text, file.filename().string());
}

}  // namespace countersign::evaluation
