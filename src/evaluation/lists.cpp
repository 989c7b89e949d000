#include "evaluation/lists.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "evaluation/subjects.hpp"

namespace countersign::evaluation {
namespace {

constexpr std::size_t kMostGroupValues = 20;
using Titles = std::initializer_list<std::string_view>;
using Words = std::initializer_list<std::string_view>;

tl::unexpected<Error> wrong_columns(const CsvTable& table, std::string_view expected) {
    return table.wrong(
        1, fmt::format("the columns {} are expected, found: {}", expected, fmt::join(table.header, ", ")));
}

bool is_one_of(const std::string& cell, Words words) {
    return std::ranges::find(words, plain(cell)) != words.end();
}

std::optional<bool> same_person(const std::string& cell) {
    if (is_one_of(cell, {"1", "true", "t", "yes", "y", "same", "genuine", "match", "mated", "positive"}))
        return true;
    if (is_one_of(cell, {"0", "false", "f", "no", "n", "different", "diff", "impostor", "imposter",
                         "nonmatch", "nomatch", "nonmated", "negative"}))
        return false;
    return std::nullopt;
}

std::optional<bool> is_live(const std::string& cell) {
    if (is_one_of(cell, {"live", "bonafide", "bf", "real", "genuine"})) return true;
    if (is_one_of(cell, {"spoof", "spoofed", "attack", "fake", "pa"})) return false;
    return std::nullopt;
}

std::string cell_or(const CsvRow& row, std::optional<std::size_t> column, std::string otherwise) {
    if (!column || row.cells[*column].empty()) return otherwise;
    return row.cells[*column];
}

std::size_t values_in(const CsvTable& table, std::size_t column) {
    std::set<std::string> values;
    for (const CsvRow& row : table.rows)
        values.insert(row.cells[column]);
    return values.size();
}

/// The columns that divide a list, in the order of the file.
Result<std::vector<std::size_t>> choose_groups(const CsvTable& table, const std::vector<std::string>& named,
                                               const std::set<std::size_t>& used) {
    std::vector<std::size_t> chosen;
    for (const std::string& title : named) {
        const auto found = table.column(title);
        if (!found) return wrong_columns(table, fmt::format("{} (named as groups)", fmt::join(named, ", ")));
        chosen.push_back(*found);
    }
    for (std::size_t column = 0; named.empty() && column < table.header.size(); ++column) {
        if (used.contains(column)) continue;
        const std::size_t values = values_in(table, column);
        const bool few = values >= 2 && values <= kMostGroupValues;
        if (few || plain(table.header[column]).starts_with("group")) chosen.push_back(column);
    }
    return chosen;
}

std::vector<std::string> cells_at(const std::vector<std::string>& cells,
                                  const std::vector<std::size_t>& columns) {
    std::vector<std::string> out;
    for (const std::size_t column : columns)
        out.push_back(cells[column]);
    return out;
}

/// The pictures of a list of pairs, each once.
class PictureIndex {
public:
    explicit PictureIndex(std::vector<ListedPicture>& pictures) : pictures_(pictures) {}

