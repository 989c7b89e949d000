#include "persistence/admin_repositories.hpp"
#include "persistence/changed_rows.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "passkey.insert",
    .sql =
        "INSERT INTO passkey (passkey_id, administrator_id, name, credential_id, algorithm, public_key, "
        "sign_count, created_at, last_used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
};
constexpr Statement kOf{
    .name = "passkey.of",
    .sql =
        "SELECT passkey_id, administrator_id, name, credential_id, algorithm, public_key, sign_count, "
        "created_at, last_used_at FROM passkey WHERE administrator_id = $1 ORDER BY created_at, passkey_id",
};
constexpr Statement kRename{
    .name = "passkey.rename",
    .sql = "UPDATE passkey SET name = $3 WHERE administrator_id = $1 AND passkey_id = $2",
};
constexpr Statement kRemove{
    .name = "passkey.remove",
    .sql = "DELETE FROM passkey WHERE administrator_id = $1 AND passkey_id = $2",
};
constexpr Statement kRemoveAll{
    .name = "passkey.remove_all",
    .sql = "DELETE FROM passkey WHERE administrator_id = $1",
};
constexpr Statement kUsed{
    .name = "passkey.used",
    .sql =
        "UPDATE passkey SET sign_count = $2, last_used_at = $3 WHERE passkey_id = $1 AND "
        "(sign_count < $2 OR (sign_count = 0 AND $2 = 0))",
};
constexpr Statement kPutChallenge{
    .name = "passkey.put_challenge",
    .sql =
        "INSERT INTO passkey_challenge (session_id, purpose, challenge, expires_at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (session_id) DO UPDATE SET purpose = $2, challenge = $3, expires_at = $4",
};
constexpr Statement kTakeChallenge{
    .name = "passkey.take_challenge",
    .sql = "DELETE FROM passkey_challenge WHERE session_id = $1 RETURNING purpose, challenge, expires_at",
};

Result<domain::Passkey> read(const store::Row& row) {
    domain::Passkey out;
    out.id = CS_TRY(row.id<PasskeyId>("passkey_id"));
    out.administrator = CS_TRY(row.id<AdministratorId>("administrator_id"));
    out.name = CS_TRY(row.text("name"));
    out.key.credential_id = CS_TRY(row.blob("credential_id"));
    const auto algorithm = CS_TRY(row.integer("algorithm"));
    const auto parsed = crypto::parse_passkey_algorithm(algorithm);
    if (!parsed) return fail(ErrorCode::internal, "passkey.algorithm holds a foreign value");
    out.key.algorithm = *parsed;
    out.key.public_key = CS_TRY(row.blob("public_key"));
    const auto count = CS_TRY(row.integer("sign_count"));
    out.key.sign_count = static_cast<std::uint32_t>(count);
    out.created_at = CS_TRY(row.time("created_at"));
    out.last_used_at = CS_TRY(row.opt_time("last_used_at"));
    return out;
}

}  // namespace

Result<void> SqlPasskeyRepository::insert(const domain::Passkey& p) {
    CS_TRY(session_.execute(kInsert, {p.id, p.administrator, p.name, p.key.credential_id,
                                      static_cast<std::int64_t>(p.key.algorithm), p.key.public_key,
                                      p.key.sign_count, p.created_at, p.last_used_at}));
    return {};
}

Result<std::vector<domain::Passkey>> SqlPasskeyRepository::of(const AdministratorId& administrator) {
    const auto rows = CS_TRY(session_.query(kOf, {administrator}));
    std::vector<domain::Passkey> all;
    for (const auto& row : rows)
        all.push_back(CS_TRY(read(row)));
    return all;
}

Result<void> SqlPasskeyRepository::rename(const AdministratorId& administrator, const PasskeyId& id,
                                          std::string_view name) {
    return change_one(session_, kRename, {administrator, id, name}, ErrorCode::not_found);
}

Result<void> SqlPasskeyRepository::remove(const AdministratorId& administrator, const PasskeyId& id) {
    return change_one(session_, kRemove, {administrator, id}, ErrorCode::not_found);
}

Result<void> SqlPasskeyRepository::remove_all(const AdministratorId& administrator) {
    CS_TRY(session_.execute(kRemoveAll, {administrator}));
    return {};
}

Result<void> SqlPasskeyRepository::used(const PasskeyId& id, std::uint32_t count, UnixMicros now) {
    return change_one(session_, kUsed, {id, count, now}, ErrorCode::already_used);
}

Result<void> SqlPasskeyRepository::put_challenge(const AdminSessionId& session, domain::PasskeyUse use,
                                                 ByteView challenge, UnixMicros expires_at) {
    CS_TRY(session_.execute(kPutChallenge, {session, to_string(use), challenge, expires_at}));
    return {};
}

Result<std::optional<Bytes>> SqlPasskeyRepository::take_challenge(const AdminSessionId& session,
                                                                  domain::PasskeyUse use, UnixMicros now) {
    const auto rows = CS_TRY(session_.query(kTakeChallenge, {session}));
    auto row = CS_TRY(rows.at_most_one());
    if (!row) return std::optional<Bytes>{};
    const auto purpose = CS_TRY(row->text("purpose"));
    const auto expires = CS_TRY(row->time("expires_at"));
    if (purpose != to_string(use) || expires <= now) return std::optional<Bytes>{};
    auto challenge = CS_TRY(row->blob("challenge"));
    return std::optional(std::move(challenge));
}

}  // namespace countersign::persistence
