#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "face/api/engine.hpp"

namespace countersign::testing {

/// A face engine that reads its observation from the picture itself: "<person> [word…]". For tests only.
///
///   no_face, two_faces, too_far, wide (1281 pixels)   what the frame shows
///   small                                              usable, but not worth remembering
///   same                                               the fingerprint of every other picture with this word
///   broken, engine_down                                observe fails as for a bad picture, as for a dead
///   decoder
///
/// Anything else only makes pictures differ: "alice 17". Verdicts are set by the members.
class FakeFaceEngine final : public face::FaceEngine {
public:
    face::Liveness passive{face::Liveness::live};
    face::ChallengeAnswer active{face::ChallengeAnswer::live};
    bool fails{false};  // every verdict call is unavailable
    std::string model{"fake/1"};
    std::string previous;  // the model before; empty: none

    int observed{0};
    int followed{0};  // of those, the ones that answered a challenge
    double asked_fmr{0};
    face::Match each{face::Match::match};  // of verify_each, where verify matches
    int asked_each{0};
    std::vector<face::ColourStep> judged_steps;
    std::vector<face::ColourResponse> judged_responses;
    face::MovementProgress movement{face::MovementProgress::done};
    std::vector<face::Movement> asked_movements;
    std::size_t movement_frames{0};
    std::size_t extracted{0};
    std::size_t extracted_previous{0};
    std::size_t enrolled{0};
    std::size_t passive_frames{0};
    std::function<void()> on_verify;  // called inside verify, to look at the world during inference

    Result<face::Observation> observe(ByteView encoded) override {
        ++observed;
        const auto picture = as_text(encoded);
        const auto says = [&](std::string_view word) { return picture.find(word) != std::string_view::npos; };
        if (says("broken")) return fail(ErrorCode::invalid_argument, "broken picture");
        if (says("engine_down")) return fail(ErrorCode::unavailable, "decoder is down");
        face::Observation out;
        out.width = says("wide") ? 1281 : 480;
        out.height = 640;
        out.faces = says("no_face") ? 0 : says("two_faces") ? 2 : 1;
        out.hint = says("no_face")     ? face::Hint::no_face
                   : says("two_faces") ? face::Hint::multiple_faces
                   : says("too_far")   ? face::Hint::too_far
                                       : face::Hint::none;
        out.fingerprint =
            says("same") ? 7 : std::hash<std::string_view>{}(picture.substr(0, picture.find(" again")));
        out.quality = {.face_fraction = 0.5F,
                       .inter_eye_px = says("small") ? 50.0F : 90.0F,
                       .sharpness = 400,
                       .luma = 120,
                       .yaw_ratio = 0,
                       .pitch_ratio = 0.5F,
                       .roll_degrees = 0,
                       .eye_openness = 0.3F};
        out.skin = {.r = static_cast<float>(observed), .g = 0, .b = 0};
        out.aligned = SecretBytes(as_bytes(picture.substr(0, picture.find(' '))));
        return out;
    }

    Result<face::Observation> observe_next(ByteView encoded, const face::FaceTrack&) override {
        return observe(encoded);
    }

    Result<face::Observation> follow(ByteView encoded, const face::FaceTrack&) override {
        ++followed;
        return observe(encoded);
    }

    Result<face::Liveness> detect_presentation_attack(
        std::span<const face::Observation* const> frames) override {
        passive_frames = frames.size();
        if (fails) return fail(ErrorCode::unavailable, "model is down");
        return passive;
    }

    face::ChallengeAnswer judge_colour_challenge(std::span<const face::ColourStep> steps,
                                                 std::span<const face::ColourResponse> responses) override {
        judged_steps.assign(steps.begin(), steps.end());
        judged_responses.assign(responses.begin(), responses.end());
        return active;
    }

    face::MovementProgress movement_progress(std::span<const face::Movement> steps,
                                             std::span<const face::MovementFrame> frames) override {
        asked_movements.assign(steps.begin(), steps.end());
        movement_frames = frames.size();
        return movement;
    }

    Result<std::vector<face::Template>> extract(std::span<const face::Observation* const> frames) override {
        extracted = frames.size();
        return templates_of(frames, model);
    }

    Result<std::vector<face::Template>> extract_previous(
        std::span<const face::Observation* const> frames) override {
        if (previous.empty()) return fail(ErrorCode::unavailable, "no previous pack");
        extracted_previous = frames.size();
        return templates_of(frames, previous);
    }

    Result<std::vector<face::Template>> enrol(std::span<const face::Observation* const> frames) override {
        enrolled = frames.size();
        return templates_of(frames, model);
    }

    bool same_person(std::span<const face::Template> templates) override {
        for (const auto& other : templates) {
            if (as_text(other.data.view()) != as_text(templates.front().data.view())) return false;
        }
        return true;
    }

    Result<face::Match> verify(std::span<const face::Template> probes,
                               std::span<const face::Template> references, double target_fmr) override {
        asked_fmr = target_fmr;
        if (on_verify) on_verify();
        if (fails) return fail(ErrorCode::unavailable, "model is down");
        for (const auto& reference : references) {
            if (reference.model != probes.front().model)
                return fail(ErrorCode::invalid_argument, "models differ");
            if (as_text(reference.data.view()) == as_text(probes.front().data.view()))
                return face::Match::match;
        }
        return face::Match::no_match;
    }

    Result<face::Match> verify_each(std::span<const face::Template> probes,
                                    std::span<const face::Template> references, double target_fmr) override {
        ++asked_each;
        const auto match = verify(probes, references, target_fmr);
        return match && *match == face::Match::match ? each : match;
    }

    /// The picture "alice 17 again" is the picture "alice 17".
    face::Imprint imprint_of(const face::Observation& frame, const face::Template& face) override {
        const auto print = std::to_string(frame.fingerprint);
        return {.face = {.model = face.model, .data = face.data.clone()},
                .look = SecretBytes(as_bytes(print))};
    }
    face::SamePicture same_picture(const face::Imprint& a, const face::Imprint& b) override {
        const bool same = a.face.model == b.face.model && as_text(a.look.view()) == as_text(b.look.view());
        return same ? again : face::SamePicture::no;
    }
    face::SamePicture again{face::SamePicture::likely};  // what a picture that comes again is taken for

    std::string embedding_model() const override { return model; }
    std::string previous_model() const override { return previous; }
    Result<void> self_test() override { return {}; }

private:
    Result<std::vector<face::Template>> templates_of(std::span<const face::Observation* const> frames,
                                                     const std::string& made_by) const {
        if (fails) return fail(ErrorCode::unavailable, "model is down");
        std::vector<face::Template> out;
        for (const auto* frame : frames)
            out.push_back({.model = made_by, .data = frame->aligned.clone()});
        return out;
    }
};

/// A stored sample of `person`, as FakeFaceEngine would extract it.
inline face::Template template_of(std::string_view person, std::string model = "fake/1") {
    return {.model = std::move(model), .data = SecretBytes(as_bytes(person))};
}

}  // namespace countersign::testing
