#pragma once

#include <string>
#include <vector>

#include "app/cli/output.hpp"
#include "app/config.hpp"

/// Measurements of the face engine on an operator's own files, offline. They open no database and no network
/// port; the scores they print never come from users of the server.
namespace countersign::app::cli {

struct EvaluateOptions {
    std::string list;                 // CSV
    std::string root;                 // folder its paths are relative to; empty: the folder of the list
    std::vector<std::string> groups;  // columns that divide the comparisons; empty: as the list suggests
    std::string cache;                // folder of templates of former runs; empty: none
    std::string report;               // HTML file to write; empty: none
    std::string out;                  // policy file to write (tune)
    double fmr{1e-4};                 // wanted false match rate (tune, quality)
    int frames{3};                    // of one capture (clips)
    std::string command;              // as typed, for the report
};

/// Comparisons of listed pairs. Errors: invalid_argument (the list, naming the line), not_found, unavailable.
Result<Output> evaluate_verification(const Config& config, const EvaluateOptions& options);

/// Comparisons of every picture with every other. Errors: as above.
Result<Output> evaluate_identities(const Config& config, const EvaluateOptions& options);

/// Face image quality: each component's spread, and what leaving out the worst pictures is worth at the FMR
/// `options.fmr`. Errors: as above, and invalid_argument when the list cannot resolve the rate.
Result<Output> evaluate_quality(const Config& config, const EvaluateOptions& options);

/// Several frames of a capture against single ones, over clips. Errors: as above.
Result<Output> evaluate_clips(const Config& config, const EvaluateOptions& options);

/// Presentation attack detection at the policy's operating point. Errors: as above.
Result<Output> evaluate_pad(const Config& config, const EvaluateOptions& options);

/// A threshold for `options.fmr` from a list of identities, and the policy file that holds it: JSON when its
/// name ends in .json, which is for programs, else the TOML that `face.policy` of the configuration names.
/// Errors: as above, and invalid_argument when the list cannot support the rate.
Result<Output> tune_threshold(const Config& config, const EvaluateOptions& options);

}  // namespace countersign::app::cli
