#include "telemetry/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace countersign::telemetry {

struct Metrics::Registry {
    prometheus::Registry registry{prometheus::Registry::InsertBehavior::Merge};
};

void Counter::increment(double by) const {
    counter_->Increment(by);
}
double Counter::value() const {
    return counter_->Value();
}

void Gauge::set(double value) const {
    gauge_->Set(value);
}
void Gauge::add(double by) const {
    gauge_->Increment(by);
}
double Gauge::value() const {
    return gauge_->Value();
}

void Histogram::observe(double value) const {
    histogram_->Observe(value);
}

std::vector<double> duration_buckets() {
    return {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0};
}

Metrics::Metrics() : registry_(std::make_unique<Registry>()) {}
Metrics::~Metrics() = default;

Counter Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
    auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(registry_->registry);
    return Counter(family.Add(labels));
}

Gauge Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels) {
    auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(registry_->registry);
    return Gauge(family.Add(labels));
}

Histogram Metrics::histogram(const std::string& name, const std::string& help, const Labels& labels,
                             const std::vector<double>& buckets) {
    auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(registry_->registry);
    return Histogram(family.Add(labels, buckets));
}

std::string Metrics::render() const {
    return prometheus::TextSerializer().Serialize(registry_->registry.Collect());
}

}  // namespace countersign::telemetry
