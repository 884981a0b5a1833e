#include "lab/questions.hpp"
#include "lab/text_edit.hpp"
#include "reports/words.hpp"
#include "scenarios/file_name.hpp"
#include "scenarios/writer.hpp"
#include "search/run/campaign.hpp"

namespace indoubt::lab {
namespace {

/// With this seed alone. A sweep becomes the one cell that was run; then the file is written anew.
std::string text_with_seed(const Subject& subject) {
  scenarios::Scenario scenario = subject.scenario;
  scenario.first_seed = subject.seed;
  scenario.seed_count = 1;
  const auto root = parse_text(subject.text);
  const bool has_profiles = root && root->find("extends") != nullptr;
  const Value* sweep = root ? root->find("sweep") : nullptr;
  const bool has_axes = sweep != nullptr && (sweep->members.size() > 1 || !sweep->find("seeds"));
  if (has_profiles || has_axes) return scenarios::write_scenario(scenario, subject.cell);
  const std::string path[] = {"sweep", "seeds"};
  Value seeds = Value::of_object();
  seeds.with("first", Value::of_integer(static_cast<std::int64_t>(subject.seed)))
      .with("count", Value::of_integer(1));
  const auto edited = set_value(subject.text, path, seeds);
  return edited ? edited->text : scenarios::write_scenario(scenario, subject.cell);
}

/// As `indoubt run --seed` counts it.
std::string digest_of(const Subject& subject) {
  const auto simulation = search::make_simulation(subject.deployment());
  const auto result =
      search::run_campaign(simulation, {.first_seed = subject.seed, .recheck_every = 0});
  return reports::digest_text(result.digest);
}

}  // namespace

Json save(const Json&, const Subject& subject) {
  Json json = Json::object();
  json["file"] = scenarios::file_name_of(subject.scenario.name) + ".json";
  json["text"] = text_with_seed(subject);
  json["digest"] = digest_of(subject);
  return json;
}

}  // namespace indoubt::lab
