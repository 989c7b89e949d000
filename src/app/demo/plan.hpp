#pragma once

#include <algorithm>
#include <vector>

#include "app/demo/people.hpp"
#include "domain/verification/types.hpp"

namespace countersign::app::demo {

/// What happens at a moment. What comes of it follows from the state that the person and the transaction are
/// in then: a login of a suspended person is refused, whatever was meant to follow.
enum class Act {
    open,
    consent,
    charge,
    lose,
    pass,
    cancel,
    expire,
    give_back,
    confirm,
    suspend,
    reactivate,
    re_enrol
};

struct Moment {
    UnixMicros at;
    std::uint32_t login{0};
    Act act{Act::open};
    domain::AttemptResult result{domain::AttemptResult::passed};  // of `lose`
};

struct Login {
    std::uint32_t person{0};
    std::size_t integration{0};
};

/// What happened in an organisation over some weeks.
struct Plan {
    std::vector<Person> people;
    std::vector<Login> logins;
    std::vector<Moment> moments;  // none after the end of the history
    /// Where in `moments` each batch ends. A batch holds whole logins, in the order of time: between two
    /// batches no login of the past is open, which a running server would take for one that ran out of time.
    std::vector<std::size_t> batch_ends;

    std::size_t transactions() const {
        return static_cast<std::size_t>(std::ranges::count(moments, Act::open, &Moment::act));
    }
};

struct PlanSize {
    std::size_t users{0};
    std::size_t logins{0};
    int days{90};
    UnixMicros until{};  // the end of the history
    std::size_t integrations{1};
};

/// Days and nights, working weeks, slow growth, people who come and go, and one evening of attacks.
/// The same seed gives the same people and the same history, counted back from `until`.
Plan make_plan(const PlanSize& size, std::uint64_t seed);

/// `count` times of logins, ascending.
std::vector<UnixMicros> login_times(const PlanSize& size, Dice& dice);

}  // namespace countersign::app::demo
