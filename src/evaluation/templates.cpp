#include "evaluation/templates.hpp"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>

#include "base/guarded.hpp"

namespace countersign::evaluation {
namespace {

enum class Outcome { enrolled, without_face, unreadable };

struct Enrolment {
    Outcome outcome{Outcome::unreadable};
    std::optional<SecretBytes> data;
};

std::string embedding_model(const face::MeasuringEngine& engine) {
    for (const auto& model : engine.models()) {
        if (model.role == "embedding") return model.id;
    }
    return {};
}

Enrolment from_cache(CachedTemplate entry) {
    if (!entry.data) return {Outcome::without_face, std::nullopt};
    return {Outcome::enrolled, std::move(entry.data)};
}

Result<Enrolment> measure(face::MeasuringEngine& engine, ByteView encoded) {
    const auto seen = engine.observe(encoded);
    if (!seen && about_the_picture(seen.error())) return Enrolment{};
    if (!seen) return tl::unexpected(seen.error());
    if (seen->faces == 0) return Enrolment{Outcome::without_face, std::nullopt};
    auto made = CS_TRY(engine.extract_best_effort(*seen));
    return Enrolment{Outcome::enrolled, std::move(made.data)};
}

Result<Enrolment> enrol(const TemplateSource& source, const std::string& path) {
    const Bytes encoded = CS_TRY(read_file(source.root / path));
    const crypto::Digest32 digest = crypto::sha256(encoded);
    if (source.cache != nullptr) {
        if (auto entry = source.cache->find(digest)) return from_cache(*std::move(entry));
    }
    auto made = CS_TRY(measure(source.engine, encoded));
    if (source.cache == nullptr || made.outcome == Outcome::unreadable) return made;
    CachedTemplate entry;
    if (made.data) entry.data = made.data->clone();
    CS_TRY(source.cache->keep(digest, entry));
    return made;
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return fail(ErrorCode::unavailable, fmt::format("{} cannot be read", file.string()));
    return Bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

bool about_the_picture(const Error& error) {
    return error.code == ErrorCode::invalid_argument || error.code == ErrorCode::unsupported_media ||
           error.code == ErrorCode::payload_too_large;
}

std::vector<bool> TemplateSet::present() const {
    std::vector<bool> there;
    for (const auto& each : templates)
        there.push_back(each.has_value());
    return there;
}

Rate TemplateSet::failure_to_enrol() const {
    return {without_face + unreadable, templates.size()};
}

Result<TemplateSet> make_templates(const std::vector<ListedPicture>& pictures, const TemplateSource& source,
                                   const ParallelFor& parallel, const Progress& progress) {
    const std::string model = embedding_model(source.engine);
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

    TemplateSet set;
    for (Enrolment& each : made) {
        set.templates.emplace_back();
        if (each.data) set.templates.back() = face::Template{model, *std::move(each.data)};
        if (each.outcome == Outcome::without_face) ++set.without_face;
        if (each.outcome == Outcome::unreadable) ++set.unreadable;
    }
    return set;
}

}  // namespace countersign::evaluation
