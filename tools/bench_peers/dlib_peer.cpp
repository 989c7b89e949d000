// Peer: dlib's own pipeline: its frontal face detector, five points, its face net; every net is CC0.
//
//   dlib_peer MODELS LIST             one JSON line for each picture of LIST
//   dlib_peer MODELS --known-answer   every eighth of the 128 numbers for the noise picture of the
//   known-answer tests

#include <dlib/image_io.h>
#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>

#include "dlib_net.hpp"

namespace bench_peers {
namespace {

using Picture = dlib::matrix<dlib::rgb_pixel>;
using Embedding = dlib::matrix<float, 0, 1>;

constexpr int kSide = 150;
constexpr double kPadding = 0.25;

double cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

class Pipeline {
public:
    explicit Pipeline(const std::string& models) {
        dlib::deserialize(models + "/shape_predictor_5_face_landmarks.dat") >> points_;
        dlib::deserialize(models + "/dlib_face_recognition_resnet_model_v1.dat") >> net_;
    }

    Embedding embed(const Picture& chip) { return net_(chip); }

    /// Empty where no face was found.
    Embedding run(const std::string& path) {
        Picture picture;
        dlib::load_image(picture, path);
        const auto faces = detector_(picture);
        if (faces.empty()) return {};
        const auto by_area = [](const dlib::rectangle& a, const dlib::rectangle& b) {
            return a.area() < b.area();
        };
        const auto shape = points_(picture, *std::max_element(faces.begin(), faces.end(), by_area));
        Picture chip;
        dlib::extract_image_chip(picture, dlib::get_face_chip_details(shape, kSide, kPadding), chip);
        return embed(chip);
    }

private:
    dlib::frontal_face_detector detector_ = dlib::get_frontal_face_detector();
    dlib::shape_predictor points_;
    FaceNet net_;
};

/// Bytes of xorshift32, plane by plane.
Picture noise() {
    Picture picture(kSide, kSide);
    std::uint32_t state = 2463534242U;
    for (auto plane : {&dlib::rgb_pixel::red, &dlib::rgb_pixel::green, &dlib::rgb_pixel::blue}) {
        for (auto& pixel : picture) {
            state ^= state << 13U;
            state ^= state >> 17U;
            state ^= state << 5U;
            pixel.*plane = static_cast<unsigned char>(state >> 24U);
        }
    }
    return picture;
}

void print(const Embedding& embedding, long step) {
    std::cout.precision(9);
    for (long i = 0; i < embedding.size(); i += step)
        std::cout << (i == 0 ? "[" : ",") << embedding(i);
    std::cout << (embedding.size() == 0 ? "null" : "]");
}

void run_list(Pipeline& pipeline, const char* list) {
    std::ifstream paths(list);
    for (std::string path; std::getline(paths, path);) {
        const double before = cpu_ms();
        const Embedding embedding = pipeline.run(path);
        std::cout << "{\"cpu_ms\":" << cpu_ms() - before << ",\"embedding\":";
        print(embedding, 1);
        std::cout << "}" << std::endl;
    }
}

}  // namespace
}  // namespace bench_peers

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: dlib_peer MODELS LIST|--known-answer\n";
        return 1;
    }
    try {
        bench_peers::Pipeline pipeline(argv[1]);
        if (std::string(argv[2]) != "--known-answer") {
            bench_peers::run_list(pipeline, argv[2]);
            return 0;
        }
        bench_peers::print(pipeline.embed(bench_peers::noise()), 8);
        std::cout << "\n";
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
