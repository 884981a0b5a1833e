#include "reports/outcome_json.hpp"

#include <nlohmann/json.hpp>

namespace indoubt::reports {

std::string outcome_json(std::uint32_t number, const std::string& kind,
                         const properties::OrderOutcome& outcome) {
  nlohmann::ordered_json json{{"order", number}};
  if (!kind.empty()) json["kind"] = kind;
  json["outcome"] = name_of(outcome.end);
  json["requested"] = outcome.requested.time_since_epoch().count();
  const bool is_answered = outcome.answered != properties::not_yet;
  json["answered"] =
      is_answered ? nlohmann::ordered_json(outcome.answered.time_since_epoch().count()) : nullptr;
  if (outcome.end != properties::OrderEnd::placed) json["hindrance"] = name_of(outcome.hindrance);
  return json.dump();
}

}  // namespace indoubt::reports
