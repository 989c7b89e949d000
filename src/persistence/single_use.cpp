// SqlVerificationRepository: start tokens and capture tickets, the values that work once.
#include "persistence/changed_rows.hpp"
#include "persistence/repositories.hpp"

namespace countersign::persistence {
namespace {

using store::Statement;

constexpr Statement kRemember{
    .name = "verification.remember_start_token",
    .sql =
        "INSERT INTO start_token (tenant_id, token_hash, keep_until) VALUES ($1, $2, $3) ON CONFLICT "
        "(tenant_id, token_hash) DO NOTHING",
};
constexpr Statement kPurgeTokens{
    .name = "verification.purge_tokens",
    .sql = "DELETE FROM start_token WHERE keep_until < $1",
};
constexpr Statement kInsertTicket{
    .name = "verification.insert_ticket",
    .sql =
        "INSERT INTO capture_ticket (tenant_id, challenge_id, verification_id, ticket_hash, "
        "created_at, expires_at, opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
};
constexpr Statement kFindTicket{
    .name = "verification.find_ticket",
    .sql =
        "SELECT tenant_id, challenge_id, verification_id, ticket_hash, created_at, expires_at, "
        "opened_at FROM capture_ticket WHERE ticket_hash = $1",
};
constexpr Statement kFindTicketById{
    .name = "verification.find_ticket_by_id",
    .sql =
        "SELECT tenant_id, challenge_id, verification_id, ticket_hash, created_at, expires_at, "
        "opened_at FROM capture_ticket WHERE tenant_id = $1 AND challenge_id = $2",
};
constexpr Statement kOpenTicket{
    .name = "verification.open_ticket",
    .sql =
        "UPDATE capture_ticket SET opened_at = $3 WHERE tenant_id = $1 AND challenge_id = $2 AND "
        "opened_at IS NULL AND expires_at > $3",
};
constexpr Statement kPurgeTickets{
    .name = "verification.purge_tickets",
    .sql = "DELETE FROM capture_ticket WHERE created_at < $1",
};

Result<domain::CaptureTicket> read_one(const store::Rows& rows) {
    auto row = CS_TRY(rows.one());
    domain::CaptureTicket ticket;
    ticket.tenant = CS_TRY(row.id<TenantId>("tenant_id"));
    ticket.id = CS_TRY(row.id<ChallengeId>("challenge_id"));
    ticket.verification = CS_TRY(row.id<VerificationId>("verification_id"));
    ticket.ticket_hash = CS_TRY(row.text("ticket_hash"));
    ticket.created_at = CS_TRY(row.time("created_at"));
    ticket.expires_at = CS_TRY(row.time("expires_at"));
    ticket.opened_at = CS_TRY(row.opt_time("opened_at"));
    return ticket;
}

}  // namespace

/// No unique-key error but a count of zero: the transaction lives on and can record the refusal.
Result<void> SqlVerificationRepository::remember_start_token(const TenantId& tenant,
                                                             std::string_view token_hash,
                                                             UnixMicros keep_until) {
    return change_one(session_, kRemember, {tenant, token_hash, keep_until}, ErrorCode::already_used);
}

Result<void> SqlVerificationRepository::insert_ticket(const domain::CaptureTicket& ticket) {
    CS_TRY(session_.execute(kInsertTicket, {ticket.tenant, ticket.id, ticket.verification, ticket.ticket_hash,
                                            ticket.created_at, ticket.expires_at, ticket.opened_at}));
    return {};
}

Result<domain::CaptureTicket> SqlVerificationRepository::find_ticket(std::string_view ticket_hash) {
    const auto rows = CS_TRY(session_.query(kFindTicket, {ticket_hash}));
    return read_one(rows);
}

Result<domain::CaptureTicket> SqlVerificationRepository::find_ticket(const TenantId& tenant,
                                                                     const ChallengeId& id) {
    const auto rows = CS_TRY(session_.query(kFindTicketById, {tenant, id}));
    return read_one(rows);
}

Result<void> SqlVerificationRepository::open_ticket(const TenantId& tenant, const ChallengeId& id,
                                                    UnixMicros now) {
    auto opened = CS_TRY(session_.execute(kOpenTicket, {tenant, id, now}));
    if (opened == 1) return {};
    auto ticket = CS_TRY(find_ticket(tenant, id));
    if (ticket.opened_at) return fail(ErrorCode::already_used, "the ticket was used before");
    return fail(ErrorCode::transaction_expired, "the ticket has expired");
}

Result<void> SqlVerificationRepository::purge_single_use(UnixMicros now, UnixMicros tickets_before) {
    CS_TRY(session_.execute(kPurgeTokens, {now}));
    CS_TRY(session_.execute(kPurgeTickets, {tickets_before}));
    return {};
}

}  // namespace countersign::persistence
