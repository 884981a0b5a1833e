#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "lab/subject.hpp"

namespace indoubt::lab {

/// What a page gets. A trace is JSON already when it is made, and too long to be read again.
struct Answer {
  Answer(Json made) : json(std::move(made)) {}  // braces would make a list of it
  Json json;                                    ///< an object
  std::string trace{};                          ///< stands in it, too; none if empty
};

// One function for each thing that can be asked. Those with a `Subject` are about a scenario that
// could be read.

/// What the program knows: families, properties, and the schema of scenarios.
Json know(const Json& question);

/// What stands in the scenario, in short.
Json read(const Json& question, const Subject& subject);
/// One run, as a trace, with its verdicts and its digest.
Answer run(const Json& question, const Subject& subject);
/// What would become of the run with one more fault, for each fault that there is.
Json faults(const Json& question, const Subject& subject);
/// The smallest set of faults that breaks something, in slices.
Json find(const Json& question, const Subject& subject);
/// Another family, or another variant, on the same scenario.
Json compare(const Json& question, const Subject& subject);
/// The scenario as a file that replays the run.
Json save(const Json& question, const Subject& subject);

/// The text with one more fault.
Json with(const Json& question);
/// The text without a fault.
Json without(const Json& question);
/// The text with another value at a place.
Json set(const Json& question);

}  // namespace indoubt::lab
