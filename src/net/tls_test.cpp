#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "net/test_server.hpp"
#include "tests/support/websocket_client.hpp"

namespace countersign::net {
namespace {

namespace fs = std::filesystem;
using countersign::testing::ClientSocket;
using countersign::testing::HttpClient;
using countersign::testing::Tls;
using countersign::testing::WebSocketClient;
using testing::TestServer;

/// Writes a fresh P-256 key and a self-signed certificate for localhost.
void write_certificate(const TlsFiles& files) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"),
                               -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_sign(certificate, key, EVP_sha256());
    std::FILE* file = std::fopen(files.certificate_file.c_str(), "w");
    PEM_write_X509(file, certificate);
    std::fclose(file);
    file = std::fopen(files.key_file.c_str(), "w");
    PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

class TlsTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "tls-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        directory_ = name;
        files_ = {(directory_ / "cert.pem").string(), (directory_ / "key.pem").string()};
        write_certificate(files_);
        at_.options.tls = files_;
        at_.router.get("/hello", Lane::request, [](const Request&, Context& context) -> Result<Response> {
            return Response::text(HttpStatus::ok, context.secure ? "secure" : "plain");
        });
    }
    void TearDown() override { fs::remove_all(directory_); }

    fs::path directory_;
    TlsFiles files_;
    TestServer at_;
};

TEST_F(TlsTest, ServesRequestsOverTls13) {
    const auto port = at_.start();
    EXPECT_EQ(ClientSocket(port, Tls::yes).tls_version(), "TLSv1.3");
    HttpClient client(port, Tls::yes);
    EXPECT_EQ(client.get("/hello").body, "secure");
    EXPECT_EQ(client.get("/hello").body, "secure");
    EXPECT_EQ(client.connections_opened(), 1);
}

TEST_F(TlsTest, CarriesWebSockets) {
    class Echo final : public WebSocketHandler {
        void on_message(WebSocketPeer& peer, const WebSocketMessage& message) override {
            peer.send_text(std::string(message.text()));
            peer.close(CloseCode::normal, {});
        }
    };
    WebSocketRoute route;
    route.open = [](const Request&, Context&) -> Result<std::unique_ptr<WebSocketHandler>> {
        return std::make_unique<Echo>();
    };
    at_.router.websocket("/stream", Lane::compute, route);
    WebSocketClient client(at_.start(), "/stream", {}, {}, Tls::yes);
    client.send_text("hello");
    EXPECT_EQ(client.receive().data, "hello");
    EXPECT_EQ(client.receive().close_code, 1000);
}

TEST_F(TlsTest, DropsAPeerThatDoesNotSpeakTlsOrStallsInTheHandshake) {
    at_.options.header_timeout = milliseconds(100);
    const auto port = at_.start();
    ClientSocket plain(port);
    plain.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(plain.receive_all().find("HTTP/1.1"), std::string::npos);
    ClientSocket silent(port);
    EXPECT_TRUE(silent.closed_within(std::chrono::seconds(5)));
    EXPECT_EQ(HttpClient(port, Tls::yes).get("/hello").status, 200);
}

TEST_F(TlsTest, ReloadsTheCertificateAndKeepsTheOldOneWhenTheNewIsBroken) {
    const auto port = at_.start();
    HttpClient before(port, Tls::yes);
    ASSERT_EQ(before.get("/hello").status, 200);

    write_certificate(files_);
    EXPECT_TRUE(at_.server().reload_tls());
    EXPECT_EQ(HttpClient(port, Tls::yes).get("/hello").status, 200);
    std::ofstream(files_.key_file) << "broken";
    const auto reloaded = at_.server().reload_tls();

    ASSERT_FALSE(reloaded);
    EXPECT_EQ(reloaded.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(HttpClient(port, Tls::yes).get("/hello").status, 200);
    EXPECT_EQ(before.get("/hello").status, 200) << "open connections go on";
}

TEST_F(TlsTest, RefusesAKeyOfAnotherCertificate) {
    const TlsFiles other{(directory_ / "other.pem").string(), (directory_ / "other-key.pem").string()};
    write_certificate(other);
    at_.options.tls = TlsFiles{files_.certificate_file, other.key_file};
    const ServerParts parts{at_.request_lane, at_.compute_lane, at_.metrics, at_.random, at_.clock};
    at_.options.map_error = testing::map_error;
    EXPECT_EQ(HttpServer(at_.options, {}, parts).start().error().code, ErrorCode::invalid_argument);
}

TEST_F(TlsTest, FinishesOpenConnectionsWhenItDrains) {
    const auto port = at_.start();
    HttpClient idle(port, Tls::yes);
    ASSERT_EQ(idle.get("/hello").status, 200);
    at_.server().drain(runtime::Deadline::after(seconds(5)));
    EXPECT_THROW(idle.get("/hello"), std::runtime_error);
}

}  // namespace
}  // namespace countersign::net
