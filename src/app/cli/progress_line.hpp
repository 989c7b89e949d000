#pragma once

#include <chrono>
#include <string>

#include "base/guarded.hpp"

namespace countersign::app::cli {

/// One line on standard error that says how far a long run is and how long it will take. Silent when standard
/// error is no terminal. Threads: safe.
class ProgressLine {
public:
    explicit ProgressLine(std::string what);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(std::size_t done, std::size_t total);

private:
    using Time = std::chrono::steady_clock::time_point;
    std::string what_;
    bool terminal_;
    Time started_;
    Guarded<Time> last_;
};

}  // namespace countersign::app::cli
