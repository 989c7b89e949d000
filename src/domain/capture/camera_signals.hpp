#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace countersign::domain {

/// What speaks for a program instead of a camera, for the audit: every part of it can be forged, and
/// honest set-ups (a studio camera behind OBS) show some of it. No login is decided by it; what shows any of
/// it adds no sample to a credential (ADR 0067).
///
/// Threads: one. Source: threat T16; docs/liveness.md, "Signals".
class CameraSignals {
public:
    /// The camera's name, as the page read it; empty when it told none.
    explicit CameraSignals(std::string label = {}) : label_(std::move(label)) {}

    /// Times in ms of the page's clock, as the frame claims them; `step` is −1 for key frames.
    void frame(int step, double capture_time_ms, double send_time_ms);

    /// Sorted names: `impossible_times`, `late_pictures`, `steady_frames`, `virtual_camera`.
    std::vector<std::string> found() const;

    /// 0…100: 25 for each signal. A number to sort by, not a probability.
    int risk() const { return static_cast<int>(found().size()) * 25; }

private:
    bool steady() const;

    std::string label_;
    int last_step_{-1};
    double last_ms_{-1};
    std::vector<double> intervals_;
    int late_{0};
    bool impossible_{false};
};

}  // namespace countersign::domain
