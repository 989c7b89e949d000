#include "evaluation/comparisons.hpp"

#include <algorithm>
#include <atomic>

#include "base/guarded.hpp"
#include "evaluation/error_rates.hpp"

namespace countersign::evaluation {
namespace {

constexpr std::size_t kStripes = 64;  // pieces of work; rows are dealt out in turn, because they get shorter
constexpr double kTailShare = 0.1;    // of the impostor scores

Result<ScoreSet> compare_pairs(const ComparisonList& list, const std::vector<bool>& has_template,
                               const Similarity& similarity) {
    ScoreSet scores;
    for (const ListedPair& pair : list.pairs) {
        if (!has_template[pair.a] || !has_template[pair.b]) continue;
        const double score = CS_TRY(similarity(pair.a, pair.b));
        auto& histogram = pair.same ? scores.genuine_histogram : scores.impostor_histogram;
        auto& kept = pair.same ? scores.genuine : scores.impostor_tail;
        histogram.add(score);
        kept.push_back({static_cast<std::uint32_t>(pair.a), static_cast<std::uint32_t>(pair.b),
                        static_cast<float>(score)});
    }
    return scores;
}

/// One pass over every pair of pictures.
class AllPairs {
public:
    AllPairs(const ComparisonList& list, const std::vector<bool>& has_template, const Similarity& similarity)
        : similarity_(similarity) {
        std::map<std::string, std::uint32_t> numbers;
        for (std::size_t i = 0; i < list.pictures.size(); ++i) {
            if (!has_template[i]) continue;
            const auto next = static_cast<std::uint32_t>(numbers.size());
            const auto [entry, is_new] = numbers.try_emplace(list.pictures[i].subject, next);
            members_.push_back({static_cast<std::uint32_t>(i), entry->second});
        }
    }

    /// Calls `visit(part, comparison, same)` for every pair; a part is only visited by one thread.
    template <class Part, class Visit>
    Result<void> run(std::vector<Part>& parts, const ParallelFor& parallel, const Visit& visit,
                     const std::function<void()>& stripe_done) const {
        Guarded<std::optional<Error>> failure;
        parallel(parts.size(), [&](std::size_t stripe) {
            const Result<void> outcome = run_stripe(parts[stripe], stripe, parts.size(), visit);
            if (!outcome) *failure.lock() = outcome.error();
            stripe_done();
        });
        if (auto first = failure.lock(); *first) return tl::unexpected(**first);
        return {};
    }

private:
    struct Member {
        std::uint32_t picture;
        std::uint32_t subject;
    };

    template <class Part, class Visit>
    Result<void> run_stripe(Part& part, std::size_t first, std::size_t step, const Visit& visit) const {
        for (std::size_t i = first; i < members_.size(); i += step) {
            for (std::size_t j = i + 1; j < members_.size(); ++j) {
                const Member& a = members_[i];
                const Member& b = members_[j];
                const double score = CS_TRY(similarity_(a.picture, b.picture));
                visit(part, Comparison{a.picture, b.picture, static_cast<float>(score)},
                      a.subject == b.subject);
            }
        }
        return {};
    }

    const Similarity& similarity_;
    std::vector<Member> members_;
};

void append(std::vector<Comparison>& to, const std::vector<Comparison>& more) {
    to.insert(to.end(), more.begin(), more.end());
}

/// The threads finish in any order; a report must not depend on it.
void put_in_order(std::vector<Comparison>& comparisons) {
    std::ranges::sort(comparisons, {}, [](const Comparison& c) { return std::pair(c.a, c.b); });
}

Result<ScoreSet> compare_all(const AllPairs& pairs, const ParallelFor& parallel, const Progress& progress) {
    std::atomic<std::size_t> done{0};
    const auto stripe_done = [&] { progress(++done, 2 * kStripes); };
    ScoreSet scores;
    std::vector<ScoreSet> parts(kStripes);
    const auto count = [](ScoreSet& part, const Comparison& comparison, bool same) {
        (same ? part.genuine_histogram : part.impostor_histogram).add(comparison.score);
        if (same) part.genuine.push_back(comparison);
    };
    CS_TRY(pairs.run(parts, parallel, count, stripe_done));
    for (const ScoreSet& part : parts) {
        scores.genuine_histogram.add(part.genuine_histogram);
        scores.impostor_histogram.add(part.impostor_histogram);
        append(scores.genuine, part.genuine);
    }
    scores.tail_bin = ErrorCurves(scores.genuine_histogram, scores.impostor_histogram).bin_at_fmr(kTailShare);

    std::vector<std::vector<Comparison>> tails(kStripes);
    const auto keep = [&](std::vector<Comparison>& tail, const Comparison& comparison, bool same) {
        if (!same && Histogram::bin_of(comparison.score) >= scores.tail_bin) tail.push_back(comparison);
    };
    CS_TRY(pairs.run(tails, parallel, keep, stripe_done));
    for (const auto& tail : tails)
        append(scores.impostor_tail, tail);
    put_in_order(scores.genuine);
    put_in_order(scores.impostor_tail);
    return scores;
}

}  // namespace

Result<ScoreSet> compare(const ComparisonList& list, const std::vector<bool>& has_template,
                         const Similarity& similarity, const ParallelFor& parallel,
                         const Progress& progress) {
    if (!list.all_pairs) return compare_pairs(list, has_template, similarity);
    return compare_all(AllPairs(list, has_template, similarity), parallel, progress);
}

}  // namespace countersign::evaluation
