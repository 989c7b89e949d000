#include "app/server.hpp"

#include <atomic>
#include <cstdio>

#include "api/admin/page_routes.hpp"
#include "api/ops/ops_routes.hpp"
#include "api/problem.hpp"
#include "api/public/auth0_routes.hpp"
#include "api/public/capture_routes.hpp"
#include "api/public/page_routes.hpp"
#include "api/security_headers.hpp"
#include "app/core.hpp"
#include "app/engine.hpp"
#include "app/portal.hpp"
#include "app/version.hpp"
#include "domain/maintenance.hpp"
#include "net/server.hpp"
#include "runtime/scheduler.hpp"
#include "runtime/shutdown.hpp"
#include "telemetry/log.hpp"

namespace countersign::app {
namespace {

namespace log = telemetry::log;

log::Level level_of(std::string_view text) {
    if (text == "debug") return log::Level::debug;
    if (text == "warning") return log::Level::warning;
    return text == "error" ? log::Level::error : log::Level::info;
}

/// The capture's own limits, out of the configuration.
domain::CaptureSettings capture_settings(const Config& config) {
    domain::CaptureSettings settings;
    settings.rules.step_time = milliseconds(config.capture.step_limit_ms);
    return settings;
}

/// The services of a login, in the order in which they depend on each other.
struct LoginServices {
    LoginServices(Core& core, face::FaceEngine& engine, const Config& config)
        : sessions(core.work, core.clock, *core.random),
          consents(core.work, core.clock, *core.random),
          verifications(core.work, core.keys, core.clock, *core.random,
                        {engine.embedding_model(), engine.previous_model()}),
          start(core.work, core.keys, core.clock, *core.random),
          give_back(core.work, core.keys, core.clock, *core.random),
          confirm(core.work, core.keys, core.clock, *core.random),
          ledger(verifications),
          captures(ledger, engine, core.clock, *core.random, capture_settings(config)),
          polled(captures),
          settings(core.work, core.clock, *core.random),
          maintenance(core.work, core.clock, *core.random) {}

    domain::SessionService sessions;
    domain::ConsentService consents;
    domain::VerificationService verifications;
    domain::StartService start;
    domain::ReturnService give_back;
    domain::ConfirmService confirm;
    domain::VerificationLedger ledger;
    domain::CaptureService captures;
    domain::PolledCaptures polled;
    domain::SettingsService settings;
    domain::MaintenanceService maintenance;
};

struct Lanes {
    Lanes(const Config& config, telemetry::Metrics& metrics)
        : request({.name = "request",
                   .threads = static_cast<unsigned>(config.lanes.request_threads),
                   .max_tasks = static_cast<std::size_t>(config.lanes.request_queue),
                   .max_bytes = 32 << 20},
                  metrics),
          compute({.name = "compute",
                   .threads = static_cast<unsigned>(compute_threads(config)),
                   .max_tasks = 64,
                   .max_bytes = 32 << 20,
                   .nice = static_cast<int>(config.lanes.compute_nice)},
                  metrics),
          background({.name = "background", .threads = 1, .max_tasks = 16, .max_bytes = 1 << 20}, metrics) {}

