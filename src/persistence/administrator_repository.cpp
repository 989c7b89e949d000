#include "persistence/admin_repositories.hpp"
#include "persistence/changed_rows.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kClaim{
    .name = "administrator.claim_first_owner",
    .sql = "INSERT INTO first_owner (only_row, administrator_id) VALUES (1, $1)",
};
constexpr Statement kHasOwner{
    .name = "administrator.has_first_owner",
    .sql = "SELECT COUNT(*) AS owners FROM first_owner",
};
constexpr Statement kInsert{
    .name = "administrator.insert",
    .sql =
        "INSERT INTO administrator (administrator_id, email, name, password_hash, totp_wrapped, "
        "totp_pending, totp_last_step, created_at, password_changed_at, last_sign_in_at) VALUES ($1, $2, "
        "$3, $4, $5, $6, $7, $8, $9, $10)",
};
constexpr Statement kFind{
    .name = "administrator.find",
    .sql =
        "SELECT administrator_id, email, name, password_hash, totp_wrapped, totp_pending, "
        "totp_last_step, created_at, password_changed_at, last_sign_in_at FROM administrator WHERE "
        "administrator_id = $1",
};
constexpr Statement kFindByEmail{
    .name = "administrator.find_by_email",
    .sql =
        "SELECT administrator_id, email, name, password_hash, totp_wrapped, totp_pending, "
        "totp_last_step, created_at, password_changed_at, last_sign_in_at FROM administrator WHERE email "
        "= $1",
};
constexpr Statement kList{
    .name = "administrator.list",
    .sql =
        "SELECT administrator_id, email, name, password_hash, totp_wrapped, totp_pending, "
        "totp_last_step, created_at, password_changed_at, last_sign_in_at FROM administrator ORDER BY "
        "email",
};
constexpr Statement kRename{
    .name = "administrator.rename",
    .sql = "UPDATE administrator SET name = $2 WHERE administrator_id = $1",
};
constexpr Statement kSetPassword{
    .name = "administrator.set_password",
    .sql =
        "UPDATE administrator SET password_hash = $2, password_changed_at = $3 WHERE administrator_id = "
        "$1",
};
constexpr Statement kPendingTotp{
    .name = "administrator.set_pending_totp",
    .sql = "UPDATE administrator SET totp_pending = $2 WHERE administrator_id = $1",
};
constexpr Statement kConfirmTotp{
    .name = "administrator.confirm_totp",
    .sql =
        "UPDATE administrator SET totp_wrapped = $2, totp_pending = NULL, totp_last_step = $3 WHERE "
        "administrator_id = $1 AND totp_pending IS NOT NULL",
};
constexpr Statement kClearTotp{
    .name = "administrator.clear_totp",
    .sql = "UPDATE administrator SET totp_wrapped = NULL, totp_pending = NULL WHERE administrator_id = $1",
};
constexpr Statement kReplaceTotp{
    .name = "administrator.replace_totp",
    .sql = "UPDATE administrator SET totp_wrapped = $3 WHERE administrator_id = $1 AND totp_wrapped = $2",
};
constexpr Statement kUseStep{
    .name = "administrator.use_totp_step",
    .sql =
        "UPDATE administrator SET totp_last_step = $2 WHERE administrator_id = $1 AND totp_last_step < "
        "$2",
};
constexpr Statement kSignedIn{
    .name = "administrator.signed_in",
    .sql = "UPDATE administrator SET last_sign_in_at = $2 WHERE administrator_id = $1",
};
constexpr Statement kDropCodes{
    .name = "administrator.drop_recovery_codes",
    .sql = "DELETE FROM recovery_code WHERE administrator_id = $1",
};
constexpr Statement kInsertCode{
    .name = "administrator.insert_recovery_code",
    .sql = "INSERT INTO recovery_code (administrator_id, code_hash) VALUES ($1, $2)",
};
constexpr Statement kUseCode{
    .name = "administrator.use_recovery_code",
    .sql = "DELETE FROM recovery_code WHERE administrator_id = $1 AND code_hash = $2",
};
constexpr Statement kCountCodes{
    .name = "administrator.count_recovery_codes",
    .sql = "SELECT COUNT(*) AS codes FROM recovery_code WHERE administrator_id = $1",
};

Result<domain::Administrator> read(const store::Row& row) {
    domain::Administrator out;
    out.id = CS_TRY(row.id<AdministratorId>("administrator_id"));
    out.email = CS_TRY(row.text("email"));
    out.name = CS_TRY(row.text("name"));
    out.password_hash = CS_TRY(row.text("password_hash"));
    out.totp_wrapped = CS_TRY(row.opt_blob("totp_wrapped"));
    out.totp_pending = CS_TRY(row.opt_blob("totp_pending"));
    out.totp_last_step = CS_TRY(row.integer("totp_last_step"));
    out.created_at = CS_TRY(row.time("created_at"));
    out.password_changed_at = CS_TRY(row.time("password_changed_at"));
    out.last_sign_in_at = CS_TRY(row.opt_time("last_sign_in_at"));
    return out;
}

}  // namespace

