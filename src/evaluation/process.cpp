#include "evaluation/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

extern char** environ;

namespace countersign::evaluation {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMostComplaint = 4096;

class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int get() const { return fd_; }
    void reset(int fd = -1) {
        if (fd_ >= 0) close(fd_);
        fd_ = fd;
    }

private:
    int fd_;
};

struct Pipe {
    Descriptor read;
    Descriptor write;

    bool open() {
        std::array<int, 2> ends{-1, -1};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
        read.reset(ends[0]);
        write.reset(ends[1]);
        return true;
    }
};

/// A running child. Whoever leaves early kills it: it never outlives the call.
class Child {
public:
    explicit Child(pid_t pid) : pid_(pid) {}
    ~Child() {
        if (pid_ < 0) return;
        kill(pid_, SIGKILL);
        wait();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Whether it ended by itself and with success.
    bool wait() {
        int status = 0;
        while (waitpid(std::exchange(pid_, -1), &status, 0) < 0 && errno == EINTR) {
        }
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

private:
    pid_t pid_;
};

pid_t spawn(const std::vector<std::string>& words, int input, int output, int complaints) {
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));  // posix_spawn does not write to them
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return -1;
    pid_t pid = -1;
    const bool started = posix_spawn_file_actions_adddup2(&actions, input, 0) == 0 &&
                         posix_spawn_file_actions_adddup2(&actions, output, 1) == 0 &&
                         posix_spawn_file_actions_adddup2(&actions, complaints, 2) == 0 &&
                         posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return started ? pid : -1;
}

enum class Stream { open, ended };

Stream take(int fd, Bytes& into) {
    std::array<std::uint8_t, 65536> piece{};
    const ssize_t count = read(fd, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) return Stream::open;
    if (count <= 0) return Stream::ended;
    into.insert(into.end(), piece.begin(), piece.begin() + count);
    return Stream::open;
}

/// Reads both streams until both end.
Result<void> drain(Pipe& output, Pipe& complaints, Bytes& out, Bytes& complaint,
                   const ProcessLimits& limits) {
    const auto deadline = Clock::now() + limits.time;
    while (output.read.get() >= 0 || complaints.read.get() >= 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0)
            return fail(ErrorCode::deadline_exceeded, "reading it took longer than allowed");
        std::array<pollfd, 2> waiting{pollfd{output.read.get(), POLLIN, 0},
                                      pollfd{complaints.read.get(), POLLIN, 0}};
        if (poll(waiting.data(), waiting.size(), static_cast<int>(left.count())) < 0) continue;
        if (waiting[0].revents != 0 && take(waiting[0].fd, out) == Stream::ended) output.read.reset();
        if (waiting[1].revents != 0 && take(waiting[1].fd, complaint) == Stream::ended)
            complaints.read.reset();
        if (out.size() > limits.output_bytes) return fail(ErrorCode::payload_too_large, "it is too large");
        if (complaint.size() > kMostComplaint) complaint.resize(kMostComplaint);
    }
    return {};
}

/// Without the part and its address that a program such as ffmpeg puts before: `[png @ 0x55…] `.
std::string first_line(const Bytes& text) {
    std::string_view line = as_text(text);
    line = line.substr(0, line.find('\n'));
    const std::size_t end = line.find("] ");
    if (line.starts_with('[') && end != std::string_view::npos) line.remove_prefix(end + 2);
    return std::string(line);
}

}  // namespace

Result<Bytes> output_of(const std::vector<std::string>& words, const std::filesystem::path& input,
                        const ProcessLimits& limits) {
    const Descriptor file(open(input.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return fail(ErrorCode::not_found, "the file cannot be opened");
    Pipe output;
    Pipe complaints;
    if (!output.open() || !complaints.open()) return fail(ErrorCode::unavailable, "no pipe");
    const pid_t pid = spawn(words, file.get(), output.write.get(), complaints.write.get());
    if (pid < 0) return fail(ErrorCode::not_found, fmt::format("the program {} is not installed", words[0]));
    Child child(pid);
    output.write.reset();
    complaints.write.reset();
    Bytes out;
    Bytes complaint;
    CS_TRY(drain(output, complaints, out, complaint, limits));
    if (!child.wait()) return fail(ErrorCode::invalid_argument, first_line(complaint));
    return out;
}

}  // namespace countersign::evaluation
