#pragma once

#include "evaluation/lists.hpp"

namespace countersign::evaluation {

/// Gives the pictures of a list of pairs their subjects, which it does not name: the pictures of a genuine
/// pair are of one subject, and, when folders stand for subjects (no impostor pair lies in one), those of one
/// folder too. The subject's name is the path of one of its pictures.
void guess_subjects(ComparisonList& list);

}  // namespace countersign::evaluation
