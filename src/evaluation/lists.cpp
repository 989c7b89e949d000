#include "evaluation/lists.hpp"

namespace countersign::evaluation {
namespace {

Result<std::size_t> required(const CsvTable& table, std::string_view title) {
    if (const auto found = table.column(title)) return *found;
    return table.wrong(1, fmt::format("no column {}", title));
}

Result<void> check_file(const CsvTable& table, const CsvRow& row, const std::filesystem::path& root,
                        const std::string& path) {
    std::error_code error;
    if (!path.empty() && std::filesystem::is_regular_file(root / path, error)) return {};
    return table.wrong(row.line, fmt::format("no file \"{}\" under the root", path));
}

/// The pictures of a list of pairs, each once.
class PictureIndex {
public:
    explicit PictureIndex(std::vector<ListedPicture>& pictures) : pictures_(pictures) {}

    std::size_t at(const std::string& path) {
        const auto [found, is_new] = index_.try_emplace(path, pictures_.size());
        if (is_new) pictures_.push_back({path, subject_of(path), {}});
        return found->second;
    }

private:
    static std::string subject_of(const std::string& path) {
        const auto folder = std::filesystem::path(path).parent_path().string();
        return folder.empty() ? path : folder;
    }

    std::vector<ListedPicture>& pictures_;
    std::map<std::string, std::size_t> index_;
};

std::string cell_or(const CsvRow& row, std::optional<std::size_t> column, std::string otherwise) {
    if (!column || row.cells[*column].empty()) return otherwise;
    return row.cells[*column];
}

}  // namespace

Result<ComparisonList> pairs_list(const CsvTable& table, const std::filesystem::path& root) {
    const auto a = CS_TRY(required(table, "a"));
    const auto b = CS_TRY(required(table, "b"));
    const auto same = CS_TRY(required(table, "same"));
    const auto fold = table.column("fold");
    ComparisonList list;
    PictureIndex pictures(list.pictures);
    for (const CsvRow& row : table.rows) {
        const std::string& answer = row.cells[same];
        if (answer != "0" && answer != "1")
            return table.wrong(row.line, fmt::format("same is \"{}\", not 1 or 0", answer));
        CS_TRY(check_file(table, row, root, row.cells[a]));
        CS_TRY(check_file(table, row, root, row.cells[b]));
        if (row.cells[a] == row.cells[b]) return table.wrong(row.line, "a picture is paired with itself");
        const std::size_t first = pictures.at(row.cells[a]);
        const std::size_t second = pictures.at(row.cells[b]);
        list.pairs.push_back({first, second, answer == "1", cell_or(row, fold, "")});
    }
    return list;
}

Result<ComparisonList> identities_list(const CsvTable& table, const std::filesystem::path& root) {
    const auto path = CS_TRY(required(table, "path"));
    const auto identity = CS_TRY(required(table, "identity"));
    ComparisonList list;
    list.all_pairs = true;
    for (std::size_t column = 0; column < table.header.size(); ++column) {
        if (column != path && column != identity) list.group_columns.push_back(table.header[column]);
    }
    std::map<std::string, std::size_t> lines;
    for (const CsvRow& row : table.rows) {
        CS_TRY(check_file(table, row, root, row.cells[path]));
        const auto [before, is_new] = lines.try_emplace(row.cells[path], row.line);
        if (!is_new)
            return table.wrong(row.line, fmt::format("the picture is on line {} already", before->second));
        if (row.cells[identity].empty()) return table.wrong(row.line, "no identity");
        ListedPicture picture{row.cells[path], row.cells[identity], {}};
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            if (column != path && column != identity) picture.groups.push_back(row.cells[column]);
        }
        list.pictures.push_back(std::move(picture));
    }
    return list;
}

Result<std::vector<Presentation>> presentations_list(const CsvTable& table,
                                                     const std::filesystem::path& root) {
    const auto by_file = table.column("file");
    const std::size_t path = table.column("path") || !by_file ? CS_TRY(required(table, "path")) : *by_file;
    const auto label = CS_TRY(required(table, "label"));
    const auto species = table.column("species");
    const auto subject = table.column("subject");
    const auto clip = table.column("clip");
    std::vector<Presentation> list;
    for (const CsvRow& row : table.rows) {
        const std::string& answer = row.cells[label];
        if (answer != "live" && answer != "spoof")
            return table.wrong(row.line, fmt::format("label is \"{}\", not live or spoof", answer));
        CS_TRY(check_file(table, row, root, row.cells[path]));
        list.push_back({row.cells[path], answer == "live", cell_or(row, species, "unspecified"),
                        cell_or(row, subject, row.cells[path]), cell_or(row, clip, "")});
    }
    return list;
}

}  // namespace countersign::evaluation
