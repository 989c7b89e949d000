// Runs the engine as a native program: driver DETECTOR.ftm MESH.ftm PICTURE.rgba WIDTH HEIGHT
// Prints the number of faces, the 17 floats of the best one, the face probability and the mesh, one per line.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <vector>

#include "../../src/engine/exports.hpp"

namespace {

std::vector<char> read_file(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Skips magic and header of an FTM1 file and loads the payload.
int load(int model, const char* path) {
    const std::vector<char> file = read_file(path);
    if (file.size() < 8) return -1;
    uint32_t header = 0;
    std::memcpy(&header, file.data() + 4, sizeof header);
    if (header > file.size() - 8) return -1;
    const size_t bytes = file.size() - 8 - header;
    std::memcpy(ft_image(), file.data() + 8 + header, bytes);
    return ft_load(model, static_cast<int32_t>(bytes));
}

void print(const float* values, int count) {
    for (int i = 0; i < count; ++i)
        std::printf("%.9g\n", static_cast<double>(values[i]));
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 6 || load(0, arguments[1]) != 0 || load(1, arguments[2]) != 0) return EXIT_FAILURE;
    const std::vector<char> picture = read_file(arguments[3]);
    const int width = std::atoi(arguments[4]);
    const int height = std::atoi(arguments[5]);
    std::memcpy(ft_image(), picture.data(), picture.size());

    const int faces = ft_detect(width, height);
    std::printf("%d\n", faces);
    if (faces < 1) return EXIT_SUCCESS;
    print(ft_detections(), 17);
    const float probability = ft_mesh(width, height);
    print(&probability, 1);
    print(ft_mesh_points(), 468 * 3);
    return EXIT_SUCCESS;
}
