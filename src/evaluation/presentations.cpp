#include "evaluation/presentations.hpp"

#include <algorithm>
#include <array>
#include <atomic>

#include "base/guarded.hpp"
#include "evaluation/bootstrap.hpp"
#include "evaluation/templates.hpp"

namespace countersign::evaluation {
namespace {

enum class Outcome { scored, without_face, unreadable, video };

struct Measured {
    Outcome outcome{Outcome::unreadable};
    double score{0};
};

bool is_video(const std::string& path) {
    static constexpr std::array<std::string_view, 6> kEndings{".mp4", ".webm", ".mov",
                                                              ".avi", ".mkv",  ".m4v"};
    std::string ending = std::filesystem::path(path).extension().string();
    for (char& c : ending)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return std::ranges::find(kEndings, ending) != kEndings.end();
}

Result<Measured> measure(face::MeasuringEngine& engine, const std::filesystem::path& root,
                         const std::string& path) {
    if (is_video(path)) return Measured{Outcome::video};
    const Bytes encoded = CS_TRY(read_file(root / path));
    const auto seen = engine.observe(encoded);
    if (!seen && about_the_picture(seen.error())) return Measured{Outcome::unreadable};
    if (!seen) return tl::unexpected(seen.error());
    if (seen->faces == 0) return Measured{Outcome::without_face};
    const double score = CS_TRY(engine.live_probability(*seen));
    return Measured{Outcome::scored, score};
}

double lower_median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
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

Result<PictureScores> score_presentations(const std::vector<Presentation>& list,
                                          face::MeasuringEngine& engine, const std::filesystem::path& root,
                                          const ParallelFor& parallel, const Progress& progress) {
    std::vector<Measured> measured(list.size());
    std::atomic<std::size_t> done{0};
    std::atomic<bool> failed{false};
    Guarded<std::optional<Error>> failure;
    parallel(list.size(), [&](std::size_t i) {
        if (failed) return;
        const auto outcome = measure(engine, root, list[i].path);
        if (outcome) {
            measured[i] = *outcome;
        } else if (!failed.exchange(true)) {
            *failure.lock() = outcome.error();
        }
        progress(++done, list.size());
    });
    if (auto first = failure.lock(); *first) return tl::unexpected(**first);

    PictureScores scores;
    for (const Measured& each : measured) {
        scores.live_probability.emplace_back();
        if (each.outcome == Outcome::scored) scores.live_probability.back() = each.score;
        if (each.outcome == Outcome::without_face) ++scores.without_face;
        if (each.outcome == Outcome::unreadable) ++scores.unreadable;
        if (each.outcome == Outcome::video) ++scores.videos;
    }
    return scores;
}

std::vector<Judged> judge_pictures(const std::vector<Presentation>& list, const PictureScores& scores,
                                   const face::LivenessPoint& point) {
    std::vector<Judged> judged;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto score = scores.live_probability[i];
        judged.push_back(
            {list[i].live, list[i].species, list[i].subject, score, score && *score >= point.threshold});
    }
    return judged;
}

std::vector<Judged> judge_clips(const std::vector<Presentation>& list, const PictureScores& scores,
                                const face::LivenessPoint& point) {
    struct Clip {
        const Presentation* first;
        std::vector<double> scores;
    };
    std::map<std::pair<std::string, bool>, Clip> clips;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i].clip.empty()) continue;
        Clip& clip = clips.try_emplace({list[i].clip, list[i].live}, Clip{&list[i], {}}).first->second;
        if (scores.live_probability[i]) clip.scores.push_back(*scores.live_probability[i]);
    }
    std::vector<Judged> judged;
    for (const auto& [key, clip] : clips) {
        Judged verdict{clip.first->live, clip.first->species, clip.first->subject, {}, false};
        if (!clip.scores.empty()) {
            verdict.score = lower_median(clip.scores);
            verdict.accepted = clip.scores.size() >= point.least_frames && *verdict.score >= point.threshold;
        }
        judged.push_back(std::move(verdict));
    }
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
