#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/intervals.hpp"
#include "evaluation/lists.hpp"
#include "evaluation/parallel.hpp"
#include "face/api/measuring_engine.hpp"

namespace countersign::evaluation {

/// What the detector said about one presentation.
struct Judged {
    bool live{false};  // the label
    std::string species;
    std::string subject;
    std::optional<double> score;  // p(live); none is a non-response: no face, or nothing that could be read
    bool accepted{false};         // called live
};

/// What the engine said about each picture of a list, in its order.
struct PictureScores {
    std::vector<std::optional<double>> live_probability;
    std::size_t without_face{0};
    std::size_t unreadable{0};
    std::size_t videos{0};  // not evaluated: a list of pictures is expected
};

/// Errors: unavailable (a model or the decoder failed); the first one ends the run.
Result<PictureScores> score_presentations(const std::vector<Presentation>& list,
                                          face::MeasuringEngine& engine, const std::filesystem::path& root,
                                          const ParallelFor& parallel, const Progress& progress);

/// Each picture by itself: called live when p(live) reaches the policy's threshold.
std::vector<Judged> judge_pictures(const std::vector<Presentation>& list, const PictureScores& scores,
                                   const face::LivenessPoint& point);

/// Each clip as the server judges a capture: called live when it has enough frames with a face and their
/// median (of an even number the lower middle one) reaches the threshold. Pictures without a clip are left
/// out.
std::vector<Judged> judge_clips(const std::vector<Presentation>& list, const PictureScores& scores,
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
