#include "app/demo/plan.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace countersign::app::demo {
namespace {

using domain::AttemptResult;

constexpr std::array<AttemptResult, 9> kCauses{
    AttemptResult::face_timeout,     AttemptResult::no_match,     AttemptResult::not_live_active,
    AttemptResult::not_live_passive, AttemptResult::aborted,      AttemptResult::interrupted,
    AttemptResult::repeated_frames,  AttemptResult::broken_chain, AttemptResult::identity_changed};
constexpr std::array<double, 9> kCauseWeights{34, 27, 14, 9, 7, 4, 2, 0.6, 1};
constexpr std::array<double, 9> kAttackWeights{2, 6, 48, 36, 0, 0, 8, 4, 1};

constexpr std::size_t kBatch = 4000;  // moments, about 700 logins

Micros secs(double value) {
    return Micros{static_cast<std::int64_t>(value * 1e6)};
}

/// How one login is meant to go.
struct Course {
    bool first_time{false};  // consent, and more people who turn back
    bool attack{false};
    int lost{0};  // attempts before the pass; 3 and more: no pass
};

class Planner {
public:
    Planner(const PlanSize& size, std::uint64_t seed) : size_(size), dice_(seed) {}
    Plan make();

private:
    void script(UnixMicros at, std::uint32_t person, const Course& course);
    UnixMicros attempt(UnixMicros at, std::uint32_t login, bool attack, bool lost);
    void finish(UnixMicros at, std::uint32_t login, bool passed);
    void attacks();
    void decisions();
    void divide();
    void note(UnixMicros at, std::uint32_t login, Act act, AttemptResult result = AttemptResult::passed) {
        if (at < size_.until) plan_.moments.push_back({at, login, act, result});
    }
    std::uint32_t new_login(std::uint32_t person) {
        plan_.logins.push_back({person, plan_.people[person].integration});
        return static_cast<std::uint32_t>(plan_.logins.size() - 1);
    }
    int lost_attempts() {
        constexpr std::array<double, 4> kShares{0.895, 0.075, 0.014, 0.016};
        return static_cast<int>(dice_.weighted(kShares));
    }

    PlanSize size_;
    Dice dice_;
    Plan plan_;
};

/// One charged attempt; returns when its verdict was there.
UnixMicros Planner::attempt(UnixMicros at, std::uint32_t login, bool attack, bool lost) {
    note(at, login, Act::charge);
    const auto result = kCauses[dice_.weighted(attack ? kAttackWeights : kCauseWeights)];
    const double pace = lost && result == AttemptResult::face_timeout ? 15 : 3.1;
    const auto end = at + secs(0.8 + pace * std::exp(0.34 * dice_.normal()));
    note(end, login, lost ? Act::lose : Act::pass, lost ? result : AttemptResult::passed);
    return end;
}

void Planner::finish(UnixMicros at, std::uint32_t login, bool passed) {
    const auto back = at + secs(dice_.between(0.7, 2.2));
    if (passed || dice_.chance(0.8)) note(back, login, Act::give_back);
    if (passed) note(back + secs(dice_.between(0.25, 1.1)), login, Act::confirm);
}

void Planner::script(UnixMicros at, std::uint32_t person, const Course& course) {
    const auto login = new_login(person);
    note(at, login, Act::open);
    auto now = at + secs(course.first_time ? dice_.between(6, 25) : dice_.between(1.5, 5));
    const double turns_back = course.attack ? 0 : course.first_time ? 0.11 : 0.03;
    if (dice_.chance(turns_back)) {
        if (dice_.chance(0.4)) {
            note(now, login, Act::consent);
            now = now + secs(dice_.between(3, 30));
        }
        const bool leaves = dice_.chance(0.4);
        note(leaves ? at + minutes(31) : now, login, leaves ? Act::expire : Act::cancel);
        if (!leaves) finish(now, login, false);
        return;
    }
    note(now, login, Act::consent);
    for (int lost = 0; lost < course.lost; ++lost)
        now = attempt(now + secs(dice_.between(3, 12)), login, course.attack, true);
    if (course.lost < 3) now = attempt(now + secs(dice_.between(2, 8)), login, false, false);
    finish(now, login, course.lost < 3);
}

/// One evening somebody tries the pictures and videos they have.
void Planner::attacks() {
    const auto evening = size_.until - minutes(60 * 24 * (size_.days / 5)) - minutes(60 * 3);
    for (std::size_t i = 0; i < size_.logins / 110; ++i) {
        const auto person = static_cast<std::uint32_t>(dice_.below(plan_.people.size()));
        const auto at = evening + secs(dice_.between(0, 3 * 3600.0));
        script(at, person, {.attack = true, .lost = 3});
    }
}

/// What administrators did.
void Planner::decisions() {
    const auto length = minutes(60 * 24 * static_cast<std::int64_t>(size_.days)).value;
    constexpr std::array<Act, 3> kActs{Act::suspend, Act::reactivate, Act::re_enrol};
    constexpr std::array<double, 3> kShares{5, 4, 3};
    for (std::size_t i = 0; i < size_.users / 150 + 3; ++i) {
        const auto login = new_login(static_cast<std::uint32_t>(dice_.below(plan_.people.size())));
        const auto at =
            size_.until - Micros{static_cast<std::int64_t>(dice_.share() * static_cast<double>(length))};
        note(at, login, kActs[dice_.weighted(kShares)]);
    }
}

/// By login, the logins by their beginning; then each batch by time.
void Planner::divide() {
    auto& moments = plan_.moments;
    std::vector<UnixMicros> begins(plan_.logins.size(), size_.until);
    for (const Moment& moment : moments)
        begins[moment.login] = std::min(begins[moment.login], moment.at);
    std::ranges::stable_sort(moments, [&](const Moment& a, const Moment& b) {
        return std::tuple(begins[a.login], a.login, a.at) < std::tuple(begins[b.login], b.login, b.at);
    });
    std::size_t first = 0;
    for (std::size_t i = 1; i <= moments.size(); ++i) {
        const bool whole = i == moments.size() || moments[i].login != moments[i - 1].login;
        if (!whole || (i - first < kBatch && i < moments.size())) continue;
        std::ranges::stable_sort(std::span(moments).subspan(first, i - first), {}, &Moment::at);
        plan_.batch_ends.push_back(i);
        first = i;
    }
}

Plan Planner::make() {
    const auto comes_during = std::min(size_.users / 4, size_.logins * 3 / 5);
    const People wanted{.count = size_.users,
                        .enrolled_before = size_.users - comes_during,
                        .history_starts = size_.until - days(size_.days),
                        .integrations = size_.integrations};
    plan_.people = make_people(wanted, dice_);
    const auto times = login_times(size_, dice_);
    auto known = wanted.enrolled_before;
    for (std::size_t i = 0; i < times.size(); ++i) {
        const auto due = comes_during * (i + 1) / times.size();
        const bool first_time = known - wanted.enrolled_before < due;
        // A few log in every day, most now and then.
        const auto person =
            first_time ? known++
                       : static_cast<std::size_t>(std::pow(dice_.share(), 1.7) * static_cast<double>(known));
        script(times[i], static_cast<std::uint32_t>(std::min(person, size_.users - 1)),
               {.first_time = first_time, .lost = lost_attempts()});
    }
    attacks();
    decisions();
    divide();
    return std::move(plan_);
}

}  // namespace

Plan make_plan(const PlanSize& size, std::uint64_t seed) {
    return Planner(size, seed).make();
}

}  // namespace countersign::app::demo
