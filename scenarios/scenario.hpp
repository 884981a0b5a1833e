#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "protocols/kit/deployment.hpp"
#include "scenarios/text/diagnostic.hpp"
#include "sim/base/unit.hpp"

namespace indoubt::scenarios {

/// Names with their values as text, in the order of the file.
using Bindings = std::vector<std::pair<std::string, std::string>>;

/// One combination of a sweep.
struct Cell {
  Bindings vars{};        ///< every swept variable: strings plain, other values as compact JSON
  Bindings typed_vars{};  ///< the same as JSON text, strings in quotes
  /// Bindings of later combinations that came to the same deployment, and so are not run again.
  std::vector<Bindings> also{};
  kit::Deployment deployment{};
  std::vector<std::string> notes{};  ///< what of the scenario does not apply to this cell, and why
};

enum class Verdict : std::uint8_t { holds, violated, owed, unknown, not_violated };

/// One entry of `expect`.
struct Expectation {
  enum class Kind : std::uint8_t { property, metric, sometimes };

  std::size_t index = 0;
  Kind kind = Kind::property;
  std::string id;  ///< name of the property, of the metric, or of the fact or kind of fault
  Verdict verdict = Verdict::holds;   ///< of a property
  std::string reason;                 ///< for which it is violated in every run; empty: any
  std::optional<std::int64_t> min{};  ///< of a metric, in its unit
  std::optional<std::int64_t> max{};
  sim::Unit unit = sim::Unit::things;  ///< of a metric
  bool is_per_run = false;  ///< the bounds are for the mean of the runs, not for their sum
  Bindings where{};         ///< which cells it is about, as `Cell::vars`; empty: all
  Bindings typed_where{};   ///< the same as JSON text
  std::string why;
  std::vector<std::size_t> cells{};  ///< indices of the cells that it is about

  bool operator==(const Expectation&) const = default;
};

/// A scenario file, checked, with its sweep expanded.
struct Scenario {
  std::string file;
  std::vector<std::string> extended{};  ///< files that it was merged over
  std::string name;
  std::string description;
  std::vector<std::string> tags{};
  std::uint64_t first_seed = 1;
  std::uint64_t seed_count = 1;
  std::vector<Cell> cells{};
  std::vector<Expectation> expectations{};
  std::vector<Diagnostic> warnings{};
};

/// A scenario, or everything that is wrong with it.
using ReadResult = std::variant<Scenario, std::vector<Diagnostic>>;

/// "holds", "violated", "owed", "unknown", "not-violated".
std::string_view name_of(Verdict verdict);

/// Bounds of a scenario, checked when it is read.
inline constexpr std::size_t most_cells = 10'000;
inline constexpr std::uint64_t most_seeds = 1'000'000'000;

}  // namespace indoubt::scenarios
