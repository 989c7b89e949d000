#include "evaluation/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace countersign::evaluation {
namespace {

/// The plot area within a picture of 640 × 400.
constexpr double kLeft = 60;
constexpr double kTop = 20;
constexpr double kWidth = 560;
constexpr double kHeight = 330;
constexpr int kDecades = 6;
constexpr double kLowestRate = 1e-6;  // where the axes begin
constexpr std::size_t kBinsPerBar = Histogram::kBinsPerUnit / 100;

double across(double share) {
    return kLeft + kWidth * share;
}
double up(double share) {
    return kTop + kHeight * (1 - share);
}

/// 1e-6 … 1 to 0 … 1.
double on_log_axis(double rate) {
    return std::clamp(1 + std::log10(rate) / kDecades, 0.0, 1.0);
}

std::string open_picture(std::string_view label) {
    return fmt::format(
        "<svg viewBox=\"0 0 640 400\" role=\"img\" aria-label=\"{}\">"
        "<rect class=\"area\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
        label, kLeft, kTop, kWidth, kHeight);
}

std::string x_tick(double share, std::string_view text) {
    return fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
        "<text x=\"{0:.1f}\" y=\"{3:.1f}\" text-anchor=\"middle\">{4}</text>",
        across(share), up(0), up(1), up(0) + 16, text);
}

std::string y_tick(double share, std::string_view text) {
    return fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>"
        "<text x=\"{3:.1f}\" y=\"{4:.1f}\" text-anchor=\"end\">{5}</text>",
        across(0), across(1), up(share), across(0) - 6, up(share) + 4, text);
}

std::string title_of_x(std::string_view text) {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>", across(0.5),
                       up(0) + 36, text);
}

std::vector<double> shares_per_bar(const Histogram& histogram) {
    std::vector<double> shares(Histogram::kBins / kBinsPerBar + 1);
    const double total = std::max(1.0, static_cast<double>(histogram.total()));
    for (std::size_t bin = 0; bin < Histogram::kBins; ++bin)
        shares[bin / kBinsPerBar] += static_cast<double>(histogram.count(bin)) / total;
    return shares;
}

std::string bars(const std::vector<double>& shares, double highest, std::string_view style) {
    std::string path;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const double x = across(static_cast<double>(i) / static_cast<double>(shares.size()));
        const double next = across(static_cast<double>(i + 1) / static_cast<double>(shares.size()));
        const double y = up(shares[i] / highest);
        path += fmt::format("{}{:.1f},{:.1f} L{:.1f},{:.1f} ", i == 0 ? "M" : "L", x, y, next, y);
    }
    return fmt::format("<path class=\"{0}\" d=\"{1}L{2:.1f},{3:.1f} L{4:.1f},{3:.1f} Z\"/>", style, path,
                       across(1), up(0), across(0));
}

}  // namespace

std::string det_curve_svg(const std::vector<DetPoint>& points) {
    std::string out = open_picture("DET curve");
    for (int decade = -kDecades; decade <= 0; ++decade) {
        const double share = 1 + static_cast<double>(decade) / kDecades;
        const std::string text = decade == 0 ? "1" : fmt::format("1e{}", decade);
        out += x_tick(share, text) + y_tick(share, text);
    }
    std::string line;
    for (const DetPoint& point : points) {
        if (point.fmr < kLowestRate || point.fnmr < kLowestRate) continue;
        line += fmt::format("{:.1f},{:.1f} ", across(on_log_axis(point.fmr)), up(on_log_axis(point.fnmr)));
    }
    out += fmt::format("<polyline class=\"curve\" points=\"{}\"/>", line);
    return out + title_of_x("false match rate (across) against false non-match rate (up)") + "</svg>";
}

std::string score_histogram_svg(const Histogram& genuine, const Histogram& impostor) {
    const auto same = shares_per_bar(genuine);
    const auto different = shares_per_bar(impostor);
    const double highest =
        std::max({1e-9, *std::ranges::max_element(same), *std::ranges::max_element(different)});
    std::string out = open_picture("Score histograms");
    for (int tenth = 0; tenth <= 10; tenth += 1)
        out += x_tick(tenth / 10.0, fmt::format("{:.1f}", tenth / 5.0 - 1));
    out += y_tick(1, fmt::format("{:.1f} %", 100 * highest)) + y_tick(0, "0");
    out += bars(different, highest, "impostor") + bars(same, highest, "genuine");
    return out + title_of_x("similarity; impostor grey, genuine coloured") + "</svg>";
}

std::string escape_html(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

}  // namespace countersign::evaluation
