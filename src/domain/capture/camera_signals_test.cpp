#include "domain/capture/camera_signals.hpp"

#include <gtest/gtest.h>

namespace countersign::domain {
namespace {

using Names = std::vector<std::string>;

/// `count` answers of one step, 80 ms apart give or take what `wobble` says.
CameraSignals answers(int count, const std::vector<double>& wobble, double sending_ms = 5) {
    CameraSignals signals;
    double at = 1000;
    for (int i = 0; i < count; ++i) {
        at += 80 + wobble[static_cast<std::size_t>(i) % wobble.size()];
        signals.frame(0, at, at + sending_ms);
    }
    return signals;
}

TEST(CameraSignals, FindsNothingInACameraOfThePage) {
    EXPECT_EQ(answers(20, {-12, 7, 3, -9, 14}).found(), Names{});
    EXPECT_EQ(answers(20, {-12, 7, 3, -9, 14}).risk(), 0);
}

TEST(CameraSignals, NoticesPicturesThatComeTooEvenly) {
    EXPECT_EQ(answers(20, {0.5, -0.5}).found(), Names{"steady_frames"});
    EXPECT_EQ(answers(5, {0.5, -0.5}).found(), Names{}) << "too few to tell";
}

TEST(CameraSignals, LeavesOutTheWaitBetweenSteps) {
    CameraSignals signals;
    double at = 0;
    for (int step = 0; step < 6; ++step) {
        at += 300;
        for (int i = 0; i < 3; ++i) {
            at += 80;
            signals.frame(step, at, at + 5);
        }
    }
    EXPECT_EQ(signals.found(), Names{"steady_frames"});
}

TEST(CameraSignals, NoticesImpossibleAndLateTimes) {
    CameraSignals sent_before_taken;
    sent_before_taken.frame(-1, 1000, 900);
    EXPECT_EQ(sent_before_taken.found(), Names{"impossible_times"});
    CameraSignals backwards;
    backwards.frame(-1, 1000, 1001);
    backwards.frame(-1, 900, 1002);
    EXPECT_EQ(backwards.found(), Names{"impossible_times"});
    EXPECT_EQ(answers(3, {9, -9}, 2000).found(), Names{"late_pictures"});
}

TEST(CameraSignals, KnowsProgramsByTheNameOfTheirCamera) {
    for (const auto* label : {"OBS Virtual Camera", "ManyCam Video Source", "Dummy video device (0x0000)"})
        EXPECT_EQ(CameraSignals(label).found(), Names{"virtual_camera"}) << label;
    EXPECT_EQ(CameraSignals("FaceTime HD Camera").risk(), 0);
    EXPECT_EQ(CameraSignals("OBS Virtual Camera").risk(), 25);
}

}  // namespace
}  // namespace countersign::domain
