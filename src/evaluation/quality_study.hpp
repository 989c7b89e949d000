#pragma once

#include <string>
#include <vector>

#include "evaluation/verification_report.hpp"

namespace countersign::evaluation {

/// What the engine says of one picture of a list; no components: no face.
struct PictureQuality {
    std::vector<face::QualityComponent> components;
    face::Hint hint{face::Hint::none};
};

struct MeasuredPictures {
    TemplateSet set;
    std::vector<PictureQuality> quality;  // one per picture
};

/// Template and quality of every picture. Errors: as make_templates.
Result<MeasuredPictures> measure_pictures(const std::vector<ListedPicture>& pictures,
                                          const TemplateSource& source, const ParallelFor& parallel,
                                          const Progress& progress);

/// The shares of pictures that are left out, worst first.
constexpr std::array<double, 3> kDiscards{0.05, 0.10, 0.20};

/// FNMR when some pictures are left out, the threshold staying where it was, beside what leaving out as many
/// by chance does (200 draws: mean and middle 95 %).
struct Discard {
    std::size_t pictures{0};  // left out
    Rate false_non_match;
    double by_chance{0};
    Interval chance;
    /// Below all but 2.5 % of what chance does.
    bool helps() const { return false_non_match.trials > 0 && false_non_match.value() < chance.low; }
};

/// Error versus discard of one component.
struct ComponentRow {
    std::string name;
    face::Hint hint{face::Hint::none};
    double low{0}, middle{0}, high{0};  // 5th, 50th, 95th percentile
    Rate rejected;                      // below 50, the line of the gate
    std::vector<Discard> discards;      // as kDiscards
};

/// What the gate leaves out for one reason, or for any.
struct GateRow {
    std::string hint;
    Discard discard;
};

struct QualityStudy {
    double fmr{0};
    double threshold{0};
    Rate false_non_match;  // of all pictures
    std::size_t pictures{0};
    std::vector<ComponentRow> components;
    std::vector<GateRow> gate;  // by number of pictures, "any" last
};

/// The threshold is that of `fmr` over all impostor comparisons. Errors: invalid_argument (fewer than 1 ÷
/// FMR).
Result<QualityStudy> study_quality(const MeasuredPictures& measured, const ScoreSet& scores, double fmr);

/// Keys: fmr, threshold, fnmr, pictures, components [{name, hint, percentiles, rejected, edc [{discarded,
/// fnmr, random, random_interval, helps}]}], gate [{hint, discarded, fnmr, random, random_interval, helps}],
/// and those of the provenance.
json::object to_json(const QualityStudy& study, const Provenance& provenance);
std::string to_text(const QualityStudy& study);

}  // namespace countersign::evaluation
