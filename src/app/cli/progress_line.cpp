#include "app/cli/progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace countersign::app::cli {
namespace {

constexpr auto kBetweenLines = std::chrono::milliseconds(250);

}  // namespace

ProgressLine::ProgressLine(std::string what)
    : what_(std::move(what)),
      terminal_(isatty(STDERR_FILENO) == 1),
      started_(std::chrono::steady_clock::now()),
      last_(started_) {}

ProgressLine::~ProgressLine() {
    if (terminal_) std::fputs("\r\033[K", stderr);
}

void ProgressLine::show(std::size_t done, std::size_t total) {
    if (!terminal_ || done == 0) return;
    const Time now = std::chrono::steady_clock::now();
    auto last = last_.lock();
    if (now - *last < kBetweenLines) return;
    *last = now;
    const double spent = std::chrono::duration<double>(now - started_).count();
    const double left = spent * static_cast<double>(total - done) / static_cast<double>(done);
    const std::string line = fmt::format("\r\033[K{}  {} of {}  {:.0f} s left", what_, done, total, left);
    std::fputs(line.c_str(), stderr);
}

}  // namespace countersign::app::cli
