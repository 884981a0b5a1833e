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

/// A scenario of tests/reality/cases, read and checked. Throws std::runtime_error with all that is
/// wrong with it.
scenarios::Scenario read_case(const std::string& path);
/// Its points in the order of the file.
std::vector<Point> points_of(const scenarios::Scenario& scenario);
/// The outcomes of order 1 over all seeds of the scenario in all cells of the point. Throws
/// std::runtime_error if the crash of a cell takes place in no run.
Outcomes simulate(const scenarios::Scenario& scenario, const Point& point);

/// What a cell's crash falls before when no crash comes: "send prepare to courier". Empty if there
/// is no such effect. By this the steps of a real program are held against those of a role.
std::string step_at(const scenarios::Cell& cell);
/// All that the node of a cell's crash does in a run in which it does not come, but for timers.
std::vector<std::string> steps_of(const scenarios::Cell& cell);

}  // namespace indoubt::reality
