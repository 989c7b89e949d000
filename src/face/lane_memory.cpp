#include "face/lane_memory.hpp"

#include <unistd.h>

#include <barrier>
#include <fstream>
#include <thread>

#include "face/codec/decode.hpp"
#include "face/onnx_face_engine.hpp"

namespace countersign::face {
namespace {

constexpr int kLanes = 4;

double resident_mb() {
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

/// Everything that a frame asks of the nets.
Result<void> look_at(const OnnxFaceEngine& engine, ByteView encoded) {
    const Image picture = CS_TRY(decode(encoded));
    const Observation seen = CS_TRY(engine.observe_image(picture));
    if (seen.faces == 0) return fail(ErrorCode::invalid_argument, "a picture without a face");
    CS_TRY(engine.parts().embedding->embed(seen));
    CS_TRY(engine.parts().attacks->live_probability(seen.context.view()));
    return {};
}

}  // namespace

json::value to_json(const LaneMemory& memory) {
    return {{"lanes", memory.lanes},
            {"one_lane_mb", memory.one_lane_mb},
            {"all_lanes_mb", memory.all_lanes_mb},
            {"each_further_mb", memory.each_further_mb()}};
}

Result<LaneMemory> measure_memory(OnnxFaceEngine& engine, const std::vector<Bytes>& pictures) {
    LaneMemory memory;
    memory.lanes = kLanes;
    memory.one_lane_mb = resident_mb();
    std::vector<Result<void>> outcomes(kLanes);
    std::barrier together(kLanes + 1);
    std::vector<std::jthread> lanes;
    for (auto& outcome : outcomes) {
        lanes.emplace_back([&engine, &pictures, &together, &outcome] {
            together.arrive_and_wait();
            for (const Bytes& picture : pictures) {
                outcome = look_at(engine, picture);
                if (!outcome) break;
            }
            together.arrive_and_wait();  // none gives its memory back before it was measured
            together.arrive_and_wait();
        });
    }
    together.arrive_and_wait();
    together.arrive_and_wait();
    memory.all_lanes_mb = resident_mb();
    together.arrive_and_wait();
    lanes.clear();
    for (auto& outcome : outcomes)
        CS_TRY(outcome);
    return memory;
}

}  // namespace countersign::face
