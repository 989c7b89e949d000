#pragma once

#include <stdint.h>

namespace countersign::facetrack {

/// The last part of a payload: int8 matrices and float tables, each at a multiple of four bytes.
struct WeightSection {
    const uint8_t* bytes;
    int32_t size;
};

/// depth × columns int8 values at byte offset `values`, one float scale per column at `scales`.
struct Matrix {
    int depth;
    int columns;
    int32_t values;
    int32_t scales;
};

/// True if the matrix or table lies inside the section and is aligned.
bool has_matrix(const WeightSection& section, const Matrix& matrix);
bool has_table(const WeightSection& section, int32_t offset, int count);

/// Copies into the weight store (memory.hpp); null when it is full. Call only after has_matrix or has_table.
/// `expand_rows` keeps the order, `expand_panels` stores the panels of matmul.hpp.
const float* expand_rows(const WeightSection& section, const Matrix& matrix);
const float* expand_panels(const WeightSection& section, const Matrix& matrix);
const float* expand_table(const WeightSection& section, int32_t offset, int count);

}  // namespace countersign::facetrack
