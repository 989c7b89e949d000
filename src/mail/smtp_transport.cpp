#include "mail/smtp_transport.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <memory>

namespace countersign::mail {
namespace {

using domain::MailSecurity;

struct Closed {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Closed>;
using Recipients = std::unique_ptr<curl_slist, Closed>;

/// The Date field of RFC 5322 in UTC.
std::string date_of(UnixMicros now) {
    const std::time_t seconds = to_unix_seconds(now);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    const auto length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S +0000", &parts);
    return {text.data(), length};
}

/// A header's words as RFC 2047 asks, in pieces below its limit: nothing of them can begin a new header.
std::string encoded_words(std::string_view text) {
    constexpr std::size_t kPiece = 45;
    std::string out;
    while (!text.empty()) {
        std::size_t length = std::min(kPiece, text.size());
        while (length < text.size() && length > 1 &&
               (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
            --length;
        out += fmt::format("{}=?UTF-8?B?{}?=", out.empty() ? "" : "\r\n ",
                           to_base64(as_bytes(text.substr(0, length))));
        text.remove_prefix(length);
    }
    return out;
}

/// The text as base64 in lines of 76.
std::string encoded_body(std::string_view text) {
    const std::string encoded = to_base64(as_bytes(text));
    std::string out;
    for (std::size_t at = 0; at < encoded.size(); at += 76)
        out += encoded.substr(at, 76) + "\r\n";
    return out;
}

struct Upload {
    std::string text;
    std::size_t sent{0};
};

std::size_t give(char* buffer, std::size_t size, std::size_t count, void* upload) {
    auto& from = *static_cast<Upload*>(upload);
    const std::size_t length = std::min(size * count, from.text.size() - from.sent);
    std::memcpy(buffer, from.text.data() + from.sent, length);
    from.sent += length;
    return length;
}

void choose_server(CURL* handle, const domain::OpenMailServer& server) {
    const std::string_view scheme = server.security == MailSecurity::tls ? "smtps" : "smtp";
    const std::string url = fmt::format("{}://{}:{}", scheme, server.host, server.port);
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    const auto tls = server.security == MailSecurity::none ? CURLUSESSL_NONE : CURLUSESSL_ALL;
    curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(tls));
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!server.username.empty()) {
        curl_easy_setopt(handle, CURLOPT_USERNAME, server.username.c_str());
        curl_easy_setopt(handle, CURLOPT_PASSWORD, std::string(as_text(server.password.view())).c_str());
    }
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, 8L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, 20L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
}

std::string message_of(const domain::OpenMailServer& server, const domain::Mail& mail, UnixMicros now,
                       Random& random) {
    const auto host = server.sender.substr(server.sender.find('@') + 1);
    return fmt::format(
        "Date: {}\r\nFrom: Countersign <{}>\r\nTo: <{}>\r\nSubject: {}\r\nMessage-ID: <{}@{}>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
        "base64\r\n"
        "Auto-Submitted: auto-generated\r\n\r\n{}",
        date_of(now), server.sender, mail.to, encoded_words(mail.subject), random.token(16), host,
        encoded_body(mail.text));
}

}  // namespace

SmtpTransport::SmtpTransport(const Clock& clock, Random& random, std::string authorities)
    : clock_(clock), random_(random), authorities_(std::move(authorities)) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    CS_CHECK(started == CURLE_OK);
}

Result<std::string> SmtpTransport::send(const domain::OpenMailServer& server, const domain::Mail& mail) {
    std::array<char, CURL_ERROR_SIZE>
        trouble{};  // outlives the handle, which may write to it while it closes
    const Handle handle(curl_easy_init());
    if (!handle) return fail(ErrorCode::unavailable, "libcurl has no memory");
    choose_server(handle.get(), server);
    // The file stands in the place of the system's bundle; the system's folder of authorities stays beside
    // it.
    if (!authorities_.empty()) curl_easy_setopt(handle.get(), CURLOPT_CAINFO, authorities_.c_str());
    const Recipients to(curl_slist_append(nullptr, fmt::format("<{}>", mail.to).c_str()));
    Upload upload{message_of(server, mail, clock_.now(), random_)};
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, fmt::format("<{}>", server.sender).c_str());
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, give);
    curl_easy_setopt(handle.get(), CURLOPT_READDATA, &upload);

    curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, trouble.data());

    const CURLcode outcome = curl_easy_perform(handle.get());
    long code = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &code);
    if (outcome != CURLE_OK) {
        const char* reason = trouble[0] == '\0' ? curl_easy_strerror(outcome) : trouble.data();
        return fail(ErrorCode::unavailable, fmt::format("{} (server code {})", reason, code));
    }
    return fmt::format("Delivered to the mail server (code {}).", code);
}

}  // namespace countersign::mail
