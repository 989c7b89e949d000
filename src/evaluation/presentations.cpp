#include "evaluation/presentations.hpp"

#include <algorithm>
#include <atomic>
#include <tuple>

#include "evaluation/bootstrap.hpp"
#include "evaluation/media.hpp"

namespace countersign::evaluation {
namespace {

/// One row, or why there is nothing of it.
struct Measured {
    RowScores scores;
    bool readable{false};
    bool video{false};
    std::string why;
};

/// Adds a frame. Errors: the engine's.
Result<void> add_frame(face::MeasuringEngine& engine, const face::Observation& seen, RowScores& to) {
    ++to.looked_at;
    if (seen.faces == 0) return {};
    const double score = CS_TRY(engine.live_probability(seen));
    to.frames.push_back({score, seen.usable()});
    return {};
}

Result<RowScores> measure_picture(face::MeasuringEngine& engine, const std::filesystem::path& file) {
    const auto encoded = CS_TRY(read_file(file));
    const auto seen = CS_TRY(observe_file(engine, encoded, file));
    RowScores scores;
    CS_TRY(add_frame(engine, seen, scores));
    return scores;
}

Result<RowScores> measure_video(face::MeasuringEngine& engine, const std::filesystem::path& file) {
    RowScores scores;
    const auto frames = CS_TRY(video_frames(file));
    for (const Bytes& frame : frames) {
        const auto seen = CS_TRY(engine.observe(frame));
        CS_TRY(add_frame(engine, seen, scores));
    }
    return scores;
}

Measured measure(face::MeasuringEngine& engine, const std::filesystem::path& file) {
    Measured measured;
    measured.video = is_video(file);
    auto scores = measured.video ? measure_video(engine, file) : measure_picture(engine, file);
    measured.readable = scores.has_value();
    if (!scores) {
        measured.why = scores.error().detail;
        return measured;
    }
    measured.scores = *std::move(scores);
    if (measured.scores.frames.empty()) measured.why = "no face was found";
    return measured;
}

double lower_median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// The frames that decide, or none for a non-response.
std::vector<double> deciding(const RowScores& scores, std::size_t least_frames) {
    std::vector<double> usable;
    std::vector<double> all;
    for (const FrameScore& frame : scores.frames) {
        all.push_back(frame.live_probability);
        if (frame.usable) usable.push_back(frame.live_probability);
    }
    if (usable.size() >= least_frames) return usable;
    if (all.size() >= std::min(least_frames, scores.looked_at)) return all;
    return {};
}

Judged judge(const Presentation& row, const RowScores& scores, const face::LivenessPoint& point) {
    Judged verdict{row.live, row.species, row.subject, {}, false, row.clip.empty() ? row.path : row.clip};
    auto frames = deciding(scores, point.least_frames);
    if (frames.empty()) return verdict;
    verdict.score = lower_median(std::move(frames));
    verdict.accepted = *verdict.score >= point.threshold;
    return verdict;
}

PresentationScores collect(std::vector<Measured>& measured, const std::vector<Presentation>& list) {
    PresentationScores scores;
    for (std::size_t i = 0; i < measured.size(); ++i) {
        Measured& each = measured[i];
        if (each.video) ++scores.videos;
        if (!each.readable) ++scores.unreadable;
        if (each.readable && each.scores.frames.empty()) ++scores.without_face;
        if (!each.why.empty() || !each.readable) scores.failures.push_back({list[i].path, each.why});
        scores.rows.push_back(std::move(each.scores));
    }
    return scores;
}

/// Area under the curve from scores in order; `weights` beside them.
struct Scored {
    double score{0};
    bool live{false};
    std::uint64_t weight{1};
};

double area_under_curve(std::vector<Scored> scored) {
    std::ranges::sort(scored, {}, &Scored::score);
    double below = 0;  // weight of the attacks with a lower score
    double live = 0;
    double wins = 0;
    for (std::size_t i = 0; i < scored.size();) {
        double equal_attacks = 0;
        double equal_live = 0;
        const double score = scored[i].score;
        for (; i < scored.size() && scored[i].score <= score; ++i)
            (scored[i].live ? equal_live : equal_attacks) += static_cast<double>(scored[i].weight);
        wins += equal_live * (below + equal_attacks / 2);
        below += equal_attacks;
        live += equal_live;
    }
    return live > 0 && below > 0 ? wins / (live * below) : 0;
}

void count(Rate& rate, bool error, std::uint64_t weight) {
    rate.trials += weight;
    if (error) rate.errors += weight;
}

PadRates weighted_rates(const std::vector<Judged>& judged, const std::vector<std::uint64_t>& weights) {
    PadRates rates;
    std::vector<Scored> scored;
    for (std::size_t i = 0; i < judged.size(); ++i) {
        const Judged& each = judged[i];
        const std::uint64_t weight = weights[i];
        count(each.live ? rates.bpnrr : rates.apnrr, !each.score, weight);
        if (!each.live) rates.apcer.try_emplace(each.species);
        if (!each.score) continue;
        scored.push_back({*each.score, each.live, weight});
        if (each.live)
            count(rates.bpcer, !each.accepted, weight);
        else
            count(rates.apcer[each.species], each.accepted, weight);
    }
    const auto by_rate = [](const auto& entry) { return entry.second.value(); };
    const auto worst = std::ranges::max_element(rates.apcer, {}, by_rate);
    if (worst != rates.apcer.end()) rates.worst_species = worst->first;
    rates.auc = area_under_curve(std::move(scored));
    return rates;
}

std::vector<std::size_t> number_subjects(const std::vector<Judged>& judged, std::size_t& subjects) {
    std::map<std::string, std::size_t> numbers;
    std::vector<std::size_t> of;
    for (const Judged& each : judged)
        of.push_back(numbers.try_emplace(each.subject, numbers.size()).first->second);
    subjects = numbers.size();
    return of;
}

}  // namespace

Result<PresentationScores> score_presentations(const std::vector<Presentation>& list,
                                               face::MeasuringEngine& engine,
                                               const std::filesystem::path& root, const ParallelFor& parallel,
                                               const Progress& progress) {
    std::vector<Measured> measured(list.size());
    std::atomic<std::size_t> done{0};
    parallel(list.size(), [&](std::size_t i) {
        measured[i] = measure(engine, root / list[i].path);
        progress(++done, list.size());
    });
    auto scores = collect(measured, list);
    if (scores.failures.size() < list.size()) return scores;
    const Failure& first = scores.failures.front();
    return fail(ErrorCode::invalid_argument, fmt::format("none of {} rows could be scored; the first, {}: {}",
                                                         list.size(), first.path, first.why));
}

std::vector<Judged> judge_rows(const std::vector<Presentation>& list, const PresentationScores& scores,
                               const face::LivenessPoint& point) {
    std::vector<Judged> judged;
    for (std::size_t i = 0; i < list.size(); ++i) {
        judged.push_back(judge(list[i], scores.rows[i], point));
        judged.back().name = list[i].path;
    }
    return judged;
}

std::vector<Judged> judge_presentations(const std::vector<Presentation>& list,
                                        const PresentationScores& scores, const face::LivenessPoint& point) {
    struct Clip {
        const Presentation* first;
        RowScores scores;
    };
    std::vector<Clip> clips;
    std::map<std::tuple<std::string, bool, std::string, std::string>, std::size_t> known;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Presentation& row = list[i];
        std::size_t at = clips.size();
        if (!row.clip.empty())
            at = known.try_emplace({row.clip, row.live, row.species, row.subject}, at).first->second;
        if (at == clips.size()) clips.push_back({&row, {}});
        RowScores& all = clips[at].scores;
        all.looked_at += scores.rows[i].looked_at;
        all.frames.insert(all.frames.end(), scores.rows[i].frames.begin(), scores.rows[i].frames.end());
    }
    std::vector<Judged> judged;
    for (const Clip& clip : clips)
        judged.push_back(judge(*clip.first, clip.scores, point));
    return judged;
}

