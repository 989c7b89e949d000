#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace countersign::evaluation {

struct CsvRow {
    std::size_t line{0};  // of the file, from 1, where the row begins
    std::vector<std::string> cells;
};

/// A comma-separated file with a header line (RFC 4180: quotes, doubled quotes, CRLF or LF). Blank lines are
/// skipped; every row has as many cells as the header.
struct CsvTable {
    std::string name;  // of the file, for messages
    std::vector<std::string> header;
    std::vector<CsvRow> rows;

    std::optional<std::size_t> column(std::string_view title) const;

    /// An invalid_argument that reads `name:line: what`.
    tl::unexpected<Error> wrong(std::size_t line, std::string_view what) const;
};

/// Errors: invalid_argument, naming the line.
Result<CsvTable> parse_csv(std::string_view text, std::string name);

/// Errors: not_found, and as parse_csv.
Result<CsvTable> read_csv(const std::filesystem::path& file);

}  // namespace countersign::evaluation
