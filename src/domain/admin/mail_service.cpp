#include "domain/admin/mail_service.hpp"

#include "domain/admin/session_view.hpp"
#include "domain/audit/trail.hpp"
#include "telemetry/log.hpp"

namespace countersign::domain {
namespace {

bool is_host(std::string_view host) {
    return !host.empty() && host.size() <= 253 &&
           host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") ==
               std::string_view::npos;
}

Result<void> check(const MailServerChange& change, const std::optional<MailServer>& before) {
    if (!is_host(change.host))
        return fail_field(ErrorCode::invalid_argument, "host", "This is not a host name.");
    if (!normal_email(change.sender))
        return fail_field(ErrorCode::invalid_argument, "sender", "This is not an e-mail address.");
    const bool same_place = before && before->host == change.host && before->username == change.username &&
                            before->port == change.port && before->security == change.security;
    if (!change.username.empty() && !change.password && !(same_place && before->password_sealed)) {
        return fail_field(ErrorCode::invalid_argument, "password",
                          "Give the password again for another server or user.");
    }
    if (!change.username.empty() && change.security == MailSecurity::none) {
        return fail_field(ErrorCode::invalid_argument, "security",
                          "A password is only sent over TLS or STARTTLS.");
    }
    return {};
}

}  // namespace

Result<std::optional<MailServer>> MailService::find(const TenantId& tenant) {
    return in_transaction(work_, Access::read,
                          [&](Repositories& r) { return r.admin().mail_servers().find(tenant); });
}

Result<MailServer> MailService::set(const AdminActor& actor, const MailServerChange& change) {
    return in_transaction(work_, Access::write, [&](Repositories& r) -> Result<MailServer> {
        const auto tenant = CS_TRY(r.tenants().find(actor.tenant));
        const auto before = CS_TRY(r.admin().mail_servers().find(actor.tenant));
        CS_TRY(check(change, before));
        MailServer server;
        server.tenant = actor.tenant;
        server.host = change.host;
        server.port = change.port;
        server.security = change.security;
        server.username = change.username;
        server.sender = change.sender;
        server.updated_at = clock_.now();
        if (change.password && !change.username.empty()) {
            server.password_sealed = CS_TRY(keys_.seal_mail_password(tenant, *change.password));
        } else if (before && !change.username.empty()) {
            server.password_sealed = before->password_sealed;
        }
        CS_TRY(r.admin().mail_servers().put(server));
        const AuditEntry entry{actor.tenant,
                               actor.actor,
                               "settings.mail_changed",
                               actor.tenant.text(),
                               {{"host_before", before ? before->host : ""},
                                {"host", server.host},
                                {"port", fmt::format("{}", server.port)},
                                {"security", std::string(to_string(server.security))},
                                {"password_changed", change.password ? "true" : "false"}}};
        CS_TRY(append_audit(r, entry, server.updated_at, random_));
        return server;
    });
}

Result<OpenMailServer> MailService::open(const TenantId& tenant) {
    return in_transaction(work_, Access::read, [&](Repositories& r) -> Result<OpenMailServer> {
        const auto owner = CS_TRY(r.tenants().find(tenant));
        const auto stored = CS_TRY(r.admin().mail_servers().find(tenant));
        if (!stored) return fail(ErrorCode::precondition_failed, "no mail server is set");
        OpenMailServer server;
        server.host = stored->host;
        server.port = stored->port;
        server.security = stored->security;
        server.username = stored->username;
        server.sender = stored->sender;
        if (stored->password_sealed)
            server.password = CS_TRY(keys_.open_mail_password(owner, *stored->password_sealed));
        return server;
    });
}

Result<std::string> MailService::send(const TenantId& tenant, const Mail& mail) {
    const auto server = CS_TRY(open(tenant));
    return transport_.send(server, mail);
}

Result<void> MailService::send_later(const TenantId& tenant, Mail mail) {
    return later_([this, tenant, mail = std::move(mail)] {
        const auto sent = send(tenant, mail);
        if (sent) return;
        telemetry::log::event(telemetry::log::Level::error, "mail.failed",
                              {{"tenant", tenant.text()}, {"detail", sent.error().detail}});
    });
}

Result<std::string> MailService::send_test(const AdminActor& actor, std::string_view to) {
    CS_TRY(in_transaction(work_, Access::write, [&](Repositories& r) {
        const AuditEntry entry{actor.tenant, actor.actor, "settings.mail_tested", actor.tenant.text(), {}};
        return append_audit(r, entry, clock_.now(), random_);
    }));
    return send(actor.tenant, {std::string(to), "Test mail from Countersign",
                               "This is the test mail that an administrator asked for. Mail works.\n"});
}

}  // namespace countersign::domain
