#pragma once

#include <string>

#include "domain/admin/mail_service.hpp"

namespace countersign::mail {

/// SMTP by libcurl. The server's certificate is verified against the system's authorities and those of
/// `authorities`, a PEM file (empty: none); STARTTLS is required, not merely tried. Every mail is one
/// connection and takes at most twenty seconds.
///
/// Errors:  unavailable, with libcurl's words and the server's code. Threads: safe; blocks on the network.
/// Source:  RFC 5321, RFC 5322, RFC 8314.
class SmtpTransport final : public domain::MailTransport {
public:
    SmtpTransport(const Clock& clock, Random& random, std::string authorities);
    Result<std::string> send(const domain::OpenMailServer& server, const domain::Mail& mail) override;

private:
    const Clock& clock_;
    Random& random_;
    std::string authorities_;
};

}  // namespace countersign::mail
