#include "evaluation/clips.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <set>

#include "base/guarded.hpp"
#include "evaluation/media.hpp"

namespace countersign::evaluation {
namespace {

/// One clip as the engine sees it.
struct SeenClip {
    std::vector<face::Template> usable;
    std::vector<face::Template> all;  // with a face
    std::size_t looked_at{0};
    std::vector<Failure> failures;
};

Result<void> add_frame(face::MeasuringEngine& engine, const face::Observation& seen, SeenClip& to) {
    ++to.looked_at;
    if (seen.faces == 0) return {};
    auto made = CS_TRY(engine.extract_best_effort(seen));
    if (seen.usable()) to.usable.push_back({made.model, made.data.clone()});
    to.all.push_back(std::move(made));
    return {};
}

Result<void> add_file(face::MeasuringEngine& engine, const std::filesystem::path& file, SeenClip& to) {
    if (!is_video(file)) {
        const auto encoded = CS_TRY(read_file(file));
        const auto seen = CS_TRY(observe_file(engine, encoded, file));
        return add_frame(engine, seen, to);
    }
    const auto frames = CS_TRY(video_frames(file));
    for (const Bytes& frame : frames) {
        const auto seen = CS_TRY(engine.observe(frame));
        CS_TRY(add_frame(engine, seen, to));
    }
    return {};
}

SeenClip see(const ListedClip& clip, const TemplateSource& source) {
    SeenClip seen;
    for (const std::string& path : clip.paths) {
        const auto added = add_file(source.engine, source.root / path, seen);
        if (!added) seen.failures.push_back({path, added.error().detail});
    }
    return seen;
}

struct Group {
    std::size_t clip{0};
    std::span<const face::Template> frames;
};

std::vector<Group> groups_of(const ClipTemplates& templates, std::size_t size) {
    std::vector<Group> groups;
    for (std::size_t clip = 0; clip < templates.clips.size(); ++clip) {
        const std::span<const face::Template> frames(templates.clips[clip]);
        for (std::size_t at = 0; at + size <= frames.size(); at += size)
            groups.push_back({clip, frames.subspan(at, size)});
    }
    return groups;
}

/// The server's score of a capture against samples (face/engine/comparison), and every score it is made of.
Result<double> compare_groups(const Group& probes, const Group& references,
                              const face::MeasuringEngine& engine, Distribution& singles) {
    double sum = 0;
    for (const auto& probe : probes.frames) {
        double best = -1;
        for (const auto& reference : references.frames) {
            const double score = CS_TRY(engine.similarity(probe, reference));
            singles.add(score);
            best = std::max(best, score);
        }
        sum += best;
    }
    return sum / static_cast<double>(probes.frames.size());
}

/// Whether any person has groups in two clips.
bool has_several_clips(const std::vector<ListedClip>& list, const std::vector<Group>& groups) {
    std::map<std::string, std::size_t> first;
    return std::ranges::any_of(groups, [&](const Group& group) {
        return first.try_emplace(list[group.clip].subject, group.clip).first->second != group.clip;
    });
}

void merge(const ComparisonScores& from, ComparisonScores& to) {
    to.genuine.add(from.genuine);
    to.impostor.add(from.impostor);
}

/// Compares one group with all later ones.
class Comparer {
public:
    Comparer(const std::vector<ListedClip>& list, const std::vector<Group>& groups,
             const face::MeasuringEngine& engine, bool across_clips)
        : list_(list), groups_(groups), engine_(engine), across_clips_(across_clips) {}

