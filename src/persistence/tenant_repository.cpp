#include "persistence/changed_rows.hpp"
#include "persistence/repositories.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kInsert{
    .name = "tenant.insert",
    .sql = "INSERT INTO tenant (tenant_id, name, wrapped_key, created_at) VALUES ($1, $2, $3, $4)",
};
constexpr Statement kFind{
    .name = "tenant.find",
    .sql = "SELECT tenant_id, name, wrapped_key, created_at FROM tenant WHERE tenant_id = $1",
};
constexpr Statement kFindByName{
    .name = "tenant.find_by_name",
    .sql = "SELECT tenant_id, name, wrapped_key, created_at FROM tenant WHERE name = $1",
};
constexpr Statement kList{
    .name = "tenant.list",
    .sql = "SELECT tenant_id, name, wrapped_key, created_at FROM tenant ORDER BY tenant_id",
};
constexpr Statement kRename{
    .name = "tenant.rename",
    .sql = "UPDATE tenant SET name = $2 WHERE tenant_id = $1",
};
constexpr Statement kReplaceKey{
    .name = "tenant.replace_key",
    .sql = "UPDATE tenant SET wrapped_key = $3 WHERE tenant_id = $1 AND wrapped_key = $2",
};

Result<domain::Tenant> read(const store::Row& row) {
    domain::Tenant tenant;
    tenant.id = CS_TRY(row.id<TenantId>("tenant_id"));
    tenant.name = CS_TRY(row.text("name"));
    tenant.wrapped_key = CS_TRY(row.blob("wrapped_key"));
    tenant.created_at = CS_TRY(row.time("created_at"));
    return tenant;
}

Result<domain::Tenant> read_one(const store::Rows& rows) {
    auto row = CS_TRY(rows.one());
    return read(row);
}

}  // namespace

Result<void> SqlTenantRepository::insert(const domain::Tenant& tenant) {
    CS_TRY(session_.execute(kInsert, {tenant.id, tenant.name, tenant.wrapped_key, tenant.created_at}));
    return {};
}

Result<domain::Tenant> SqlTenantRepository::find(const TenantId& id) {
    const auto rows = CS_TRY(session_.query(kFind, {id}));
    return read_one(rows);
}

Result<domain::Tenant> SqlTenantRepository::find_by_name(std::string_view name) {
    const auto rows = CS_TRY(session_.query(kFindByName, {name}));
    return read_one(rows);
}

Result<std::vector<domain::Tenant>> SqlTenantRepository::list() {
    const auto rows = CS_TRY(session_.query(kList));
    std::vector<domain::Tenant> tenants;
    for (const auto& row : rows)
        tenants.push_back(CS_TRY(read(row)));
    return tenants;
}

Result<void> SqlTenantRepository::rename(const TenantId& id, std::string_view name) {
    return change_one(session_, kRename, {id, name}, ErrorCode::not_found);
}

Result<void> SqlTenantRepository::replace_key(const TenantId& id, ByteView expected, ByteView replacement) {
    return change_one(session_, kReplaceKey, {id, expected, replacement}, ErrorCode::conflict);
}

}  // namespace countersign::persistence
