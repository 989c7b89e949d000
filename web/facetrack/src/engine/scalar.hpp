#pragma once

namespace countersign::facetrack {

// The engine has no C library: these few functions are all it needs of one.

template <typename T>
inline T smaller(T a, T b) {
    return a < b ? a : b;
}

template <typename T>
inline T larger(T a, T b) {
    return a > b ? a : b;
}

inline float clamp(float value, float low, float high) {
    return smaller(larger(value, low), high);
}

inline float square_root(float value) {
    return __builtin_sqrtf(value);
}

/// 1 / (1 + e^-x), relative error below 1e-6. Inputs beyond ±80 are treated as ±80.
inline float sigmoid(float x) {
    // e^y as 2^whole · e^rest with |rest| <= ln 2 / 2, the second factor by its Taylor series.
    const float y = clamp(-x, -80.0F, 80.0F);
    // The bound on `whole` repeats that on y: a damaged model can make x NaN, and the loop below must still
    // end.
    const float scaled = y * 1.44269504F;
    const int whole = larger(-120, smaller(120, static_cast<int>(scaled + (scaled < 0 ? -0.5F : 0.5F))));
    const float rest = y - static_cast<float>(whole) * 0.693147181F;
    float series = 1.0F;
    for (int n = 7; n > 0; --n)
        series = 1.0F + rest / static_cast<float>(n) * series;
    const float step = whole < 0 ? 0.5F : 2.0F;
    for (int n = whole < 0 ? -whole : whole; n > 0; --n)
        series *= step;
    return 1.0F / (1.0F + series);
}

}  // namespace countersign::facetrack
