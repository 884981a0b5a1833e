#include "scenarios/read/fault_checks.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "scenarios/read/table.hpp"

namespace indoubt::scenarios {
namespace {

using sim::Action;
using sim::NamedFault;
using sim::Trigger;

constexpr auto default_slowness = std::chrono::milliseconds{50};

template <typename List>
bool contains(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// `handling` and `effect` are two halves of one trigger.
std::string_view trigger_of(std::string_view key) {
  return key == "handling" || key == "effect" ? "place" : key;
}

/// The first key that states a trigger.
const Member* find_trigger(const Value& value) {
  const auto found = std::find_if(value.members.begin(), value.members.end(),
                                  [](const Member& m) { return contains(trigger_keys(), m.key); });
  return found == value.members.end() ? nullptr : &*found;
}

Trigger trigger_named(std::string_view key) {
  constexpr std::array all{Trigger::at, Trigger::every, Trigger::when, Trigger::match,
                           Trigger::place};
  const auto found = std::find_if(all.begin(), all.end(), [&](Trigger trigger) {
    return sim::name_of(trigger) == trigger_of(key);
  });
  return found == all.end() ? Trigger::at : *found;
}

/// Whether the value is a fault on messages: then `at` and `every` beside its `match` are no
/// triggers, but say when it is in force.
bool strikes_matching_messages(const Value& value) {
  const Value* action = value.find("do");
  const bool befalls_messages =
      action != nullptr && action->is(Value::Type::string) &&
      std::any_of(sim::action_decls.begin(), sim::action_decls.end(), [&](const auto& decl) {
        return decl.befalls_messages && action->text == decl.name;
      });
  return befalls_messages && value.find("match") != nullptr;
}

void check_keys_of_action(const Reader& reader, const Value& value, const sim::ActionDecl& decl) {
  const std::string action{decl.name};
  for (const Member& member : value.members) {
    const bool is_common =
        member.key == "id" || member.key == "do" || contains(trigger_keys(), member.key);
    if (is_common || contains(decl.parameters, member.key)) continue;
    const bool is_known = std::any_of(
        sim::action_decls.begin(), sim::action_decls.end(),
        [&](const sim::ActionDecl& other) { return contains(other.parameters, member.key); });
    // An unknown key has been reported as such.
    if (is_known) reader.error(member, "'" + member.key + "' does not belong to '" + action + "'");
  }
  for (const std::string_view key : decl.required) {
    if (value.find(key) == nullptr) missing_key(reader, value, key, "'" + action + "'");
  }
}

void check_trigger_of_action(const Reader& reader, const Value& value, const NamedFault& fault) {
  const Member* trigger = find_trigger(value);
  if (trigger == nullptr) return;
  if (sim::befalls_messages(fault.action) && fault.trigger != Trigger::match) {
    reader.error(*trigger, "'" + std::string{sim::name_of(fault.action)} +
                               "' befalls messages: it needs 'match', not '" + trigger->key + "'");
  }
  const Value* node = value.find("node");
  const bool is_list = node != nullptr && node->is(Value::Type::array) && node->items.size() != 1;
  const bool is_cut = fault.action == Action::partition;
  if (fault.trigger == Trigger::place && (is_list || (is_cut && node == nullptr))) {
    reader.error(*trigger, "a place is at one node: it needs 'node' with one name");
  }
  if (fault.trigger != Trigger::place && is_cut && node != nullptr) {
    reader.error(*value.find_member("node"), "'node' belongs to a partition only with a place");
  }
}

/// `at`, `every` and `for` of a fault on messages say when it is in force.
void check_window(const Reader& reader, const Value& value, NamedFault& fault) {
  if (!sim::befalls_messages(fault.action) || fault.trigger != Trigger::match) return;
  if (value.find("at") != nullptr) fault.window = sim::Window::at;
  if (value.find("every") != nullptr) fault.window = sim::Window::every;
  const Member* lasts = value.find_member("for");
  if (lasts != nullptr && fault.window == sim::Window::always) {
    reader.error(*lasts, "'for' is how long a window lasts: it needs 'at' or 'every'");
  }
  if (lasts == nullptr && fault.window == sim::Window::every) {
    reader.error(*value.find_member("every"), "windows that come again need 'for'");
  }
}

void check_clock(const Reader& reader, const Value& value, const NamedFault& fault) {
  const bool changes = value.find("offset") != nullptr || value.find("jump") != nullptr ||
                       value.find("drift") != nullptr;
  if (fault.action != Action::clock || changes) return;
  reader.report.error(opening(value), "'clock' needs 'offset', 'jump' or 'drift'");
}

/// A disk is harmed in one way, and what is gone keeps no tail.
void check_crash(const Reader& reader, const Value& value, const NamedFault& fault) {
  if (fault.action != Action::crash) return;
  const sim::Damage& damage = fault.damage;
  std::vector<std::string> ways;
  if (damage.wipe) ways.emplace_back("wipe");
  if (damage.rollback) ways.emplace_back("rollback");
  if (damage.rot) ways.emplace_back("rot");
  for (std::size_t i = 1; i < ways.size(); ++i) {
    reader.error(*value.find_member(ways[i]),
                 "'" + ways[i] + "' beside '" + ways[0] + "': a crash harms a disk in one way");
  }
  const Member* keep = value.find_member("keep");
  if (keep != nullptr && (damage.wipe || damage.rollback)) {
    reader.error(
        *keep, "'keep' is about what was not forced, and '" + ways[0] + "' leaves nothing of that");
  }
}

void check_disk(const Reader& reader, const Value& value, NamedFault& fault) {
  if (fault.action != Action::disk) return;
  const std::string mode{sim::name_of(fault.disk)};
  const Member* by = value.find_member("by");
  if (by == nullptr && fault.disk == sim::DiskFault::slow) fault.by = default_slowness;
  if (by != nullptr && fault.disk != sim::DiskFault::slow) {
    reader.error(*by, "'by' belongs to a slow disk, not to '" + mode + "'");
  }
  const Member* restart = value.find_member("restart_after");
  if (restart != nullptr && fault.disk != sim::DiskFault::error) {
    reader.error(*restart, "'restart_after' belongs to a disk that fails, not to '" + mode + "'");
  }
}

void check_degrade(const Reader& reader, const Value& value, const NamedFault& fault) {
  if (fault.action != Action::degrade) return;
  const Member* node = value.find_member("node");
  const Member* links = value.find_member("links");
  if (node == nullptr && links == nullptr) {
    reader.report.error(opening(value), "'degrade' needs 'node' or 'links'");
  } else if (node != nullptr && links != nullptr) {
    reader.error(*links, "'degrade' is of a 'node', all of whose links are worse, or of 'links'");
  } else if (links != nullptr) {
    for (const std::string_view key : {"force_times", "work_times"}) {
      const Member* times = value.find_member(key);
      if (times == nullptr) continue;
      reader.error(*times, "'" + std::string{key} + "' belongs to a 'node', not to 'links'");
    }
  }
  constexpr std::array ways{"times", "plus", "loss", "duplicate", "force_times", "work_times"};
  const bool says_how = std::any_of(
      ways.begin(), ways.end(), [&](std::string_view key) { return value.find(key) != nullptr; });
  if (!says_how) {
    reader.report.error(opening(value),
                        "'degrade' needs 'times', 'plus', 'loss', 'duplicate', 'force_times' or "
                        "'work_times'");
  }
}

void check_instant(const Reader& reader, const Value& value, const NamedFault& fault) {
  const sim::TrueTime quiet = reader.deployment.limits.quiet_after;
  const bool has_instant = fault.trigger == Trigger::at || fault.window == sim::Window::at;
  if (!has_instant || fault.at <= quiet) return;
  reader.error(*value.find("at"), "later than 'quiet_after' (" +
                                      sim::to_text(quiet.time_since_epoch()) +
                                      "), when nothing goes wrong any more");
}

}  // namespace

std::span<const std::string_view> trigger_keys() {
  static constexpr std::array<std::string_view, 6> keys{"at",    "every",    "when",
                                                        "match", "handling", "effect"};
  return keys;
}

bool check_trigger(Reader& reader, const Value& value) {
  const Member* first = find_trigger(value);
  if (first == nullptr) {
    reader.report.error(opening(value),
                        "a fault needs a trigger: 'at', 'every', 'when', 'match', or 'handling' "
                        "and 'effect'");
    return false;
  }
  bool is_single = true;
  const bool is_of_messages = strikes_matching_messages(value);
  if (is_of_messages) first = value.find_member("match");
  const bool has_two_windows = value.find("at") != nullptr && value.find("every") != nullptr;
  const bool may_have_window = is_of_messages && !has_two_windows;
  for (const Member& member : value.members) {
    if (!contains(trigger_keys(), member.key)) continue;
    const bool is_window = member.key == "at" || member.key == "every";
    if (is_window && may_have_window) continue;
    if (trigger_of(member.key) == trigger_of(first->key)) continue;
    reader.error(member, "a second trigger beside '" + first->key + "': a fault has one");
    is_single = false;
  }
  return is_single;
}

void check_fault(Reader& reader, const Value& value, NamedFault& fault) {
  if (const Member* trigger = find_trigger(value)) fault.trigger = trigger_named(trigger->key);
  if (strikes_matching_messages(value)) fault.trigger = Trigger::match;
  check_keys_of_action(reader, value, sim::decl_of(fault.action));
  check_trigger_of_action(reader, value, fault);
  check_window(reader, value, fault);
  check_clock(reader, value, fault);
  check_crash(reader, value, fault);
  check_disk(reader, value, fault);
  check_degrade(reader, value, fault);
  check_instant(reader, value, fault);
}

}  // namespace indoubt::scenarios
