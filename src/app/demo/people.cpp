#include "app/demo/people.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_set>

namespace countersign::app::demo {
namespace {

constexpr std::array<std::string_view, 60> kFirstNames{
    "ada",   "adrian", "aisha",  "alice", "amira", "anders", "anna",  "astrid", "ben",    "bruno",
    "carla", "chloe",  "clara",  "david", "elena", "elias",  "emma",  "erik",   "fatima", "felix",
    "frida", "gabor",  "greta",  "hana",  "henri", "hugo",   "ida",   "ines",   "ivan",   "jana",
    "jonas", "julia",  "kaito",  "karin", "lea",   "leo",    "liam",  "lina",   "lucas",  "maja",
    "marco", "maria",  "mateo",  "mila",  "nadia", "nils",   "noah",  "nora",   "olga",   "oscar",
    "paula", "pavel",  "rachel", "ravi",  "rosa",  "samuel", "sofia", "tomas",  "vera",   "yusuf"};
constexpr std::array<std::string_view, 60> kLastNames{
    "adler",    "almeida", "andersen", "bauer",  "becker",  "bellamy", "berg",   "bianchi", "brandt",
    "castro",   "chen",    "costa",    "dahl",   "diaz",    "dubois",  "ekman",  "farkas",  "fischer",
    "fontaine", "garcia",  "gruber",   "haas",   "hansen",  "holm",    "horvat", "ito",     "jansen",
    "keller",   "klein",   "kovacs",   "kumar",  "laine",   "lang",    "larsen", "lehner",  "lopez",
    "martin",   "meyer",   "moreau",   "nagy",   "nilsson", "novak",   "okafor", "olsen",   "ortega",
    "peters",   "pereira", "rossi",    "santos", "sato",    "schmid",  "silva",  "singh",   "sommer",
    "sorensen", "tanaka",  "varga",    "vogel",  "weber",   "zimmer"};
constexpr std::array<std::string_view, 3> kCompanies{"harbour", "northwind-freight", "meridian-health"};
constexpr std::array<std::string_view, 6> kNotes{
    "Asked for a new enrolment after eye surgery. Identity checked by video call.",
    "Uses a shared kiosk in the Lisbon branch; the lighting there was improved.",
    "Reported a stolen phone. Suspended until the replacement arrives.",
    "Beard grown since enrolment, still matches. No action needed.",
    "Prefers the movement challenge: sensitive to flashing colours.",
    "Service desk ticket 48213: camera was blocked by a company policy, solved."};

// How often each kind of account occurs: database, Google, company directory, Microsoft.
constexpr std::array<double, 4> kAccountKinds{0.5, 0.16, 0.26, 0.08};

std::string digits(std::size_t count, std::string_view alphabet, Dice& dice) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += alphabet[dice.below(alphabet.size())];
    return text;
}

std::string work_account(Dice& dice) {
    const auto first = dice.pick(std::span<const std::string_view>(kFirstNames));
    const auto last = dice.pick(std::span<const std::string_view>(kLastNames));
    const auto company = dice.pick(std::span<const std::string_view>(kCompanies));
    return fmt::format("samlp|{}|{}.{}", company, first, last);
}

std::string account(Dice& dice) {
    constexpr std::string_view kHex = "0123456789abcdef";
    switch (dice.weighted(kAccountKinds)) {
        case 0:
            return "auth0|" + digits(24, kHex, dice);
        case 1:
            return "google-oauth2|1" + digits(20, "0123456789", dice);
        case 2:
            return work_account(dice);
        default:
            return "windowslive|" + digits(16, kHex, dice);
    }
}

/// Namesakes in one company get a number, as directories do it.
std::string distinct(std::string wanted, std::unordered_set<std::string>& taken) {
    std::string text = wanted;
    for (int next = 2; !taken.insert(text).second; ++next)
        text = fmt::format("{}{}", wanted, next);
    return text + (wanted.starts_with("samlp|") ? "@example.com" : "");
}

}  // namespace

std::vector<Person> make_people(const People& wanted, Dice& dice) {
    std::unordered_set<std::string> taken;
    std::vector<Person> people;
    people.reserve(wanted.count);
    for (std::size_t i = 0; i < wanted.count; ++i) {
        Person person{.external_id = distinct(account(dice), taken)};
        person.integration = dice.chance(0.7) ? 0 : dice.below(wanted.integrations);
        if (dice.chance(0.015)) person.notes = dice.pick(std::span<const std::string_view>(kNotes));
        if (i < wanted.enrolled_before) {
            person.enrolled_at =
                wanted.history_starts - minutes(static_cast<std::int64_t>(dice.between(1, 60.0 * 24 * 300)));
            if (dice.chance(0.009)) person.state = domain::SubjectState::suspended;
            if (dice.chance(0.006)) person.state = domain::SubjectState::locked;
        }
        people.push_back(std::move(person));
    }
    return people;
}

}  // namespace countersign::app::demo
