#include "lab/questions.hpp"
#include "lab/run_once.hpp"
#include "lab/text_edit.hpp"
#include "reports/words.hpp"
#include "scenarios/writer.hpp"

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

/// "food-delivery/last-packet" becomes "food-delivery-last-packet.json".
std::string file_name(const std::string& scenario) {
  std::string name;
  for (const char c : scenario) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '_';
    name += is_plain ? c : '-';
  }
  return name + ".json";
}

}  // namespace

Json save(const Json&, const Subject& subject) {
  Json json = Json::object();
  json["file"] = file_name(subject.scenario.name);
  json["text"] = text_with_seed(subject);
  json["digest"] = reports::digest_text(run_once(subject).digest);
  return json;
}

}  // namespace indoubt::lab
