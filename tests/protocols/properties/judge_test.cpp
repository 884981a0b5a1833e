#include "tests/protocols/properties/story.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::properties::test {

namespace {

Histogram of(std::initializer_list<std::int64_t> values) {
  Histogram histogram;
  for (const std::int64_t value : values) histogram.add(Duration{value});
  return histogram;
}

}  // namespace

TEST_CASE("histogram: small values are exact", "[properties]") {
  const Histogram histogram = of({1, 2, 3, 4, 100});
  CHECK(histogram.count() == 5);
  CHECK(histogram.max() == 100ns);
  CHECK(histogram.quantile(1, 2) == 3ns);
  CHECK(histogram.quantile(0, 1) == 1ns);
  CHECK(histogram.quantile(4, 5) == 4ns);
  CHECK(histogram.quantile(1, 1) == 100ns);
}

TEST_CASE("histogram: without values everything is 0", "[properties]") {
  CHECK(Histogram{}.quantile(99, 100) == 0ns);
  CHECK(Histogram{}.max() == 0ns);
}

TEST_CASE("histogram: a quantile is at most 1/64 too large", "[properties]") {
  for (std::int64_t value = 1; value > 0 && value < (std::int64_t{1} << 62); value = value * 3 + 1) {
    Histogram histogram = of({value});
    histogram.add(Duration{std::numeric_limits<std::int64_t>::max()});
    const std::int64_t found = histogram.quantile(1, 2).count();
    CHECK(found >= value);
    CHECK(found - value <= value / 64);
  }
}

TEST_CASE("histogram: no value is out of range", "[properties]") {
  const Histogram histogram = of({std::numeric_limits<std::int64_t>::max(), -5, 0});
  CHECK(histogram.quantile(1, 1) == Duration{std::numeric_limits<std::int64_t>::max()});
  CHECK(histogram.quantile(1, 2) == 0ns);
}

TEST_CASE("histogram: merging is adding everything", "[properties]") {
  Histogram left = of({5, 1'000'000, 77});
  left.merge(of({123'456'789, 6}));
  CHECK(left == of({6, 77, 1'000'000, 5, 123'456'789}));
  left.clear();
  CHECK(left == Histogram{});
}

TEST_CASE("metrics: outcomes are what clients learnt in time", "[properties]") {
  JudgeSetup setup = silent();
  setup.give_up_after = 5s;
  Histogram latency;
  const Judge judge = Story{setup}
                          .place(0)
                          .at(1s).request(1).request(2).request(3)
                          .at(6s).receive(1, yes).receive(1, yes).receive(2, no)
                          .at(6001ms).receive(3, yes)
                          .judge(&latency);
  CHECK(judge.metrics().placed == 2);
  CHECK(judge.metrics().not_placed == 1);
  CHECK(judge.metrics().unknown == 1);
  CHECK(latency.count() == 2);
  CHECK(latency.max() == 5s);
  CHECK(latency.quantile(1, 2) >= 50ms);
  CHECK(latency.quantile(1, 2) < 51ms);
}

TEST_CASE("metrics: orders that never arrived have no outcome", "[properties]") {
  const Metrics metrics = Story{silent()}.request(0).judge().metrics();
  CHECK(metrics.placed + metrics.not_placed + metrics.unknown == 1);
}

TEST_CASE("metrics: the longest hold, whatever ended it", "[properties]") {
  const Judge judge = Story{silent()}
                          .request(0)
                          .at(1s).hold(store, 0).hold(courier, 0)
                          .at(1500ms).release(store, 0)
                          .at(1700ms).assign(courier, 0).release(courier, 0)
                          .judge();
  CHECK(judge.metrics().max_hold == 700ms);
}

TEST_CASE("properties: names are found again, and every one that is judged says what it is",
          "[properties]") {
  CHECK(property_docs().size() == 14);
  for (const PropertyDoc& doc : property_docs()) {
    CHECK(property_named(doc.name) == doc.property);
    CHECK(name_of(doc.property) == doc.name);
    CHECK(doc.doc.back() == '.');
  }
  CHECK(property_named("exactly-once") == Property::exactly_once);
  CHECK(property_named("exactly_once") == std::nullopt);
  CHECK(name_of(Property::isolation) == "isolation");
}

TEST_CASE("properties: every reason has a name and a sentence without holes", "[properties]") {
  for (std::size_t i = 0; i < reason_count; ++i) {
    Finding finding;
    finding.reason = static_cast<Reason>(i);
    finding.order = sim::OrderId{0};
    finding.since = not_yet;
    CHECK(!name_of(finding.reason).empty());
    const std::string text = describe(finding, silent());
    CHECK(text.substr(0, 11) == "order 118: ");
    CHECK(text.size() > 30);
    CHECK(text.find('{') == std::string::npos);
  }
}

TEST_CASE("judge: facts of nodes and orders that it does not know are no facts", "[properties]") {
  const Judge judge = Story{voting()}
                          .place(0)
                          .hold(orders, 0).vote(orders, 0, no).refuse(client, 0)
                          .request(17).vote(store, 17).decide(orders, 17, no).reply(17, yes)
                          .receive(17, yes).refuse(store, 17)
                          .judge();
  CHECK(violated(judge) == "");
}

TEST_CASE("judge: messages that arrive twice change nothing", "[properties]") {
  const Judge judge = Story{voting()}
                          .place(0)
                          .at(100ms).vote(store, 0).vote(courier, 0).reply(0, yes).receive(0, yes)
                          .assign(store, 0).decide(store, 0, yes).decide(orders, 0, yes)
                          .judge();
  CHECK(violated(judge) == "");
}

}  // namespace indoubt::properties::test
