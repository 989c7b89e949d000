#include "evaluation/templates.hpp"

#include <atomic>

#include "base/guarded.hpp"

namespace countersign::evaluation {
namespace {

enum class Outcome { enrolled, without_face, unreadable };

struct Enrolment {
    Outcome outcome{Outcome::unreadable};
    std::optional<SecretBytes> data;
    std::string why;
};

std::string embedding_model(const face::MeasuringEngine& engine) {
    for (const auto& model : engine.models()) {
        if (model.role == "embedding") return model.id;
    }
    return {};
}

Enrolment faceless() {
    return {Outcome::without_face, std::nullopt, "no face was found"};
}

Enrolment unreadable(const Error& error) {
    return {Outcome::unreadable, std::nullopt, error.detail};
}

Enrolment measure(face::MeasuringEngine& engine, ByteView encoded, const std::filesystem::path& file) {
    const auto seen = observe_file(engine, encoded, file);
    if (!seen) return unreadable(seen.error());
    if (seen->faces == 0) return faceless();
    auto made = engine.extract_best_effort(*seen);
    if (!made) return unreadable(made.error());
    return Enrolment{Outcome::enrolled, std::move(made->data), {}};
}

/// Errors: of the cache only.
Result<Enrolment> enrol(const TemplateSource& source, const std::string& path) {
    const std::filesystem::path file = source.root / path;
    const auto encoded = read_file(file);
    if (!encoded) return unreadable(encoded.error());
    if (source.cache == nullptr) return measure(source.engine, *encoded, file);
    const crypto::Digest32 digest = crypto::sha256(*encoded);
    if (auto entry = source.cache->find(digest)) {
        if (!entry->data) return faceless();
        return Enrolment{Outcome::enrolled, std::move(entry->data), {}};
    }
    auto made = measure(source.engine, *encoded, file);
    if (made.outcome == Outcome::unreadable) return made;
    CachedTemplate entry;
    if (made.data) entry.data = made.data->clone();
    CS_TRY(source.cache->keep(digest, entry));
    return made;
}

TemplateSet collect(std::vector<Enrolment>& made, const std::vector<ListedPicture>& pictures,
                    const std::string& model) {
    TemplateSet set;
    for (std::size_t i = 0; i < made.size(); ++i) {
        Enrolment& each = made[i];
        set.templates.emplace_back();
        if (each.data) set.templates.back() = face::Template{model, *std::move(each.data)};
        if (each.outcome == Outcome::without_face) ++set.without_face;
        if (each.outcome == Outcome::unreadable) ++set.unreadable;
        if (each.outcome != Outcome::enrolled) set.failures.push_back({pictures[i].path, each.why});
    }
    return set;
}

}  // namespace

std::vector<bool> TemplateSet::present() const {
    std::vector<bool> there;
    for (const auto& each : templates)
        there.push_back(each.has_value());
    return there;
}

Rate TemplateSet::failure_to_enrol() const {
    return {without_face + unreadable, templates.size()};
}

Rate TemplateSet::failure_to_acquire() const {
    return {unreadable, templates.size()};
}

Result<TemplateSet> make_templates(const std::vector<ListedPicture>& pictures, const TemplateSource& source,
                                   const ParallelFor& parallel, const Progress& progress) {
    std::vector<Enrolment> made(pictures.size());
    std::atomic<std::size_t> done{0};
    std::atomic<bool> failed{false};
    Guarded<std::optional<Error>> failure;
    parallel(pictures.size(), [&](std::size_t i) {
        if (failed) return;
        auto enrolment = enrol(source, pictures[i].path);
        if (enrolment) {
            made[i] = *std::move(enrolment);
        } else if (!failed.exchange(true)) {
            *failure.lock() = enrolment.error();
        }
        progress(++done, pictures.size());
    });
    if (auto first = failure.lock(); *first) return tl::unexpected(**first);

    auto set = collect(made, pictures, embedding_model(source.engine));
    if (set.failures.size() < set.templates.size()) return set;
    const Failure nothing{"the list", "is empty"};
    const Failure& first = set.failures.empty() ? nothing : set.failures.front();
    return fail(ErrorCode::invalid_argument, fmt::format("none of {} pictures gave a face; the first, {}: {}",
                                                         pictures.size(), first.path, first.why));
}

}  // namespace countersign::evaluation
