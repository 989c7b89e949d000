#pragma once

#include <memory>

#include "face/engine/session.hpp"

namespace countersign::face {

/// Turns an aligned 112×112 face into a template. Threads: safe.
class EmbeddingNet {
public:
    static Result<std::unique_ptr<EmbeddingNet>> load(const OnnxRuntime& runtime,
                                                      const std::filesystem::path& folder,
                                                      const ModelEntry& model);

    /// `aligned`: RGB pixels as in Observation::aligned. Errors: unavailable, invalid_argument (wrong size).
    Result<SecretBytes> embed(ByteView aligned) const;
    /// The mean of the face and its mirror image: steadier, at twice the time.
    Result<SecretBytes> embed_mirrored(ByteView aligned) const;
    Result<void> self_test() const { return session_->self_test(); }
    const Session& session() const { return *session_; }

private:
    explicit EmbeddingNet(std::unique_ptr<Session> session) : session_(std::move(session)) {}
    enum class Side { as_seen, mirrored };
    Result<Tensor> run(ByteView aligned, Side side) const;
    std::unique_ptr<Session> session_;
};

}  // namespace countersign::face
