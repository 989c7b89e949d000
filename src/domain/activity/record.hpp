#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/unit_of_work.hpp"

namespace countersign::domain {

/// Counts one occurrence of each name in the hour and the day of `at`, in the caller's transaction.
/// Errors: unavailable.
Result<void> count_activity(Repositories& repositories, const TenantId& tenant,
                            const IntegrationId& integration, const std::vector<std::string>& names,
                            UnixMicros at);

/// A stage that a transaction reached for the first time or again; counted in the funnel when it is the
/// first.
enum class Stage { opened, consent, camera, face, challenge };
std::string_view to_string(Stage stage);

/// Writes one step of the transaction's timeline and what it adds to the figures, in the caller's
/// transaction. A simulated login has a timeline but leaves no mark in the figures. Errors: unavailable.
Result<void> note_stage(Repositories& repositories, const Verification& verification, Stage stage,
                        UnixMicros at, std::map<std::string, std::string> details = {});
/// An attempt that did not pass.
Result<void> note_lost_attempt(Repositories& repositories, const Verification& verification,
                               std::string_view cause, UnixMicros at);
/// The state that a transaction ended in. `verification` is the row as it is now.
Result<void> note_end(Repositories& repositories, const Verification& verification, UnixMicros at);
/// What came after the end: "returned", "confirmed", …
Result<void> note_after(Repositories& repositories, const Verification& verification, std::string_view kind,
                        UnixMicros at);

}  // namespace countersign::domain