Result<void> SqlAdministratorRepository::claim_first_owner(const AdministratorId& id) {
    CS_TRY(session_.execute(kClaim, {id}));
    return {};
}

Result<bool> SqlAdministratorRepository::has_first_owner() {
    const auto rows = CS_TRY(session_.query(kHasOwner));
    auto row = CS_TRY(rows.one());
    const auto owners = CS_TRY(row.integer("owners"));
    return owners > 0;
}

Result<void> SqlAdministratorRepository::insert(const domain::Administrator& a) {
    CS_TRY(session_.execute(
        kInsert, {a.id, a.email, a.name, a.password_hash, a.totp_wrapped, a.totp_pending, a.totp_last_step,
                  a.created_at, a.password_changed_at, a.last_sign_in_at}));
    return {};
}

Result<domain::Administrator> SqlAdministratorRepository::find(const AdministratorId& id) {
    const auto rows = CS_TRY(session_.query(kFind, {id}));
    auto row = CS_TRY(rows.one());
    return read(row);
}

Result<std::optional<domain::Administrator>> SqlAdministratorRepository::find_by_email(
    std::string_view email) {
    const auto rows = CS_TRY(session_.query(kFindByEmail, {email}));
    auto row = CS_TRY(rows.at_most_one());
    if (!row) return std::optional<domain::Administrator>{};
    auto administrator = CS_TRY(read(*row));
    return std::optional(std::move(administrator));
}

Result<std::vector<domain::Administrator>> SqlAdministratorRepository::list() {
    const auto rows = CS_TRY(session_.query(kList));
    std::vector<domain::Administrator> all;
    for (const auto& row : rows)
        all.push_back(CS_TRY(read(row)));
    return all;
}

Result<void> SqlAdministratorRepository::rename(const AdministratorId& id, std::string_view name) {
    return change_one(session_, kRename, {id, name}, ErrorCode::not_found);
}

Result<void> SqlAdministratorRepository::set_password(const AdministratorId& id, std::string_view hash,
                                                      UnixMicros now) {
    return change_one(session_, kSetPassword, {id, hash, now}, ErrorCode::not_found);
}

Result<void> SqlAdministratorRepository::set_pending_totp(const AdministratorId& id, ByteView wrapped) {
    return change_one(session_, kPendingTotp, {id, wrapped}, ErrorCode::not_found);
}

Result<void> SqlAdministratorRepository::confirm_totp(const AdministratorId& id, ByteView wrapped,
                                                      std::int64_t step) {
    return change_one(session_, kConfirmTotp, {id, wrapped, step}, ErrorCode::conflict);
}

Result<void> SqlAdministratorRepository::clear_totp(const AdministratorId& id) {
    return change_one(session_, kClearTotp, {id}, ErrorCode::not_found);
}

Result<void> SqlAdministratorRepository::replace_totp(const AdministratorId& id, ByteView expected,
                                                      ByteView replacement) {
    return change_one(session_, kReplaceTotp, {id, expected, replacement}, ErrorCode::conflict);
}

Result<void> SqlAdministratorRepository::use_totp_step(const AdministratorId& id, std::int64_t step) {
    return change_one(session_, kUseStep, {id, step}, ErrorCode::already_used);
}

Result<void> SqlAdministratorRepository::signed_in(const AdministratorId& id, UnixMicros now) {
    return change_one(session_, kSignedIn, {id, now}, ErrorCode::not_found);
}

Result<void> SqlAdministratorRepository::replace_recovery_codes(const AdministratorId& id,
                                                                const std::vector<std::string>& hashes) {
    CS_TRY(session_.execute(kDropCodes, {id}));
    for (const std::string& hash : hashes)
        CS_TRY(session_.execute(kInsertCode, {id, hash}));
    return {};
}

Result<void> SqlAdministratorRepository::use_recovery_code(const AdministratorId& id, std::string_view hash) {
    return change_one(session_, kUseCode, {id, hash}, ErrorCode::not_found);
}

Result<std::int64_t> SqlAdministratorRepository::recovery_codes_left(const AdministratorId& id) {
    const auto rows = CS_TRY(session_.query(kCountCodes, {id}));
    auto row = CS_TRY(rows.one());
    return row.integer("codes");
}

}  // namespace countersign::persistence
