#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <span>

#include "crypto/aead.hpp"
#include "crypto/kek.hpp"
#include "crypto/kek_text.hpp"

namespace countersign::crypto {
namespace {

constexpr std::string_view kHeader = "# countersign master keys, version 1; the first one is current";
constexpr std::size_t kMaxFileBytes = 4096;
constexpr std::size_t kMaxKeys = 64;  // fits kMaxFileBytes

class FileDescriptor {
public:
    explicit FileDescriptor(int fd) : fd_(fd) {}
    ~FileDescriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    int get() const { return fd_; }
    bool is_open() const { return fd_ >= 0; }

private:
    int fd_;
};

tl::unexpected<Error> system_failure(std::string_view what, const std::filesystem::path& path) {
    return fail(ErrorCode::unavailable,
                fmt::format("{} {}: {}", what, path.string(), ::strerrordesc_np(errno)));
}

Result<void> check_access(const FileDescriptor& file, const std::filesystem::path& path) {
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return system_failure("cannot inspect key file", path);
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorCode::forbidden, fmt::format("key file {} is not a regular file", path.string()));
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(ErrorCode::forbidden,
                    fmt::format("key file {} may be accessed by others: run chmod 600", path.string()));
    }
    if (status.st_uid != ::geteuid() && status.st_uid != 0) {
        return fail(ErrorCode::forbidden, fmt::format("key file {} belongs to another user", path.string()));
    }
    return {};
}

Result<SecretBytes> read_all(const FileDescriptor& file, const std::filesystem::path& path) {
    Bytes buffer(kMaxFileBytes + 1);
    std::size_t size = 0;
    while (size < buffer.size()) {
        const auto got = ::read(file.get(), buffer.data() + size, buffer.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_failure("cannot read key file", path);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    SecretBytes all(std::move(buffer));
    if (size > kMaxFileBytes) return fail(ErrorCode::invalid_argument, "key file is too long");
    return SecretBytes(all.view().first(size));
}

Result<std::vector<MasterKey>> parse_file(const SecretBytes& content) {
    const auto text = as_text(content.view());
    const auto end = std::min(text.find('\n'), text.size());
    if (text.substr(0, end) != kHeader) {
        return fail(ErrorCode::invalid_argument, "key file does not start with the countersign header line");
    }
    return parse_master_keys(text.substr(end), '\n');
}

SecretBytes to_file(std::span<const MasterKey> keys) {
    const auto add = [](Bytes& out, std::string_view text) {
        out.insert(out.end(), text.begin(), text.end());
    };
    Bytes out;
    out.reserve(kMaxFileBytes);  // never reallocated, so that no copy stays behind unwiped
    add(out, kHeader);
    add(out, "\n");
    for (const auto& key : keys) {
        auto line = to_base64url(key.key().view());
        add(out, line);
        add(out, "\n");
        wipe(line.data(), line.size());
    }
    return SecretBytes(std::move(out));
}

Result<void> write_synced(const std::filesystem::path& path, ByteView content) {
    const FileDescriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.is_open()) return system_failure("cannot make key file", path);
    while (!content.empty()) {
        const auto put = ::write(file.get(), content.data(), content.size());
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return system_failure("cannot write key file", path);
        content = content.subspan(static_cast<std::size_t>(put));
    }
    if (::fsync(file.get()) != 0) return system_failure("cannot sync key file", path);
    return {};
}

Result<void> sync_folder_of(const std::filesystem::path& path) {
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const FileDescriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file.is_open() || ::fsync(file.get()) != 0) return system_failure("cannot sync folder", folder);
    return {};
}

enum class Placement { new_only, replace };

// The content reaches the disk under a temporary name and appears under its own name complete or not at all.
Result<void> place(const std::filesystem::path& path, ByteView content, Placement placement, Random& random) {
    const std::filesystem::path temporary = path.string() + "." + random.token(9) + ".new";
    auto written = write_synced(temporary, content);
    if (written) {
        const bool placed = placement == Placement::replace ? ::rename(temporary.c_str(), path.c_str()) == 0
                                                            : ::link(temporary.c_str(), path.c_str()) == 0;
        const bool exists = !placed && placement == Placement::new_only && errno == EEXIST;
        if (!placed && !exists) written = system_failure("cannot place key file", path);
    }
    ::unlink(temporary.c_str());
    CS_TRY(std::move(written));
    return sync_folder_of(path);
}

Result<void> create(const std::filesystem::path& path, Random& random) {
    std::vector<MasterKey> keys;
    keys.push_back(CS_TRY(MasterKey::from_bytes(SecretBytes(random.bytes(Aead::kKeyBytes)))));
    return place(path, to_file(keys).view(), Placement::new_only, random);
}

Result<std::vector<MasterKey>> read_keys(const std::filesystem::path& path) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open() && errno == ENOENT) {
        return fail(ErrorCode::not_found, fmt::format("key file {} does not exist", path.string()));
    }
    if (!file.is_open()) return system_failure("cannot open key file", path);
    CS_TRY(check_access(file, path));
    const auto content = CS_TRY(read_all(file, path));
    return parse_file(content);
}

}  // namespace

FileKekProvider::FileKekProvider(std::filesystem::path path, Random& random, IfMissing if_missing)
    : path_(std::move(path)), random_(random), if_missing_(if_missing) {}

Result<std::vector<MasterKey>> FileKekProvider::load() {
    auto keys = read_keys(path_);
    const bool missing = !keys && keys.error().code == ErrorCode::not_found;
    if (!missing || if_missing_ == IfMissing::fail) return keys;
    CS_TRY(create(path_, random_));
    return read_keys(path_);  // another process may have been first: its key is the one that counts
}

Result<std::vector<MasterKey>> FileKekProvider::rotate() {
    auto keys = CS_TRY(read_keys(path_));
    if (keys.size() >= kMaxKeys) {
        return fail(ErrorCode::precondition_failed, "key file is full: retire the previous keys first");
    }
    auto fresh = CS_TRY(MasterKey::from_bytes(SecretBytes(random_.bytes(Aead::kKeyBytes))));
    keys.insert(keys.begin(), std::move(fresh));
    CS_TRY(place(path_, to_file(keys).view(), Placement::replace, random_));
    return keys;
}

Result<std::vector<MasterKey>> FileKekProvider::retire_previous() {
    auto keys = CS_TRY(read_keys(path_));
    keys.erase(keys.begin() + 1, keys.end());
    CS_TRY(place(path_, to_file(keys).view(), Placement::replace, random_));
    return keys;
}

}  // namespace countersign::crypto
