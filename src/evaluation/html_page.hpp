#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evaluation/verification_report.hpp"

namespace countersign::evaluation {

/// A figure that a reader should see first.
struct Headline {
    std::string value;
    std::string name;
    std::string remark;
};

/// A page that needs no other file and loads nothing, light or dark as the reader's system is. `body` is
/// HTML.
std::string html_page(std::string_view title, std::string_view body);

std::string html_headlines(const std::vector<Headline>& headlines);

/// A table; the first row holds the titles. Texts are escaped here.
std::string html_table(const std::vector<std::vector<std::string>>& rows);

/// What the report was made from: list, models and command.
std::string html_made_with(const Provenance& provenance);

/// A file list with reasons, at most a hundred; empty without any.
std::string html_failures(const std::vector<Failure>& failures);

/// A rate for people: `1.86 %`.
std::string percent_text(double rate);
std::string percent_text(const Interval& interval);

}  // namespace countersign::evaluation
