#pragma once

#include <optional>

#include "base/json.hpp"
#include "evaluation/pad_curve.hpp"
#include "evaluation/presentations.hpp"
#include "evaluation/verification_report.hpp"

namespace countersign::evaluation {

/// Rates of one kind of presentation with their intervals.
struct PadFigures {
    PadRates rates;
    PadIntervals intervals;
};

struct PadReport {
    PadFigures presentations;
    std::optional<PadFigures> rows;        // each row by itself; only when the list has clips
    std::vector<PadPoint> curve;           // of the presentations
    std::vector<Judged> accepted_attacks;  // highest score first
    std::vector<Judged> refused_live;      // lowest score first
    face::LivenessPoint point;
    std::size_t listed{0};  // rows
    std::size_t without_face{0};
    std::size_t unreadable{0};
    std::size_t videos{0};
    std::size_t subjects{0};
    std::vector<Failure> failures;
};

PadReport summarise(const std::vector<Presentation>& list, const PresentationScores& scores,
                    const face::LivenessPoint& point, const ParallelFor& parallel);

/// Keys of the presentations: apcer {worst, worst_species, species}, bpcer, auc, nonresponse {apnrr, bpnrr,
/// bpcer_with_nonresponse, without_face, unreadable}, ci, n; `rows` with the same keys when the list has
/// clips; trade_off {deer, bpcer_at_apcer, threshold_at_apcer}, threshold, least_frames, worst, failures (the
/// first 1000), command, data, manifest, models.
json::object to_json(const PadReport& report, const Provenance& provenance);

/// The same facts as a table.
std::string to_text(const PadReport& report, const Provenance& provenance);

}  // namespace countersign::evaluation
