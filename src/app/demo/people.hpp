#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/demo/dice.hpp"
#include "base/time.hpp"
#include "domain/subject/types.hpp"

namespace countersign::app::demo {

/// Somebody who does not exist.
struct Person {
    std::string external_id;                  // in the forms that Auth0 gives its users
    std::optional<UnixMicros> enrolled_at{};  // before the history begins; nullopt: comes during it
    domain::SubjectState state{domain::SubjectState::active};
    std::string notes{};
    std::size_t integration{0};  // where the person mostly logs in
};

struct People {
    std::size_t count{0};
    std::size_t enrolled_before{0};  // the first ones
    UnixMicros history_starts{};
    std::size_t integrations{1};
};

/// Distinct External identifiers: database users, social logins, and work accounts with names to search for.
std::vector<Person> make_people(const People& wanted, Dice& dice);

}  // namespace countersign::app::demo
