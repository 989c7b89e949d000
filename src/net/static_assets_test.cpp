#include "net/static_assets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "net/content_coding.hpp"

namespace countersign::net {
namespace {

namespace fs = std::filesystem;

TEST(CodingWeight, FollowsTheHeader) {
    struct Case {
        const char* header;
        Coding coding;
        int weight;
    };
    for (const auto& [header, coding, weight] :
         {Case{"br", Coding::brotli, 1000}, Case{"gzip;q=0.5, br;q=1.0", Coding::gzip, 500},
          Case{"BR; Q=0.25", Coding::brotli, 250}, Case{"gzip", Coding::brotli, 0},
          Case{"*;q=0.3", Coding::brotli, 300}, Case{"br;q=0, *", Coding::brotli, 0},
          Case{"identity;q=0", Coding::identity, 0}, Case{"gzip", Coding::identity, 1},
          Case{"br;q=2", Coding::brotli, 0}, Case{"br;q=1.5", Coding::brotli, 0},
          Case{"br;q=0.12345", Coding::brotli, 0}, Case{"br;x=1", Coding::brotli, 0},
          Case{"", Coding::gzip, 0}}) {
        Headers headers;
        headers.add("Accept-Encoding", header);
        EXPECT_EQ(coding_weight(headers, coding), weight) << header;
    }
}

class StaticAssetsTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "assets-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        top_ = name;
        root_ = top_ / "public";
        fs::create_directories(root_ / "assets");
        write("index.html", "<!doctype html>");
        write("assets/app-1.js", "let plain;");
        write("assets/app-1.js.br", "brotli form");
        write("assets/app-1.js.gz", "gzip form");
        write("assets/track-2.wasm", "wasm");
        write("assets/archive.gz", "a file of its own");
        write("assets/net.ftm", "weights");
        write("assets/font.woff2", "font");
        write(".env", "hidden");
        std::ofstream(top_ / "secret.txt") << "outside";
        fs::create_symlink(top_ / "secret.txt", root_ / "link.txt");
    }
    void TearDown() override { fs::remove_all(top_); }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(root_ / name) << text;
    }

    StaticAssets load() const {
        return StaticAssets::load(root_, {.headers = {{"X-Content-Type-Options", "nosniff"}}}).value();
    }
    static Request with(const std::string& name, const std::string& value) {
        Request request;
        request.headers.add(name, value);
        return request;
    }
    static std::string body(const Response& response) { return std::string(as_text(response.body_view())); }

    fs::path top_;
    fs::path root_;
};

TEST_F(StaticAssetsTest, ServesAFileWithItsTypeCachingAndOwnHeaders) {
    const auto assets = load();
    const auto page = assets.serve("index.html", {}).value();
    EXPECT_EQ(body(page), "<!doctype html>");
    EXPECT_EQ(page.headers.find("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.headers.find("Cache-Control"), "no-cache");
    EXPECT_EQ(page.headers.find("X-Content-Type-Options"), "nosniff");
    const auto script = assets.serve("assets/app-1.js", {}).value();
    EXPECT_EQ(script.headers.find("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(script.headers.find("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(assets.serve("assets/track-2.wasm", {})->headers.find("Content-Type"), "application/wasm");
    EXPECT_EQ(assets.serve("assets/net.ftm", {})->headers.find("Content-Type"), "application/octet-stream");
    EXPECT_EQ(assets.serve("assets/font.woff2", {})->headers.find("Content-Type"), "font/woff2");
}

TEST_F(StaticAssetsTest, ChoosesTheFormByAcceptEncoding) {
    const auto assets = load();
    const auto get = [&](const char* accept) {
        return assets.serve("assets/app-1.js", with("Accept-Encoding", accept)).value();
    };
    EXPECT_EQ(body(get("gzip, deflate, br")), "brotli form");
    EXPECT_EQ(get("gzip, deflate, br").headers.find("Content-Encoding"), "br");
    EXPECT_EQ(body(get("gzip, br;q=0.1")), "gzip form");
    EXPECT_EQ(body(get("br;q=0, gzip;q=0")), "let plain;");
    EXPECT_EQ(body(get("deflate")), "let plain;");
    EXPECT_FALSE(get("deflate").headers.has("Content-Encoding"));
    EXPECT_EQ(get("deflate").headers.find("Vary"), "Accept-Encoding")
        << "caches must know about the other forms";
    EXPECT_FALSE(assets.serve("assets/track-2.wasm", {})->headers.has("Vary"));
}

TEST_F(StaticAssetsTest, Answers304ForTheETagOfThatForm) {
    const auto assets = load();
    const auto plain = std::string(*assets.serve("assets/app-1.js", {})->headers.find("ETag"));
    const auto packed = assets.serve("assets/app-1.js", with("Accept-Encoding", "br")).value();
    EXPECT_NE(packed.headers.find("ETag"), plain) << "each form has a strong validator of its own";

    for (const auto& known : {plain, "W/" + plain, "\"other\", " + plain, std::string("*")}) {
        const auto answer = assets.serve("assets/app-1.js", with("If-None-Match", known)).value();
        EXPECT_EQ(answer.status, HttpStatus::not_modified) << known;
        EXPECT_TRUE(answer.body_view().empty());
        EXPECT_EQ(answer.headers.find("ETag"), plain);
        EXPECT_TRUE(answer.headers.has("Cache-Control"));
    }
    EXPECT_EQ(assets.serve("assets/app-1.js", with("If-None-Match", "\"other\""))->status, HttpStatus::ok);
}

TEST_F(StaticAssetsTest, ServesNothingButTheListedFiles) {
    const auto assets = load();
    for (const auto* name :
         {"../secret.txt", "assets/../index.html", "assets/../../secret.txt", "/etc/passwd", "link.txt",
          ".env", "assets", "", "assets/app-1.js.br", "index.html/"}) {
        const auto answer = assets.serve(name, {});
        ASSERT_FALSE(answer) << name;
        EXPECT_EQ(answer.error().code, ErrorCode::not_found);
    }
    EXPECT_TRUE(assets.has("assets/archive.gz")) << "it is no form of another file";
}

TEST_F(StaticAssetsTest, RefusesADirectoryThatIsNotThere) {
    EXPECT_EQ(StaticAssets::load(top_ / "none").error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace countersign::net
