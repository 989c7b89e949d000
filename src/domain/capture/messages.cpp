#include "domain/capture/messages.hpp"

#include "domain/challenge/colour_sequence.hpp"

namespace countersign::domain {

namespace {

json::object of_type(std::string_view type) {
    return {{"type", type}};
}

json::object body(const ReadyMessage&) {
    return of_type("ready");
}
json::object body(const CheckingMessage&) {
    return of_type("checking");
}

json::object body(const AckMessage& message) {
    auto out = of_type("ack");
    out["seq"] = message.seq;
    return out;
}

json::object body(const HintMessage& message) {
    auto out = of_type("hint");
    out["code"] = face::to_string(message.hint);
    return out;
}

json::object body(const ColourStepMessage& message) {
    auto out = of_type("step");
    out["index"] = message.index;
    out["kind"] = "colour";
    out["color"] = colour_code(message.palette_index);
    out["hold_ms"] = message.hold.value / 1000;
    return out;
}

json::object body(const MovementStepMessage& message) {
    auto out = of_type("step");
    out["index"] = message.index;
    out["kind"] = "movement";
    out["movement"] = face::to_string(message.movement);
    return out;
}

json::object body(const RestartMessage& message) {
    auto out = of_type("restart");
    out["code"] = message.second_check ? "second_check" : "challenge_interrupted";
    return out;
}

json::object body(const ResultMessage& message) {
    auto out = of_type("result");
    out["status"] = message.status;
    out["code"] = message.code;
    out["attempts_left"] = message.attempts_left;
    return out;
}

json::object body(const ErrorMessage& message) {
    auto out = of_type("error");
    out["code"] = message.code;
    return out;
}

}  // namespace

json::object to_json(const ServerMessage& message) {
    return std::visit([](const auto& m) { return body(m); }, message);
}

json::object to_json(const std::vector<ServerMessage>& messages) {
    json::array list;
    for (const auto& message : messages)
        list.push_back(to_json(message));
    json::object out;
    out["messages"] = std::move(list);
    return out;
}

Result<ClientMessage> parse_client_message(std::string_view text) {
    const auto object = CS_TRY(json::parse_object(text));
    const auto type = CS_TRY(json::get_string(object, "type"));
    if (type == "cancel") return ClientMessage(CancelMessage{});
    if (type != "painted") return fail(ErrorCode::invalid_argument, "unknown message type");
    const auto index = CS_TRY(json::get_int(object, "index"));
    if (index < 0 || index > 255) return fail(ErrorCode::invalid_argument, "index is not a step");
    return ClientMessage(PaintedMessage{.index = static_cast<int>(index)});
}

}  // namespace countersign::domain
