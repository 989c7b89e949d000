#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "face/codec/confine.hpp"
#include "face/codec/worker_protocol.hpp"

// A decode worker taken over by a picture, for the tests of the sandbox. It confines itself like the real
// one; then the fifth byte of the "picture" says what the attacker tries. Built with the tests only and never
// installed.

namespace {

using namespace countersign::face;

void attack(std::uint8_t wish) {
    switch (wish) {
        case 's':
            socket(AF_INET, SOCK_STREAM, 0);
            break;
        case 'o':
            open("/etc/passwd", O_RDONLY);
            break;
        case 'f':
            fork();
            break;
        case 'k':
            kill(getppid(), 0);
            break;
        case 'w':
            if (write(1, "x", 1) < 0) _exit(5);
            break;
        case 'x':
            mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            break;
        case 'e':
            execl("/bin/true", "true", nullptr);
            break;
        case 'h':
            for (;;)
                sched_yield();
        default:
            break;
    }
}

}  // namespace

int main() {
    void* mapped =
        mmap(nullptr, worker::kRegionBytes, PROT_READ | PROT_WRITE, MAP_SHARED, worker::kRegionFd, 0);
    if (mapped == MAP_FAILED || !confine_this_process(worker::kControlFd)) _exit(2);
    const auto* picture = static_cast<const std::uint8_t*>(mapped);
    worker::Request request;
    while (read(worker::kControlFd, &request, sizeof request) == static_cast<ssize_t>(sizeof request)) {
        const std::uint8_t wish = request.encoded_bytes > 4 ? picture[4] : 0;
        attack(wish);
        // Reached only by an attack that was let through, by a lie, or by an innocent picture.
        worker::Reply reply{worker::Status::broken, 0, 0};
        if (wish == 'l') reply = {worker::Status::decoded, 60000, 60000};
        if (write(worker::kControlFd, &reply, sizeof reply) < 0) _exit(4);
    }
    _exit(0);
}
