#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "crypto/digest.hpp"
#include "face/api/types.hpp"

namespace countersign::evaluation {

/// What a picture gave: a template, or none because no face was found.
struct CachedTemplate {
    std::optional<SecretBytes> data;
};

/// Templates of former runs, by engine and by the SHA-256 of the picture's file. Off unless a folder is
/// named: the files hold biometric templates in the clear, readable by their owner only.
///
/// `engine` must change whenever the same picture could give another template: the models, or the program.
/// A file that cannot be read or has been cut short is no entry. Threads: safe.
class TemplateCache {
public:
    /// Errors: unavailable (the folder cannot be made).
    static Result<TemplateCache> open(const std::filesystem::path& folder, const crypto::Digest32& engine);

    std::optional<CachedTemplate> find(const crypto::Digest32& picture) const;

    /// Errors: unavailable (the file cannot be written).
    Result<void> keep(const crypto::Digest32& picture, const CachedTemplate& entry) const;

private:
    explicit TemplateCache(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
};

}  // namespace countersign::evaluation
