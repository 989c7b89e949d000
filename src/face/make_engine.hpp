#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "face/api/engine.hpp"
#include "face/api/measuring_engine.hpp"

namespace countersign::face {

/// Where the engine finds its parts. Nothing is downloaded; `make setup` puts the files there.
struct EngineOptions {
    std::filesystem::path manifest;           // models/manifest.toml
    std::filesystem::path models;             // folder of the .onnx files
    std::filesystem::path runtime_library;    // libonnxruntime.so.1
    std::filesystem::path decode_worker;      // countersign-decode-worker
    std::string pack{"default"};              // [pack.*] of the manifest
    std::filesystem::path policy;             // thresholds in the place of the pack's; empty: none
    std::string previous_pack{};              // whose templates are still compared; empty: none
    std::filesystem::path previous_policy{};  // thresholds in the place of that pack's; empty: none
    int threads{2};                           // compute threads that will call: one decode worker each
};

/// Builds the engine: checks the hash of the library and of every model, loads them, runs every known-answer
/// test and starts the decode workers. Takes about half a second.
///
/// Errors: unavailable, with a detail that names the file and the remedy. The server must not start then.
/// Source: threat T21, requirements S8, S24.
Result<std::unique_ptr<FaceEngine>> make_engine(const EngineOptions& options);

/// The same engine, built and checked the same way, behind the port that gives scores: for the evaluation
/// commands only. It knows no previous pack.
Result<std::unique_ptr<MeasuringEngine>> make_measuring_engine(const EngineOptions& options);

}  // namespace countersign::face
