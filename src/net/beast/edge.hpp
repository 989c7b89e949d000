#pragma once

#include "net/connection_set.hpp"
#include "net/dispatcher.hpp"
#include "net/server.hpp"

namespace countersign::net {

/// What the connections of one server share. Lives longer than all of them.
struct Edge {
    Edge(ServerOptions given, Router router, ServerParts used)
        : options(std::move(given)),
          parts(used),
          dispatcher(options, std::move(router), used),
          connections(used.metrics.gauge("countersign_http_connections", "Open connections.",
                                         {{"server", options.name}}),
                      options.max_connections) {}

    const ServerOptions options;
    const ServerParts parts;
    Dispatcher dispatcher;
    ConnectionSet connections;
};

}  // namespace countersign::net
