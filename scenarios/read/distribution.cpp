#include "scenarios/read/distribution.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "scenarios/read/scalars.hpp"
#include "scenarios/read/table.hpp"
#include "scenarios/text/units.hpp"

namespace indoubt::scenarios {
namespace {

using sim::Distribution;
using Shape = Distribution::Shape;

constexpr std::array<DistributionSyntax, 4> syntax{{
    {Shape::uniform, "uniform", "min", "max", "Each value from min to max is equally likely.",
     "The least value.", "The largest value."},
    {Shape::exponential, "exponential", "mean", "", "Events without memory, with this mean.",
     "The mean of all values."},
    {Shape::lognormal, "lognormal", "median", "p99", "What latencies usually look like.",
     "What half of the values stay below.", "What 99 of 100 values stay below."},
    {Shape::pareto, "pareto", "min", "p99", "A heavy tail above min.", "The least value.",
     "What 99 of 100 values stay below."},
}};

const DistributionSyntax* find_syntax(Reader& reader, const Value& value) {
  const Value* dist = value.find("dist");
  if (dist == nullptr) {
    missing_key(reader, value, "dist", "a distribution");
    return nullptr;
  }
  std::vector<std::string_view> names;
  for (const DistributionSyntax& entry : syntax) names.push_back(entry.name);
  const auto index = read_choice(reader, *dist, "distribution", names);
  return index ? &syntax[*index] : nullptr;
}

std::optional<sim::Duration> read_parameter(Reader& reader, const Value& value,
                                            std::string_view key, std::string_view dist) {
  const Value* parameter = value.find(key);
  if (parameter != nullptr) return read_duration(reader, *parameter);
  missing_key(reader, value, key, "a distribution '" + std::string{dist} + "'");
  return std::nullopt;
}

/// Whether the parameters make sense together; complains if they do not.
bool check_parameters(Reader& reader, const Value& value, const DistributionSyntax& form,
                      const Distribution& result) {
  const bool may_start_at_zero = form.shape == Shape::uniform;
  if (!may_start_at_zero && result.first <= sim::Duration{0}) {
    reader.error(*value.find(form.first),
                 "'" + std::string{form.first} + "' must be greater than 0");
    return false;
  }
  if (form.second.empty() || result.first <= result.second) return true;
  reader.error(*value.find(form.second),
               "'" + std::string{form.second} + "' is less than '" + std::string{form.first} + "'");
  return false;
}

/// The mean of an exponential distribution of arrivals, which may be given as a rate.
std::optional<Distribution> read_by_rate(Reader& reader, const Value& value, const Value& rate) {
  check_keys(reader, value, {"dist", "rate"}, "a distribution by its rate");
  const std::optional<sim::Duration> mean = read_rate(reader, rate);
  if (!mean) return std::nullopt;
  return Distribution{Shape::exponential, *mean, {}};
}

std::optional<Distribution> read_object_form(Reader& reader, const Value& value, bool takes_rate) {
  const DistributionSyntax* form = find_syntax(reader, value);
  if (form == nullptr) return std::nullopt;
  const Value* rate = value.find("rate");
  const bool by_rate = takes_rate && form->shape == Shape::exponential && rate != nullptr;
  if (by_rate) return read_by_rate(reader, value, *rate);

  std::vector<std::string_view> known{"dist", form->first};
  if (!form->second.empty()) known.push_back(form->second);
  check_keys(reader, value, known, "a distribution '" + std::string{form->name} + "'");
  const auto first = read_parameter(reader, value, form->first, form->name);
  const auto second = form->second.empty()
                          ? sim::Duration{}
                          : read_parameter(reader, value, form->second, form->name);
  if (!first || !second) return std::nullopt;
  const Distribution result{form->shape, *first, *second};
  if (!check_parameters(reader, value, *form, result)) return std::nullopt;
  return result;
}

std::optional<Distribution> read_either(Reader& reader, const Value& value, bool takes_rate) {
  if (value.is(Value::Type::object)) return read_object_form(reader, value, takes_rate);
  if (!value.is(Value::Type::string) && !value.is_number()) {
    reader.wrong_type(value, "a duration or a distribution");
    return std::nullopt;
  }
  const std::optional<sim::Duration> constant = read_duration(reader, value);
  if (!constant) return std::nullopt;
  return Distribution::constant(*constant);
}

}  // namespace

std::span<const DistributionSyntax> distribution_syntax() { return syntax; }

std::optional<Distribution> read_distribution(Reader& reader, const Value& value) {
  return read_either(reader, value, false);
}

std::optional<Distribution> read_arrivals(Reader& reader, const Value& value) {
  return read_either(reader, value, true);
}

}  // namespace indoubt::scenarios
