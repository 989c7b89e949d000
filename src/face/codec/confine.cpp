#include "face/codec/confine.hpp"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <array>
#include <memory>

namespace countersign::face {
namespace {

constexpr rlim_t kAddressSpaceBytes = 256UL * 1024UL * 1024UL;
constexpr rlim_t kCpuSeconds = 60;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

bool limit(__rlimit_resource resource, rlim_t value) {
    const rlimit both{value, value};
    return setrlimit(resource, &both) == 0;
}

bool set_limits() {
    // Sanitizers reserve terabytes of address space.
    if (!kSanitized && !limit(RLIMIT_AS, kAddressSpaceBytes)) return false;
    return limit(RLIMIT_CPU, kCpuSeconds) && limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_CORE, 0) &&
           limit(RLIMIT_FSIZE, 0) && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

struct FilterDeleter {
    void operator()(void* filter) const { seccomp_release(filter); }
};

bool allow_calls(scmp_filter_ctx filter, int control_fd) {
    constexpr std::array kFree{SCMP_SYS(brk),           SCMP_SYS(munmap),       SCMP_SYS(mremap),
                               SCMP_SYS(madvise),       SCMP_SYS(futex),        SCMP_SYS(exit),
                               SCMP_SYS(exit_group),    SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
                               SCMP_SYS(clock_gettime), SCMP_SYS(sched_yield)};
    for (const int call : kFree) {
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) return false;
    }
    // Asked for by the sanitizers when libjpeg jumps out of an error.
    if (kSanitized && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sigaltstack), 0) != 0) return false;
    for (const int call : {SCMP_SYS(read), SCMP_SYS(write)}) {
        const scmp_arg_cmp only_control{
            .arg = 0, .op = SCMP_CMP_EQ, .datum_a = static_cast<scmp_datum_t>(control_fd), .datum_b = 0};
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, only_control) != 0) return false;
    }
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
        const scmp_arg_cmp not_executable{
            .arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = PROT_EXEC, .datum_b = 0};
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, not_executable) != 0) return false;
    }
    return true;
}

}  // namespace

Result<void> confine_this_process(int control_fd) {
    if (!set_limits()) return fail(ErrorCode::unavailable, "resource limits are refused");
    const std::unique_ptr<void, FilterDeleter> filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
    if (!filter || !allow_calls(filter.get(), control_fd) || seccomp_load(filter.get()) != 0) {
        return fail(ErrorCode::unavailable, "the seccomp filter is refused");
    }
    return {};
}

}  // namespace countersign::face
