#include "mesh.hpp"

#include "scalar.hpp"

namespace countersign::facetrack {
namespace {

constexpr int kInputSide = 192;
constexpr float kCropScale = 1.5F;

Square crop_square(const Detection& face) {
    const float across = face.key_points[1].x - face.key_points[0].x;
    const float down = face.key_points[1].y - face.key_points[0].y;
    const float span = square_root(across * across + down * down);
    return Square{.center_x = face.x + face.width / 2,
                  .center_y = face.y + face.height / 2,
                  .side = kCropScale * larger(face.width, face.height),
                  .cosine = span > 0.0F ? across / span : 1.0F,
                  .sine = span > 0.0F ? down / span : 0.0F};
}

}  // namespace

bool is_mesh(const Network& network) {
    return network.input_side == kInputSide && network.output_count == 2 &&
           network.output_floats[0] == kMeshPoints * 3 && network.output_floats[1] == 4;
}

float fit_mesh(const Network& network, const Image& image, const Detection& face, float* points) {
    const Square square = crop_square(face);
    if (!(square.side > 0.0F)) return 0.0F;
    const Normalisation normalisation{.scale = 1 / 255.0F, .offset = 0.0F, .border = Border::replicate};
    sample_square(image, square, normalisation, kInputSide, network.input);
    run_network(network);

    const float scale = square.side / kInputSide;
    const float* from = network.outputs[0];
    for (int i = 0; i < kMeshPoints; ++i, from += 3, points += 3) {
        const float u = from[0] * scale - square.side / 2;
        const float v = from[1] * scale - square.side / 2;
        points[0] = square.center_x + u * square.cosine - v * square.sine;
        points[1] = square.center_y + u * square.sine + v * square.cosine;
        points[2] = from[2] * scale;
    }
    return sigmoid(network.outputs[1][0]);
}

}  // namespace countersign::facetrack
