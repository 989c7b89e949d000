#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/request.hpp"
#include "net/response.hpp"
#include "net/router.hpp"

namespace countersign::net {

struct StaticAssetOptions {
    std::vector<Headers::Field> headers;      // added to every answer, such as the Content-Security-Policy
    std::string immutable_prefix{"assets/"};  // names below it carry a hash: cached for a year
};

/// The files of one directory, read into memory at start.
///
/// `x.br` and `x.gz` beside `x` are the compressed forms of `x` and are chosen by Accept-Encoding. Every form
/// has its own strong ETag (SHA-256). Only what was found at start can be served, so no request path ever
/// reaches the file system. Symbolic links and hidden files are not followed.
///
/// Errors:  load: invalid_argument (no such directory, file not readable); serve: not_found.
/// Threads: immutable, safe from any thread; fast enough for Lane::inline_.
/// Source:  architecture.md §4; RFC 9110 §8.8, §12.5.3, §13.1.2.
class StaticAssets {
public:
    static Result<StaticAssets> load(const std::filesystem::path& directory, StaticAssetOptions options = {});

    StaticAssets(StaticAssets&&) noexcept;
    StaticAssets& operator=(StaticAssets&&) noexcept;
    ~StaticAssets();

    /// `name` is relative to the directory, with `/`, decoded: "assets/app-1a2b.js".
    Result<Response> serve(std::string_view name, const Request& request) const;

    /// A handler that always serves `name`: `router.get("/v/{id}", Lane::inline_,
    /// assets.file("index.html"))`. The assets must live longer than the server.
    Handler file(std::string name) const;

    /// A handler for a pattern that ends in `{rest*}`; serves `prefix` + rest:
    /// `router.get("/assets/{rest*}", Lane::inline_, assets.below("assets/"))`.
    Handler below(std::string prefix) const;

    bool has(std::string_view name) const;

private:
    struct Files;
    explicit StaticAssets(std::unique_ptr<Files> files);
    std::unique_ptr<Files> files_;
};

}  // namespace countersign::net
