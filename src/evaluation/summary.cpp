#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "evaluation/verification_report.hpp"

namespace countersign::evaluation {
namespace {

constexpr std::size_t kWorst = 10;

std::vector<OperatingPoint> operating_points(const ErrorCurves& curves, VerificationReport& report) {
    std::vector<OperatingPoint> points;
    for (const double fmr : kReportedFmr) {
        const std::uint64_t impostors = curves.fmr(0).trials;
        if (!resolves(impostors, fmr)) {
            report.unsupported.push_back(fmr);
            continue;
        }
        const std::size_t bin = curves.bin_at_fmr(fmr);
        const Rate rejected = curves.fnmr(bin);
        const std::uint64_t missing = report.genuine_listed - rejected.trials;
        const Rate all{rejected.errors + missing, report.genuine_listed};
        points.push_back(
            {fmr, Histogram::edge(bin), bin, curves.fmr(bin), rejected, all, supports(impostors, fmr)});
    }
    return points;
}

std::uint64_t square(std::uint64_t value) {
    return value * value;
}

using Counts = std::map<std::string, std::uint64_t>;

/// Pairs of different subjects among so many pictures of each.
std::uint64_t impostor_pairs(const Counts& pictures_of_subject) {
    std::uint64_t sum = 0;
    std::uint64_t squares = 0;
    for (const auto& [subject, count] : pictures_of_subject) {
        sum += count;
        squares += square(count);
    }
    return (square(sum) - squares) / 2;
}

/// Which group a comparison belongs to.
class Grouping {
public:
    explicit Grouping(const ComparisonList& list) : list_(list) {
        for (const ListedPair& pair : list.pairs)
            pairs_.emplace(std::pair(pair.a, pair.b), &pair);
    }

    bool holds(const Comparison& comparison, std::size_t column, const std::string& value) const {
        if (list_.all_pairs)
            return list_.pictures[comparison.a].groups[column] == value &&
                   list_.pictures[comparison.b].groups[column] == value;
        return pairs_.at({comparison.a, comparison.b})->groups[column] == value;
    }

    std::set<std::string> values(std::size_t column) const {
        std::set<std::string> all;
        for (const ListedPicture& picture : list_.pictures) {
            if (list_.all_pairs) all.insert(picture.groups[column]);
        }
        for (const ListedPair& pair : list_.pairs)
            all.insert(pair.groups[column]);
        return all;
    }

private:
    const ComparisonList& list_;
    std::map<std::pair<std::size_t, std::size_t>, const ListedPair*> pairs_;
};

/// Of an all-pairs list most impostor scores were not kept, so their number is counted from the pictures.
std::uint64_t impostors_in_group(const ComparisonList& list, const std::vector<bool>& present,
                                 std::size_t column, const std::string& value) {
    Counts pictures_of_subject;
    for (std::size_t i = 0; i < list.pictures.size(); ++i) {
        if (present[i] && list.pictures[i].groups[column] == value)
            ++pictures_of_subject[list.pictures[i].subject];
    }
    return impostor_pairs(pictures_of_subject);
}

/// The comparisons of one group, picked out once for all operating points.
struct GroupScores {
    std::vector<Comparison> genuine;
    std::vector<Comparison> impostor_tail;
    std::uint64_t impostors{0};

    GroupRow at(const OperatingPoint& point) const {
        GroupRow row;
        row.fmr = point.fmr;
        row.false_match = {0, impostors};
        row.false_non_match = {0, genuine.size()};
        for (const Comparison& each : impostor_tail) {
            if (Histogram::bin_of(each.score) >= point.bin) ++row.false_match.errors;
        }
        for (const Comparison& each : genuine) {
            if (Histogram::bin_of(each.score) < point.bin) ++row.false_non_match.errors;
        }
        return row;
    }
};

std::vector<GroupRow> group_rows(const ComparisonList& list, const std::vector<bool>& present,
                                 const ScoreSet& scores, const std::vector<OperatingPoint>& points) {
    std::vector<GroupRow> rows;
    const Grouping grouping(list);
    for (std::size_t column = 0; column < list.group_columns.size(); ++column) {
        for (const std::string& value : grouping.values(column)) {
            const auto in_group = [&](const Comparison& each) { return grouping.holds(each, column, value); };
            GroupScores group;
            std::ranges::copy_if(scores.genuine, std::back_inserter(group.genuine), in_group);
            std::ranges::copy_if(scores.impostor_tail, std::back_inserter(group.impostor_tail), in_group);
            group.impostors = list.all_pairs ? impostors_in_group(list, present, column, value)
                                             : group.impostor_tail.size();
            for (const OperatingPoint& point : points) {
                rows.push_back(group.at(point));
                rows.back().column = list.group_columns[column];
                rows.back().value = value;
            }
        }
    }
    return rows;
}

/// Scores of one fold, or of all but one.
struct FoldScores {
    Histogram genuine;
    Histogram impostor;

