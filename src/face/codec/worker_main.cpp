#include <unistd.h>

#include "face/codec/worker.hpp"
#include "face/codec/worker_protocol.hpp"

// countersign-decode-worker: started by the server only, with the control socket and the region already open.
int main() {
    using namespace countersign::face;
    // Ends without destructors of the libraries: the filter forbids what they would do.
    _exit(run_decode_worker(worker::kControlFd, worker::kRegionFd));
}
