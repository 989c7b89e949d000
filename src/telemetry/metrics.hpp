#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace countersign::telemetry {

/// A handle on a number that only grows. Cheap to copy, lock-free to use, valid while its Metrics lives.
class Counter {
public:
    void increment(double by = 1) const;
    double value() const;

private:
    friend class Metrics;
    explicit Counter(prometheus::Counter& counter) : counter_(&counter) {}
    prometheus::Counter* counter_;
};

/// A handle on a number that goes up and down.
class Gauge {
public:
    void set(double value) const;
    void add(double by) const;
    double value() const;

private:
    friend class Metrics;
    explicit Gauge(prometheus::Gauge& gauge) : gauge_(&gauge) {}
    prometheus::Gauge* gauge_;
};

/// A handle on a distribution. Times are observed in seconds.
class Histogram {
public:
    void observe(double value) const;

private:
    friend class Metrics;
    explicit Histogram(prometheus::Histogram& histogram) : histogram_(&histogram) {}
    prometheus::Histogram* histogram_;
};

using Labels = std::map<std::string, std::string>;

/// Upper bounds in seconds, from half a millisecond to thirty seconds.
std::vector<double> duration_buckets();

/// The metrics of the process. Components take their handles at construction and never look one up on the
/// way.
///
/// The same name and labels give the same number again. Labels name parts of the server (route, lane), never
/// a tenant or a person.
///
/// Threads: safe from any thread.
/// Source:  architecture.md §10.
class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    Counter counter(const std::string& name, const std::string& help, const Labels& labels = {});
    Gauge gauge(const std::string& name, const std::string& help, const Labels& labels = {});
    Histogram histogram(const std::string& name, const std::string& help, const Labels& labels = {},
                        const std::vector<double>& buckets = duration_buckets());

    /// All of it in the Prometheus text format 0.0.4.
    std::string render() const;

private:
    struct Registry;
    std::unique_ptr<Registry> registry_;
};

}  // namespace countersign::telemetry