    void add(const FoldScores& other) {
        genuine.add(other.genuine);
        impostor.add(other.impostor);
    }
    double accuracy(std::size_t bin) const {
        const ErrorCurves curves(genuine, impostor);
        const Rate fmr = curves.fmr(bin);
        const Rate fnmr = curves.fnmr(bin);
        return 1 -
               static_cast<double>(fmr.errors + fnmr.errors) / static_cast<double>(fmr.trials + fnmr.trials);
    }
    std::size_t best_bin() const {
        const ErrorCurves curves(genuine, impostor);
        std::size_t best = 0;
        for (std::size_t bin = 0; bin <= Histogram::kBins; ++bin) {
            const auto errors = [&](std::size_t at) {
                return curves.fmr(at).errors + curves.fnmr(at).errors;
            };
            if (errors(bin) < errors(best)) best = bin;
        }
        return best;
    }
};

std::map<std::string, FoldScores> scores_by_fold(const ComparisonList& list, const ScoreSet& scores) {
    std::map<std::pair<std::size_t, std::size_t>, std::string> fold_of;
    for (const ListedPair& pair : list.pairs)
        fold_of[{pair.a, pair.b}] = pair.fold;
    std::map<std::string, FoldScores> folds;
    for (const Comparison& each : scores.genuine)
        folds[fold_of[{each.a, each.b}]].genuine.add(each.score);
    for (const Comparison& each : scores.impostor_tail)
        folds[fold_of[{each.a, each.b}]].impostor.add(each.score);
    return folds;
}

std::optional<FoldAccuracy> fold_accuracy(const ComparisonList& list, const ScoreSet& scores) {
    if (list.all_pairs) return std::nullopt;
    const auto folds = scores_by_fold(list, scores);
    if (folds.size() < 2) return std::nullopt;
    double sum = 0;
    double squares = 0;
    for (const auto& [name, own] : folds) {
        FoldScores others;
        for (const auto& [other_name, other] : folds) {
            if (other_name != name) others.add(other);
        }
        const double accuracy = own.accuracy(others.best_bin());
        sum += accuracy;
        squares += accuracy * accuracy;
    }
    const auto n = static_cast<double>(folds.size());
    const double variance = std::max(0.0, (squares - sum * sum / n) / (n - 1));
    return FoldAccuracy{folds.size(), sum / n, std::sqrt(variance)};
}

template <class Order>
std::vector<Comparison> first_by_score(std::vector<Comparison> comparisons, Order order) {
    const std::size_t count = std::min(kWorst, comparisons.size());
    const auto middle = comparisons.begin() + static_cast<std::ptrdiff_t>(count);
    std::ranges::partial_sort(comparisons, middle, order, &Comparison::score);
    comparisons.resize(count);
    return comparisons;
}

}  // namespace

std::uint64_t genuine_pairs(const ComparisonList& list) {
    if (!list.all_pairs)
        return static_cast<std::uint64_t>(std::ranges::count(list.pairs, true, &ListedPair::same));
    Counts pictures_of_subject;
    for (const ListedPicture& picture : list.pictures)
        ++pictures_of_subject[picture.subject];
    std::uint64_t pairs = 0;
    for (const auto& [subject, count] : pictures_of_subject)
        pairs += count * (count - 1) / 2;
    return pairs;
}

VerificationReport summarise(const ComparisonList& list, const TemplateSet& templates, const ScoreSet& scores,
                             const ParallelFor& parallel) {
    const auto present = templates.present();
    const ErrorCurves curves(scores.genuine_histogram, scores.impostor_histogram);
    VerificationReport report;
    report.failure_to_enrol = templates.failure_to_enrol();
    report.failure_to_acquire = templates.failure_to_acquire();
    report.failures = templates.failures;
    report.genuine_listed = genuine_pairs(list);
    std::set<std::string> subjects;
    for (const ListedPicture& picture : list.pictures)
        subjects.insert(picture.subject);
    report.subjects = subjects.size();
    report.points = operating_points(curves, report);
    report.equal_error = curves.equal_error();
    std::vector<double> fmrs;
    for (const OperatingPoint& point : report.points)
        fmrs.push_back(point.fmr);
    report.intervals = bootstrap(list, present, scores, fmrs, parallel);
    report.groups = group_rows(list, present, scores, report.points);
    report.folds = fold_accuracy(list, scores);
    report.worst_genuine = first_by_score(scores.genuine, std::ranges::less{});
    report.worst_impostor = first_by_score(scores.impostor_tail, std::ranges::greater{});
    return report;
}

}  // namespace countersign::evaluation
