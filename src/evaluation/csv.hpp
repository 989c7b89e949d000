#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace countersign::evaluation {

struct CsvRow {
    std::size_t line{0};  // of the file, from 1, where the row begins
    std::vector<std::string> cells;
};

/// A table with a header line (RFC 4180: quotes, doubled quotes, CRLF or LF), as spreadsheets write it: with
/// or without a byte order mark, separated by commas, semicolons or tabs (whichever the header has most of).
/// Blank lines are skipped, spaces around cells dropped; every row has as many cells as the header, because
/// missing ones at its end count as empty.
struct CsvTable {
    std::string name;  // of the file, for messages
    std::vector<std::string> header;
    std::vector<CsvRow> rows;

    /// The column of that title, or of the first of several. Case, spaces and punctuation do not count:
    /// `Image_A` is `imagea`.
    std::optional<std::size_t> column(std::string_view title) const;
    std::optional<std::size_t> column(std::initializer_list<std::string_view> titles) const;

    /// An invalid_argument that reads `name:line: what`.
    tl::unexpected<Error> wrong(std::size_t line, std::string_view what) const;
};

/// Lower-case letters and digits of a text, nothing else: what titles and labels are compared by.
std::string plain(std::string_view text);

/// Errors: invalid_argument, naming the line.
Result<CsvTable> parse_csv(std::string_view text, std::string name);

/// Errors: not_found, and as parse_csv.
Result<CsvTable> read_csv(const std::filesystem::path& file);

}  // namespace countersign::evaluation
