#pragma once

#include <string>

#include "base/json.hpp"

namespace countersign::app::cli {

/// What a command has to say: for a program (`--json`) and for a person. Both carry the same facts.
struct Output {
    json::value document;
    std::string text;
};

/// `key  value` lines of a flat object, for people. Nested values are printed as JSON.
std::string as_lines(const json::object& object);

/// Prints to standard output, or the error to standard error; returns the exit status: 0, or 1 for an error.
int print(const Result<Output>& outcome, bool as_json);

}  // namespace countersign::app::cli
