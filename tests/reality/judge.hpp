#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/reality/experiment.hpp"
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
  bool is_predicted() const { return are_among(real, simulated); }
};

struct Verdict {
  const Case* subject = nullptr;
  std::vector<Row> rows{};
  /// Of a planted mistake: outcomes that the correct protocol never has.
  Outcomes beyond_parent{};
  std::size_t runs = 0;

  bool is_predicted() const;
  /// It is a mistake that did not show.
  bool has_not_shown() const { return !subject->parent.empty() && beyond_parent.empty(); }
  bool is_right() const { return is_predicted() && !has_not_shown(); }
};

/// Runs a case. `cases` is the folder of the scenarios. Throws std::runtime_error where steps and
/// places do not line up.
Verdict judge(const Case& subject, const std::string& cases);

}  // namespace indoubt::reality
