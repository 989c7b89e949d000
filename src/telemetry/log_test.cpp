#include "telemetry/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <type_traits>

#include "base/bytes.hpp"
#include "base/guarded.hpp"
#include "base/json.hpp"
#include "tests/support/fakes.hpp"

namespace countersign::telemetry::log {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const LineHead kHead{countersign::testing::at("2026-03-01T09:00:00Z"), Level::warning, "store.retry", {}};

static_assert(!std::is_constructible_v<Value, SecretBytes>, "a secret has no way into the log");
static_assert(!std::is_constructible_v<Value, const Bytes&>, "neither have raw bytes");
static_assert(!fmt::is_formattable<SecretBytes>::value, "nor into a formatted text");

TEST(LogLine, IsOneJsonObjectWithTimeLevelEventAndFields) {
    const auto line = make_line(kHead, {{"attempt", 2}, {"wait_ms", 1.5}, {"final", false}, {"name", "a"}});

    EXPECT_EQ(line,
              "{\"time\":\"2026-03-01T09:00:00.000Z\",\"level\":\"warning\",\"event\":\"store.retry\","
              "\"attempt\":2,\"wait_ms\":1.5,\"final\":false,\"name\":\"a\"}\n");
}

TEST(LogLine, CannotBeSplitOrForgedByAValue) {
    const std::string hostile = "x\r\n{\"level\":\"info\"}\",\"admin\":true,\"\x1b[31m\xc2\x85\\";

    const auto line = make_line(kHead, {{"value", hostile}});

    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_EQ(line.find('\r'), std::string::npos);
    const auto parsed = json::parse_object(line.substr(0, line.size() - 1));
    ASSERT_TRUE(parsed) << line;
    EXPECT_EQ(json::get_string(*parsed, "value").value(), hostile);
    EXPECT_FALSE(parsed->contains("admin"));
    EXPECT_THAT(line, HasSubstr("\\u0085")) << "C1 control characters are escaped too";
}

TEST(LogLine, ReplacesBytesThatAreNotUtf8) {
    for (const std::string bad : {"\xff", "\xc3", "\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80"}) {
        const auto line = make_line(kHead, {{"value", bad}});
        EXPECT_THAT(line, HasSubstr("\\ufffd"));
        EXPECT_TRUE(json::parse_object(line.substr(0, line.size() - 1))) << line;
    }
    EXPECT_THAT(make_line(kHead, {{"value", "Zoë €"}}), HasSubstr("Zoë €"));
}

TEST(LogLine, LeavesOutWhatDoesNotFitAndSaysSo) {
    const std::string huge(100'000, 'x');
    const std::string quotes(700, '"');

    const auto line = make_line(kHead, {{"huge", huge}, {"quotes", quotes}, {"after", 1}});

    EXPECT_LE(line.size(), kMaxLineBytes);
    EXPECT_THAT(line, Not(HasSubstr("huge")));
    EXPECT_THAT(line, HasSubstr("\"after\":1,\"truncated\":true}\n"));
    EXPECT_LE(make_line({{}, Level::info, huge, huge}, {}).size(), kMaxLineBytes);
}

TEST(LogLine, WritesANumberWithoutJsonFormAsNull) {
    const auto line = make_line(kHead, {{"value", std::numeric_limits<double>::infinity()}});
    EXPECT_THAT(line, HasSubstr("\"value\":null"));
}

class Log : public ::testing::Test {
protected:
    void SetUp() override {
        start(Level::info, [this](std::string_view line) { lines_.lock()->emplace_back(line); });
    }
    void TearDown() override {
        stop();
        set_level(Level::info);
    }
    std::vector<std::string> lines() {
        flush();
        return *lines_.lock();
    }

    Guarded<std::vector<std::string>> lines_;
};

TEST_F(Log, WritesEventsAtOrAboveItsLevelInOrder) {
    event(Level::debug, "not.this");
    event(Level::info, "first");
    event(Level::error, "second", {{"code", "internal"}});

    const auto got = lines();

    ASSERT_EQ(got.size(), 2U);
    EXPECT_THAT(got[0], HasSubstr("\"event\":\"first\""));
    EXPECT_THAT(got[1], HasSubstr("\"code\":\"internal\""));
}

TEST_F(Log, AddsTheRequestIdOfTheThreadWhileItsScopeLives) {
    {
        const RequestScope outer("abc");
        event(Level::info, "inside");
        {
            const RequestScope inner("def");
            event(Level::info, "deeper");
        }
        event(Level::info, "again");
        std::thread([] { event(Level::info, "elsewhere"); }).join();
    }
    event(Level::info, "outside");

    const auto got = lines();

    ASSERT_EQ(got.size(), 5U);
    EXPECT_THAT(got[0], HasSubstr("\"request_id\":\"abc\""));
    EXPECT_THAT(got[1], HasSubstr("\"request_id\":\"def\""));
    EXPECT_THAT(got[2], HasSubstr("\"request_id\":\"abc\""));
    EXPECT_THAT(got[3], Not(HasSubstr("request_id")));
    EXPECT_THAT(got[4], Not(HasSubstr("request_id")));
}

TEST_F(Log, StopWritesWhatIsQueued) {
    for (int i = 0; i < 1000; ++i)
        event(Level::info, "line", {{"i", i}});
    stop();
    EXPECT_EQ(lines_.lock()->size(), 1000U);
}

TEST_F(Log, TakesEventsFromManyThreads) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([] {
            for (int i = 0; i < 200; ++i)
                event(Level::info, "line");
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(lines().size(), 800U);
}

TEST(LogOverflow, LosesLinesInsteadOfBlockingTheCaller) {
    std::mutex mutex;
    std::condition_variable changed;
    bool open = false;
    start(Level::info, [&](std::string_view) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return open; });
    });
    const auto lost_before = lost_lines();

    for (int i = 0; i < 10'000; ++i)
        event(Level::info, "line");  // would hang here if callers waited

    EXPECT_GT(lost_lines() - lost_before, 5000U);
    {
        const std::lock_guard lock(mutex);
        open = true;
    }
    changed.notify_all();
    stop();
    EXPECT_GT(lost_lines() - lost_before, 5000U) << "the count survives the writer";
}

}  // namespace
}  // namespace countersign::telemetry::log
