#include "scenarios/load/merge.hpp"

namespace indoubt::scenarios {

void merge_patch(Value& target, const Value& patch) {
  if (!patch.is(Value::Type::object)) {
    target = patch;
    return;
  }
  if (!target.is(Value::Type::object)) target = Value::of_object();
  target.place = patch.place;
  for (const Member& change : patch.members) {
    if (change.value.is(Value::Type::null)) {
      std::erase_if(target.members, [&](const Member& member) { return member.key == change.key; });
      continue;
    }
    Value* existing = target.find(change.key);
    if (existing == nullptr) {
      target.members.push_back({change.key, change.key_place, Value{}});
      existing = &target.members.back().value;
    }
    merge_patch(*existing, change.value);
  }
}

}  // namespace indoubt::scenarios
