#include "app/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace countersign::app {
namespace {

tl::unexpected<Error> wrong(const std::string& name, std::string_view why) {
    return fail(ErrorCode::invalid_argument, fmt::format("{}: {}", name, why));
}

Result<void> assign_toml(const Setting& setting, const toml::node& node) {
    if (auto* const* text = std::get_if<std::string*>(&setting.target)) {
        if (!node.is_string()) return wrong(setting.name, "must be a string");
        **text = node.as_string()->get();
    } else if (auto* const* number = std::get_if<std::int64_t*>(&setting.target)) {
        if (!node.is_integer()) return wrong(setting.name, "must be an integer");
        **number = node.as_integer()->get();
    } else {
        const toml::array* items = node.as_array();
        if (items == nullptr) return wrong(setting.name, "must be a list of strings");
        auto& list = *std::get<std::vector<std::string>*>(setting.target);
        list.clear();
        for (const toml::node& item : *items) {
            if (!item.is_string()) return wrong(setting.name, "must be a list of strings");
            list.push_back(item.as_string()->get());
        }
    }
    return {};
}

Result<void> assign_text(const Setting& setting, std::string_view value) {
    if (auto* const* text = std::get_if<std::string*>(&setting.target)) {
        **text = value;
    } else if (auto* const* number = std::get_if<std::int64_t*>(&setting.target)) {
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), **number);
        if (error != std::errc{} || end != value.data() + value.size())
            return wrong(setting.name, "must be an integer");
    } else {
        auto& list = *std::get<std::vector<std::string>*>(setting.target);
        list.clear();
        for (std::size_t from = 0; from < value.size();) {
            const std::size_t to = std::min(value.find(',', from), value.size());
            if (to > from) list.emplace_back(value.substr(from, to - from));
            from = to + 1;
        }
    }
    return {};
}

Result<void> read_file(const std::filesystem::path& file, const std::vector<Setting>& settings) {
    toml::table table;
    try {
        table = toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        return fail(ErrorCode::invalid_argument, fmt::format("{} line {}: {}", file.string(),
                                                             error.source().begin.line, error.description()));
    }
    for (const auto& [section, content] : table) {
        const toml::table* keys = content.as_table();
        if (keys == nullptr) return wrong(std::string(section.str()), "must be a section in [brackets]");
        for (const auto& [key, node] : *keys) {
            const std::string name = fmt::format("{}.{}", section.str(), key.str());
            const auto known = std::ranges::find(settings, name, &Setting::name);
            if (known == settings.end())
                return wrong(name, "unknown key; deploy/config.template.toml lists all");
            CS_TRY(assign_toml(*known, node));
        }
    }
    return {};
}

Result<void> read_environment(const std::vector<Setting>& settings, const Environment& environment) {
    for (const Setting& setting : settings) {
        std::string variable = "COUNTERSIGN_" + setting.name;
        for (char& c : variable)
            c = c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        if (const char* value = environment(variable)) CS_TRY(assign_text(setting, value));
    }
    return {};
}

Result<void> check_range(const std::string& name, std::int64_t value, std::int64_t least, std::int64_t most) {
    if (value >= least && value <= most) return {};
    return wrong(name, fmt::format("must be {} to {}, is {}", least, most, value));
}

