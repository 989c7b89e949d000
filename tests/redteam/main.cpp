#include <fmt/format.h>

#include <charconv>
#include <string_view>

#include "base/json.hpp"
#include "telemetry/log.hpp"
#include "tests/redteam/attacks.hpp"
#include "tests/support/face_fixture.hpp"

// countersign_redteam [--rounds N] [--only TEXT] [--data DIR] [--json]
// Attacks an account and prints attack × accepted/total. Ends with 1 when an attack that must be refused was
// accepted, or the person was taken for a recording.

namespace countersign::redteam {
namespace {

struct Options {
    Plan plan;
    bool json{false};
};

Result<Options> read_options(std::span<const std::string_view> words) {
    Options options;
    options.plan.media = COUNTERSIGN_FACE_MEDIA;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool has_value = i + 1 < words.size();
        if (words[i] == "--json") {
            options.json = true;
        } else if (words[i] == "--data" && has_value) {
            options.plan.data = words[++i];
        } else if (words[i] == "--only" && has_value) {
            options.plan.only = words[++i];
        } else if (words[i] == "--rounds" && has_value) {
            const auto value = words[++i];
            const auto read = std::from_chars(value.data(), value.data() + value.size(), options.plan.rounds);
            if (read.ec != std::errc{} || options.plan.rounds < 1)
                return fail(ErrorCode::invalid_argument, "--rounds wants a number from 1 on");
        } else {
            return fail(ErrorCode::invalid_argument,
                        "usage: [--rounds N] [--only TEXT] [--data DIR] [--json]");
        }
    }
    return options;
}

std::string causes_of(const Row& row) {
    std::string out;
    for (const auto& [cause, count] : row.causes)
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, cause);
    return out;
}

void print_table(const std::vector<Row>& rows) {
    fmt::print("{:<48} {:<9} {:>9}  {}\n", "attack", "policy", "accepted", "refused as");
    for (const auto must : {Must::be_refused, Must::be_known, Must::be_itself}) {
        if (must == Must::be_known)
            fmt::print("\nNot judged: not stopped by design, or left to chance (docs/liveness.md):\n");
        if (must == Must::be_itself) fmt::print("\nNo attack:\n");
        for (const auto& row : rows) {
            if (row.must != must) continue;
            fmt::print("{:<48} {:<9} {:>9}  {}\n", row.attack, row.policy,
                       fmt::format("{}/{}", row.accepted, row.total), causes_of(row));
        }
    }
}

int defects_of(const Row& row) {
    if (row.must == Must::be_refused) return row.accepted;
    const auto mistaken = row.causes.find(std::string(to_string(domain::AttemptResult::earlier_capture)));
    return row.must == Must::be_itself && mistaken != row.causes.end() ? mistaken->second : 0;
}

json::array to_json(const std::vector<Row>& rows) {
    json::array out;
    for (const auto& row : rows) {
        json::object causes;
        for (const auto& [cause, count] : row.causes)
            causes[cause] = count;
        out.push_back(json::object{{"attack", row.attack},
                                   {"policy", row.policy},
                                   {"must_be_refused", row.must == Must::be_refused},
                                   {"accepted", row.accepted},
                                   {"total", row.total},
                                   {"causes", std::move(causes)}});
    }
    return out;
}

Result<int> run(std::span<const std::string_view> words) {
    const auto options = CS_TRY(read_options(words));
    telemetry::log::set_level(telemetry::log::Level::error);  // the table is the answer
    const auto engine = CS_TRY(face::make_engine(testing::project_options()));
    const auto rows = CS_TRY(attack(*engine, options.plan));
    int breaches = 0;
    for (const auto& row : rows) {
        if (row.total == 0) return fail(ErrorCode::internal, row.attack + " was never tried");
        breaches += defects_of(row);
    }
    if (options.json) {
        fmt::print("{}\n", json::serialize(json::object{{"attacks", to_json(rows)}, {"breaches", breaches}}));
    } else {
        print_table(rows);
        fmt::print("\n{} breaches\n", breaches);
    }
    return breaches == 0 ? 0 : 1;
}

}  // namespace
}  // namespace countersign::redteam

int main(int argc, char** argv) {
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    const auto status = countersign::redteam::run(words);
    if (!status) fmt::print(stderr, "{}\n", status.error().detail);
    return status ? *status : 2;
}