    runtime::Lane request;
    runtime::Lane compute;
    runtime::Lane background;
};

/// Outcome of the newest known-answer test. The first one ran when the engine was made; asking for readiness
/// must not cost inference, so later ones run in the background.
struct ModelHealth {
    std::atomic<bool> sound{true};
};

std::vector<api::ReadinessCheck> readiness(Core& core, const ModelHealth& models,
                                           const runtime::Shutdown& shutdown) {
    return {
        {"accepting",
         [&shutdown]() -> Result<void> {
             if (shutdown.stopping()) return fail(ErrorCode::unavailable, "shutting down");
             return {};
         }},
        {"database",
         [&core]() -> Result<void> {
             CS_TRY(core.tenants.list());
             return {};
         }},
        {"models",
         [&models]() -> Result<void> {
             if (!models.sound)
                 return fail(ErrorCode::unavailable, "a model no longer gives its known answer");
             return {};
         }},
    };
}

net::Router public_routes(LoginServices& login, const net::StaticAssets& assets) {
    net::Router router;
    api::add_auth0_routes(router, {login.start, login.give_back, login.confirm});
    api::add_capture_routes(router, {login.sessions, login.consents, login.verifications, login.captures,
                                     login.polled, login.settings});
    api::add_page_routes(router, assets);
    return router;
}

net::ServerOptions listener(std::string name, const std::string& address, std::int64_t port) {
    net::ServerOptions options;
    options.name = std::move(name);
    options.address = address;
    options.port = static_cast<std::uint16_t>(port);
    options.map_error = api::to_response;
    options.finish = api::add_security_headers;
    return options;
}

/// A listener that browsers reach: with the server's certificate, behind the server's proxies.
net::ServerOptions browser_listener(std::string name, const std::string& address, std::int64_t port,
                                    const Config& config) {
    net::ServerOptions options = listener(std::move(name), address, port);
    options.trusted_proxies = config.server.trusted_proxies;
    if (!config.server.tls_certificate_file.empty()) {
        options.tls = net::TlsFiles{config.server.tls_certificate_file, config.server.tls_key_file};
    }
    return options;
}

net::ServerOptions public_listener(const Config& config) {
    return browser_listener("public", config.server.address, config.server.port, config);
}

net::ServerOptions portal_listener(const Config& config) {
    net::ServerOptions options =
        browser_listener("portal", config.portal.address, config.portal.port, config);
    options.finish = api::admin::add_portal_headers;
    return options;
}

void add_jobs(runtime::Scheduler& scheduler, LoginServices& login, face::FaceEngine& engine,
              ModelHealth& models) {
    scheduler.every("models", minutes(1), [&engine, &models]() -> Result<void> {
        const Result<void> answered = engine.self_test();
        models.sound = answered.has_value();
        return answered;
    });
    scheduler.every("maintenance", seconds(30), [&login]() -> Result<void> {
        CS_TRY(login.maintenance.run_once());
        return {};
    });
    scheduler.every("polled_captures", seconds(5), [&login]() -> Result<void> {
        login.polled.sweep();
        return {};
    });
}

/// A reload that fails leaves the server as it was.
void report(std::string_view event, const Result<void>& reloaded) {
    if (!reloaded) log::event(log::Level::error, event, {{"detail", reloaded.error().detail}});
}

Result<void> run(const Config& config, const Environment& environment, runtime::Shutdown& shutdown) {
    auto core = CS_TRY(Core::open(config, environment));
    CS_TRY(core->rewrap("system"));
    auto engine = CS_TRY(load_engine(config));
    auto assets = CS_TRY(net::StaticAssets::load(config.server.web_root));

    telemetry::Metrics metrics;
    Lanes lanes(config, metrics);
    LoginServices login(*core, *engine, config);
    const auto portal = CS_TRY(Portal::make(*core, config, lanes.background));
    ModelHealth models;
    const net::ServerParts parts{lanes.request, lanes.compute, metrics, *core->random, core->clock};

    net::Router router = public_routes(login, assets);
    net::Router ops_router;
    const bool own_ops_listener = config.ops.port != 0;
    api::add_ops_routes(own_ops_listener ? ops_router : router, metrics, readiness(*core, models, shutdown));

    net::HttpServer server(public_listener(config), std::move(router), parts);
    net::HttpServer portal_server(portal_listener(config), portal->routes(), parts);
    net::HttpServer ops(listener("ops", config.ops.address, config.ops.port), std::move(ops_router), parts);
    runtime::Scheduler scheduler(lanes.background, metrics);
    add_jobs(scheduler, login, *engine, models);
    scheduler.every("portal", minutes(10), [&portal] { return portal->purge(); });

    CS_TRY(server.start());
    CS_TRY(portal_server.start());
    if (own_ops_listener) CS_TRY(ops.start());
    scheduler.start();

    const std::string scheme = config.server.tls_certificate_file.empty() ? "http" : "https";
    fmt::print("portal on {}://{}:{}\n", scheme, config.portal.address, portal_server.port());
    fmt::print("listening on {}://{}:{}\n", scheme, config.server.address, server.port());
    std::fflush(stdout);
    log::event(log::Level::info, "server.started", {{"version", kVersion}, {"port", server.port()}});

    shutdown.add_step("scheduler", [&](runtime::Deadline) { scheduler.stop(); });
    shutdown.add_step("public", [&](runtime::Deadline deadline) { server.drain(deadline); });
    shutdown.add_step("portal", [&](runtime::Deadline deadline) { portal_server.drain(deadline); });
    shutdown.add_step("lanes", [&](runtime::Deadline deadline) {
        lanes.request.drain(deadline);
        lanes.compute.drain(deadline);
        lanes.background.drain(deadline);
    });
    shutdown.add_step("ops", [&](runtime::Deadline deadline) {
        if (own_ops_listener) ops.drain(deadline);
    });
    shutdown.wait([&] {
        report("keys.reload_failed", core->reload_keys(config, environment));
        if (config.server.tls_certificate_file.empty()) return;
        for (net::HttpServer* with_tls : {&server, &portal_server})
            report("tls.reload_failed", with_tls->reload_tls());
    });
    log::event(log::Level::info, "server.stopping");
    shutdown.run_steps(seconds(config.shutdown.grace_seconds));
    return {};
}

}  // namespace

Result<void> serve(const Config& config, const Environment& environment) {
    runtime::Shutdown shutdown;  // before any thread: it blocks the signals for all of them
    log::start(level_of(config.log.level));
    const Result<void> outcome = run(config, environment, shutdown);
    log::event(log::Level::info, "server.stopped");
    log::stop();
    return outcome;
}

}  // namespace countersign::app
