# Writes a C++ file with every db/migrations/NNNN_title.sql (and optional NNNN_title.postgres.sql) as text, with the
# SHA-256 of what was read. Run in script mode: cmake -DFOLDER=… -DOUTPUT=… -P EmbedMigrations.cmake
file(GLOB files "${FOLDER}/*.sql")
list(FILTER files EXCLUDE REGEX "\\.postgres\\.sql$")
list(SORT files)

set(entries "")
set(count 0)
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME_WE)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
    message(FATAL_ERROR "${file}: a migration is named NNNN_title.sql")
  endif()
  string(REGEX REPLACE "^0+" "" number "${CMAKE_MATCH_1}")
  set(title "${CMAKE_MATCH_2}")
  set(postgres_file "${FOLDER}/${name}.postgres.sql")
  file(READ "${file}" sql)
  set(postgres_sql "")
  if(EXISTS "${postgres_file}")
    file(READ "${postgres_file}" postgres_sql)
  endif()
  string(SHA256 checksum "${sql}${postgres_sql}")
  string(APPEND entries "    Migration{${number}, \"${title}\", R\"__sql__(${sql})__sql__\", \"${checksum}\", "
                        "R\"__sql__(${postgres_sql})__sql__\"},\n")
  math(EXPR count "${count} + 1")
endforeach()

file(WRITE "${OUTPUT}.new" "#include <array>

#include \"store/migrator.hpp\"

namespace countersign::store {
namespace {

constexpr std::array<Migration, ${count}> kMigrations{{
${entries}}};

}  // namespace

std::span<const Migration> embedded_migrations() { return kMigrations; }

}  // namespace countersign::store
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
