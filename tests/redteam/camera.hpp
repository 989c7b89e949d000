#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "face/api/types.hpp"
#include "face/codec/image.hpp"

namespace countersign::redteam {

/// What the capture page asks for while a picture is taken.
struct Scene {
    std::optional<face::Rgb> colour;  // on the screen; none before the challenge
    bool answering{false};            // a challenge frame
    int frame{0};                     // 0, 1, 2 … within the capture
};

/// Delivers the pictures of one capture, encoded.
using Camera = std::function<Bytes(const Scene&)>;

/// A recorded moment of a person: single pictures, about eight a second.
using Moment = std::vector<Bytes>;

/// A person, or a program, in front of the screen: plays the moment and takes up the colour of the screen.
Camera reacting(const Moment& moment);

/// The moment as it was recorded; the screen's light does nothing.
Camera recording(const Moment& moment);

/// One picture of the moment for ever, each time from a place a pixel away.
Camera still(const Moment& moment);

/// As `recording`, on a bluish screen with a bright edge that is held into the picture.
Camera on_a_screen(const Moment& moment);

/// As `recording`, only the oval of the face, in front of another background.
Camera cut_out(const Moment& moment);

/// `one` for the key frames, `other` for the answers.
Camera spliced(Camera one, Camera other);

/// Pictures as they are, in order and from the front again.
Camera playing(std::vector<Bytes> pictures);

/// Every picture goes through `edit` and a new encoding of the given quality.
Camera edited(Camera camera, std::function<face::Image(const face::Image&)> edit, int quality);

}  // namespace countersign::redteam
