#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "lab/answer.hpp"
#include "lab/lessons.hpp"

namespace indoubt::test {

using Json = nlohmann::ordered_json;

inline Json ask(const Json& question) { return Json::parse(lab::answer(question.dump())); }

inline std::string start() { return std::string{lab::start_text()}; }

/// The verdict that a run's trace has on a property.
inline std::string verdict_on(const Json& answer, const std::string& property) {
  for (const Json& verdict : answer.at("trace").at("verdicts")) {
    if (verdict.at("property") == property) return verdict.at("verdict").get<std::string>();
  }
  return "missing";
}

}  // namespace indoubt::test
