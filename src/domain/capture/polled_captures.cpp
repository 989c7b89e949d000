#include "domain/capture/polled_captures.hpp"

#include <iterator>

#include "crypto/digest.hpp"

namespace countersign::domain {

namespace {

void append(CaptureOutput& to, CaptureOutput more) {
    std::ranges::move(more.messages, std::back_inserter(to.messages));
    to.wake_at = more.wake_at;
    to.finished = more.finished;
}

/// There is no timer between requests: what has become due is done now.
void catch_up(CaptureSession& session, const Clock& clock, CaptureOutput& out) {
    while (!out.finished && out.wake_at && *out.wake_at <= clock.now())
        append(out, session.on_timer());
}

void hand_over_frames(CaptureSession& session, ByteView body, const FrameLimits& limits, CaptureOutput& out) {
    const auto frames = parse_batch(body, limits);
    if (!frames) return append(out, session.on_frame(body));  // refuses it in its own way and ends
    for (const auto& frame : *frames) {
        const ByteView whole(frame.authenticated.data(), frame.authenticated.size() + kFrameMacBytes);
        append(out, session.on_frame(whole));
    }
}

}  // namespace

Result<CaptureOutput> PolledCaptures::post(const BrowserSession& browser, std::string_view ticket, Body kind,
                                           ByteView body) {
    const auto key = to_hex(crypto::sha256(as_bytes(ticket)));
    auto* entry = CS_TRY(claim(key, browser.verification.id));
    CaptureOutput out;
    if (entry->session == nullptr) {
        auto attached = service_.attach(browser, ticket);
        if (!attached) {
            release(key, false);
            return tl::unexpected(std::move(attached).error());
        }
        entry->session = *std::move(attached);
        append(out, entry->session->on_open());
    } else {
        append(out, entry->session->on_timer());
    }
    auto& session = *entry->session;
    catch_up(session, service_.clock(), out);
    if (kind == Body::message) append(out, session.on_text(as_text(body)));
    if (kind == Body::frames && !body.empty()) {
        hand_over_frames(session, body, service_.settings().rules.limits, out);
    }
    catch_up(session, service_.clock(), out);
    release(key, !out.finished);
    return out;
}

Result<PolledCaptures::Entry*> PolledCaptures::claim(const std::string& key,
                                                     const VerificationId& verification) {
    auto entries = entries_.lock();
    const auto found = entries->find(key);
    if (found == entries->end()) {
        if (entries->size() >= service_.settings().max_polled) {
            return fail(ErrorCode::queue_full, "too many captures without a stream");
        }
        return &entries->try_emplace(key, Entry{verification, nullptr, service_.clock().now(), true})
                    .first->second;
    }
    auto& entry = found->second;
    if (entry.verification != verification)
        return fail(ErrorCode::forbidden, "ticket of another verification");
    if (entry.busy) return fail(ErrorCode::rate_limited, "this capture is answering another request");
    entry.busy = true;
    entry.last_seen = service_.clock().now();
    return &entry;
}

void PolledCaptures::release(const std::string& key, bool keep) {
    auto entries = entries_.lock();
    if (!keep) {
        entries->erase(key);
        return;
    }
    entries->at(key).busy = false;
}

void PolledCaptures::sweep() {
    std::vector<Entries::node_type> gone;
    {
        auto entries = entries_.lock();
        const auto limit = service_.clock().now() - service_.settings().polled_idle;
        for (auto place = entries->begin(); place != entries->end();) {
            const auto next = std::next(place);
            if (!place->second.busy && place->second.last_seen <= limit)
                gone.push_back(entries->extract(place));
            place = next;
        }
    }
    for (auto& entry : gone)
        entry.mapped().session->on_closed();
}

}  // namespace countersign::domain
