#include "api/admin/exports.hpp"

#include <fmt/format.h>

namespace countersign::api::admin {

void add_csv_line(std::string& out, const std::vector<std::string>& cells) {
    constexpr std::string_view kFormula = "=+-@\t\r\n";
    bool first = true;
    for (const auto& cell : cells) {
        if (!first) out += ',';
        first = false;
        out += '"';
        // A spreadsheet looks past spaces, too.
        const auto start = cell.find_first_not_of(' ');
        if (start != std::string::npos && kFormula.find(cell[start]) != std::string_view::npos) out += '\'';
        for (const char c : cell) {
            if (c == '"') out += '"';
            out += c;
        }
        out += '"';
    }
    out += "\r\n";
}

net::Response download(std::string type, std::string name, std::string content) {
    auto response = net::Response::text(net::HttpStatus::ok, std::move(content));
    response.set_header("Content-Type", std::move(type));
    response.set_header("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
    return response;
}

Result<void> check_export_size(std::int64_t rows, std::size_t bytes, std::string_view filter) {
    if (rows <= kExportRows && bytes <= kExportBytes) return {};
    return fail_field(
        ErrorCode::invalid_argument, std::string(filter),
        fmt::format("These are more than {} rows. Narrow this filter and export in parts.", kExportRows));
}

}  // namespace countersign::api::admin
