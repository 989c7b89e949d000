#include <algorithm>
#include <cmath>
#include <set>

#include "evaluation/verification_report.hpp"

namespace countersign::evaluation {
namespace {

constexpr std::size_t kWorst = 10;

std::vector<OperatingPoint> operating_points(const ErrorCurves& curves, std::uint64_t impostors,
                                             std::vector<double>& unsupported) {
    std::vector<OperatingPoint> points;
    for (const double fmr : kReportedFmr) {
        if (!supports(impostors, fmr)) {
            unsupported.push_back(fmr);
            continue;
        }
        const std::size_t bin = curves.bin_at_fmr(fmr);
        points.push_back({fmr, Histogram::edge(bin), bin, curves.fmr(bin), curves.fnmr(bin)});
    }
    return points;
}

/// Pairs of different subjects among the pictures of a group.
std::uint64_t impostors_within(const std::map<std::string, std::uint64_t>& pictures_of_subject) {
    std::uint64_t sum = 0;
    std::uint64_t squares = 0;
    for (const auto& [subject, count] : pictures_of_subject) {
        sum += count;
        squares += count * count;
    }
    return (sum * sum - squares) / 2;
}

GroupRow group_row(const ComparisonList& list, const std::vector<bool>& present, const ScoreSet& scores,
                   std::size_t column, const std::string& value, const OperatingPoint& point) {
    const auto within = [&](std::uint32_t picture) { return list.pictures[picture].groups[column] == value; };
    GroupRow row{list.group_columns[column], value, point.fmr, {}, {}};
    std::map<std::string, std::uint64_t> pictures_of_subject;
    for (std::size_t i = 0; i < list.pictures.size(); ++i) {
        if (present[i] && within(static_cast<std::uint32_t>(i)))
            ++pictures_of_subject[list.pictures[i].subject];
    }
    row.false_match.trials = impostors_within(pictures_of_subject);
    for (const Comparison& each : scores.impostor_tail) {
        if (within(each.a) && within(each.b) && Histogram::bin_of(each.score) >= point.bin)
            ++row.false_match.errors;
    }
    for (const Comparison& each : scores.genuine) {
        if (!within(each.a) || !within(each.b)) continue;
        ++row.false_non_match.trials;
        if (Histogram::bin_of(each.score) < point.bin) ++row.false_non_match.errors;
    }
    return row;
}

std::vector<GroupRow> group_rows(const ComparisonList& list, const std::vector<bool>& present,
                                 const ScoreSet& scores, const std::vector<OperatingPoint>& points) {
    std::vector<GroupRow> rows;
    for (std::size_t column = 0; column < list.group_columns.size(); ++column) {
        std::set<std::string> values;
        for (const ListedPicture& picture : list.pictures)
            values.insert(picture.groups[column]);
        for (const std::string& value : values) {
            for (const OperatingPoint& point : points)
                rows.push_back(group_row(list, present, scores, column, value, point));
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

VerificationReport summarise(const ComparisonList& list, const TemplateSet& templates, const ScoreSet& scores,
                             const ParallelFor& parallel) {
    const auto present = templates.present();
    const ErrorCurves curves(scores.genuine_histogram, scores.impostor_histogram);
    VerificationReport report;
    report.failure_to_enrol = templates.failure_to_enrol();
    report.unreadable = templates.unreadable;
    std::set<std::string> subjects;
    for (const ListedPicture& picture : list.pictures)
        subjects.insert(picture.subject);
    report.subjects = subjects.size();
    report.points = operating_points(curves, scores.impostor_histogram.total(), report.unsupported);
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
