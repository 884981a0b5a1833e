#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/reality/experiment.hpp"
#include "tests/reality/known.hpp"
#include "tests/reality/simulated.hpp"

/// Holds what real parts did against what indoubt predicts.
namespace indoubt::reality {

/// A scenario, and the real parts that are held against it.
struct Case {
  std::string name{};     ///< of its file in tests/reality/cases
  std::string what{};     ///< which parts are real, and how they are disturbed
  std::string parent{};   ///< of a planted mistake: the case of the correct protocol
  std::size_t times = 5;  ///< how often each point is tried
  std::function<std::unique_ptr<Experiment>()> make{};
};

/// What became of the orders at one point of a case.
struct Row {
  std::string point{};
  Outcomes real{};
  Outcomes simulated{};
  Outcomes known{};  ///< real ones that are not simulated, and it is known why

  Outcomes surprises() const { return difference(difference(real, simulated), known); }
  bool is_right() const { return surprises().empty(); }
};

struct Verdict {
  Case subject{};
  std::vector<Row> rows{};
  /// Of a planted mistake: outcomes that the correct protocol never has.
  Outcomes beyond_parent{};
  Outcomes predicted_beyond_parent{};
  std::vector<KnownDifference> known{};  ///< those that were seen
  std::vector<KnownDifference> gone{};   ///< those that were to be seen, and were not
  std::size_t runs = 0;

  /// It is a mistake that did not show.
  bool has_not_shown() const { return !subject.parent.empty() && beyond_parent.empty(); }
  bool is_right() const;
};

/// Runs a case. `cases` is the folder of the scenarios, `known` what is known of all cases. Throws
/// std::runtime_error where steps and places do not line up.
Verdict judge(const Case& subject, const std::string& cases,
              const std::vector<KnownDifference>& known);

}  // namespace indoubt::reality
