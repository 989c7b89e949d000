#pragma once

#include <memory>

#include "app/config.hpp"
#include "face/api/engine.hpp"
#include "face/api/measuring_engine.hpp"
#include "face/make_engine.hpp"

namespace countersign::app {

/// Threads of the compute lane, and so of the engine.
int compute_threads(const Config& config);

/// Where the configuration says the engine finds its parts.
face::EngineOptions engine_options(const Config& config);

/// The face engine that the configuration names. Errors: unavailable, naming the file and the remedy.
Result<std::unique_ptr<face::FaceEngine>> load_engine(const Config& config);

/// The same engine behind the port that gives scores, for the evaluation commands. Errors: as above.
Result<std::unique_ptr<face::MeasuringEngine>> load_measuring_engine(const Config& config);

}  // namespace countersign::app
