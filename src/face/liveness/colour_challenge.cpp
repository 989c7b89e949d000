#include "face/liveness/colour_challenge.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "face/api/engine.hpp"

namespace countersign::face {
namespace {

constexpr std::size_t kColours = 5;

/// (R−G), (B−G), half-weighted luma.
using Feature = std::array<double, 3>;

Feature feature_of(const Rgb& colour) {
    const double luma = 0.299 * colour.r + 0.587 * colour.g + 0.114 * colour.b;
    return {colour.r - colour.g, colour.b - colour.g, luma / 2};
}

Rgb lit_by(const Rgb& light, const Rgb& reflectance) {
    return {light.r * reflectance.r, light.g * reflectance.g, light.b * reflectance.b};
}

Feature minus(const Feature& a, const Feature& b) {
    return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}
double dot(const Feature& a, const Feature& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

bool possible(std::span<const ColourStep> steps) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const int index = steps[i].palette_index;
        if (index < 0 || index >= static_cast<int>(kColours)) return false;
        if (i > 0 && index == steps[i - 1].palette_index) return false;
    }
    return true;
}

/// What the frames show, without the first of each step that has more: it may still show the colour before.
struct Observed {
    std::vector<Feature> steps;  // mean of skin minus background
    Rgb skin;                    // mean over all steps
};

/// How much of each channel the skin gives back, from its mean colour under the room's light: red skin
/// answers a blue screen faintly. Scaled to a mean of 1. It is the same for every sequence, so the rank stays
/// uniform.
Rgb reflectance_of(const Rgb& skin) {
    const float mean = (skin.r + skin.g + skin.b) / 3;
    if (!(mean > 0)) return {1, 1, 1};
    return {skin.r / mean, skin.g / mean, skin.b / mean};
}

Rgb mean_of(std::span<const Rgb> colours) {
    Rgb mean;
    const auto count = static_cast<float>(colours.size());
    for (const Rgb& colour : colours) {
        mean.r += colour.r / count;
        mean.g += colour.g / count;
        mean.b += colour.b / count;
    }
    return mean;
}

/// Nothing when a step has no frame or a frame has no step.
std::optional<Observed> average(std::size_t steps, std::span<const ColourResponse> responses) {
    std::vector<std::vector<Rgb>> skin(steps);
    std::vector<std::vector<Rgb>> background(steps);
    for (const auto& response : responses) {
        if (response.step < 0 || static_cast<std::size_t>(response.step) >= steps) return std::nullopt;
        skin[static_cast<std::size_t>(response.step)].push_back(response.skin);
        background[static_cast<std::size_t>(response.step)].push_back(response.background);
    }
    Observed observed;
    std::vector<Rgb> skins;
    for (std::size_t step = 0; step < steps; ++step) {
        if (skin[step].empty()) return std::nullopt;
        const std::size_t first = skin[step].size() > 1 ? 1 : 0;
        const Rgb face = mean_of(std::span(skin[step]).subspan(first));
        const Rgb behind = mean_of(std::span(background[step]).subspan(first));
        observed.steps.push_back(feature_of({face.r - behind.r, face.g - behind.g, face.b - behind.b}));
        skins.push_back(face);
    }
    observed.skin = mean_of(skins);
    return observed;
}

/// Scores every possible sequence against the observed changes, sharing the work of common beginnings.
class SequenceRanking {
public:
    SequenceRanking(std::span<const Feature> observed, const Rgb& reflectance) {
        for (std::size_t i = 0; i + 1 < observed.size(); ++i)
            changes_.push_back(minus(observed[i + 1], observed[i]));
        for (std::size_t c = 0; c < kColours; ++c)
            colours_[c] = feature_of(lit_by(palette()[c], reflectance));
        for (const auto& change : changes_)
            energy_ += dot(change, change);
    }

    double amplitude() const { return std::sqrt(energy_ / (3.0 * static_cast<double>(changes_.size()))); }

    double cosine_of(std::span<const ColourStep> steps) const {
        Score score;
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            score = extend(score, i, index_of(steps[i]), index_of(steps[i + 1]));
        }
        return cosine(score);
    }

    /// Number of sequences, the true one included, that score at least `least`.
    std::size_t count_at_least(double least) const {
        std::size_t count = 0;
        for (std::size_t first = 0; first < kColours; ++first)
            count += count_from({}, 0, first, least);
        return count;
    }

private:
    struct Score {
        double product{0};
        double energy{0};
    };

    static std::size_t index_of(const ColourStep& step) {
        return static_cast<std::size_t>(step.palette_index);
    }

    Score extend(const Score& score, std::size_t at, std::size_t from, std::size_t to) const {
        const Feature expected = minus(colours_[to], colours_[from]);
        return {score.product + dot(expected, changes_[at]), score.energy + dot(expected, expected)};
    }

    double cosine(const Score& score) const {
        const double norm = std::sqrt(score.energy * energy_);
        return norm > 0 ? score.product / norm : 0;
    }

    std::size_t count_from(const Score& score, std::size_t at, std::size_t last, double least) const {
        if (at == changes_.size()) return cosine(score) >= least ? 1 : 0;
        std::size_t count = 0;
        for (std::size_t next = 0; next < kColours; ++next) {
            if (next != last) count += count_from(extend(score, at, last, next), at + 1, next, least);
        }
        return count;
    }

    std::vector<Feature> changes_;
    std::array<Feature, kColours> colours_{};
    double energy_{0};
};

double number_of_sequences(std::size_t steps) {
    return 5.0 * std::pow(4.0, static_cast<double>(steps - 1));
}

}  // namespace

ChallengeAnswer judge_colour_sequence(std::span<const ColourStep> steps,
                                      std::span<const ColourResponse> responses, const ColourLimits& limits) {
    using enum ChallengeAnswer;
    if (steps.size() < 2 || steps.size() > limits.most_steps || !possible(steps)) return not_live;
    const auto observed = average(steps.size(), responses);
    if (!observed) return not_live;
    const SequenceRanking ranking(observed->steps, reflectance_of(observed->skin));
    // Written so that a not-a-number fails.
    if (ranking.amplitude() < limits.least_amplitude) return doubtful;
    const double cosine = ranking.cosine_of(steps);
    if (!(ranking.amplitude() >= limits.least_amplitude && cosine >= limits.doubtful_cosine)) return not_live;

    constexpr double kTie = 1e-9;
    const double share =
        static_cast<double>(ranking.count_at_least(cosine - kTie)) / number_of_sequences(steps.size());
    if (cosine >= limits.least_cosine && share <= limits.false_acceptance) return live;
    return share <= limits.doubtful_share ? doubtful : not_live;
}

}  // namespace countersign::face