Result<void> check(const Config& config) {
    CS_TRY(check_range("server.port", config.server.port, 0, 65535));
    CS_TRY(check_range("portal.port", config.portal.port, 0, 65535));
    CS_TRY(check_range("ops.port", config.ops.port, 0, 65535));
    CS_TRY(check_range("lanes.request_threads", config.lanes.request_threads, 1, 64));
    CS_TRY(check_range("lanes.request_queue", config.lanes.request_queue, 1, 100'000));
    CS_TRY(check_range("lanes.compute_threads", config.lanes.compute_threads, 0, 256));
    CS_TRY(check_range("lanes.compute_nice", config.lanes.compute_nice, 0, 19));
    CS_TRY(check_range("shutdown.grace_seconds", config.shutdown.grace_seconds, 0, 300));
    CS_TRY(check_range("capture.step_limit_ms", config.capture.step_limit_ms, 500, 10'000));
    if (config.server.tls_certificate_file.empty() != config.server.tls_key_file.empty()) {
        return wrong("server.tls_key_file", "certificate and key are given together or not at all");
    }
    constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warning", "error"};
    if (std::ranges::find(kLevels, config.log.level) == kLevels.end()) {
        return wrong("log.level", "must be debug, info, warning or error");
    }
    return {};
}

}  // namespace

std::vector<Setting> settings_of(Config& c) {
    return {
        {"server.address", "address to listen on", &c.server.address},
        {"server.port", "port to listen on; 0 lets the system choose", &c.server.port},
        {"server.public_url", "address under which browsers reach the server, without trailing slash",
         &c.server.public_url},
        {"server.tls_certificate_file", "PEM chain, leaf first; empty: plain HTTP behind a proxy",
         &c.server.tls_certificate_file},
        {"server.tls_key_file", "PEM key of the certificate", &c.server.tls_key_file},
        {"server.trusted_proxies", "addresses whose X-Forwarded-For and X-Forwarded-Proto count",
         &c.server.trusted_proxies},
        {"server.web_root", "built capture page", &c.server.web_root},
        {"portal.address", "address of the separate listener for administrators", &c.portal.address},
        {"portal.port", "its port; 0 lets the system choose", &c.portal.port},
        {"portal.public_url", "address under which administrators reach the portal, without trailing slash",
         &c.portal.public_url},
        {"portal.web_root", "built pages of the portal", &c.portal.web_root},
        {"ops.address", "address of the separate listener for health and metrics", &c.ops.address},
        {"ops.port", "its port; 0: health and metrics are served by the main listener", &c.ops.port},
        {"database.path", "SQLite file, made when missing", &c.database.path},
        {"keys.master_key_file",
         "master key, made with mode 0600 when missing; COUNTERSIGN_MASTER_KEY replaces it",
         &c.keys.master_key_file},
        {"face.manifest", "model manifest", &c.face.manifest},
        {"face.models", "folder of the model files", &c.face.models},
        {"face.runtime", "ONNX Runtime library", &c.face.runtime},
        {"face.pack", "model pack of the manifest", &c.face.pack},
        {"face.policy", "thresholds that `countersign tune` wrote; empty: those of the pack", &c.face.policy},
        {"face.previous_pack", "pack whose users are led over to `pack` at their next login; empty: none",
         &c.face.previous_pack},
        {"face.previous_policy", "thresholds that `countersign tune` wrote for it; empty: its own",
         &c.face.previous_policy},
        {"face.decode_worker", "picture decoder program; empty: beside the server's own",
         &c.face.decode_worker},
        {"mail.authorities_file",
         "PEM certificates that mail servers may be vouched for by, beside the system's",
         &c.mail.authorities_file},
        {"lanes.request_threads", "threads for database work", &c.lanes.request_threads},
        {"lanes.request_queue", "waiting requests before 503", &c.lanes.request_queue},
        {"lanes.compute_threads", "threads for inference; 0: one per core", &c.lanes.compute_threads},
        {"lanes.compute_nice", "niceness of inference, 0 to 19", &c.lanes.compute_nice},
        {"log.level", "debug, info, warning or error", &c.log.level},
        {"shutdown.grace_seconds", "how long captures may finish after SIGTERM", &c.shutdown.grace_seconds},
        {"capture.step_limit_ms", "longest time for one step of the challenge", &c.capture.step_limit_ms},
    };
}

Result<Config> load_config(const std::filesystem::path& file, const Environment& environment) {
    Config config;
    const std::vector<Setting> settings = settings_of(config);
    if (!file.empty()) CS_TRY(read_file(file, settings));
    CS_TRY(read_environment(settings, environment));
    CS_TRY(check(config));
    return config;
}

json::value to_json(Config config) {
    json::object out;
    for (const Setting& setting : settings_of(config)) {
        std::visit([&](auto* target) { out[setting.name] = boost::json::value_from(*target); },
                   setting.target);
    }
    return out;
}

}  // namespace countersign::app
