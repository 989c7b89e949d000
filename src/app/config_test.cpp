#include "app/config.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <map>

namespace countersign::app {
namespace {

const Environment kEmpty = [](const std::string&) -> const char* { return nullptr; };

class ConfigFile {
public:
    explicit ConfigFile(std::string_view text)
        : path_(std::filesystem::temp_directory_path() /
                fmt::format("countersign-config-{}.toml", getpid())) {
        std::ofstream(path_) << text;
    }
    ~ConfigFile() { std::filesystem::remove(path_); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

std::string error_of(std::string_view text) {
    const ConfigFile file(text);
    const auto config = load_config(file.path(), kEmpty);
    return config ? "" : config.error().detail;
}

TEST(Config, IsCompleteWithoutAFile) {
    const Config config = load_config({}, kEmpty).value();
    EXPECT_EQ(config.server.port, 8440);
    EXPECT_EQ(config.database.path, "var/countersign.db");
}

TEST(Config, TakesTheFileAndLetsTheEnvironmentWin) {
    const ConfigFile file("[server]\nport = 9000\naddress = \"0.0.0.0\"\ntrusted_proxies = [\"10.0.0.1\"]\n");
    const Environment environment = [](const std::string& name) -> const char* {
        return name == "COUNTERSIGN_SERVER_PORT" ? "9100" : nullptr;
    };
    const Config config = load_config(file.path(), environment).value();
    EXPECT_EQ(config.server.port, 9100);
    EXPECT_EQ(config.server.address, "0.0.0.0");
    EXPECT_EQ(config.server.trusted_proxies, std::vector<std::string>{"10.0.0.1"});
}

TEST(Config, NamesTheKeyThatIsWrong) {
    EXPECT_NE(error_of("[server]\nprot = 1\n").find("server.prot: unknown key"), std::string::npos);
    EXPECT_NE(error_of("[server]\nport = \"1\"\n").find("server.port: must be an integer"),
              std::string::npos);
    EXPECT_NE(error_of("[server]\nport = 70000\n").find("server.port: must be 0 to 65535"),
              std::string::npos);
    EXPECT_NE(error_of("[log]\nlevel = \"loud\"\n").find("log.level"), std::string::npos);
    EXPECT_NE(error_of("port = 1\n").find("port: must be a section"), std::string::npos);
    EXPECT_NE(error_of("[server\n").find("line 1"), std::string::npos);
    EXPECT_NE(error_of("[server]\ntls_key_file = \"k.pem\"\n").find("together"), std::string::npos);
    EXPECT_FALSE(load_config("/nonexistent/countersign.toml", kEmpty).has_value());
}

TEST(Config, TheTemplateDocumentsEveryKeyWithItsDefault) {
    const std::filesystem::path file =
        std::filesystem::path(COUNTERSIGN_SOURCE_DIR) / "deploy/config.template.toml";
    Config defaults;
    Config from_template = load_config(file, kEmpty).value();
    EXPECT_EQ(json::serialize(to_json(from_template)), json::serialize(to_json(defaults)));

    std::ifstream stream(file);
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    for (const Setting& setting : settings_of(defaults)) {
        const std::string key = setting.name.substr(setting.name.find('.') + 1);
        EXPECT_NE(text.find("\n" + key + " = "), std::string::npos) << setting.name;
    }
}

}  // namespace
}  // namespace countersign::app
