#include "evaluation/subjects.hpp"

#include <algorithm>
#include <filesystem>
#include <numeric>

namespace countersign::evaluation {
namespace {

std::string folder_of(const ListedPicture& picture) {
    return std::filesystem::path(picture.path).parent_path().string();
}

/// Sets that are joined until each holds the pictures of one subject.
class Families {
public:
    explicit Families(std::size_t pictures) : parent_(pictures) {
        std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    }

    std::size_t root(std::size_t picture) {
        while (parent_[picture] != picture) {
            parent_[picture] = parent_[parent_[picture]];
            picture = parent_[picture];
        }
        return picture;
    }
    void join(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }

private:
    std::vector<std::size_t> parent_;
};

bool folders_are_subjects(const ComparisonList& list) {
    return std::ranges::none_of(list.pairs, [&](const ListedPair& pair) {
        return !pair.same && folder_of(list.pictures[pair.a]) == folder_of(list.pictures[pair.b]);
    });
}

}  // namespace

void guess_subjects(ComparisonList& list) {
    Families families(list.pictures.size());
    for (const ListedPair& pair : list.pairs) {
        if (pair.same) families.join(pair.a, pair.b);
    }
    std::map<std::string, std::size_t> first_in;
    const bool by_folder = folders_are_subjects(list);
    for (std::size_t i = 0; by_folder && i < list.pictures.size(); ++i) {
        const std::string folder = folder_of(list.pictures[i]);
        if (!folder.empty()) families.join(i, first_in.try_emplace(folder, i).first->second);
    }
    for (std::size_t i = 0; i < list.pictures.size(); ++i)
        list.pictures[i].subject = list.pictures[families.root(i)].path;
}

}  // namespace countersign::evaluation
