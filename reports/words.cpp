#include "reports/words.hpp"

#include <algorithm>
#include <array>

#include "properties/finding.hpp"
#include "protocols/kit/family.hpp"
#include "reports/program.hpp"
#include "scenarios/text/units.hpp"

namespace indoubt::reports {
namespace {

using properties::Verdict;

std::string joined(const scenarios::Bindings& bindings, std::string_view separator) {
  std::string text;
  for (const auto& [name, value] : bindings) {
    if (!text.empty()) text += separator;
    text += name + "=" + value;
  }
  return text;
}

/// A number of thousandths as a decimal with `digits` of its three places.
std::string thousandths(std::int64_t value, std::size_t digits) {
  std::string fraction = std::to_string(value % 1000);
  fraction.insert(0, 3 - fraction.size(), '0');
  fraction.resize(digits);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return std::to_string(value / 1000) + (fraction.empty() ? "" : "." + fraction);
}

/// Seconds at most: minutes and hours would hide what is compared.
sim::TimeUnit suitable_unit(std::int64_t nanoseconds) {
  return *std::find_if(
      sim::time_units.begin(), sim::time_units.end(), [&](const sim::TimeUnit& unit) {
        return unit.nanoseconds <= 1'000'000'000 && nanoseconds >= unit.nanoseconds;
      });
}

/// Whether the name alone says which cell of the scenario is meant.
bool protocol_names_cell(const ScenarioResult& result, const scenarios::Cell& cell) {
  const auto& cells = result.scenario.cells;
  return std::count_if(cells.begin(), cells.end(), [&](const scenarios::Cell& other) {
           return other.deployment.protocol.name() == cell.deployment.protocol.name();
         }) == 1;
}

/// ", by 41 of 12,000 orders".
std::string by_orders(const search::CellResult& result, const search::PropertyResult& found) {
  const std::uint64_t orders = result.outcomes.orders();
  if (orders <= result.runs || found.orders_violating == 0) return {};
  return ", by " + grouped(found.orders_violating) + " of " + count_of(orders, "order");
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string digest_text(std::uint64_t digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = text.size(); i-- > 0; digest >>= 4) text[i] = digits[digest & 15];
  return text;
}

std::string count_of(std::uint64_t count, std::string_view noun) {
  return grouped(count) + " " + std::string{noun} + (count == 1 ? "" : "s");
}

std::string_view list_separator(std::size_t i, std::size_t count) {
  return i == 0 ? "" : i + 1 == count ? " and " : ", ";
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += std::string{list_separator(i, words.size())} + words[i];
  }
  return text;
}

std::string number_word(std::size_t number) {
  constexpr std::array<std::string_view, 13> words{"no",   "one",    "two",   "three", "four",
                                                   "five", "six",    "seven", "eight", "nine",
                                                   "ten",  "eleven", "twelve"};
  return number < words.size() ? std::string{words[number]} : std::to_string(number);
}

std::string part_of_runs(std::uint64_t part, std::uint64_t runs) {
  return grouped(part) + " of " + count_of(runs, "run");
}

std::string share(std::uint64_t sum, std::uint64_t count) {
  if (count == 0) return "-";
  const std::uint64_t tenths = (sum * 10 + count / 2) / count;
  return grouped(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string ordinal(std::uint32_t number) {
  const std::uint32_t tens = number % 100 / 10;
  const std::uint32_t ones = number % 10;
  const char* suffix = tens == 1   ? "th"
                       : ones == 1 ? "st"
                       : ones == 2 ? "nd"
                       : ones == 3 ? "rd"
                                   : "th";
  return std::to_string(number) + suffix;
}

std::string rounded(sim::Duration duration) {
  const std::int64_t value = duration.count();
  if (value <= 0) return value == 0 ? "0s" : sim::to_text(duration);
  const sim::TimeUnit unit = suitable_unit(value);
  const std::int64_t whole = value / unit.nanoseconds;
  const std::size_t digits = whole >= 100 ? 0 : whole >= 10 ? 1 : 2;
  const std::int64_t rest = value % unit.nanoseconds;
  const std::int64_t thousand = rest / std::max<std::int64_t>(unit.nanoseconds / 1000, 1);
  if (unit.nanoseconds == 1) return std::to_string(value) + "ns";
  return thousandths(whole * 1000 + thousand, digits) + std::string{unit.name};
}

std::string exact(sim::Duration duration) {
  const std::int64_t value = duration.count();
  if (value <= 0) return rounded(duration);
  const sim::TimeUnit unit = suitable_unit(value);
  // A one before the digits keeps the zeros that they begin with.
  std::string fraction = std::to_string(unit.nanoseconds + value % unit.nanoseconds).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return std::to_string(value / unit.nanoseconds) + (fraction.empty() ? "" : "." + fraction) +
         std::string{unit.name};
}

std::string rate_text(const search::CellResult& result, std::string_view metric) {
  const auto rate = search::metric_value(result, metric);
  return rate ? metric_text(*rate, sim::Unit::milli_things_per_second) : "-";
}

std::string metric_text(std::int64_t value, sim::Unit unit) {
  switch (unit) {
    case sim::Unit::things: break;
    case sim::Unit::nanoseconds: return sim::to_text(sim::Duration{value});
    case sim::Unit::milli_things_per_second: return scenarios::throughput_text(value);
  }
  return value < 0 ? std::to_string(value) : grouped(static_cast<std::uint64_t>(value));
}

bool is_listed(properties::Property property, Verdict verdict) {
  return property != properties::Property::no_failure || verdict != Verdict::not_applicable;
}

std::string verdict_words(const search::CellResult& result, properties::Property property) {
  const search::PropertyResult& found = result[property];
  const std::uint64_t runs = result.runs;
  switch (found.verdict()) {
    case Verdict::holds: return "holds, checked in " + part_of_runs(found.checked, runs);
    case Verdict::violated:
      return "violated in " + part_of_runs(found.violations, runs) + by_orders(result, found);
    case Verdict::owed: return "owed in " + part_of_runs(found.owed, runs);
    case Verdict::not_applicable: return "n/a: the protocol cannot violate it";
    case Verdict::unknown: break;
  }
  if (found.unknown != 0) {
    return "unknown: " + part_of_runs(found.unknown, runs) + " ended before it could be judged";
  }
  return "unknown: checked in none of " + count_of(runs, "run");
}

std::string reason_words(const search::PropertyResult& property) {
  std::string words;
  for (std::size_t i = 0; i < properties::reason_count; ++i) {
    if ((property.reasons >> i & 1u) == 0) continue;
    words += (words.empty() ? "" : ", ") + std::string{name_of(static_cast<properties::Reason>(i))};
  }
  return words;
}

std::string expectation_words(const scenarios::Expectation& expectation) {
  using Kind = scenarios::Expectation::Kind;
  if (expectation.kind == Kind::property) {
    const std::string reason = expectation.reason.empty() ? "" : ": " + expectation.reason;
    return expectation.id + " " + std::string{name_of(expectation.verdict)} + reason;
  }
  if (expectation.kind == Kind::sometimes) return "sometimes " + expectation.id;
  std::string text = expectation.id;
  if (expectation.min) {
    text += " at least " + metric_text(*expectation.min, expectation.unit);
  }
  if (expectation.min && expectation.max) text += " and";
  if (expectation.max) text += " at most " + metric_text(*expectation.max, expectation.unit);
  if (expectation.is_per_run) text += " per run";
  return text;
}

std::string cell_words(const scenarios::Cell& cell) {
  return cell.vars.empty() ? std::string{cell.deployment.protocol.name()} : joined(cell.vars, " ");
}

std::string where_words(const scenarios::Bindings& where) { return joined(where, ", "); }

std::string trace_command(const ScenarioResult& result, const CellOutcome& outcome,
                          std::uint64_t seed, std::uint32_t order) {
  const scenarios::Cell& cell = result.cell_of(outcome);
  std::string text =
      command("trace", result.scenario.file) + " --seed " + std::to_string(seed) + result.overrides;
  if (order != 0) text += " --order " + std::to_string(order);
  if (result.scenario.cells.size() == 1) return text;
  if (!protocol_names_cell(result, cell)) {
    return text + " --cell " + std::to_string(outcome.number + 1);
  }
  return text + " --protocol " + std::string{cell.deployment.protocol.name()};
}

std::string_view consent_for(const kit::Deployment& deployment) {
  const kit::Family* family = deployment.protocol.family;
  const bool runs_programs = family != nullptr && family->info.runs_programs;
  return runs_programs ? " --allow-external" : "";
}

std::string quoted_for_shell(const std::string& text) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./+:,@%=";
  if (!text.empty() && text.find_first_not_of(plain) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return quoted + "'";
}

}  // namespace indoubt::reports
