// Text forms of the portal's enumerations, as they stand in the store and in JSON.
#include <array>
#include <utility>

#include "domain/admin/types.hpp"

namespace countersign::domain {
namespace {

constexpr std::array<std::pair<SessionState, std::string_view>, 3> kStates{
    {{SessionState::password_ok, "password_ok"},
     {SessionState::enrol_second_factor, "enrol_second_factor"},
     {SessionState::active, "active"}}};

constexpr std::array<std::pair<MailSecurity, std::string_view>, 3> kSecurities{
    {{MailSecurity::tls, "tls"}, {MailSecurity::starttls, "starttls"}, {MailSecurity::none, "none"}}};

constexpr std::array<std::pair<PasskeyUse, std::string_view>, 2> kPasskeyUses{
    {{PasskeyUse::registration, "registration"}, {PasskeyUse::proof, "proof"}}};

template <class Table, class E>
std::string_view name_of(const Table& table, E value) {
    for (const auto& [entry, name] : table) {
        if (entry == value) return name;
    }
    CS_CHECK(false && "an enumerator without a name");
    return {};
}

}  // namespace

std::string_view to_string(SessionState state) {
    return name_of(kStates, state);
}

Result<SessionState> parse_session_state(std::string_view text) {
    for (const auto& [value, name] : kStates) {
        if (name == text) return value;
    }
    return fail(ErrorCode::invalid_argument, "not a state of a session");
}

std::string_view to_string(PasskeyUse use) {
    return name_of(kPasskeyUses, use);
}

std::string_view to_string(MailSecurity security) {
    return name_of(kSecurities, security);
}

Result<MailSecurity> parse_mail_security(std::string_view text) {
    for (const auto& [value, name] : kSecurities) {
        if (name == text) return value;
    }
    return fail(ErrorCode::invalid_argument, "not a way to secure mail");
}

}  // namespace countersign::domain
