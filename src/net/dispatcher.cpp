#include "net/dispatcher.hpp"

#include <algorithm>
#include <exception>

#include "net/field_list.hpp"
#include "net/websocket_upgrade.hpp"
#include "telemetry/log.hpp"

namespace countersign::net {

namespace log = telemetry::log;

namespace {

bool contains(const std::vector<std::string>& list, std::string_view item) {
    return std::ranges::find(list, item) != list.end();
}

/// RFC 9112 §3.2: exactly one Host in HTTP/1.1, and only the origin form of the target for an origin server.
Result<void> check_head(const RequestHead& head) {
    const auto hosts = head.headers.all("Host").size();
    if (hosts > 1 || (hosts == 0 && head.http_1_1))
        return fail(ErrorCode::invalid_argument, "one Host needed");
    if (!head.target.starts_with('/')) return fail(ErrorCode::invalid_argument, "not an origin-form target");
    return {};
}

bool is_sendable(const Headers& headers) {
    const auto is_token = [](char c) { return c > 0x20 && c < 0x7F && c != ':'; };
    const auto is_value = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; };
    return std::ranges::all_of(headers, [&](const Headers::Field& field) {
        return !field.first.empty() && std::ranges::all_of(field.first, is_token) &&
               std::ranges::all_of(field.second, is_value);
    });
}

/// Calls with a catch-all: net's lanes and I/O threads never see an exception of a handler.
template <class Call>
auto guarded(Call call) -> decltype(call()) {
    try {
        return call();
    } catch (const std::exception& thrown) {
        log::event(log::Level::error, "http.exception", {{"what", thrown.what()}});
        return fail(ErrorCode::internal, "exception in a handler");
    } catch (...) {
        log::event(log::Level::error, "http.exception");
        return fail(ErrorCode::internal, "exception in a handler");
    }
}

void log_error(const Exchange& exchange, const Error& error) {
    const bool ours = error.code == ErrorCode::internal || error.code == ErrorCode::unavailable ||
                      error.code == ErrorCode::storage_full;
    log::event(ours ? log::Level::error : log::Level::debug, "http.error",
               {{"route", exchange.context.route},
                {"code", to_string(error.code)},
                {"detail", error.detail},
                {"file", error.where.file_name()},
                {"line", error.where.line()}});
}

}  // namespace

Dispatcher::Dispatcher(const ServerOptions& options, Router router, ServerParts parts)
    : map_error_(options.map_error),
      finish_(options.finish),
      trusted_proxies_(options.trusted_proxies),
      router_(std::move(router)),
      parts_(parts),
      metrics_(options.name, router_, parts.metrics) {
    CS_CHECK(map_error_);
}

void Dispatcher::set_peer(Context& context, const RequestHead& head) const {
    context.peer_address = head.peer_address;
    context.secure = head.over_tls;
    if (!contains(trusted_proxies_, head.peer_address)) return;
    context.secure = head.over_tls || head.headers.find("X-Forwarded-Proto").value_or("") == "https";
    const auto hops = list_items(head.headers, "X-Forwarded-For");
    // From the right: what a trusted proxy added is true, everything left of the first stranger is his claim.
    const auto stranger = std::find_if(
        hops.rbegin(), hops.rend(), [&](std::string_view hop) { return !contains(trusted_proxies_, hop); });
    if (stranger != hops.rend()) context.peer_address = *stranger;
}

std::shared_ptr<Exchange> Dispatcher::begin(RequestHead head) {
    auto exchange = std::make_shared<Exchange>();
    exchange->begin = std::chrono::steady_clock::now();
    exchange->context.request_id = to_hex(parts_.random.bytes(10));
    set_peer(exchange->context, head);
    Request& request = exchange->request;
    request.method = head.method;
    const auto question = head.target.find('?');
    request.path = head.target.substr(0, question);
    const auto refuse_early = [&](const Error& error) {
        exchange->early = refuse(*exchange, error);
        return exchange;
    };

    const auto valid = check_head(head);
    request.headers = std::move(head.headers);
    if (!valid) return refuse_early(valid.error());
    auto match = router_.find(request.method, request.path);
    if (!match) return refuse_early(match.error());
    if (match->route == nullptr && match->allow.empty()) return refuse_early({ErrorCode::not_found, {}, {}});
    if (match->route == nullptr) {
        auto response = Response::empty(HttpStatus::method_not_allowed);
        exchange->early = refuse(*exchange, response.set_header("Allow", match->allow));
        return exchange;
    }
    exchange->route = match->route;
    exchange->context.route = match->route->pattern;
    request.path_params = std::move(match->path_params);
    if (question == std::string::npos) return exchange;
    auto query = parse_parameters(std::string_view(head.target).substr(question + 1));
    if (!query) return refuse_early(query.error());
    request.query = std::move(*query);
    return exchange;
}

