#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "evaluation/acquire.hpp"
#include "evaluation/intervals.hpp"
#include "evaluation/lists.hpp"
#include "evaluation/parallel.hpp"
#include "evaluation/template_cache.hpp"
#include "face/api/measuring_engine.hpp"

namespace countersign::evaluation {

/// One entry per picture of a list; none is a failure to enrol.
struct TemplateSet {
    std::vector<std::optional<face::Template>> templates;
    std::size_t without_face{0};
    std::size_t unreadable{0};      // missing, no picture, broken, or the engine failed at it
    std::vector<Failure> failures;  // both kinds, in the order of the list

    std::vector<bool> present() const;
    Rate failure_to_enrol() const;    // both kinds
    Rate failure_to_acquire() const;  // the unreadable
};

/// Where pictures come from and what helps to be quick.
struct TemplateSource {
    face::MeasuringEngine& engine;
    std::filesystem::path root;
    const TemplateCache* cache;  // may be absent
};

/// Makes the template of every picture. A picture that gives none is counted and named, and never ends the
/// run. Errors: invalid_argument (no picture gave a template: the first reason), unavailable (the cache
/// cannot be written).
Result<TemplateSet> make_templates(const std::vector<ListedPicture>& pictures, const TemplateSource& source,
                                   const ParallelFor& parallel, const Progress& progress);

}  // namespace countersign::evaluation
