#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace countersign::evaluation {

/// A place in a plot: both sides 0 … 1, from the lower left corner of its area.
struct PlotPoint {
    double x{0};
    double y{0};
};

/// Builds one plot as SVG that stands inside a page. Colours come from the page's style sheet by class, so
/// that it can be light or dark.
class Plot {
public:
    /// `label` is what a screen reader says.
    explicit Plot(std::string_view label);

    void x_tick(double share, std::string_view text);
    void y_tick(double share, std::string_view text);
    void titles(std::string_view across, std::string_view up);
    void line(const std::vector<PlotPoint>& points, std::string_view style);
    /// Columns side by side, as high as their values (0 … 1).
    void columns(const std::vector<double>& heights, std::string_view style);
    /// A dashed upright line with a word at its top.
    void upright(double share, std::string_view text);
    void mark(const PlotPoint& at, std::string_view text);
    /// One more entry of the legend, right of the ones before.
    void legend(std::string_view text, std::string_view style);

    std::string finish() &&;

private:
    std::string out_;
    int legends_{0};
};

/// Text as the content or a quoted attribute of HTML.
std::string escape_html(std::string_view text);

}  // namespace countersign::evaluation