    std::size_t at(const std::string& path) {
        const auto [found, is_new] = index_.try_emplace(path, pictures_.size());
        if (is_new) pictures_.push_back({path, path, {}});
        return found->second;
    }

private:
    std::vector<ListedPicture>& pictures_;
    std::map<std::string, std::size_t> index_;
};

struct PairColumns {
    std::size_t a{0};
    std::size_t b{0};
    std::size_t same{0};
    std::optional<std::size_t> fold;
    std::vector<std::size_t> groups;
};

Result<PairColumns> pair_columns(const CsvTable& table, const std::vector<std::string>& groups) {
    const auto a =
        table.column({"a", "path_a", "path1", "image_a", "image1", "img_a", "img1", "file_a", "file1",
                      "picture_a", "picture1", "photo_a", "photo1", "left", "probe", "first"});
    const auto b =
        table.column({"b", "path_b", "path2", "image_b", "image2", "img_b", "img2", "file_b", "file2",
                      "picture_b", "picture2", "photo_b", "photo2", "right", "reference", "second"});
    const auto same = table.column({"same", "is_same", "same_person", "issameperson", "label", "match",
                                    "is_match", "genuine", "mated", "target", "y"});
    if (!a || !b || !same) return wrong_columns(table, "a, b, same (1 or 0) and optionally fold");
    PairColumns columns{*a, *b, *same, table.column({"fold", "split"}), {}};
    std::set<std::size_t> used{*a, *b, *same};
    if (columns.fold) used.insert(*columns.fold);
    columns.groups = CS_TRY(choose_groups(table, groups, used));
    return columns;
}

}  // namespace

Result<ComparisonList> pairs_list(const CsvTable& table, const std::vector<std::string>& groups) {
    const auto columns = CS_TRY(pair_columns(table, groups));
    ComparisonList list;
    list.group_columns = cells_at(table.header, columns.groups);
    PictureIndex pictures(list.pictures);
    for (const CsvRow& row : table.rows) {
        const auto same = same_person(row.cells[columns.same]);
        if (!same)
            return table.wrong(row.line, fmt::format("same is \"{}\", not 1 or 0", row.cells[columns.same]));
        const std::string& first = row.cells[columns.a];
        const std::string& second = row.cells[columns.b];
        if (first.empty() || second.empty()) return table.wrong(row.line, "a path is empty");
        if (first == second) {
            ++list.skipped_rows;
            continue;
        }
        const std::size_t a = pictures.at(first);
        const std::size_t b = pictures.at(second);
        list.pairs.push_back(
            {a, b, *same, cell_or(row, columns.fold, ""), cells_at(row.cells, columns.groups)});
    }
    guess_subjects(list);
    return list;
}

Result<ComparisonList> identities_list(const CsvTable& table, const std::vector<std::string>& groups) {
    const auto path =
        table.column({"path", "file", "filename", "file_name", "image", "img", "picture", "photo"});
    const auto identity = table.column({"identity", "subject", "subject_id", "person", "person_id",
                                        "identity_id", "label", "class", "name", "id"});
    if (!path || !identity) return wrong_columns(table, "path and identity");
    const auto group_columns = CS_TRY(choose_groups(table, groups, {*path, *identity}));
    ComparisonList list;
    list.all_pairs = true;
    list.group_columns = cells_at(table.header, group_columns);
    std::map<std::string, std::pair<std::size_t, std::string>> known;
    for (const CsvRow& row : table.rows) {
        const std::string& file = row.cells[*path];
        const std::string& subject = row.cells[*identity];
        if (file.empty()) return table.wrong(row.line, "a path is empty");
        if (subject.empty()) return table.wrong(row.line, "no identity");
        const auto [before, is_new] = known.try_emplace(file, row.line, subject);
        if (!is_new && before->second.second != subject) {
            return table.wrong(row.line, fmt::format("the picture is on line {} with another identity",
                                                     before->second.first));
        }
        if (is_new)
            list.pictures.push_back({file, subject, cells_at(row.cells, group_columns)});
        else
            ++list.skipped_rows;
    }
    return list;
}

Result<std::vector<Presentation>> presentations_list(const CsvTable& table) {
    const auto path = table.column(
        {"path", "file", "filename", "file_name", "image", "img", "picture", "photo", "video", "media"});
    const auto label = table.column({"label", "class", "liveness", "type", "target"});
    if (!path || !label)
        return wrong_columns(table,
                             "path (or file), label (live or spoof) and optionally species, subject, clip");
    const auto species = table.column({"species", "pai_species", "pais", "pai", "attack_type",
                                       "attack_species", "spoof_type", "instrument", "attack"});
    const auto subject = table.column({"subject", "subject_id", "identity", "person", "person_id"});
    const auto clip = table.column({"clip", "clip_id", "sequence", "session_clip"});
    std::vector<Presentation> list;
    for (const CsvRow& row : table.rows) {
        const auto live = is_live(row.cells[*label]);
        if (!live)
            return table.wrong(row.line,
                               fmt::format("label is \"{}\", not live or spoof", row.cells[*label]));
        const std::string& file = row.cells[*path];
        if (file.empty()) return table.wrong(row.line, "a path is empty");
        const std::string sequence = cell_or(row, clip, "");
        const std::string otherwise = sequence.empty() ? file : sequence;
        list.push_back(
            {file, *live, cell_or(row, species, "unspecified"), cell_or(row, subject, otherwise), sequence});
    }
    return list;
}

}  // namespace countersign::evaluation
