#include "net/static_assets.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <system_error>

#include "net/content_coding.hpp"
#include "net/field_list.hpp"

namespace countersign::net {

namespace fs = std::filesystem;

namespace {

struct Form {
    SharedBytes bytes;
    std::string etag;  // with its quotes
};

struct File {
    std::string media_type;
    std::map<Coding, Form> forms;  // identity is always there
};

std::string_view media_type(std::string_view name) {
    struct Entry {
        std::string_view extension;
        std::string_view type;
    };
    static constexpr std::array kTypes{
        Entry{".html", "text/html; charset=utf-8"},
        Entry{".js", "text/javascript; charset=utf-8"},
        Entry{".mjs", "text/javascript; charset=utf-8"},
        Entry{".css", "text/css; charset=utf-8"},
        Entry{".json", "application/json"},
        Entry{".map", "application/json"},
        Entry{".webmanifest", "application/manifest+json"},
        Entry{".txt", "text/plain; charset=utf-8"},
        Entry{".svg", "image/svg+xml"},
        Entry{".png", "image/png"},
        Entry{".jpg", "image/jpeg"},
        Entry{".webp", "image/webp"},
        Entry{".ico", "image/x-icon"},
        Entry{".woff2", "font/woff2"},
        Entry{".wasm", "application/wasm"},
    };
    const auto found =
        std::ranges::find_if(kTypes, [&](const Entry& entry) { return name.ends_with(entry.extension); });
    return found == kTypes.end() ? "application/octet-stream" : found->type;  // .ftm among them
}

Result<Bytes> read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorCode::invalid_argument, "cannot read " + path.string());
    Bytes bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad()) return fail(ErrorCode::invalid_argument, "cannot read " + path.string());
    return bytes;
}

std::string sha256_hex(ByteView bytes) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    CS_CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1);
    return to_hex(ByteView(digest.data(), size));
}

Result<Form> read_form(const fs::path& path) {
    auto bytes = CS_TRY(read_file(path));
    // The hash of the very bytes sent: a strong validator that differs between the forms.
    std::string etag = "\"" + sha256_hex(bytes).substr(0, 32) + "\"";
    return Form{std::make_shared<const Bytes>(std::move(bytes)), std::move(etag)};
}

Result<File> read_all_forms(const fs::path& path, const std::string& name) {
    File file{std::string(media_type(name)), {}};
    file.forms.emplace(Coding::identity, CS_TRY(read_form(path)));
    for (const auto& [coding, suffix] : {std::pair{Coding::gzip, ".gz"}, std::pair{Coding::brotli, ".br"}}) {
        const fs::path sibling = path.string() + suffix;
        if (fs::is_regular_file(fs::symlink_status(sibling)))
            file.forms.emplace(coding, CS_TRY(read_form(sibling)));
    }
    return file;
}

/// Names relative to the directory of the files to serve, compressed siblings left out.
Result<std::vector<std::string>> list_files(const fs::path& directory) {
    std::vector<std::string> names;
    std::error_code error;
    fs::recursive_directory_iterator at(directory, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        const bool hidden = at->path().filename().string().starts_with('.');
        if (hidden && fs::is_directory(at->symlink_status())) at.disable_recursion_pending();
        if (hidden || !fs::is_regular_file(at->symlink_status())) continue;
        const auto extension = at->path().extension();
        const bool compressed = extension == ".br" || extension == ".gz";
        if (compressed && fs::exists(fs::path(at->path()).replace_extension())) continue;
        names.push_back(at->path().lexically_relative(directory).generic_string());
    }
    if (error) return fail(ErrorCode::invalid_argument, "cannot read the directory " + directory.string());
    return names;
}

/// The best form the client takes; the smaller codings win a tie.
std::pair<Coding, const Form*> choose(const File& file, const Headers& headers) {
    std::pair<Coding, const Form*> best{Coding::identity, &file.forms.at(Coding::identity)};
    int best_weight = coding_weight(headers, Coding::identity);
    for (const auto coding : {Coding::gzip, Coding::brotli}) {
        const auto found = file.forms.find(coding);
        const int weight = coding_weight(headers, coding);
        if (found == file.forms.end() || weight == 0 || weight < best_weight) continue;
        best = {coding, &found->second};
        best_weight = weight;
    }
    return best;
}

/// RFC 9110 §13.1.2: weak comparison, `*` fits everything.
bool client_has(const Headers& headers, std::string_view etag) {
    return std::ranges::any_of(list_items(headers, "If-None-Match"), [&](std::string_view item) {
        if (item.starts_with("W/")) item.remove_prefix(2);
        return item == "*" || item == etag;
    });
}

}  // namespace

struct StaticAssets::Files {
    StaticAssetOptions options;
    std::map<std::string, File, std::less<>> by_name;
};

StaticAssets::StaticAssets(std::unique_ptr<Files> files) : files_(std::move(files)) {}
StaticAssets::StaticAssets(StaticAssets&&) noexcept = default;
StaticAssets& StaticAssets::operator=(StaticAssets&&) noexcept = default;
StaticAssets::~StaticAssets() = default;

Result<StaticAssets> StaticAssets::load(const fs::path& directory, StaticAssetOptions options) {
    auto files = std::make_unique<Files>();
    files->options = std::move(options);
    for (auto& name : CS_TRY(list_files(directory))) {
        auto file = CS_TRY(read_all_forms(directory / name, name));
        files->by_name.emplace(std::move(name), std::move(file));
    }
    return StaticAssets(std::move(files));
}

Result<Response> StaticAssets::serve(std::string_view name, const Request& request) const {
    const auto found = files_->by_name.find(name);
    if (found == files_->by_name.end()) return fail(ErrorCode::not_found, "no such asset");
    const File& file = found->second;
    const auto [coding, form] = choose(file, request.headers);

    Response response;
    for (const auto& [field, value] : files_->options.headers)
        response.headers.add(field, value);
    const bool immutable = name.starts_with(files_->options.immutable_prefix);
    response.set_header("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
    response.set_header("ETag", form->etag);
    if (file.forms.size() > 1) response.set_header("Vary", "Accept-Encoding");
    if (client_has(request.headers, form->etag)) {
        response.status = HttpStatus::not_modified;
        return response;
    }
    response.set_header("Content-Type", file.media_type);
    if (coding != Coding::identity) response.set_header("Content-Encoding", std::string(to_string(coding)));
    response.body = form->bytes;
    return response;
}

Handler StaticAssets::file(std::string name) const {
    CS_CHECK(has(name));
    return [this, name = std::move(name)](const Request& request, Context&) { return serve(name, request); };
}

Handler StaticAssets::below(std::string prefix) const {
    return [this, prefix = std::move(prefix)](const Request& request, Context&) -> Result<Response> {
        if (request.path_params.size() != 1)
            return fail(ErrorCode::internal, "the pattern needs one {rest*}");
        return serve(prefix + request.path_params.begin()->second, request);
    };
}

bool StaticAssets::has(std::string_view name) const {
    return files_->by_name.contains(name);
}

}  // namespace countersign::net
