#include "weights.hpp"

#include "matmul.hpp"
#include "memory.hpp"
#include "scalar.hpp"

namespace countersign::facetrack {
namespace {

bool lies_inside(const WeightSection& section, int32_t offset, int64_t bytes) {
    return offset >= 0 && offset % 4 == 0 && offset + bytes <= section.size;
}

const float* table_at(const WeightSection& section, int32_t offset) {
    return reinterpret_cast<const float*>(section.bytes + offset);
}

float value_at(const WeightSection& section, const Matrix& matrix, int row, int column) {
    const auto* values = reinterpret_cast<const int8_t*>(section.bytes + matrix.values);
    return static_cast<float>(values[row * matrix.columns + column]) *
           table_at(section, matrix.scales)[column];
}

}  // namespace

bool has_matrix(const WeightSection& section, const Matrix& matrix) {
    return lies_inside(section, matrix.values, static_cast<int64_t>(matrix.depth) * matrix.columns) &&
           has_table(section, matrix.scales, matrix.columns);
}

bool has_table(const WeightSection& section, int32_t offset, int count) {
    return lies_inside(section, offset, static_cast<int64_t>(count) * 4);
}

const float* expand_rows(const WeightSection& section, const Matrix& matrix) {
    float* const rows = allocate_floats(static_cast<int64_t>(matrix.depth) * matrix.columns);
    if (rows == nullptr) return nullptr;
    float* to = rows;
    for (int row = 0; row < matrix.depth; ++row) {
        for (int column = 0; column < matrix.columns; ++column)
            *to++ = value_at(section, matrix, row, column);
    }
    return rows;
}

const float* expand_panels(const WeightSection& section, const Matrix& matrix) {
    float* const panels = allocate_floats(static_cast<int64_t>(matrix.depth) * matrix.columns);
    if (panels == nullptr) return nullptr;
    float* to = panels;
    for (int first = 0; first < matrix.columns; first += kPanelColumns) {
        const int last = smaller(first + kPanelColumns, matrix.columns);
        for (int row = 0; row < matrix.depth; ++row) {
            for (int column = first; column < last; ++column)
                *to++ = value_at(section, matrix, row, column);
        }
    }
    return panels;
}

const float* expand_table(const WeightSection& section, int32_t offset, int count) {
    float* const table = allocate_floats(count);
    if (table == nullptr) return nullptr;
    for (int i = 0; i < count; ++i)
        table[i] = table_at(section, offset)[i];
    return table;
}

}  // namespace countersign::facetrack
