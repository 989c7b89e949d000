#pragma once

#include <map>
#include <memory>
#include <string>

#include "domain/capture/service.hpp"

namespace countersign::domain {

/// Captures of pages without WebSocket: the sessions live here between their requests, in bounded number.
///
/// The first request with a ticket redeems it. A page that stops asking is closed by `sweep()`, which records
/// the capture as aborted.
///
/// Errors:  those of CaptureService::attach; queue_full (too many at once; the ticket is not spent),
/// rate_limited (two
///          requests of one capture at the same time), forbidden (ticket of another verification).
/// Threads: safe; `post` may run inference: compute lane.
/// Source:  docs/protocol/capture.md, `POST frames`.
class PolledCaptures {
public:
    enum class Body { frames, message };

    explicit PolledCaptures(CaptureService& service) : service_(service) {}
    PolledCaptures(const PolledCaptures&) = delete;
    PolledCaptures& operator=(const PolledCaptures&) = delete;

    /// `frames`: 0 to 4 binary frames, an empty body only polls. `message`: one JSON message.
    /// The output holds all messages since the last call; `wake_at` tells when asking again is worth while.
    Result<CaptureOutput> post(const BrowserSession& browser, std::string_view ticket, Body kind,
                               ByteView body);

    /// Closes captures nobody asks for any more. To be called every few seconds, background lane.
    void sweep();

    std::size_t open() { return entries_.lock()->size(); }

private:
    struct Entry {
        VerificationId verification;
        std::unique_ptr<CaptureSession> session;  // null while the ticket is redeemed
        UnixMicros last_seen;
        bool busy{true};  // one request at a time owns the session; others leave the entry alone
    };
    using Entries = std::map<std::string, Entry>;  // by hex SHA-256 of the ticket; addresses are stable

    /// The entry of the ticket, marked busy; a new one when the ticket was not seen before.
    Result<Entry*> claim(const std::string& key, const VerificationId& verification);
    void release(const std::string& key, bool keep);

    CaptureService& service_;
    Guarded<Entries> entries_;
};

}  // namespace countersign::domain
