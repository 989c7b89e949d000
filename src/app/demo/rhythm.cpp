// When people log in.
#include <algorithm>
#include <array>

#include "app/demo/plan.hpp"

namespace countersign::app::demo {
namespace {

constexpr std::array<double, 24> kHours{0.20, 0.13, 0.09, 0.08, 0.12, 0.30, 0.75, 1.60,
                                        2.40, 2.30, 1.90, 1.70, 1.65, 1.85, 1.80, 1.65,
                                        1.60, 1.55, 1.45, 1.50, 1.55, 1.25, 0.80, 0.40};
constexpr std::array<double, 7> kWeekdays{1.00, 0.55, 0.45, 1.10,
                                          1.02, 1.00, 1.04};  // 1970 began on a Thursday

double weight_of(UnixMicros hour, double age, double mood) {
    const auto hours = hour.value / minutes(60).value;
    const auto day = static_cast<std::size_t>((hours / 24) % 7);
    const double growth = 1 - 0.35 * age;
    return kHours[static_cast<std::size_t>(hours % 24)] * kWeekdays[(day + 7) % 7] * growth * mood;
}

}  // namespace

std::vector<UnixMicros> login_times(const PlanSize& size, Dice& dice) {
    const auto hours = static_cast<std::size_t>(size.days) * 24;
    const auto begin = size.until - minutes(static_cast<std::int64_t>(hours) * 60);
    std::vector<double> upto;
    double all = 0;
    double mood = 1;
    for (std::size_t i = 0; i < hours; ++i) {
        if (i % 24 == 0) mood = std::max(0.6, 1 + 0.09 * dice.normal());
        const double age = 1 - static_cast<double>(i) / static_cast<double>(hours);
        all += weight_of(begin + minutes(static_cast<std::int64_t>(i) * 60), age, mood);
        upto.push_back(all);
    }
    std::vector<UnixMicros> times;
    times.reserve(size.logins);
    for (std::size_t i = 0; i < size.logins; ++i) {
        const auto hour = std::ranges::upper_bound(upto, dice.share() * all) - upto.begin();
        const auto within = static_cast<std::int64_t>(dice.between(0, 3.6e9));
        times.push_back(begin +
                        minutes(60 * std::min<std::int64_t>(hour, static_cast<std::int64_t>(hours) - 1)) +
                        Micros{within});
    }
    std::ranges::sort(times);
    return times;
}

}  // namespace countersign::app::demo
