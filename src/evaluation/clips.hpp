#pragma once

#include "evaluation/csv.hpp"
#include "evaluation/error_rates.hpp"
#include "evaluation/templates.hpp"
#include "evaluation/verification_report.hpp"

/// What several frames of one capture are worth over a single one: the same frames compared one by one, and
/// in groups by the rule of the server.
namespace countersign::evaluation {

/// Frames of one person that belong together: a video, or pictures in the order of the list.
struct ListedClip {
    std::string name;
    std::string subject;
    std::vector<std::string> paths;
};

/// Columns path and identity; clip optional, without it every path is a clip. Errors: invalid_argument (a
/// column is missing, a cell is empty, or a clip has two identities; naming the line).
Result<std::vector<ListedClip>> clips_list(const CsvTable& table);

/// The templates of each clip's frames, in order.
struct ClipTemplates {
    std::vector<std::vector<face::Template>> clips;
    std::size_t left_out{0};  // frames without a face, or that a capture would not take
    std::vector<Failure> failures;
};

/// As in a capture, frames count that pass the quality gate; of a clip with fewer than `least` such frames,
/// all with a face. A file that cannot be read is named in `failures` and never ends the run. Errors:
/// invalid_argument (no file gave a face).
Result<ClipTemplates> make_clip_templates(const std::vector<ListedClip>& list, const TemplateSource& source,
                                          std::size_t least, const ParallelFor& parallel,
                                          const Progress& progress);

/// Scores of one kind of comparison.
struct Distribution {
    Histogram histogram;
    double sum{0};
    double squares{0};
    double least{1};
    double most{-1};

    void add(double score);
    void add(const Distribution& other);
    double mean() const;
    double deviation() const;
};

struct ComparisonScores {
    Distribution genuine;
    Distribution impostor;

    /// How far the two lie apart: the difference of the means in units of the common deviation (d').
    double separation() const;
};

struct ClipStudy {
    std::size_t frames_per_group{0};
    std::size_t clips{0};
    std::size_t subjects{0};
    std::size_t frames{0};
    std::size_t groups{0};
    bool across_clips{false};  // genuine comparisons are between clips; otherwise within one
    ComparisonScores single;   // every frame of a group with every frame of the other
    ComparisonScores multi;    // mean over the probes of the best reference
};

/// Cuts every clip into groups of `frames_per_group` and compares each group with each later one as a login
/// compares: the earlier one of the list holds the references. Genuine comparisons are those between
/// different clips of a person where the list has any, and otherwise those within a clip. The single
/// comparisons are made of exactly the same frames. Errors: as `similarity`; invalid_argument (there are not
/// both genuine and impostor comparisons).
Result<ClipStudy> study_clips(const std::vector<ListedClip>& list, const ClipTemplates& templates,
                              const face::MeasuringEngine& engine, std::size_t frames_per_group,
                              const ParallelFor& parallel, const Progress& progress);

/// Keys: frames_per_group, clips, subjects, frames, left_out, groups, genuine_comparisons ("across_clips" or
/// "within_clips"), single and multi (genuine, impostor, eer, eer_threshold, d_prime, genuine_mean,
/// genuine_least, impostor_mean, impostor_most, fnmr_at_fmr, threshold_at_fmr, support_at_fmr,
/// unsupported_fmr), failures, command, data, manifest, models.
json::object to_json(const ClipStudy& study, const ClipTemplates& templates, const Provenance& provenance);

/// The same facts side by side.
std::string to_text(const ClipStudy& study, const ClipTemplates& templates);

}  // namespace countersign::evaluation
