#pragma once

#include <map>
#include <string>
#include <vector>

#include "evaluation/csv.hpp"

namespace countersign::evaluation {

/// A picture of a list: its path as written, and whose it is.
struct ListedPicture {
    std::string path;
    std::string subject;
    std::vector<std::string> groups;  // one value per group column; empty in a list of pairs
};

struct ListedPair {
    std::size_t a{0};  // into pictures
    std::size_t b{0};
    bool same{false};
    std::string fold;                   // empty without that column
    std::vector<std::string> groups{};  // one value per group column
};

/// What to compare: the pairs, or, when there are none, every picture with every other.
struct ComparisonList {
    std::vector<ListedPicture> pictures;  // each path once
    std::vector<ListedPair> pairs;
    bool all_pairs{false};
    std::vector<std::string> group_columns;
    std::size_t skipped_rows{0};  // repeated ones, and pictures paired with themselves
};

/// Columns a, b, same; fold optional. Common other titles (image1, file_a, label …) and yes, true or genuine
/// for 1 are understood. A picture's subject serves the bootstrap only: pictures of a genuine pair share it,
/// and so do those of one folder unless an impostor pair lies in one.
///
/// `groups`: titles of the columns that divide the comparisons. Without any: those that begin with "group",
/// and any other that is not used otherwise and has 2 to 20 values.
/// Whether the files exist is seen when they are read. Errors: invalid_argument: a column is missing (naming
/// what is expected), or a cell means nothing (naming the line).
Result<ComparisonList> pairs_list(const CsvTable& table, const std::vector<std::string>& groups);

/// Columns path and identity; `groups` as above, of pictures. Errors: as above, and when a path occurs twice
/// with different identities.
Result<ComparisonList> identities_list(const CsvTable& table, const std::vector<std::string>& groups);

struct Presentation {
    std::string path;
    bool live{false};
    std::string species;  // of an attack instrument; "unspecified" without that column
    std::string subject;  // without that column the clip, or else the path
    std::string clip;     // empty: the picture or video stands alone
};

/// Columns path (or file), label (live, bona fide, real, genuine; or spoof, attack, fake); species, subject
/// and clip optional. Errors: as above.
Result<std::vector<Presentation>> presentations_list(const CsvTable& table);

}  // namespace countersign::evaluation
