#include "lab/with_faults.hpp"

#include <set>

#include "scenarios/write/deployment_json.hpp"

namespace indoubt::lab {
namespace {

using scenarios::Member;

std::set<std::string> ids_of(std::string_view text) {
  std::set<std::string> ids;
  const auto root = parse_text(text);
  const Value* faults = root ? root->find("faults") : nullptr;
  if (faults == nullptr) return ids;
  for (const Value& fault : faults->items) {
    if (const Value* id = fault.find("id")) ids.insert(id->text);
  }
  return ids;
}

/// "crash", or "crash-2" if there is one already.
std::string free_id(const std::set<std::string>& taken, const std::string& wanted) {
  std::string id = wanted;
  for (int i = 2; taken.count(id) != 0; ++i) id = wanted + "-" + std::to_string(i);
  return id;
}

/// The name that a fault has, or else what it does.
std::string name_of(const Value& fault) {
  for (const std::string_view key : {"id", "do"}) {
    const Value* value = fault.find(key);
    if (value != nullptr && value->is(Value::Type::string)) return value->text;
  }
  return "fault";
}

}  // namespace

std::optional<EditedText> with_fault(std::string_view text, Value fault) {
  const std::string id = free_id(ids_of(text), name_of(fault));
  std::erase_if(fault.members, [](const Member& member) { return member.key == "id"; });
  fault.members.insert(fault.members.begin(), Member{"id", {}, Value::of_string(id)});
  return add_item(text, "faults", fault);
}

std::string with_faults(std::string_view text, const std::vector<sim::NamedFault>& faults) {
  std::string edited{text};
  for (const sim::NamedFault& fault : faults) {
    auto next = with_fault(edited, scenarios::fault_json(fault));
    if (next) edited = std::move(next->text);
  }
  return edited;
}

}  // namespace indoubt::lab
