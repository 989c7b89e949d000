#pragma once

namespace countersign::app {

/// Parses the command line, runs one command and returns the exit status: 0 done, 1 failed, 2 wrong usage.
int run_command_line(int argc, char** argv);

}  // namespace countersign::app
