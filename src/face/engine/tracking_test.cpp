#include "face/engine/tracking.hpp"

#include <gtest/gtest.h>

#include <array>

namespace countersign::face {
namespace {

using Face = std::array<Point, 5>;
constexpr Face kFace{{{100, 100}, {160, 100}, {130, 130}, {105, 160}, {155, 160}}};

Face moved(float scale, float dx, float dy) {
    Face out = kFace;
    for (Point& p : out)
        p = {130 + (p.x - 130) * scale + dx, 130 + (p.y - 130) * scale + dy};
    return out;
}

Image ramp(int slope, int offset) {
    Image picture(112, 112, 3);
    for (int y = 0; y < 112; ++y) {
        for (int x = 0; x < 112 * 3; ++x)
            picture.at(0, y)[x] = static_cast<std::uint8_t>(offset + slope * (x / 3 + y) / 2);
    }
    return picture;
}

TEST(PlausibleMove, AllowsWhatAHeadCanDoBetweenTwoFrames) {
    EXPECT_TRUE(plausible_move(kFace, kFace));
    EXPECT_TRUE(plausible_move(kFace, moved(1.1F, 20, -10)));
    EXPECT_FALSE(plausible_move(kFace, moved(1, 40, 0))) << "more than half the eye distance";
    EXPECT_FALSE(plausible_move(kFace, moved(1.3F, 0, 0)));
    EXPECT_FALSE(plausible_move(kFace, moved(0.7F, 0, 0)));
}

TEST(PlausibleMove, RefusesPointsThatAreNoFace) {
    Face upside_down = kFace;
    std::swap(upside_down[0], upside_down[3]);
    std::swap(upside_down[1], upside_down[4]);
    EXPECT_FALSE(plausible_move(kFace, upside_down));
    EXPECT_FALSE(plausible_move(Face{}, kFace)) << "from nowhere";
}

TEST(MoveBox, TakesTheBoxAlongWithTheFace) {
    const Box box{90, 80, 80, 100};
    const Box to = move_box(box, kFace, moved(1.1F, 10, 5));
    EXPECT_NEAR(to.x + to.width / 2, 140, 0.1F);
    EXPECT_NEAR(to.y + to.height / 2, 135, 0.1F);
    EXPECT_NEAR(to.width, 88, 0.1F);
    EXPECT_NEAR(to.height, 110, 0.1F);
}

TEST(LookSimilarity, IsBlindToLightAndSeesADifferentPicture) {
    const auto look = look_of(ramp(1, 20));
    EXPECT_EQ(look.size(), 196U);
    EXPECT_GT(look_similarity(look.view(), look_of(ramp(2, 5)).view()), 0.99F) << "brighter, more contrast";
    EXPECT_LT(look_similarity(look.view(), look_of(ramp(-1, 200)).view()), 0);
    EXPECT_EQ(look_similarity(look.view(), look_of(ramp(0, 90)).view()), -1) << "nothing to see";
    EXPECT_EQ(look_similarity(look.view(), {}), -1);
}

}  // namespace
}  // namespace countersign::face
