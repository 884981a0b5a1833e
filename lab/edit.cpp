#include "lab/questions.hpp"
#include "lab/with_faults.hpp"
#include "scenarios/text/source.hpp"

namespace indoubt::lab {
namespace {

Value value_of(const Json& json) {
  const Json wrapped{{"value", json}};
  return *parse_text(wrapped.dump())->find("value");
}

const Json& needed(const Json& question, std::string_view key) {
  const auto found = question.find(std::string{key});
  if (found == question.end()) throw BadQuestion{"'" + std::string{key} + "' is missing"};
  return *found;
}

/// The edited text, and the lines in which something is new.
Json edited_json(const std::optional<EditedText>& edited) {
  if (!edited) throw BadQuestion{"the scenario has no place for it"};
  Json json = Json::object();
  json["scenario"] = edited->text;
  json["first_line"] = scenarios::position_of(edited->text, edited->begin).line;
  json["last_line"] = scenarios::position_of(edited->text, edited->end).line;
  return json;
}

}  // namespace

Json with(const Json& question) {
  const Json& fault = needed(question, "fault");
  if (!fault.is_object()) throw BadQuestion{"'fault' is an object"};
  return edited_json(with_fault(text_of(question, "scenario"), value_of(fault)));
}

Json without(const Json& question) {
  const std::string text = text_of(question, "scenario");
  const std::string id = text_of(question, "id");
  const auto root = parse_text(text);
  const Value* faults = root ? root->find("faults") : nullptr;
  for (std::size_t i = 0; faults != nullptr && i < faults->items.size(); ++i) {
    const Value* own = faults->items[i].find("id");
    if (own != nullptr && own->text == id) return edited_json(remove_item(text, "faults", i));
  }
  throw BadQuestion{"the scenario has no fault '" + id + "'"};
}

Json set(const Json& question) {
  std::vector<std::string> path;
  for (const Json& key : needed(question, "path")) {
    if (!key.is_string()) throw BadQuestion{"'path' is a list of keys"};
    path.push_back(key.get<std::string>());
  }
  const Value value = value_of(needed(question, "value"));
  return edited_json(set_value(text_of(question, "scenario"), path, value));
}

}  // namespace indoubt::lab
