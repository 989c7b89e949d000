#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/json.hpp"

namespace countersign::app {

/// Everything an operator may set. Tenants and integrations are rows of the database, not configuration.
struct Config {
    struct Server {
        std::string address{"127.0.0.1"};
        std::int64_t port{8440};
        std::string public_url{"http://127.0.0.1:8440"};
        std::string tls_certificate_file;
        std::string tls_key_file;
        std::vector<std::string> trusted_proxies;
        std::string web_root{"web/capture/dist"};
    } server;
    struct Portal {
        std::string address{"127.0.0.1"};
        std::int64_t port{8441};
        std::string public_url{"http://127.0.0.1:8441"};
        std::string web_root{"web/portal/dist"};
    } portal;
    struct Ops {
        std::string address{"127.0.0.1"};
        std::int64_t port{0};
    } ops;
    struct Database {
        std::string path{"var/countersign.db"};
    } database;
    struct Keys {
        std::string master_key_file{"var/master.key"};
    } keys;
    struct Face {
        std::string manifest{"models/manifest.toml"};
        std::string models{".cache/models"};
        std::string runtime{".cache/onnxruntime/lib/libonnxruntime.so.1"};
        std::string pack{"default"};
        std::string policy;
        std::string previous_pack;
        std::string previous_policy;
        std::string decode_worker;
    } face;
    struct Mail {
        std::string authorities_file;
    } mail;
    struct Lanes {
        std::int64_t request_threads{8};
        std::int64_t request_queue{256};
        std::int64_t compute_threads{0};
        std::int64_t compute_nice{5};
    } lanes;
    struct Log {
        std::string level{"info"};
    } log;
    struct Shutdown {
        std::int64_t grace_seconds{10};
    } shutdown;
    struct Capture {
        std::int64_t step_limit_ms{2500};
    } capture;
};

/// One key of the file, its meaning, and where its value lives in a Config.
struct Setting {
    std::string name;  // "server.port"; in the environment COUNTERSIGN_SERVER_PORT
    std::string help;
    std::variant<std::string*, std::int64_t*, std::vector<std::string>*> target;
};

/// Every key, in the order of the file. deploy/config.template.toml is tested against this list.
std::vector<Setting> settings_of(Config& config);

using Environment = std::function<const char*(const std::string&)>;

/// Defaults, then the TOML file (when given), then the environment. An unknown key, a wrong type or a value
/// out of range is an error that names the key. Relative paths stay relative to the working directory.
/// Errors: invalid_argument.
Result<Config> load_config(const std::filesystem::path& file, const Environment& environment);

/// The effective configuration, for `doctor`. It holds no secret: secrets come from files or the environment.
json::value to_json(Config config);

}  // namespace countersign::app
