#include <gtest/gtest.h>

#include <cmath>

#include "face/codec/decode.hpp"
#include "tests/support/face_fixture.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/picture_edits.hpp"

namespace countersign::face {
namespace {

using testing::beside;
using testing::cut;
using testing::media;
using testing::scaled_brightness;
using testing::to_jpeg;
using testing::uniform;

class Follow : public testing::EngineTest {
protected:
    static Observation follow(const Bytes& picture, const FaceTrack& last) {
        return engine_->follow(picture, last).value();
    }
    static Image first_man() { return decode(media().first_man_a()[0]).value(); }
    static Image second_man() { return decode(media().second_man()[0]).value(); }
};

float distance(const Point& a, const Point& b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

TEST_F(Follow, MeasuresAFaceAsASearchWould) {
    const auto clip = media().blink();
    Observation last = engine_->observe(clip[0]).value();
    for (std::size_t i = 1; i < clip.size(); ++i) {
        auto seen = follow(clip[i], last.track);
        const auto searched = engine_->observe(clip[i]).value();

        EXPECT_EQ(seen.faces, 1);
        EXPECT_EQ(seen.width, 640);
        EXPECT_TRUE(seen.context.empty());
        EXPECT_NEAR(seen.skin.g, searched.skin.g, 3);
        EXPECT_NEAR(seen.background.g, searched.background.g, 3);
        for (std::size_t p = 0; p < 5; ++p) {
            EXPECT_LT(distance(seen.landmarks[p], searched.landmarks[p]),
                      0.1F * searched.quality.inter_eye_px)
                << "frame " << i << " point " << p << ": following must not drift";
        }
        last = std::move(seen);
    }
}

TEST_F(Follow, SearchesTheWholePictureEveryFourthFrame) {
    const auto clip = media().blink();
    Observation last = engine_->observe(clip[0]).value();
    int longest = 0;
    int followed = 0;
    for (std::size_t i = 1; i < clip.size(); ++i) {
        last = follow(clip[i], last.track);
        longest = std::max(longest, last.track.unsearched);
        followed += last.track.unsearched > 0 ? 1 : 0;
    }
    EXPECT_EQ(longest, 3);
    EXPECT_GE(followed * 2, static_cast<int>(clip.size())) << "following is the rule, or nothing is saved";
}

TEST_F(Follow, NoticesASecondFaceWithinFourFrames) {
    const auto alone = to_jpeg(beside(second_man(), uniform(640, 480, 90), 640, 480));
    const auto company = to_jpeg(beside(second_man(), first_man(), 640, 480));
    Observation last = engine_->observe(alone).value();
    ASSERT_EQ(last.faces, 1);
    int most = 0;
    for (int i = 0; i < 4; ++i) {
        last = follow(company, last.track);
        most = std::max(most, last.faces);
    }
    EXPECT_EQ(most, 2);
}

TEST_F(Follow, SearchesAtOnceWhenAnotherPersonIsThere) {
    const Observation last = engine_->observe(media().second_man()[0]).value();
    const auto seen = follow(media().first_man_a()[0], last.track);
    EXPECT_EQ(seen.track.unsearched, 0);
    EXPECT_EQ(seen.faces, 1);
}

TEST_F(Follow, SeesThatTheFaceIsGone) {
    const Observation last = engine_->observe(media().second_man()[0]).value();
    const auto seen = follow(to_jpeg(uniform(640, 480, 110)), last.track);
    EXPECT_EQ(seen.faces, 0);
    EXPECT_EQ(seen.hint, Hint::no_face);
    EXPECT_FALSE(seen.track.alone);
}

TEST_F(Follow, SearchesWithoutATrack) {
    const auto seen = follow(media().second_man()[0], FaceTrack{});
    EXPECT_EQ(seen.faces, 1);
    EXPECT_EQ(seen.track.unsearched, 0);
}

TEST_F(Follow, GoesOnInASmallerPictureOfTheSameCamera) {
    const Observation last = engine_->observe(media().second_man()[0]).value();
    const Image next = decode(media().second_man()[1]).value();

    const auto seen = follow(to_jpeg(cut(next, {0, 0, 640, 480}, 448, 336)), last.track);

    EXPECT_EQ(seen.track.unsearched, 1) << "followed, not searched";
    EXPECT_NEAR(seen.landmarks[0].x / 448, last.landmarks[0].x / 640, 0.05);
}

class ObserveNext : public Follow {};

TEST_F(ObserveNext, TellsThePersonWhatASearchTells) {
    const Observation last = engine_->observe(media().second_man()[0]).value();
    const Image dark = scaled_brightness(decode(media().second_man()[1]).value(), 0.2F);

    const auto seen = engine_->observe_next(to_jpeg(dark), last.track).value();
    const auto searched = engine_->observe(to_jpeg(dark)).value();

    EXPECT_EQ(searched.hint, Hint::too_dark);
    EXPECT_EQ(seen.hint, searched.hint);
    EXPECT_EQ(seen.box.height, searched.box.height);
}

TEST_F(ObserveNext, MeasuresWhatObserveMeasures) {
    const auto clip = media().blink();
    Observation last = engine_->observe(clip[0]).value();
    for (std::size_t i = 1; i < clip.size(); ++i) {
        auto seen = engine_->observe_next(clip[i], last.track).value();
        const auto searched = engine_->observe(clip[i]).value();

        EXPECT_EQ(seen.faces, 1);
        EXPECT_NEAR(seen.quality.eye_openness, searched.quality.eye_openness, 0.04) << i;
        EXPECT_EQ(seen.context.size(), searched.context.size());
        EXPECT_NEAR(seen.box.height, searched.box.height, 0.15F * searched.box.height) << i;
        EXPECT_NEAR(seen.quality.sharpness, searched.quality.sharpness, 0.2F * searched.quality.sharpness);
        last = std::move(seen);
    }
}

TEST_F(ObserveNext, NoticesASecondFaceAtOnce) {
    const auto alone = to_jpeg(beside(second_man(), uniform(640, 480, 90), 640, 480));
    const auto company = to_jpeg(beside(second_man(), first_man(), 640, 480));
    const Observation last = engine_->observe(alone).value();
    ASSERT_EQ(last.faces, 1);

    EXPECT_EQ(engine_->observe_next(company, last.track).value().faces, 2);
}

TEST_F(ObserveNext, SearchesForAnotherPersonAndForTheOneWhoLeft) {
    const Observation last = engine_->observe(media().second_man()[0]).value();

    const auto other = engine_->observe_next(media().first_man_a()[0], last.track).value();
    const auto searched = engine_->observe(media().first_man_a()[0]).value();
    const auto nobody = engine_->observe_next(to_jpeg(uniform(640, 480, 110)), last.track).value();

    EXPECT_EQ(other.box.x, searched.box.x);
    EXPECT_EQ(nobody.faces, 0);
    EXPECT_EQ(nobody.hint, Hint::no_face);
}

}  // namespace
}  // namespace countersign::face
