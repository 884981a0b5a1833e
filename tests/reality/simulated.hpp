#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"
#include "tests/reality/outcome.hpp"

/// What indoubt predicts for a crash at a named place.
namespace indoubt::reality {

/// A crash point of a case: cells of its scenario that differ in nothing but how they are run.
struct Point {
  std::string name{};  ///< the step before which it falls: the value of the variable `die`
  std::vector<const scenarios::Cell*> cells{};
};

/// The name of a crash that a fact sets off, when its node has nothing to do.
inline constexpr const char* while_it_waits = "while it waits";

/// A scenario of tests/reality/cases, read and checked. Throws std::runtime_error with all that is
/// wrong with it, names included.
scenarios::Scenario read_case(const std::string& path);
/// Throws std::runtime_error if a point is called other than what takes place there: then two
/// different crashes would be compared.
void check_names(const scenarios::Scenario& scenario);
/// Its points in the order of the file.
std::vector<Point> points_of(const scenarios::Scenario& scenario);
/// The outcomes of order 1 over all seeds of the scenario in all cells of the point. Throws
/// std::runtime_error if the crash of a cell takes place in no run.
Outcomes simulate(const scenarios::Scenario& scenario, const Point& point);

/// The same without any fault.
Outcomes simulate_calm(const scenarios::Scenario& scenario);

/// All that the node of a cell's crash does in a run in which it does not come, but for timers:
/// "send prepare to courier". By this the steps of a real program are held against a role's.
std::vector<std::string> steps_of(const scenarios::Cell& cell);

}  // namespace indoubt::reality
