#pragma once

#include <span>

#include "base/result.hpp"
#include "face/api/types.hpp"

namespace countersign::face {

/// Colours of the active challenge, sRGB. Index 4 is the dark step. Pastel: no saturated red (flash safety).
/// Source: capture protocol, docs/protocol/capture.md.
std::span<const Rgb> palette();

/// The port between the domain and the face implementation. Knows nothing of tenants, transactions or
/// storage.
///
/// Threads: safe; every call is CPU-bound and belongs on the compute lane.
/// Errors:  unsupported_media (not a JPEG/WebP), payload_too_large (> 2 MB or > 4 MP), invalid_argument
/// (broken
///          picture), unavailable (decoder or model failed: deny). "No face" is data, not an error.
class FaceEngine {
public:
    virtual ~FaceEngine() = default;

    /// Decodes one JPEG or WebP picture, finds the face it is about (the largest near the centre) and
    /// measures it.
    virtual Result<Observation> observe(ByteView encoded) = 0;

    /// As `observe`, for a frame that follows `last` in the same capture. Looks for the face where it was,
    /// with a small detector for further faces beside it, and searches as `observe` does whenever the two do
    /// not agree on one face, it is in doubt that this is the same one, or it is not usable as it is.
    virtual Result<Observation> observe_next(ByteView encoded, const FaceTrack& last) = 0;

    /// As `observe`, for a frame that follows `last` in the same capture and only answers a challenge. Looks
    /// for the face where it was; searches the whole picture every fourth frame and whenever it is in doubt
    /// that this is the same face in a plausible place, so that a second face or another person is still
    /// noticed. May decode at half the size; all pixels are given in those of the full picture. `context`
    /// stays empty: such a frame is not for `detect_presentation_attack`.
    virtual Result<Observation> follow(ByteView encoded, const FaceTrack& last) = 0;

    /// Passive presentation attack detection (ISO/IEC 30107-3) over several frames of one capture. Fewer
    /// frames than the model pack asks for (three by default) are not_live. Errors: invalid_argument (a frame
    /// without a face).
    virtual Result<Liveness> detect_presentation_attack(std::span<const Observation* const> frames) = 0;

    /// Active colour challenge: rank of the shown sequence among all sequences that could have been shown.
    /// False acceptance ≤ 0.5 % for material made without knowledge of the sequence. Doubtful when the light
    /// was too strong, or the answer too faint, to tell.
    virtual ChallengeAnswer judge_colour_challenge(std::span<const ColourStep> steps,
                                                   std::span<const ColourResponse> responses) = 0;

    /// How the last of `steps` stands, from all frames of the movement challenge so far, in order. Every
    /// movement follows a step `look_ahead`, which it is measured against. A turn is done only by a head: a
    /// flat picture, however it is held, has no nose that moves against the eyes.
    virtual MovementProgress movement_progress(std::span<const Movement> steps,
                                               std::span<const MovementFrame> frames) = 0;

    /// One template per usable frame, in order. All frames must have been `usable()`.
    virtual Result<std::vector<Template>> extract(std::span<const Observation* const> frames) = 0;

    /// As `extract`, for templates that will be references: takes twice as long and is steadier (the mirrored
    /// face counts, too).
    virtual Result<std::vector<Template>> enrol(std::span<const Observation* const> frames) = 0;

    /// As `extract`, in the embedding model of the previous pack: for subjects whose templates it made, and
    /// to recognise captures from its time. Errors: unavailable (`previous_model()` is empty).
    virtual Result<std::vector<Template>> extract_previous(std::span<const Observation* const> frames) = 0;

    /// Whether all templates are of one person (several probes of one capture). Fixed, strict limit of their
    /// model.
    virtual bool same_person(std::span<const Template> templates) = 0;

    /// Compares a capture with all samples of a credential at the threshold of `target_fmr` (1e-5 by default
    /// policy), calibrated in models/manifest.toml for the model that made them: the current or the previous
    /// one. Errors: invalid_argument when a model differs or the target is stricter than the calibration
    /// supports.
    virtual Result<Match> verify(std::span<const Template> probes, std::span<const Template> references,
                                 double target_fmr) = 0;

    /// Whether each probe by itself matches, at a false match rate ten times stricter than `target_fmr`, or
    /// the strictest that is calibrated. Never looser than `verify` of the same; for what may be learnt from
    /// a capture that passed. Errors: as `verify`.
    virtual Result<Match> verify_each(std::span<const Template> probes, std::span<const Template> references,
                                      double target_fmr) = 0;

    /// To recognise the picture of a usable frame in later captures; `face` is the frame's template.
    virtual Imprint imprint_of(const Observation& frame, const Template& face) = 0;

    /// Whether both are of one picture, whatever its encoding, size, crop or brightness, also mirrored. Two
    /// moments of a person who keeps still are told apart; see docs/liveness.md for how well.
    virtual SamePicture same_picture(const Imprint& a, const Imprint& b) = 0;

    /// `name/version` of the embedding model, as stored with every template.
    virtual std::string embedding_model() const = 0;

    /// That of the pack before, while users are led over from it (docs/operations.md); empty: none is loaded.
    virtual std::string previous_model() const = 0;

    /// Runs every model on its known-answer vector. Errors: unavailable, naming the model.
    virtual Result<void> self_test() = 0;
};

}  // namespace countersign::face
