#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/redteam/victim.hpp"

namespace countersign::redteam {

enum class Must {
    be_refused,  // an accepted one is a defect
    be_known,    // not stopped, or stopped by chance: said, not judged
    be_itself,   // the person: taking them for a recording of themselves is a defect
};

struct Row {
    std::string attack;
    std::string policy;
    Must must{Must::be_refused};
    int total{0};
    int accepted{0};
    std::map<std::string, int> causes;  // of the refused ones
};

struct Plan {
    int rounds{3};                // attempts per attack
    std::string only;             // attacks that have this in their name; empty: all
    std::filesystem::path media;  // folder for cut pictures
    std::filesystem::path data;   // data sets of the operator; empty: none
};

/// Attacks one account in every way we know. Errors: the genuine person could not enrol, media are
/// missing, or no attack has `only` in its name.
Result<std::vector<Row>> attack(face::FaceEngine& engine, const Plan& plan);

}  // namespace countersign::redteam