    Result<void> run(std::size_t first, ComparisonScores& single, ComparisonScores& multi) const {
        for (std::size_t second = first + 1; second < groups_.size(); ++second) {
            const Group& references = groups_[first];
            const Group& probes = groups_[second];
            const bool genuine = list_[references.clip].subject == list_[probes.clip].subject;
            if (genuine && (references.clip == probes.clip) == across_clips_) continue;
            auto& singles = genuine ? single.genuine : single.impostor;
            const double score = CS_TRY(compare_groups(probes, references, engine_, singles));
            (genuine ? multi.genuine : multi.impostor).add(score);
        }
        return {};
    }

private:
    const std::vector<ListedClip>& list_;
    const std::vector<Group>& groups_;
    const face::MeasuringEngine& engine_;
    const bool across_clips_;
};

Result<void> compare_all(const Comparer& comparer, std::size_t groups, const ParallelFor& parallel,
                         const Progress& progress, ClipStudy& study) {
    struct Shared {
        ComparisonScores single;
        ComparisonScores multi;
        std::optional<Error> failure;
    };
    Guarded<Shared> shared;
    std::atomic<std::size_t> done{0};
    parallel(groups, [&](std::size_t first) {
        ComparisonScores single;
        ComparisonScores multi;
        const auto compared = comparer.run(first, single, multi);
        auto all = shared.lock();
        merge(single, all->single);
        merge(multi, all->multi);
        if (!compared && !all->failure) all->failure = compared.error();
        progress(++done, groups);
    });
    auto all = shared.lock();
    if (all->failure) return tl::unexpected(*all->failure);
    study.single = std::move(all->single);
    study.multi = std::move(all->multi);
    return {};
}

}  // namespace

void Distribution::add(double score) {
    histogram.add(score);
    sum += score;
    squares += score * score;
    least = std::min(least, score);
    most = std::max(most, score);
}

void Distribution::add(const Distribution& other) {
    histogram.add(other.histogram);
    sum += other.sum;
    squares += other.squares;
    least = std::min(least, other.least);
    most = std::max(most, other.most);
}

double Distribution::mean() const {
    return histogram.total() == 0 ? 0 : sum / static_cast<double>(histogram.total());
}

double Distribution::deviation() const {
    if (histogram.total() == 0) return 0;
    const double variance = squares / static_cast<double>(histogram.total()) - mean() * mean();
    return std::sqrt(std::max(0.0, variance));
}

double ComparisonScores::separation() const {
    const double common =
        std::sqrt((std::pow(genuine.deviation(), 2) + std::pow(impostor.deviation(), 2)) / 2);
    return common == 0 ? 0 : (genuine.mean() - impostor.mean()) / common;
}

Result<std::vector<ListedClip>> clips_list(const CsvTable& table) {
    const auto path =
        table.column({"path", "file", "filename", "file_name", "image", "video", "picture", "media"});
    const auto identity = table.column({"identity", "subject", "subject_id", "person", "person_id", "name"});
    if (!path || !identity)
        return table.wrong(1, "the columns path, identity and optionally clip are expected");
    const auto clip = table.column({"clip", "clip_id", "sequence", "session_clip"});
    std::vector<ListedClip> list;
    std::map<std::string, std::size_t> known;
    for (const CsvRow& row : table.rows) {
        const std::string& file = row.cells[*path];
        const std::string& subject = row.cells[*identity];
        if (file.empty() || subject.empty()) return table.wrong(row.line, "a path or an identity is empty");
        const std::string name = clip && !row.cells[*clip].empty() ? row.cells[*clip] : file;
        const auto [found, is_new] = known.try_emplace(name, list.size());
        if (is_new) list.push_back({name, subject, {}});
        ListedClip& entry = list[found->second];
        if (entry.subject != subject)
            return table.wrong(row.line, fmt::format("the clip {} has two identities", name));
        entry.paths.push_back(file);
    }
    return list;
}

Result<ClipTemplates> make_clip_templates(const std::vector<ListedClip>& list, const TemplateSource& source,
                                          std::size_t least, const ParallelFor& parallel,
                                          const Progress& progress) {
    std::vector<SeenClip> seen(list.size());
    std::atomic<std::size_t> done{0};
    parallel(list.size(), [&](std::size_t i) {
        seen[i] = see(list[i], source);
        progress(++done, list.size());
    });
    ClipTemplates templates;
    bool any = false;
    for (SeenClip& clip : seen) {
        auto& taken = clip.usable.size() < least ? clip.all : clip.usable;
        templates.left_out += clip.looked_at - taken.size();
        std::ranges::move(clip.failures, std::back_inserter(templates.failures));
        any = any || !taken.empty();
        templates.clips.push_back(std::move(taken));
    }
    if (any) return templates;
    const auto& failures = templates.failures;
    return fail(
        ErrorCode::invalid_argument,
        fmt::format("none of {} clips gave a face{}", list.size(),
                    failures.empty() ? "" : "; " + failures.front().path + ": " + failures.front().why));
}

Result<ClipStudy> study_clips(const std::vector<ListedClip>& list, const ClipTemplates& templates,
                              const face::MeasuringEngine& engine, std::size_t frames_per_group,
                              const ParallelFor& parallel, const Progress& progress) {
    const auto groups = groups_of(templates, frames_per_group);
    ClipStudy study;
    study.frames_per_group = frames_per_group;
    study.groups = groups.size();
    study.frames = groups.size() * frames_per_group;
    std::set<std::string> subjects;
    std::set<std::size_t> clips;
    for (const Group& group : groups) {
        subjects.insert(list[group.clip].subject);
        clips.insert(group.clip);
    }
    study.subjects = subjects.size();
    study.clips = clips.size();
    study.across_clips = has_several_clips(list, groups);
    const Comparer comparer(list, groups, engine, study.across_clips);
    CS_TRY(compare_all(comparer, groups.size(), parallel, progress, study));
    const auto genuine = study.multi.genuine.histogram.total();
    const auto impostor = study.multi.impostor.histogram.total();
    if (genuine > 0 && impostor > 0) return study;
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} genuine and {} impostor comparisons of {} groups: an evaluation needs both",
                            genuine, impostor, groups.size()));
}

}  // namespace countersign::evaluation
