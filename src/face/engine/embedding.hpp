#pragma once

#include <memory>

#include "face/api/types.hpp"
#include "face/engine/session.hpp"

namespace countersign::face {

/// Turns a face into a template. Threads: safe.
class EmbeddingNet {
public:
    static Result<std::unique_ptr<EmbeddingNet>> load(const OnnxRuntime& runtime,
                                                      const std::filesystem::path& folder,
                                                      const ModelEntry& model);

    /// Errors: unavailable, invalid_argument (the face was not cut as this net reads it).
    Result<SecretBytes> embed(const Observation& seen) const;
    /// The mean of the face and its mirror image: steadier, at twice the time.
    Result<SecretBytes> embed_mirrored(const Observation& seen) const;
    /// Which cut of the face `embed` reads.
    FaceCut cut() const { return cut_; }
    Result<void> self_test() const { return session_->self_test(); }
    const Session& session() const { return *session_; }

private:
    EmbeddingNet(std::unique_ptr<Session> session, FaceCut cut) : session_(std::move(session)), cut_(cut) {}
    enum class Side { as_seen, mirrored };
    Result<Tensor> run(const Observation& seen, Side side) const;
    std::unique_ptr<Session> session_;
    FaceCut cut_;
};

}  // namespace countersign::face
