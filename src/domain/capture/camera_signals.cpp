#include "domain/capture/camera_signals.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace countersign::domain {

namespace {

constexpr std::size_t kFewIntervals = 8;
constexpr double kSteadyMs = 2;  // a camera behind a page measured 9.8 ms of spread, a generator 1.0 ms
constexpr double kLateMs = 1500;
constexpr int kManyLate = 3;

constexpr std::array<std::string_view, 8> kVirtualCameras{
    "obs", "virtual", "manycam", "snap camera", "xsplit", "v4l2loopback", "dummy video", "fake_device"};

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool names_a_program(const std::string& label) {
    const auto name = lower(label);
    return std::ranges::any_of(kVirtualCameras,
                               [&](std::string_view known) { return name.find(known) != std::string::npos; });
}

}  // namespace

void CameraSignals::frame(int step, double capture_time_ms, double send_time_ms) {
    if (send_time_ms < capture_time_ms || capture_time_ms < last_ms_) impossible_ = true;
    if (send_time_ms - capture_time_ms > kLateMs) ++late_;
    // Between two steps the page itself waits: that interval says nothing of the camera.
    if (last_ms_ >= 0 && step == last_step_) intervals_.push_back(capture_time_ms - last_ms_);
    last_ms_ = capture_time_ms;
    last_step_ = step;
}

/// Key frames come about five a second and answers twelve: each interval is held against its own median.
bool CameraSignals::steady() const {
    if (intervals_.size() < kFewIntervals) return false;
    auto sorted = intervals_;
    std::ranges::sort(sorted);
    const double median = sorted[sorted.size() / 2];
    double squares = 0;
    double counted = 0;
    for (const double interval : intervals_) {
        if (interval > 1.5 * median || interval < median / 1.5) continue;
        squares += (interval - median) * (interval - median);
        ++counted;
    }
    return counted >= static_cast<double>(kFewIntervals) && std::sqrt(squares / counted) < kSteadyMs;
}

std::vector<std::string> CameraSignals::found() const {
    std::vector<std::string> signals;
    if (impossible_) signals.emplace_back("impossible_times");
    if (late_ >= kManyLate) signals.emplace_back("late_pictures");
    if (steady()) signals.emplace_back("steady_frames");
    if (names_a_program(label_)) signals.emplace_back("virtual_camera");
    return signals;
}

}  // namespace countersign::domain
