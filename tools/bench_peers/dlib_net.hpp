#pragma once

#include <dlib/dnn.h>

/// The structure of dlib's face net, for reading dlib_face_recognition_resnet_model_v1.dat: residual blocks
/// of two 3×3 convolutions; a block that halves the picture averages what it passes by.
namespace bench_peers {

template <int kFilters, int kStride, class Below>
using Block =
    dlib::affine<dlib::con<kFilters, 3, 3, 1, 1,
                           dlib::relu<dlib::affine<dlib::con<kFilters, 3, 3, kStride, kStride, Below>>>>>;

template <int kFilters, class Below>
using Keep = dlib::relu<dlib::add_prev1<Block<kFilters, 1, dlib::tag1<Below>>>>;

template <int kFilters, class Below>
using Halve = dlib::relu<dlib::add_prev2<
    dlib::avg_pool<2, 2, 2, 2, dlib::skip1<dlib::tag2<Block<kFilters, 2, dlib::tag1<Below>>>>>>>;

template <class Below>
using Stem = dlib::max_pool<3, 3, 2, 2, dlib::relu<dlib::affine<dlib::con<32, 7, 7, 2, 2, Below>>>>;

using Level32 = Keep<32, Keep<32, Keep<32, Stem<dlib::input_rgb_image_sized<150>>>>>;
using Level64 = Keep<64, Keep<64, Keep<64, Halve<64, Level32>>>>;
using Level128 = Keep<128, Keep<128, Halve<128, Level64>>>;
using Level256 = Halve<256, Keep<256, Keep<256, Halve<256, Level128>>>>;
using FaceNet = dlib::loss_metric<dlib::fc_no_bias<128, dlib::avg_pool_everything<Level256>>>;

}  // namespace bench_peers
