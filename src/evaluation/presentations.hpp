#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/acquire.hpp"
#include "evaluation/intervals.hpp"
#include "evaluation/lists.hpp"
#include "evaluation/parallel.hpp"
#include "face/api/measuring_engine.hpp"

namespace countersign::evaluation {

/// p(live) of one frame with a face.
struct FrameScore {
    double live_probability{0};
    bool usable{false};  // passes the quality gate of a capture
};

/// What the engine said about one row of a list: one frame for a picture, several for a video.
struct RowScores {
    std::vector<FrameScore> frames;  // those with a face
    std::size_t looked_at{0};        // with those without
};

/// One entry per row, in the order of the list.
struct PresentationScores {
    std::vector<RowScores> rows;
    std::size_t without_face{0};    // rows
    std::size_t unreadable{0};      // rows: missing, broken, or the engine failed at it
    std::size_t videos{0};          // rows
    std::vector<Failure> failures;  // of both kinds, in the order of the list
};

/// A row that cannot be scored is counted and named, and never ends the run. Errors: invalid_argument (no row
/// could be scored: the first reason).
Result<PresentationScores> score_presentations(const std::vector<Presentation>& list,
                                               face::MeasuringEngine& engine,
                                               const std::filesystem::path& root, const ParallelFor& parallel,
                                               const Progress& progress);

/// What the detector said about one presentation.
struct Judged {
    bool live{false};  // the label
    std::string species;
    std::string subject;
    std::optional<double> score;  // p(live); none is a non-response
    bool accepted{false};         // called live
    std::string name;             // of the clip, or the path
};

/// Each presentation (a clip with all its rows, or a row without a clip) as the server judges a capture:
/// called live when the median of p(live) over its frames (of an even number the lower middle one) reaches
/// the policy's threshold. Only frames that pass the quality gate count, as in a capture; where those are
/// fewer than the policy's least number, all frames with a face. Without that number of faces, or without a
/// face in each of fewer frames, it is a non-response.
std::vector<Judged> judge_presentations(const std::vector<Presentation>& list,
                                        const PresentationScores& scores, const face::LivenessPoint& point);

/// The same with every row by itself, whatever its clip.
std::vector<Judged> judge_rows(const std::vector<Presentation>& list, const PresentationScores& scores,
                               const face::LivenessPoint& point);

/// Error rates of presentation attack detection, over presentations that got a response.
/// Source: ISO/IEC 30107-3.
struct PadRates {
    std::map<std::string, Rate> apcer;  // attacks called live, per species of instrument
    std::string worst_species;          // whose APCER is highest: the headline
    Rate bpcer;                         // live presentations not called live
    Rate apnrr;                         // attack presentations without a response
    Rate bpnrr;                         // live presentations without a response
    double auc{0};  // probability that a live presentation scores above an attack, ties half

    Rate worst() const;
};
PadRates pad_rates(const std::vector<Judged>& judged);

/// 95 % intervals by drawing subjects with replacement.
struct PadIntervals {
    std::map<std::string, Interval> apcer;
    std::optional<Interval> worst;
    std::optional<Interval> bpcer;
    std::optional<Interval> auc;
};
PadIntervals pad_bootstrap(const std::vector<Judged>& judged, const ParallelFor& parallel);

}  // namespace countersign::evaluation