Rate PadRates::worst() const {
    const auto found = apcer.find(worst_species);
    return found == apcer.end() ? Rate{} : found->second;
}

PadRates pad_rates(const std::vector<Judged>& judged) {
    return weighted_rates(judged, std::vector<std::uint64_t>(judged.size(), 1));
}

PadIntervals pad_bootstrap(const std::vector<Judged>& judged, const ParallelFor& parallel) {
    std::size_t subjects = 0;
    const auto of = number_subjects(judged, subjects);
    std::vector<PadRates> replicates(kReplicates);
    parallel(kReplicates, [&](std::size_t r) {
        const auto drawn = drawn_subjects(subjects, kBootstrapSeed + r);
        std::vector<std::uint64_t> weights;
        for (const std::size_t subject : of)
            weights.push_back(drawn[subject]);
        replicates[r] = weighted_rates(judged, weights);
    });

    std::map<std::string, std::vector<double>> apcer;
    std::vector<double> worst;
    std::vector<double> bpcer;
    std::vector<double> auc;
    for (const PadRates& each : replicates) {
        for (const auto& [species, rate] : each.apcer) {
            if (rate.trials > 0) apcer[species].push_back(rate.value());
        }
        const bool both = each.worst().trials > 0 && each.bpcer.trials > 0;
        if (each.worst().trials > 0) worst.push_back(each.worst().value());
        if (each.bpcer.trials > 0) bpcer.push_back(each.bpcer.value());
        if (both) auc.push_back(each.auc);
    }
    PadIntervals intervals{
        {}, percentile_interval(worst), percentile_interval(bpcer), percentile_interval(auc)};
    for (auto& [species, values] : apcer) {
        if (const auto interval = percentile_interval(values)) intervals.apcer[species] = *interval;
    }
    return intervals;
}

}  // namespace countersign::evaluation
