#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "evaluation/intervals.hpp"
#include "evaluation/lists.hpp"
#include "evaluation/parallel.hpp"
#include "evaluation/template_cache.hpp"
#include "face/api/measuring_engine.hpp"

namespace countersign::evaluation {

/// The whole file. Errors: unavailable.
Result<Bytes> read_file(const std::filesystem::path& file);

/// Whether an error of the engine is about the picture (broken, too large, no JPEG or WebP) and so a failure
/// to enrol, not a failure of the run.
bool about_the_picture(const Error& error);

/// One entry per picture of a list; none is a failure to enrol.
struct TemplateSet {
    std::vector<std::optional<face::Template>> templates;
    std::size_t without_face{0};
    std::size_t unreadable{0};

    std::vector<bool> present() const;
    Rate failure_to_enrol() const;
};

/// Where pictures come from and what helps to be quick.
struct TemplateSource {
    face::MeasuringEngine& engine;
    std::filesystem::path root;
    const TemplateCache* cache;  // may be absent
};

/// Makes the template of every picture. Errors: unavailable (a model or the decoder failed, or a file cannot
/// be read); the first one ends the run.
Result<TemplateSet> make_templates(const std::vector<ListedPicture>& pictures, const TemplateSource& source,
                                   const ParallelFor& parallel, const Progress& progress);

}  // namespace countersign::evaluation
