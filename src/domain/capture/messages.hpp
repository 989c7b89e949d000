#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.hpp"
#include "domain/challenge/rules.hpp"
#include "face/api/types.hpp"

namespace countersign::domain {

/// The JSON messages of docs/protocol/capture.md, server to page. None of them holds a score.
struct ReadyMessage {};
struct AckMessage {
    std::uint32_t seq{0};
};
struct HintMessage {
    face::Hint hint{face::Hint::none};
};
struct ColourStepMessage {
    int index{0};
    int palette_index{0};
    Micros hold;
};
struct MovementStepMessage {
    int index{0};
    face::Movement movement{face::Movement::look_ahead};
};
struct RestartMessage {
    bool second_check{false};  // movements come next, because the colours left a doubt
};
struct CheckingMessage {};
struct ResultMessage {
    std::string status;  // passed, retry, failed
    std::string code;    // passed, not_verified, face_timeout, or a code of the result token
    int attempts_left{0};

    bool operator==(const ResultMessage&) const = default;
};
struct ErrorMessage {
    std::string code;
};
using ServerMessage =
    std::variant<ReadyMessage, AckMessage, HintMessage, ColourStepMessage, MovementStepMessage,
                 RestartMessage, CheckingMessage, ResultMessage, ErrorMessage>;

json::object to_json(const ServerMessage& message);

/// `{"messages":[…]}`, the answer of `POST frames`.
json::object to_json(const std::vector<ServerMessage>& messages);

/// Page to server.
struct PaintedMessage {
    int index{0};
};
struct CancelMessage {};
using ClientMessage = std::variant<PaintedMessage, CancelMessage>;

/// Errors: invalid_argument (not JSON, unknown type, index not 0…255).
Result<ClientMessage> parse_client_message(std::string_view text);

}  // namespace countersign::domain
