#include "face/engine/session.hpp"

#include <fmt/format.h>
#include <onnxruntime_c_api.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "face/engine/verified_file.hpp"

namespace countersign::face {
namespace {

constexpr const char* kInputName = "input";

/// Releases values of the C API on every way out.
class Values {
public:
    Values(const OrtApi& api, std::size_t count) : api_(api), values_(count) {}
    ~Values() {
        for (OrtValue* value : values_) {
            if (value != nullptr) api_.ReleaseValue(value);
        }
    }
    Values(const Values&) = delete;
    Values& operator=(const Values&) = delete;
    OrtValue** data() { return values_.data(); }
    OrtValue* operator[](std::size_t i) { return values_[i]; }

private:
    const OrtApi& api_;
    std::vector<OrtValue*> values_;
};

/// Noise picture of the known-answer test: bytes of xorshift32 with seed 2463534242, normalised like a real
/// picture.
Tensor known_input(const InputFormat& format) {
    Tensor input(format.size());
    std::uint32_t state = 2463534242U;
    for (float& value : input.values()) {
        state ^= state << 13U;
        state ^= state >> 17U;
        state ^= state << 5U;
        value = (static_cast<float>(state >> 24U) - format.mean) / format.divisor;
    }
    return input;
}

}  // namespace

Session::Session(const OnnxRuntime& runtime, ModelEntry model, std::vector<Output> outputs)
    : runtime_(runtime), model_(std::move(model)), outputs_(std::move(outputs)) {}

Session::~Session() {
    if (session_ != nullptr) runtime_.api().ReleaseSession(session_);
    if (options_ != nullptr) runtime_.api().ReleaseSessionOptions(options_);
    if (memory_ != nullptr) runtime_.api().ReleaseMemoryInfo(memory_);
}

Result<std::unique_ptr<Session>> Session::load(const OnnxRuntime& runtime,
                                               const std::filesystem::path& folder, const ModelEntry& model,
                                               std::vector<Output> outputs) {
    const auto bytes = CS_TRY(read_verified(folder / model.file, model.sha256));
    std::unique_ptr<Session> session(new Session(runtime, model, std::move(outputs)));
    CS_TRY(session->build(bytes));
    return session;
}

Result<void> Session::build(ByteView bytes) {
    const OrtApi& api = runtime_.api();
    const std::string what = "load " + model_.name;
    CS_TRY(runtime_.check(api.CreateCpuMemoryInfo(OrtArenaAllocator, OrtMemTypeDefault, &memory_), what));
    CS_TRY(runtime_.check(api.CreateSessionOptions(&options_), what));
    CS_TRY(runtime_.check(api.SetIntraOpNumThreads(options_, 1), what));
    CS_TRY(runtime_.check(api.SetInterOpNumThreads(options_, 1), what));
    CS_TRY(runtime_.check(api.SetSessionGraphOptimizationLevel(options_, ORT_ENABLE_ALL), what));
    CS_TRY(runtime_.check(api.AddSessionConfigEntry(options_, "session.intra_op.allow_spinning", "0"), what));
    // Without VNNI the quick sums of bytes overflow: ask for exact ones. With it those would be twice as
    // slow.
    if (__builtin_cpu_supports("avx512vnni") == 0)
        CS_TRY(runtime_.check(api.AddSessionConfigEntry(options_, "session.x64quantprecision", "1"), what));
    return runtime_.check(
        api.CreateSessionFromArray(runtime_.environment(), bytes.data(), bytes.size(), options_, &session_),
        what);
}

Result<std::vector<Tensor>> Session::run(const Tensor& input) const {
    CS_CHECK(input.size() == model_.input.size());
    const OrtApi& api = runtime_.api();
    const std::array<std::int64_t, 4> shape{1, model_.input.planes(), model_.input.height,
                                            model_.input.width};
    Values in(api, 1);
    // The C API takes a mutable pointer but only reads inputs.
    CS_TRY(runtime_.check(api.CreateTensorWithDataAsOrtValue(
                              memory_, const_cast<float*>(input.data()), input.size() * sizeof(float),
                              shape.data(), shape.size(), ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, in.data()),
                          "bind the input of " + model_.name));
    std::vector<const char*> names;
    for (const auto& output : outputs_)
        names.push_back(output.name.c_str());
    Values out(api, names.size());
    CS_TRY(runtime_.check(
        api.Run(session_, nullptr, &kInputName, in.data(), 1, names.data(), names.size(), out.data()),
        "run " + model_.name));
    std::vector<Tensor> results;
    for (std::size_t i = 0; i < outputs_.size(); ++i)
        results.push_back(CS_TRY(copy_output(out[i], outputs_[i])));
    return results;
}

Result<Tensor> Session::copy_output(OrtValue* value, const Output& expected) const {
    const OrtApi& api = runtime_.api();
    const std::string what = fmt::format("read output {} of {}", expected.name, model_.name);
    OrtTensorTypeAndShapeInfo* info = nullptr;
    CS_TRY(runtime_.check(api.GetTensorTypeAndShape(value, &info), what));
    std::size_t count = 0;
    ONNXTensorElementDataType type{};
    auto* type_status = api.GetTensorElementType(info, &type);
    auto* count_status = api.GetTensorShapeElementCount(info, &count);
    api.ReleaseTensorTypeAndShapeInfo(info);
    const auto type_ok = runtime_.check(type_status, what);
    CS_TRY(runtime_.check(count_status, what));
    if (!type_ok || type != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT || count != expected.size) {
        return fail(ErrorCode::unavailable, what + ": not the expected shape");
    }
    float* data = nullptr;
    CS_TRY(runtime_.check(api.GetTensorMutableData(value, reinterpret_cast<void**>(&data)), what));
    Tensor tensor(count);
    std::copy_n(data, count, tensor.data());
    wipe(data, count * sizeof(float));
    return tensor;
}

Result<std::vector<float>> Session::known_answer(std::size_t count) const {
    const auto outputs = CS_TRY(run(known_input(model_.input)));
    std::vector<float> all;
    for (const auto& output : outputs)
        all.insert(all.end(), output.values().begin(), output.values().end());
    count = std::min(count, all.size());
    std::vector<float> sampled;
    for (std::size_t i = 0; i < count; ++i)
        sampled.push_back(all[i * all.size() / count]);
    return sampled;
}

Result<void> Session::self_test() const {
    const auto& expected = model_.known_answer;
    const auto actual = CS_TRY(known_answer(expected.values.size()));
    const bool same = std::ranges::equal(actual, expected.values, [&](float a, float b) {
        return std::abs(a - b) <= expected.tolerance * std::max(1.0F, std::abs(b));
    });
    if (same) return {};
    return fail(ErrorCode::unavailable, "model " + model_.name + " fails its known-answer test");
}

}  // namespace countersign::face
