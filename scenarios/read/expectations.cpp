#include "scenarios/read/expectations.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "scenarios/read/scalars.hpp"
#include "scenarios/read/table.hpp"
#include "scenarios/read/where.hpp"
#include "scenarios/vocabulary.hpp"

namespace indoubt::scenarios {
namespace {

using Kind = Expectation::Kind;

void read_property(Reader& reader, const Value& value, Expectation& expectation) {
  const auto& known = reader.knowledge.properties;
  expectation.kind = Kind::property;
  const auto index = read_choice(reader, value, "property", {known.begin(), known.end()});
  if (index) expectation.id = value.text;
}

void read_metric(Reader& reader, const Value& value, Expectation& expectation) {
  std::vector<std::string_view> names;
  for (const MetricName& metric : reader.knowledge.metrics) names.push_back(metric.name);
  expectation.kind = Kind::metric;
  const auto index = read_choice(reader, value, "metric", names);
  if (!index) return;
  expectation.id = value.text;
  expectation.unit = reader.knowledge.metrics[*index].unit;
}

void read_sometimes(Reader& reader, const Value& value, Expectation& expectation) {
  expectation.kind = Kind::sometimes;
  const auto index = read_choice(reader, value, "fact or kind of fault", sometimes_names());
  if (index) expectation.id = value.text;
}

void read_verdict(Reader& reader, const Value& value, Expectation& expectation) {
  const auto index = read_choice(reader, value, "verdict", verdict_names());
  if (index) expectation.verdict = static_cast<Verdict>(*index);
}

/// A reason belongs to its property.
void read_reason(Reader& reader, const Value& value, Expectation& expectation) {
  if (expectation.kind != Kind::property || expectation.id.empty()) return;
  std::vector<std::string_view> names;
  for (const ReasonName& reason : reader.knowledge.reasons) {
    if (reason.property == expectation.id) names.push_back(reason.name);
  }
  const auto index = read_choice(reader, value, "reason of '" + expectation.id + "'", names);
  if (!index) return;
  expectation.reason = value.text;
  if (expectation.verdict != Verdict::violated) {
    reader.error(value, "only a property that is expected to be violated has a reason");
  }
}

/// A bound has the unit of its metric; that of an unknown metric cannot be judged.
std::optional<std::int64_t> read_bound(Reader& reader, const Value& value,
                                       const Expectation& expectation) {
  if (expectation.kind != Kind::metric || expectation.id.empty()) return std::nullopt;
  switch (expectation.unit) {
    case sim::Unit::things:
      return read_whole_number(reader, value, 0, std::numeric_limits<std::int64_t>::max());
    case sim::Unit::nanoseconds: {
      const auto duration = read_duration(reader, value);
      if (!duration) return std::nullopt;
      return duration->count();
    }
    case sim::Unit::milli_things_per_second: return read_throughput(reader, value);
  }
  return std::nullopt;
}

void read_min(Reader& reader, const Value& value, Expectation& expectation) {
  expectation.min = read_bound(reader, value, expectation);
}

void read_max(Reader& reader, const Value& value, Expectation& expectation) {
  expectation.max = read_bound(reader, value, expectation);
  if (expectation.min && expectation.max && *expectation.max < *expectation.min) {
    reader.error(value, "'max' is less than 'min'");
  }
}

void read_per(Reader& reader, const Value& value, Expectation& expectation) {
  if (expectation.kind != Kind::metric || expectation.id.empty()) return;
  if (!read_choice(reader, value, "'per'", per_names())) return;
  const auto metric =
      std::find_if(reader.knowledge.metrics.begin(), reader.knowledge.metrics.end(),
                   [&](const MetricName& known) { return known.name == expectation.id; });
  if (!metric->is_sum) {
    reader.error(value,
                 "'" + expectation.id + "' is no sum over the runs, so it has no mean per run");
  }
  expectation.is_per_run = true;
}

// It needs the scenario's cells: see `read_expectation`.
void read_where_later(Reader&, const Value&, Expectation&) {}

constexpr std::array<Key<Expectation>, 10> expectation_keys{{
    {"property", optional, shape::choice("property"),
     "A property that is expected to hold, or not.", read_property},
    {"metric", optional, shape::choice("metric"), "A number of the report that has bounds.",
     read_metric},
    {"sometimes", optional, shape::choice("sometimes"),
     "A fact or a kind of fault that some run must see.", read_sometimes},
    {"verdict", optional, shape::choice("verdict"), "Of a property.", read_verdict},
    {"reason", optional, shape::choice("reason"),
     "For which it is violated, in every run that violates it.", read_reason},
    {"min", optional, shape::reference("bound"), "The least value of a metric.", read_min},
    {"max", optional, shape::reference("bound"), "The greatest value of a metric.", read_max},
    {"per", optional, shape::choice("per"),
     "'run': the bounds are for the mean of all runs, whatever their number.", read_per},
    {"where", optional, shape::reference("binding"),
     "Only cells in which these variables, or 'protocol', have these values.", read_where_later},
    {"why", optional, shape::text, "The reason, for readers of the report.",
     into<&Expectation::why, read_text>},
}};

/// The one key that says what is expected; complains if there are none or several.
const Member* find_subject(Reader& reader, const Value& value) {
  const Member* subject = nullptr;
  for (const Member& member : value.members) {
    const bool is_subject =
        member.key == "property" || member.key == "metric" || member.key == "sometimes";
    if (!is_subject) continue;
    if (subject != nullptr) {
      reader.error(member, "beside '" + subject->key + "': an expectation is about one thing");
    } else {
      subject = &member;
    }
  }
  if (subject == nullptr) {
    reader.report.error(opening(value), "an expectation needs 'property', 'metric' or 'sometimes'");
  }
  return subject;
}

void check_belongs(Reader& reader, const Value& value, std::string_view key, const Member& subject,
                   std::string_view owner) {
  const Member* member = value.find_member(key);
  if (member == nullptr || subject.key == owner) return;
  reader.error(*member, "'" + std::string{key} + "' belongs to a '" + std::string{owner} +
                            "', not to '" + subject.key + "'");
}

void check_keys_of_subject(Reader& reader, const Value& value, const Member& subject) {
  check_belongs(reader, value, "verdict", subject, "property");
  check_belongs(reader, value, "reason", subject, "property");
  check_belongs(reader, value, "min", subject, "metric");
  check_belongs(reader, value, "max", subject, "metric");
  check_belongs(reader, value, "per", subject, "metric");
  if (subject.key == "property" && value.find("verdict") == nullptr) {
    missing_key(reader, value, "verdict", "an expectation about a property");
  }
  const bool has_bound = value.find("min") != nullptr || value.find("max") != nullptr;
  if (subject.key == "metric" && !has_bound) {
    reader.report.error(opening(value), "an expectation about a metric needs 'min' or 'max'");
  }
}

void read_expectation(Reader& reader, const Value& value, Scenario& scenario) {
  Expectation expectation;
  expectation.index = scenario.expectations.size();
  if (!check_object(reader, value, "an expectation")) return;
  if (const Member* subject = find_subject(reader, value)) {
    check_keys_of_subject(reader, value, *subject);
  }
  read_object<Expectation>(reader, value, expectation_keys, expectation, "an expectation");
  read_where(reader, value.find("where"), scenario, expectation);
  scenario.expectations.push_back(std::move(expectation));
}

}  // namespace

void read_expectations(Reader& reader, const Value& value, Scenario& scenario) {
  if (!value.is(Value::Type::array)) return reader.wrong_type(value, "a list of expectations");
  for (const Value& item : value.items) read_expectation(reader, item, scenario);
}

std::vector<TableDoc> expectation_tables() {
  return {document<Expectation>("expectation", expectation_keys)};
}

}  // namespace indoubt::scenarios
