#include "external/answer.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>

#include "external/mistake.hpp"
#include "external/shortened.hpp"
#include "scenarios/text/parse.hpp"
#include "scenarios/text/units.hpp"

namespace indoubt::external {
namespace {

using scenarios::in_quotes;
using scenarios::Member;
using scenarios::Value;
using sim::FactKind;
using Type = WantedEffect::Type;

constexpr std::size_t most_effects = 1'000;

[[noreturn]] void fail(const std::string& what, const Value& at) {
  throw Mistake{"its answer makes no sense: " + what + ": " + shortened(compact_json(at))};
}

/// What an effect may have besides the key that says what it is.
struct EffectForm {
  std::string_view name;
  Type type;
  std::array<std::string_view, 3> keys{};
};
constexpr std::array<EffectForm, 8> forms{{
    {"send", Type::send, {"to", "order", "facts"}},
    {"answer", Type::answer, {"order", "facts"}},
    {"reply", Type::reply, {"order"}},
    {"arm", Type::arm, {"after", "order"}},
    {"cancel", Type::cancel, {"order"}},
    {"write", Type::write, {"order", "facts"}},
    {"force", Type::force, {}},
    {"await_forces", Type::await_forces, {}},
}};

bool has(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const std::string& text_in(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  if (value == nullptr || !value->is(Value::Type::string))
    fail("'" + std::string{key} + "' must be a text", object);
  return value->text;
}

std::int64_t number_of(const Value& value, std::int64_t most, const Value& at) {
  if (!value.is(Value::Type::integer) || value.integer < 0 || value.integer > most)
    fail("not a whole number from 0 to " + std::to_string(most), at);
  return value.integer;
}

void must_be_true(const Value& value, const Value& at) {
  if (!value.is(Value::Type::boolean) || !value.boolean) fail("it can only be true", at);
}

sim::Outcome one_of(const Value& value, std::string_view commit, std::string_view abort,
                    const Value& at) {
  const bool is_text = value.is(Value::Type::string);
  if (!is_text || (value.text != commit && value.text != abort))
    fail("it must be '" + std::string{commit} + "' or '" + std::string{abort} + "'", at);
  return sim::outcome_of(value.text == commit);
}

kit::UnitList units_of(const Value& value, const Value& at) {
  if (!value.is(Value::Type::array)) fail("units are a list of numbers", at);
  if (value.items.size() > kit::most_units_per_service_and_order)
    fail("an order has at most 16 units at a service", at);
  kit::UnitList units;
  for (const Value& item : value.items) {
    const auto unit = static_cast<std::uint32_t>(
        number_of(item, std::numeric_limits<std::uint32_t>::max(), at));
    if (std::find(units.begin(), units.end(), unit) != units.end())
      fail("a unit is in the list twice", at);
    units.add(unit);
  }
  return units;
}

constexpr std::array<FactKind, 4> changes{FactKind::held, FactKind::assigned, FactKind::released,
                                          FactKind::expired};

void read_fact(const Member& fact, const Value& at, StatedFacts& facts) {
  for (const FactKind kind : changes) {
    if (fact.key != name_of(kind)) continue;
    if (facts.change) fail("one message or record changes units once", at);
    facts.change = kind;
    facts.units = units_of(fact.value, at);
    return;
  }
  if (fact.key == "expires") {
    constexpr std::int64_t latest = std::numeric_limits<std::int64_t>::max();
    facts.expires = sim::ClockTime{sim::Duration{number_of(fact.value, latest, at)}};
  } else if (fact.key == "refused") {
    must_be_true(fact.value, at);
    facts.is_refusal = true;
  } else if (fact.key == "prepared") {
    must_be_true(fact.value, at);
    facts.is_prepared = true;
  } else if (fact.key == "decided") {
    facts.decided = one_of(fact.value, "commit", "abort", at);
  } else if (fact.key == "voted") {
    facts.voted = one_of(fact.value, "yes", "no", at);
  } else {
    fail("there is no fact " + in_quotes(fact.key) +
             " (known: held, assigned, released, expired, refused, prepared, decided, voted)",
         at);
  }
}

/// What can be said of records and of messages differs: a vote is a vote when it leaves.
void check_facts(const StatedFacts& facts, Type type, const Value& at) {
  const bool in_record = facts.change || facts.is_refusal || facts.is_prepared;
  if (type != Type::write && in_record) fail("only records can state that", at);
  if (type == Type::write && facts.voted) fail("only messages can state a vote", at);
  if (facts.expires != sim::no_expiry && facts.change != FactKind::held)
    fail("only what is held can expire", at);
}

StatedFacts facts_of(const Value& value, Type type, const Value& at) {
  StatedFacts facts;
  if (!value.is(Value::Type::object)) fail("'facts' is an object", at);
  for (const Member& fact : value.members) read_fact(fact, at, facts);
  check_facts(facts, type, at);
  return facts;
}

sim::Duration duration_in(const Value& effect, std::string_view key) {
  const auto parsed = scenarios::parse_duration(text_in(effect, key));
  if (!parsed.value || *parsed.value < sim::Duration{})
    fail("'" + std::string{key} + "' is a time such as \"150ms\"", effect);
  return *parsed.value;
}

/// A message or record: an object, whose `type` a message must have.
void take_content(const Value& value, const Value& at, WantedEffect& wanted) {
  if (!value.is(Value::Type::object)) fail("messages and records are objects", at);
  wanted.content = compact_json(value);
  if (wanted.content.size() > longest_content) throw Mistake{"its message is longer than 16 KiB"};
  if (wanted.type != Type::write) wanted.name = text_in(value, "type");
}

void take_rest(const Value& effect, WantedEffect& wanted) {
  if (wanted.type == Type::send) wanted.to = text_in(effect, "to");
  if (wanted.type == Type::arm) wanted.after = duration_in(effect, "after");
  if (const Value* order = effect.find("order"))
    wanted.order = static_cast<std::uint32_t>(number_of(*order, kit::most_orders, effect));
  if (const Value* facts = effect.find("facts"))
    wanted.facts = facts_of(*facts, wanted.type, effect);
}

const EffectForm& form_of(const Value& effect) {
  if (!effect.is(Value::Type::object)) fail("an effect is an object", effect);
  for (const EffectForm& form : forms) {
    if (effect.find(form.name) != nullptr) return form;
  }
  fail("an effect is one of send, answer, reply, arm, cancel, write, force, await_forces", effect);
}

void check_keys(const Value& effect, const EffectForm& form) {
  for (const Member& member : effect.members) {
    if (member.key != form.name && !has(form.keys, member.key))
      fail(in_quotes(form.name) + " has no " + in_quotes(member.key), effect);
  }
}

WantedEffect read_effect(const Value& effect) {
  const EffectForm& form = form_of(effect);
  check_keys(effect, form);
  WantedEffect wanted{.type = form.type};
  const Value& what = *effect.find(form.name);
  switch (form.type) {
    case Type::send:
    case Type::answer:
    case Type::write: take_content(what, effect, wanted); break;
    case Type::reply:
    case Type::arm:
    case Type::cancel: wanted.name = text_in(effect, form.name); break;
    case Type::force:
    case Type::await_forces: must_be_true(what, effect); break;
  }
  take_rest(effect, wanted);
  return wanted;
}

bool can_begin(const Value& value, const Value& at) {
  if (!value.is(Value::Type::array)) fail("'can' is a list", at);
  for (const Value& item : value.items) {
    if (!item.is(Value::Type::string) || item.text != "begin")
      fail("'can' knows \"begin\" alone", at);
  }
  return !value.items.empty();
}

/// What the reader of scenarios would say of a file.
std::string_view why_no_text(std::string_view line) {
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return "is an empty line";
  if (line.find('\0') != std::string_view::npos) return "has a zero byte";
  return line.starts_with("\xef\xbb\xbf") ? "begins with a byte order mark" : "";
}

Value parse_line(std::string_view line) {
  if (const std::string_view why = why_no_text(line); !why.empty())
    throw Mistake{"its answer " + std::string{why} + ": " + shortened(line)};
  const scenarios::Sources sources{{"answer", std::string{line}}};
  scenarios::Report report;
  std::optional<Value> root = scenarios::parse_json(sources, 0, report);
  if (root && root->is(Value::Type::object)) return std::move(*root);
  const auto errors = report.diagnostics(sources, scenarios::Severity::error);
  const std::string why =
      errors.empty() ? "is no JSON object" : "cannot be read: " + errors.front().message;
  throw Mistake{"its answer " + why + ": " + shortened(line)};
}

}  // namespace

Answer read_answer(std::string_view line) {
  const Value root = parse_line(line);
  Answer answer;
  for (const Member& member : root.members) {
    if (member.key == "can") {
      answer.can_begin = can_begin(member.value, root);
    } else if (member.key != "effects") {
      fail("an answer has 'effects' and 'can', and no " + in_quotes(member.key), root);
    }
  }
  const Value* effects = root.find("effects");
  if (effects == nullptr || !effects->is(Value::Type::array))
    fail("'effects' is a list, which may be empty", root);
  if (effects->items.size() > most_effects) throw Mistake{"it wants more than 1,000 effects"};
  for (const Value& effect : effects->items) answer.effects.push_back(read_effect(effect));
  return answer;
}

}  // namespace indoubt::external
