#include "evaluation/plot.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace countersign::evaluation {
namespace {

/// The area of a plot within a picture of 640 × 420.
constexpr double kLeft = 70;
constexpr double kTop = 36;
constexpr double kWidth = 550;
constexpr double kHeight = 320;

double across(double share) {
    return kLeft + kWidth * std::clamp(share, 0.0, 1.0);
}
double up(double share) {
    return kTop + kHeight * (1 - std::clamp(share, 0.0, 1.0));
}

}  // namespace

Plot::Plot(std::string_view label)
    : out_(fmt::format("<svg viewBox=\"0 0 640 420\" role=\"img\" aria-label=\"{}\">"
                       "<rect class=\"area\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                       escape_html(label), kLeft, kTop, kWidth, kHeight)) {}

void Plot::x_tick(double share, std::string_view text) {
    out_ += fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
        "<text x=\"{0:.1f}\" y=\"{3:.1f}\" text-anchor=\"middle\">{4}</text>",
        across(share), up(0), up(1), up(0) + 18, escape_html(text));
}

void Plot::y_tick(double share, std::string_view text) {
    out_ += fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>"
        "<text x=\"{3:.1f}\" y=\"{4:.1f}\" text-anchor=\"end\">{5}</text>",
        across(0), across(1), up(share), across(0) - 8, up(share) + 4, escape_html(text));
}

void Plot::titles(std::string_view text_across, std::string_view text_up) {
    out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>", across(0.5),
                        up(0) + 42, escape_html(text_across));
    out_ += fmt::format(
        "<text x=\"0\" y=\"0\" text-anchor=\"middle\" transform=\"translate(16 {:.1f}) "
        "rotate(-90)\">{}</text>",
        up(0.5), escape_html(text_up));
}

void Plot::line(const std::vector<PlotPoint>& points, std::string_view style) {
    std::string places;
    for (const PlotPoint& point : points)
        places += fmt::format("{:.1f},{:.1f} ", across(point.x), up(point.y));
    out_ += fmt::format("<polyline class=\"{}\" points=\"{}\"/>", style, places);
}

void Plot::columns(const std::vector<double>& heights, std::string_view style) {
    std::string path = fmt::format("M{:.1f},{:.1f} ", across(0), up(0));
    const auto count = static_cast<double>(heights.size());
    for (std::size_t i = 0; i < heights.size(); ++i) {
        path += fmt::format("L{0:.1f},{2:.1f} L{1:.1f},{2:.1f} ", across(static_cast<double>(i) / count),
                            across(static_cast<double>(i + 1) / count), up(heights[i]));
    }
    out_ += fmt::format("<path class=\"{}\" d=\"{}L{:.1f},{:.1f} Z\"/>", style, path, across(1), up(0));
}

void Plot::upright(double share, std::string_view text) {
    out_ += fmt::format(
        "<line class=\"limit\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
        "<text class=\"note\" x=\"{3:.1f}\" y=\"{4:.1f}\">{5}</text>",
        across(share), up(0), up(1), across(share) + 4, up(1) + 14, escape_html(text));
}

void Plot::mark(const PlotPoint& at, std::string_view text) {
    out_ += fmt::format(
        "<circle class=\"mark\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\"/>"
        "<text class=\"note\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
        across(at.x), up(at.y), across(at.x) + 8, up(at.y) - 8, escape_html(text));
}

void Plot::legend(std::string_view text, std::string_view style) {
    const double x = kLeft + 180.0 * legends_++;
    out_ += fmt::format(
        "<rect class=\"{}\" x=\"{:.1f}\" y=\"12\" width=\"14\" height=\"12\" rx=\"2\"/>"
        "<text x=\"{:.1f}\" y=\"22\">{}</text>",
        style, x, x + 20, escape_html(text));
}

std::string Plot::finish() && {
    return std::move(out_) + "</svg>";
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
