#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/random.hpp"

namespace countersign::crypto {

/// A 32-byte key that wraps data keys and lives outside the database.
class MasterKey {
public:
    /// Errors: invalid_argument when it is not 32 bytes.
    static Result<MasterKey> from_bytes(SecretBytes key);

    /// First 8 bytes of the key's SHA-256, in hex: safe to store and to print.
    const std::string& id() const { return id_; }
    const SecretBytes& key() const { return key_; }

private:
    MasterKey(std::string id, SecretBytes key) : id_(std::move(id)), key_(std::move(key)) {}
    std::string id_;
    SecretBytes key_;
};

/// Where the master keys come from. The first key is the current one, the others only unwrap.
class KekProvider {
public:
    virtual ~KekProvider() = default;

    /// Errors: invalid_argument (malformed), forbidden (readable by others), not_found, unavailable (I/O).
    virtual Result<std::vector<MasterKey>> load() = 0;
};

/// Keys in a file of ours: a header line, then one key per line as base64url, current key first.
///
/// Made on the first `load` with mode 0600: written to a temporary name, fsynced, then linked to its place,
/// so that neither a crash nor a second process leaves a half-written or overwritten key. A file that group
/// or others may access in any way is refused.
///
/// Threads: not safe; used at start and by `keys rotate`. Requirement S6, threats T19 and T25.
class FileKekProvider final : public KekProvider {
public:
    enum class IfMissing { create, fail };

    FileKekProvider(std::filesystem::path path, Random& random, IfMissing if_missing = IfMissing::create);

    Result<std::vector<MasterKey>> load() override;

    /// Puts a fresh key in front and keeps the older ones. Returns the new list.
    Result<std::vector<MasterKey>> rotate();

    /// Drops every key but the current one: call it only once nothing is wrapped by the older keys any more.
    Result<std::vector<MasterKey>> retire_previous();

private:
    std::filesystem::path path_;
    Random& random_;
    IfMissing if_missing_;
};

/// Keys handed over by the environment: base64url, separated by commas, current key first.
class TextKekProvider final : public KekProvider {
public:
    explicit TextKekProvider(std::string_view text) : text_(as_bytes(text)) {}

    Result<std::vector<MasterKey>> load() override;

private:
    SecretBytes text_;
};

}  // namespace countersign::crypto
