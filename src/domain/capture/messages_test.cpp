#include "domain/capture/messages.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace countersign::domain {
namespace {

struct WireCase {
    ServerMessage message;
    std::string json;
};

TEST(ServerMessage, HasTheWireFormOfTheContract) {
    const std::vector<WireCase> cases{
        {ReadyMessage{}, R"({"type":"ready"})"},
        {AckMessage{.seq = 3}, R"({"type":"ack","seq":3})"},
        {HintMessage{.hint = face::Hint::too_far}, R"({"type":"hint","code":"too_far"})"},
        {ColourStepMessage{.index = 0, .palette_index = 1, .hold = milliseconds(280)},
         R"({"type":"step","index":0,"kind":"colour","color":"#FFB3A7","hold_ms":280})"},
        {MovementStepMessage{.index = 3, .movement = face::Movement::turn_left},
         R"({"type":"step","index":3,"kind":"movement","movement":"turn_left"})"},
        {RestartMessage{}, R"({"type":"restart","code":"challenge_interrupted"})"},
        {RestartMessage{.second_check = true}, R"({"type":"restart","code":"second_check"})"},
        {CheckingMessage{}, R"({"type":"checking"})"},
        {ResultMessage{.status = "retry", .code = "not_verified", .attempts_left = 2},
         R"({"type":"result","status":"retry","code":"not_verified","attempts_left":2})"},
        {ErrorMessage{.code = "unavailable"}, R"({"type":"error","code":"unavailable"})"},
    };
    for (const auto& [message, json] : cases)
        EXPECT_EQ(json::serialize(to_json(message)), json);
}

TEST(ServerMessage, TravelsInAListOverHttp) {
    const std::vector<ServerMessage> messages{ReadyMessage{}, CheckingMessage{}};
    EXPECT_EQ(json::serialize(to_json(messages)), R"({"messages":[{"type":"ready"},{"type":"checking"}]})");
    EXPECT_EQ(json::serialize(to_json(std::vector<ServerMessage>{})), R"({"messages":[]})");
}

TEST(ClientMessage, ReadsPaintedAndCancel) {
    const auto painted = parse_client_message(R"({"type":"painted","index":5})");
    ASSERT_TRUE(painted.has_value());
    EXPECT_EQ(std::get<PaintedMessage>(*painted).index, 5);
    const auto cancel = parse_client_message(R"({"type":"cancel"})");
    ASSERT_TRUE(cancel.has_value());
    EXPECT_TRUE(std::holds_alternative<CancelMessage>(*cancel));
}

TEST(ClientMessage, RefusesEverythingElse) {
    for (const auto* text :
         {"", "null", "[]", "{}", R"({"type":7})", R"({"type":"result","status":"passed"})",
          R"({"type":"painted"})", R"({"type":"painted","index":-1})", R"({"type":"painted","index":256})",
          R"({"type":"painted","index":"0"})", R"({"type":"cancel","type":"painted","index":0})"}) {
        const auto parsed = parse_client_message(text);
        ASSERT_FALSE(parsed.has_value()) << text;
        EXPECT_EQ(parsed.error().code, ErrorCode::invalid_argument) << text;
    }
}

RC_GTEST_PROP(ClientMessageProperty, NeverFailsOtherThanByAnError, (const std::string& text)) {
    const auto parsed = parse_client_message(text);
    RC_ASSERT(parsed.has_value() || parsed.error().code == ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace countersign::domain
