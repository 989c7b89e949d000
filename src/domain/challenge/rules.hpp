#pragma once

#include <cstdint>

#include "base/time.hpp"

namespace countersign::domain {

/// What one capture may send. Told to the page with the challenge and enforced here.
/// Source: docs/protocol/capture.md; a verification profile needs about 260 kB.
struct FrameLimits {
    std::uint32_t max_frames{60};
    std::uint32_t max_frame_bytes{200'000};    // of one encoded picture
    std::uint32_t max_total_bytes{1'500'000};  // of all encoded pictures
    int max_side{1280};                        // pixels, of either side
};

/// Times and counts of one liveness challenge. Durations in microseconds of the injected clock.
struct ChallengeRules {
    FrameLimits limits;

    int key_frames_needed{3};
    Micros key_time{seconds(20)};  // guidance: after this `face_timeout`

    int steps{6};                           // 5·4⁵ = 5 120 sequences: 12.3 bit
    Micros hold{milliseconds(280)};         // each colour stands at least this long: 3.6 changes a second
    Micros min_reaction{milliseconds(60)};  // a frame sooner after the reveal cannot show the colour yet
    Micros step_time{
        milliseconds(2500)};  // from reveal to the step's last needed frame; generous for slow machines
    int frames_per_step{2};

    int max_restarts{2};
    Micros restart_pause{milliseconds(1000)};  // lets frames on the way drain before the next sequence
    Micros regain_time{seconds(5)};            // how long the pause may stretch while no single face is seen

    /// Kept free for one whole sequence: guidance and restarts end while there is still room for it.
    std::uint32_t sequence_frames{24};
    std::uint32_t sequence_bytes{300'000};

    /// The movement challenge. It has its own budget, which starts with its first step.
    FrameLimits movement_limits{.max_frames = 240, .max_total_bytes = 4'000'000};
    int movements{4};                             // each after a look ahead: eight steps, 106 sequences
    Micros movement_time{seconds(6)};             // from the reveal of a step until it is done
    Micros movement_reaction{milliseconds(150)};  // nobody turns a head sooner after the reveal
    int movement_restarts{1};           // each one is another chance for a recording: fewer than with colours
    std::uint32_t movement_frames{90};  // kept free for one sequence before a restart
    std::uint32_t movement_bytes{1'200'000};

    int movement_steps() const { return 2 * movements; }

    /// Frames the page may have sent before a message of ours reached it. Source: three unacknowledged
    /// frames.
    int frames_in_flight{3};
};

}  // namespace countersign::domain