runtime::Lane& Dispatcher::lane(Lane which) const {
    return which == Lane::compute ? parts_.compute : parts_.request;
}

void Dispatcher::submit(const std::shared_ptr<Exchange>& exchange, Lane where, std::function<void()> work,
                        std::function<void(const Error&)> refused) const {
    auto& context = exchange->context;
    context.deadline = runtime::Deadline::after(exchange->route->options.deadline);
    auto run = [exchange, work = std::move(work)] {
        const log::RequestScope scope(exchange->context.request_id);
        work();
    };
    if (where == Lane::inline_) return run();
    runtime::Task task{.run = std::move(run),
                       .drop = [refused](ErrorCode why) { refused({why, "dropped by the lane", {}}); },
                       .deadline = context.deadline,
                       .bytes = exchange->request.body.size() + exchange->request.path.size(),
                       .group = std::hash<std::string>{}(context.peer_address)};
    if (const auto taken = lane(where).submit(std::move(task)); !taken) refused(taken.error());
}

void Dispatcher::run(const std::shared_ptr<Exchange>& exchange, std::function<void(Response)> done) {
    const auto work = [this, exchange, done] {
        done(answer(*exchange,
                    guarded([&] { return exchange->route->handler(exchange->request, exchange->context); })));
    };
    submit(exchange, exchange->route->lane, work,
           [this, exchange, done](const Error& error) { done(refuse(*exchange, error)); });
}

void Dispatcher::open(const std::shared_ptr<Exchange>& exchange, std::function<void(WebSocketOpening)> done) {
    const auto refused = [this, exchange, done](const Error& error) {
        WebSocketOpening opening;
        opening.refusal = refuse(*exchange, error);
        done(std::move(opening));
    };
    const auto& route = *exchange->route->websocket;
    auto protocol = guarded([&] { return check_upgrade(route, exchange->request); });
    if (!protocol) return refused(protocol.error());
    const auto work = [exchange, done, refused, name = *protocol] {
        const auto& upgrade = *exchange->route->websocket;
        auto handler = guarded([&] { return upgrade.open(exchange->request, exchange->context); });
        if (!handler) return refused(handler.error());
        WebSocketOpening opening;
        opening.handler = std::move(*handler);
        opening.protocol = name;
        done(std::move(opening));
    };
    submit(exchange, Lane::request, work, refused);
}

Response Dispatcher::map(const Exchange& exchange, const Error& error) const {
    log_error(exchange, error);
    Response response = map_error_(error, exchange.context);
    if (error.code == ErrorCode::queue_full && !response.headers.has("Retry-After")) {
        response.set_header("Retry-After", "1");
    }
    return response;
}

Response Dispatcher::answer(const Exchange& exchange, Result<Response> result) const {
    auto finished = guarded([&]() -> Result<Response> {
        Response response = result ? std::move(*result) : map(exchange, result.error());
        if (finish_) finish_(exchange.request, exchange.context, response);
        if (!is_sendable(response.headers))
            return fail(ErrorCode::internal, "header with a control character");
        return response;
    });
    if (finished) return std::move(*finished);
    log_error(exchange, finished.error());
    return Response::empty(HttpStatus::internal_server_error);
}

Response Dispatcher::refuse(const Exchange& exchange, const Error& error) const {
    const log::RequestScope scope(exchange.context.request_id);
    return answer(exchange, tl::unexpected(error));
}

Response Dispatcher::refuse(const Exchange& exchange, Response bare) const {
    const log::RequestScope scope(exchange.context.request_id);
    return answer(exchange, std::move(bare));
}

void Dispatcher::finished(const Exchange& exchange, HttpStatus status, std::size_t bytes) const {
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - exchange.begin;
    metrics_.count(exchange.route, status, time.count());
    const log::RequestScope scope(exchange.context.request_id);
    log::event(log::Level::info, "http.request",
               {{"method", to_string(exchange.request.method)},
                {"route", exchange.context.route},
                {"status", static_cast<unsigned>(status)},
                {"ms", static_cast<std::int64_t>(time.count() * 1000)},
                {"bytes", bytes}});
}

}  // namespace countersign::net
