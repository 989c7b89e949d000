#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace countersign::face {

/// What the person in front of the camera can change. Made from the probe alone, never from a reference
/// (requirement S7). The names are the wire codes of docs/protocol/capture.md.
enum class Hint {
    none,
    no_face,
    multiple_faces,
    too_dark,
    too_bright,
    too_far,
    too_close,
    move_left,
    move_right,
    move_up,
    move_down,
    look_straight,
    blurry,
    eyes_closed,
};
std::string_view to_string(Hint hint);

struct Point {
    float x{0};
    float y{0};
};

/// In pixels of the decoded picture, origin top left.
struct Box {
    float x{0};
    float y{0};
    float width{0};
    float height{0};
};

/// Mean colour, each channel 0…255.
struct Rgb {
    float r{0};
    float g{0};
    float b{0};
};

/// Quality components in the manner of ISO/IEC 29794-5. Units beside each.
struct Quality {
    float face_fraction{0};  // face-box height ÷ picture height
    float inter_eye_px{0};   // distance of the eye centres, pixels
    float sharpness{0};      // variance of the Laplacian of the aligned face, grey levels²
    float luma{0};           // mean luma of the face, 0…255
    float yaw_ratio{0};  // (nose x − eye midpoint x) ÷ eye distance; 0 is frontal, sign as seen in the image
    float pitch_ratio{
        0};  // where the nose lies between the eye line and the mouth line; 0.5 is about frontal
    float roll_degrees{0};  // slope of the eye line
    float eye_openness{0};  // mean eye aspect ratio (Soukupová & Čech 2016): about 0.3 open, 0.2 closed
};

/// Where a face was in one frame, to follow it into the next one of the same capture.
struct FaceTrack {
    int width{0};  // decoded picture, pixels
    int height{0};
    Box box;                           // pixels
    std::array<Point, 5> landmarks{};  // as Observation::landmarks
    SecretBytes look;                  // 14×14 luma of the aligned face
    int unsearched{0};                 // frames since the whole picture was searched for faces
    bool alone{false};                 // the last search found this face and no other
};

/// The 68 points of the iBUG mark-up, in pixels of the picture: 0–16 jaw, 17–26 brows, 27–35 nose, 36–47
/// eyes, 48–67 mouth. "Right" is the subject's right, on the left of the image.
using FaceShape = std::array<Point, 68>;

/// All that later stages need of one frame. The picture itself is gone; the two crops are wiped on release.
struct Observation {
    int width{0};  // decoded picture, pixels
    int height{0};
    int faces{0};             // faces found by the detector
    float detector_score{0};  // of the largest face, 0…1
    Box box;                  // the largest face
    std::array<Point, 5>
        landmarks{};  // right eye, left eye, nose, right and left mouth corner, as seen in the image
    FaceShape shape{};
    Quality quality;
    Hint hint{Hint::none};         // none: usable for comparison
    Rgb skin;                      // mean of the skin region
    Rgb background;                // mean of the picture's outer border
    std::uint64_t fingerprint{0};  // 64-bit difference hash of the picture, to find repeated frames
    SecretBytes aligned;           // 112×112 RGB, five-point aligned
    SecretBytes chip;              // 150×150 RGB, see face/engine/face_chip.hpp; empty: no net reads it
    SecretBytes context;           // 128×128 BGR, box × 2.7: input of the presentation attack detector
    FaceTrack track;               // for FaceEngine::follow
    bool usable() const { return faces == 1 && hint == Hint::none; }
};

/// A biometric template (ISO/IEC 2382-37). `model` names the embedding model and its version; templates of
/// different models are never compared. `data`: an int8 per number plus a scale, see
/// face/engine/template_codec.hpp.
struct Template {
    std::string model;
    SecretBytes data;
};

/// What is kept of one frame to recognise the picture when it comes again, re-encoded. As much personal data
/// as the template in it.
struct Imprint {
    Template face;
    SecretBytes look;  // see face/liveness/imprint.hpp
};

/// What two imprints say. Likely: as alike as two moments of a person who keeps still can rarely be. Certain:
/// more alike than any two such moments that were measured.
enum class SamePicture { no, likely, certain };

/// Outcome of comparing one probe with the samples of one credential.
enum class Match { match, no_match };

enum class Liveness { live, not_live };

/// One revealed colour of the active challenge.
struct ColourStep {
    int palette_index{0};  // into palette()
};

/// What one challenge frame showed.
struct ColourResponse {
    int step{0};  // which revealed step the frame belongs to
    Rgb skin;
    Rgb background;
};

/// How an active challenge was answered. Doubtful: neither clearly answered nor clearly ignored.
enum class ChallengeAnswer { live, doubtful, not_live };

/// One step of the movement challenge. Left and right are the person's own. The names are wire codes.
enum class Movement { look_ahead, turn_left, turn_right, approach, close_eyes };
std::string_view to_string(Movement movement);

/// What one frame of the movement challenge showed.
struct MovementFrame {
    int step{0};        // which revealed step the frame belongs to
    UnixMicros at;      // arrival
    bool clear{false};  // Observation::usable()
    FaceShape shape{};
};

/// Wrong: another movement than the wanted one was made first.
enum class MovementProgress { waiting, done, wrong };

}  // namespace countersign::face
