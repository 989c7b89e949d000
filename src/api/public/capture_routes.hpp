#pragma once

#include "domain/capture/polled_captures.hpp"
#include "domain/capture/service.hpp"
#include "domain/consent/service.hpp"
#include "domain/settings/service.hpp"
#include "domain/verification/service.hpp"
#include "domain/verification/session_service.hpp"
#include "net/router.hpp"

namespace countersign::api {

struct CaptureServices {
    domain::SessionService& sessions;
    domain::ConsentService& consents;
    domain::VerificationService& verifications;
    domain::CaptureService& captures;
    domain::PolledCaptures& polled;
    domain::SettingsService& settings;
};

/// What the capture page calls. Source: docs/protocol/capture.md.
void add_capture_routes(net::Router& router, CaptureServices services);

}  // namespace countersign::api
