#include "face/codec/worker_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "face/codec/worker_protocol.hpp"

namespace countersign::face {
namespace {

/// Descriptors that must not outlive a failed start.
struct Descriptor {
    int fd{-1};
    ~Descriptor() {
        if (fd >= 0) close(fd);
    }
    int release() { return std::exchange(fd, -1); }
};

/// The size is sealed: a worker that shrank the region would make the server fault on it.
int open_region() {
    Descriptor region{memfd_create("countersign-picture", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
    if (region.fd < 0 || ftruncate(region.fd, static_cast<off_t>(worker::kRegionBytes)) != 0) return -1;
    if (fcntl(region.fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) return -1;
    return region.release();
}

/// A copy with a number above the two that the child wants: its dup2 calls must not overwrite each other's
/// source.
int raised(int fd) {
    return fcntl(fd, F_DUPFD_CLOEXEC, worker::kRegionFd + 1);
}

/// Standard streams on /dev/null, then the control socket and the region, then nothing.
bool plan(posix_spawn_file_actions_t& actions, int control, int region) {
    for (const int stream : {0, 1, 2}) {
        if (posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0) != 0) return false;
    }
    return posix_spawn_file_actions_adddup2(&actions, control, worker::kControlFd) == 0 &&
           posix_spawn_file_actions_adddup2(&actions, region, worker::kRegionFd) == 0 &&
           posix_spawn_file_actions_addclosefrom_np(&actions, worker::kRegionFd + 1) == 0;
}

/// Starts the child with an empty environment. Returns -1 when that fails.
pid_t spawn(const std::string& executable, int control_fd, int region_fd) {
    const Descriptor control{raised(control_fd)};
    const Descriptor region{raised(region_fd)};
    posix_spawn_file_actions_t actions;
    if (control.fd < 0 || region.fd < 0 || posix_spawn_file_actions_init(&actions) != 0) return -1;
    std::string name = std::filesystem::path(executable).filename();
    const std::array<char*, 2> arguments{name.data(), nullptr};
    const std::array<char*, 1> environment{nullptr};
    pid_t pid = -1;
    const bool started =
        plan(actions, control.fd, region.fd) &&
        posix_spawn(&pid, executable.c_str(), &actions, nullptr, arguments.data(), environment.data()) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return started ? pid : -1;
}

bool send_request(int control, std::size_t encoded_bytes, Reduction reduction) {
    const worker::Request request{static_cast<std::uint32_t>(encoded_bytes), reduction};
    return send(control, &request, sizeof request, MSG_NOSIGNAL) == static_cast<ssize_t>(sizeof request);
}

bool wait_readable(int control, int timeout_ms) {
    pollfd waiting{control, POLLIN, 0};
    int ready = -1;
    do {
        ready = poll(&waiting, 1, timeout_ms);
    } while (ready < 0 && errno == EINTR);
    return ready == 1;
}

}  // namespace

Result<void> WorkerProcess::start() {
    stop();
    std::array<int, 2> pair{-1, -1};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) != 0) {
        return fail(ErrorCode::unavailable, "no socket for the decode worker");
    }
    Descriptor ours{pair[0]};
    const Descriptor theirs{pair[1]};
    const Descriptor region{open_region()};
    if (region.fd < 0) return fail(ErrorCode::unavailable, "no memory region for the decode worker");
    void* mapped = mmap(nullptr, worker::kRegionBytes, PROT_READ | PROT_WRITE, MAP_SHARED, region.fd, 0);
    if (mapped == MAP_FAILED) return fail(ErrorCode::unavailable, "the memory region cannot be mapped");
    region_ = static_cast<std::uint8_t*>(mapped);
    madvise(mapped, worker::kRegionBytes, MADV_DONTDUMP);
    pid_ = spawn(options_.executable, theirs.fd, region.fd);
    control_ = ours.release();
    frames_ = 0;
    if (pid_ >= 0) return {};
    stop();
    return fail(ErrorCode::unavailable, "cannot start " + options_.executable.string());
}

Result<Image> WorkerProcess::decode(ByteView encoded, Reduction reduction) {
    CS_TRY(recognise(encoded));
    if (pid_ < 0 || frames_ >= options_.frames_per_worker) CS_TRY(start());
    ++frames_;
    auto image = exchange(encoded, reduction);
    if (!image && image.error().code == ErrorCode::unavailable) stop();
    return image;
}

Result<Image> WorkerProcess::exchange(ByteView encoded, Reduction reduction) {
    std::memcpy(region_, encoded.data(), encoded.size());
    worker::Reply reply;
    const bool answered = send_request(control_, encoded.size(), reduction) &&
                          wait_readable(control_, options_.timeout_ms) &&
                          recv(control_, &reply, sizeof reply, 0) == static_cast<ssize_t>(sizeof reply);
    wipe(region_, encoded.size());
    if (!answered) return fail(ErrorCode::unavailable, "the decode worker crashed or took too long");
    switch (reply.status) {
        case worker::Status::decoded:
            return take_pixels(reply.width, reply.height);
        case worker::Status::broken:
            return fail(ErrorCode::invalid_argument, "broken picture");
        case worker::Status::too_large:
            return fail(ErrorCode::payload_too_large, "picture has too many pixels");
        case worker::Status::unsupported:
            return fail(ErrorCode::unsupported_media, "neither JPEG nor WebP");
        case worker::Status::failed:
            break;
    }
    return fail(ErrorCode::unavailable, "the decode worker cannot work");
}

Result<Image> WorkerProcess::take_pixels(int width, int height) {
    const bool plausible = width > 0 && height > 0 &&
                           static_cast<std::size_t>(width) * static_cast<std::size_t>(height) <= kMaxPixels;
    if (!plausible) return fail(ErrorCode::unavailable, "the decode worker lied about the size");
    Image image(width, height, 3);
    std::memcpy(image.pixels().data(), region_ + worker::kPixelOffset, image.pixels().size());
    wipe(region_ + worker::kPixelOffset, image.pixels().size());
    return image;
}

void WorkerProcess::stop() {
    if (control_ >= 0) close(std::exchange(control_, -1));
    if (pid_ >= 0) {
        // Not asked to end but ended: a worker taken over by a picture would not listen.
        kill(pid_, SIGKILL);
        while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
    }
    // The kernel clears the pages before anyone else sees them.
    if (region_ != nullptr) munmap(std::exchange(region_, nullptr), worker::kRegionBytes);
}

}  // namespace countersign::face
