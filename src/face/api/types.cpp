#include "face/api/engine.hpp"

namespace countersign::face {

std::string_view to_string(Hint hint) {
    switch (hint) {
        case Hint::none:
            return "none";
        case Hint::no_face:
            return "no_face";
        case Hint::multiple_faces:
            return "multiple_faces";
        case Hint::too_dark:
            return "too_dark";
        case Hint::too_bright:
            return "too_bright";
        case Hint::too_far:
            return "too_far";
        case Hint::too_close:
            return "too_close";
        case Hint::move_left:
            return "move_left";
        case Hint::move_right:
            return "move_right";
        case Hint::move_up:
            return "move_up";
        case Hint::move_down:
            return "move_down";
        case Hint::look_straight:
            return "look_straight";
        case Hint::blurry:
            return "blurry";
        case Hint::eyes_closed:
            return "eyes_closed";
    }
    return "none";
}

std::string_view to_string(Movement movement) {
    switch (movement) {
        case Movement::look_ahead:
            return "look_ahead";
        case Movement::turn_left:
            return "turn_left";
        case Movement::turn_right:
            return "turn_right";
        case Movement::approach:
            return "approach";
        case Movement::close_eyes:
            return "close_eyes";
    }
    return "look_ahead";
}

std::span<const Rgb> palette() {
    static constexpr std::array<Rgb, 5> kPalette{{
        {255, 255, 255},  // #FFFFFF
        {255, 179, 167},  // #FFB3A7
        {168, 240, 180},  // #A8F0B4
        {169, 196, 255},  // #A9C4FF
        {32, 42, 58},     // #202A3A
    }};
    return kPalette;
}

}  // namespace countersign::face
