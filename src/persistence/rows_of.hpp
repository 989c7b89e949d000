#pragma once

// Reading rows that more than one file of this module selects. Private to the module.

#include "domain/audit/types.hpp"
#include "domain/subject/types.hpp"
#include "domain/verification/types.hpp"
#include "store/rows.hpp"

namespace countersign::persistence {

inline constexpr std::string_view kSubjectColumns =
    "s.tenant_id, s.subject_id, s.external_id, s.state, s.wrapped_key, s.failed_attempts, s.last_attempt_at, "
    "s.last_passed_at, s.created_at, s.enrolled_at, s.samples, s.integration_id, s.notes, s.version";
Result<domain::Subject> read_subject(const store::Row& row);

inline constexpr std::string_view kVerificationColumns =
    "tenant_id, verification_id, integration_id, subject_id, purpose, state, external_id, issuer, "
    "return_domain, return_state, nonce, transaction_id, client_id, client_name, locale, secret_id, "
    "cookie_hash, attempts_used, attempts_max, consent_id, challenge_id, code, credential_id, created_at, "
    "expires_at, decided_at, consumed_at, confirmed_at, cause, duration_us, simulation_id";
Result<domain::Verification> read_verification(const store::Row& row);

inline constexpr std::string_view kAuditColumns =
    "tenant_id, sequence, audit_id, occurred_at, actor, kind, target, details, previous_hash, hash";
Result<domain::AuditEvent> read_audit_event(const store::Row& row);

/// A map of texts as one JSON column.
std::string details_to_json(const std::map<std::string, std::string>& details);
Result<std::map<std::string, std::string>> details_from_json(std::string_view text);

}  // namespace countersign::persistence
