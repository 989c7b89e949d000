#pragma once

#include <optional>

#include "base/json.hpp"
#include "evaluation/presentations.hpp"
#include "evaluation/verification_report.hpp"

namespace countersign::evaluation {

/// Rates of one kind of presentation with their intervals.
struct PadFigures {
    PadRates rates;
    PadIntervals intervals;
};

struct PadReport {
    PadFigures pictures;
    std::optional<PadFigures> clips;  // only when the list has clips
    face::LivenessPoint point;
    std::size_t without_face{0};
    std::size_t unreadable{0};
    std::size_t videos{0};
    std::size_t subjects{0};
};

PadReport summarise(const std::vector<Presentation>& list, const PictureScores& scores,
                    const face::LivenessPoint& point, const ParallelFor& parallel);

/// Keys of the pictures: apcer {worst, worst_species, species}, bpcer, auc, nonresponse {apnrr, bpnrr,
/// without_face, unreadable, videos}, ci, n; `clips` with the same keys when the list has clips; threshold,
/// least_frames, command, data, models.
json::object to_json(const PadReport& report, const Provenance& provenance);

/// The same facts as a table.
std::string to_text(const PadReport& report, const Provenance& provenance);

}  // namespace countersign::evaluation
