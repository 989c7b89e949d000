#pragma once

namespace countersign::face {

/// The whole life of a decode worker: maps the region, confines itself, answers requests until the server
/// hangs up. Returns the process's exit code. See worker_protocol.hpp for the two descriptors.
int run_decode_worker(int control_fd, int region_fd);

}  // namespace countersign::face
