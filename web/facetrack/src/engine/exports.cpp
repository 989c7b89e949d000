#include "exports.hpp"

#include "detector.hpp"
#include "image.hpp"
#include "mesh.hpp"
#include "program.hpp"

namespace facetrack = countersign::facetrack;

namespace {

enum ModelIndex : int32_t { kDetector = 0, kMesh = 1, kModelCount = 2 };

facetrack::Network networks[kModelCount];
facetrack::Detection detections[facetrack::kMaxDetections];
float mesh_points[facetrack::kMeshPoints * 3];
alignas(16) uint8_t image_bytes[4 * facetrack::kMaxPixels];

bool is_possible(int32_t width, int32_t height) {
    return width > 0 && height > 0 && static_cast<int64_t>(width) * height <= facetrack::kMaxPixels;
}

facetrack::Image image_of(int32_t width, int32_t height) {
    return facetrack::Image{.pixels = image_bytes, .width = width, .height = height};
}

}  // namespace

uint8_t* ft_image() {
    return image_bytes;
}

int32_t ft_image_bytes() {
    return static_cast<int32_t>(sizeof image_bytes);
}

float* ft_detections() {
    return &detections[0].score;
}

float* ft_mesh_points() {
    return mesh_points;
}

int32_t ft_load(int32_t model, int32_t bytes) {
    if (model < 0 || model >= kModelCount || bytes < 0 || bytes > ft_image_bytes()) {
        return static_cast<int32_t>(facetrack::LoadStatus::wrong_model);
    }
    const auto is_wanted = model == kDetector ? facetrack::is_detector : facetrack::is_mesh;
    const auto size = static_cast<uint32_t>(bytes);
    return static_cast<int32_t>(facetrack::load_network(image_bytes, size, is_wanted, networks[model]));
}

int32_t ft_detect(int32_t width, int32_t height) {
    if (!networks[kDetector].loaded || !is_possible(width, height)) return -1;
    return facetrack::detect_faces(networks[kDetector], image_of(width, height), detections);
}

float ft_mesh(int32_t width, int32_t height) {
    if (!networks[kMesh].loaded || !is_possible(width, height)) return -1.0F;
    return facetrack::fit_mesh(networks[kMesh], image_of(width, height), detections[0], mesh_points);
}
