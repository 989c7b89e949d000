#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "evaluation/csv.hpp"

namespace countersign::evaluation {

/// A picture of a list: its path relative to the root, and whose it is.
struct ListedPicture {
    std::string path;
    std::string subject;
    std::vector<std::string> groups;  // one value per group column
};

struct ListedPair {
    std::size_t a{0};  // into pictures
    std::size_t b{0};
    bool same{false};
    std::string fold;  // empty without that column
};

/// What to compare: the pairs, or, when there are none, every picture with every other.
struct ComparisonList {
    std::vector<ListedPicture> pictures;  // each path once
    std::vector<ListedPair> pairs;
    bool all_pairs{false};
    std::vector<std::string> group_columns;
};

/// Columns a, b, same (1 or 0), fold optional. A picture's subject is the folder it lies in, or, without a
/// folder, the picture itself; it serves the bootstrap only. Errors: invalid_argument, naming the line: a
/// column is missing, `same` is neither, or a file is not under `root`.
Result<ComparisonList> pairs_list(const CsvTable& table, const std::filesystem::path& root);

/// Columns path and identity; every further column groups the pictures. Errors: as above, and when a path
/// occurs twice.
Result<ComparisonList> identities_list(const CsvTable& table, const std::filesystem::path& root);

struct Presentation {
    std::string path;
    bool live{false};
    std::string species;  // of an attack instrument; "unspecified" without that column
    std::string subject;  // the path itself without that column
    std::string clip;     // empty: the picture stands alone
};

/// Columns path (or file), label (live or spoof); species, subject and clip optional. Errors: as above.
Result<std::vector<Presentation>> presentations_list(const CsvTable& table,
                                                     const std::filesystem::path& root);

}  // namespace countersign::evaluation
