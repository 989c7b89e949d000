#include "tests/redteam/camera.hpp"

#include <algorithm>
#include <cmath>

#include "face/codec/decode.hpp"
#include "tests/support/picture_edits.hpp"

namespace countersign::redteam {
namespace {

using face::Box;
using face::Image;
using testing::cut;
using testing::to_jpeg;

constexpr int kWidth = 640;
constexpr int kHeight = 480;
constexpr float kReaction = 0.14F;  // what a face near a bright screen reflects of it, docs/engine.md
constexpr int kQuality = 88;        // as the capture page encodes

/// Forth and back through the moment.
const Bytes& picture_at(const Moment& moment, int frame) {
    const int last = static_cast<int>(moment.size()) - 1;
    const int at = last == 0 ? 0 : frame % (2 * last);
    return moment[static_cast<std::size_t>(at <= last ? at : 2 * last - at)];
}

/// A camera or a head is never quite still.
Image swayed(const Bytes& encoded, int frame) {
    const Image picture = face::decode(encoded).value();
    const auto t = static_cast<float>(frame);
    const auto width = static_cast<float>(picture.width());
    const auto height = static_cast<float>(picture.height());
    return cut(picture, {2 + 1.5F * std::sin(t * 0.5F), 2 + 1.5F * std::cos(t * 0.7F), width - 4, height - 4},
               kWidth, kHeight);
}

/// Light of the screen on the middle of the picture, little of it on the background.
void lit_by(const face::Rgb& colour, Image& picture) {
    const std::array<float, 3> screen{colour.r, colour.g, colour.b};
    const auto height = static_cast<float>(picture.height());
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const float away = std::hypot(static_cast<float>(x) - static_cast<float>(picture.width()) / 2,
                                          static_cast<float>(y) - height * 0.52F);
            const float outside = std::clamp((away / height - 0.36F) / 0.24F, 0.0F, 1.0F);
            const float strength = kReaction * (1 - outside * 5 / 6);
            std::uint8_t* pixel = picture.at(x, y);
            for (std::size_t c = 0; c < 3; ++c) {
                const float factor = 1 - strength + strength * screen[c] / 255;
                pixel[c] = static_cast<std::uint8_t>(std::lround(static_cast<float>(pixel[c]) * factor));
            }
        }
    }
}

/// The oval of the face from one picture, everything else grey with a slow slope.
Image cut_from(const Image& picture) {
    Image out(picture.width(), picture.height(), 3);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const float across = (static_cast<float>(x) / static_cast<float>(picture.width()) - 0.5F) / 0.24F;
            const float down = (static_cast<float>(y) / static_cast<float>(picture.height()) - 0.5F) / 0.42F;
            const auto wall = static_cast<std::uint8_t>(90 + x * 60 / picture.width());
            const bool face = across * across + down * down < 1;
            for (int c = 0; c < 3; ++c)
                out.at(x, y)[c] = face ? picture.at(x, y)[c] : wall;
        }
    }
    return out;
}

}  // namespace

Camera reacting(const Moment& moment) {
    return [moment](const Scene& scene) {
        Image picture = swayed(picture_at(moment, scene.frame), scene.frame);
        lit_by(scene.colour.value_or(face::Rgb{255, 255, 255}), picture);
        return to_jpeg(picture, kQuality);
    };
}

Camera recording(const Moment& moment) {
    return [moment](const Scene& scene) {
        return to_jpeg(swayed(picture_at(moment, scene.frame), scene.frame), kQuality);
    };
}

Camera still(const Moment& moment) {
    return [picture = moment.front()](const Scene& scene) {
        return to_jpeg(swayed(picture, scene.frame), kQuality);
    };
}

Camera on_a_screen(const Moment& moment) {
    return [moment](const Scene& scene) {
        const Image picture = swayed(picture_at(moment, scene.frame), scene.frame);
        return to_jpeg(testing::shown_on_a_screen(picture, scene.frame % 5), kQuality);
    };
}

Camera cut_out(const Moment& moment) {
    return [moment](const Scene& scene) {
        return to_jpeg(cut_from(swayed(picture_at(moment, scene.frame), scene.frame)), kQuality);
    };
}

Camera spliced(Camera one, Camera other) {
    return [one = std::move(one), other = std::move(other)](const Scene& scene) {
        return scene.answering ? other(scene) : one(scene);
    };
}

Camera playing(std::vector<Bytes> pictures) {
    return [pictures = std::move(pictures)](const Scene& scene) {
        return pictures[static_cast<std::size_t>(scene.frame) % pictures.size()];
    };
}

Camera edited(Camera camera, std::function<Image(const Image&)> edit, int quality) {
    return [camera = std::move(camera), edit = std::move(edit), quality](const Scene& scene) {
        return to_jpeg(edit(face::decode(camera(scene)).value()), quality);
    };
}

}  // namespace countersign::redteam
