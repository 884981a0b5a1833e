#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <system_error>

#include "protocols/kit/mistakes/together.hpp"
#include "protocols/kit/settings.hpp"
#include "scenarios/read/scalars.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/read/table.hpp"

namespace indoubt::scenarios {
namespace {

using kit::Family;
using kit::FamilyInfo;
using kit::MutantDecl;
using kit::OptionDecl;
using kit::OptionValue;
using kit::ProtocolChoice;

void read_family(Reader& reader, const Value& value, ProtocolChoice& protocol) {
  std::vector<std::string_view> names;
  for (const Family& family : reader.knowledge.families) names.push_back(family.info.name);
  const auto index = read_choice(reader, value, "protocol", names);
  if (!index) return;
  protocol.family = &reader.knowledge.families[*index];
  reader.family = &protocol.family->info;
}

/// An empty string asks for the default, so that a sweep can.
void read_variant(Reader& reader, const Value& value, ProtocolChoice& protocol) {
  if (reader.family == nullptr || (value.is(Value::Type::string) && value.text.empty())) return;
  const bool is_known = read_choice(reader, value, "variant", reader.family->variants).has_value();
  if (is_known) protocol.variant = value.text;
}

/// A mutant goes by its name or by its mistake.
const MutantDecl* mutant_called(const FamilyInfo& family, std::string_view name) {
  const auto found = std::find_if(
      family.mutants.begin(), family.mutants.end(),
      [&](const MutantDecl& mutant) { return mutant.name == name || mutant.mistake == name; });
  return found == family.mutants.end() ? nullptr : &*found;
}

const FamilyInfo* family_with_mutant(const Knowledge& knowledge, std::string_view name) {
  for (const Family& family : knowledge.families) {
    if (mutant_called(family.info, name) != nullptr) return &family.info;
  }
  return nullptr;
}

/// The deployment has its name.
void add_mutant(Reader& reader, const Value& value, const std::string& name,
                ProtocolChoice& protocol) {
  if (const MutantDecl* mutant = mutant_called(*reader.family, name)) {
    std::vector<std::string>& all = protocol.mutants;
    if (std::find(all.begin(), all.end(), mutant->name) != all.end())
      reader.error(value, in_quotes(mutant->name) + " is in the list twice");
    all.emplace_back(mutant->name);
    return;
  }
  if (const FamilyInfo* owner = family_with_mutant(reader.knowledge, name)) {
    reader.error(value, in_quotes(name) + " is a mutant of " + std::string{owner->name} +
                            ", not of " + std::string{reader.family->name});
    return;
  }
  std::vector<std::string_view> names;
  for (const MutantDecl& mutant : reader.family->mutants) {
    names.push_back(mutant.name);
    names.push_back(mutant.mistake);
  }
  reader.unknown(value, "mutant", names);
}

void read_mutants(Reader& reader, const Value& list, ProtocolChoice& protocol) {
  const std::vector<Value>* items = read_items(reader, list, "mutants");
  if (items == nullptr) return;
  for (const Value& item : *items) {
    const std::optional<std::string> name = read_name(reader, item);
    if (name && reader.family != nullptr) add_mutant(reader, item, *name, protocol);
  }
}

/// One name, or a list of them; an empty string asks for none, so that a sweep can.
void read_mutant(Reader& reader, const Value& value, ProtocolChoice& protocol) {
  if (value.is(Value::Type::array)) {
    read_mutants(reader, value, protocol);
  } else {
    const std::optional<std::string> name = read_text(reader, value);
    if (!name || name->empty() || reader.family == nullptr) return;
    add_mutant(reader, value, *name, protocol);
  }
  if (reader.family != nullptr) kit::put_in_order(protocol);
}

std::optional<OptionValue> read_option_value(Reader& reader, const Value& value,
                                             const OptionDecl& option) {
  switch (option.type) {
    case OptionDecl::Type::flag: {
      const auto flag = read_boolean(reader, value);
      return flag ? std::optional<OptionValue>{*flag} : std::nullopt;
    }
    case OptionDecl::Type::integer: {
      const auto number = read_whole_number(reader, value, option.least, option.largest);
      return number ? std::optional<OptionValue>{*number} : std::nullopt;
    }
    case OptionDecl::Type::duration: {
      const auto duration = read_duration_from(reader, value, sim::Duration{option.least});
      return duration ? std::optional<OptionValue>{*duration} : std::nullopt;
    }
    case OptionDecl::Type::choice: {
      const auto index = read_choice(reader, value, option.name, option.choices);
      return index ? std::optional<OptionValue>{value.text} : std::nullopt;
    }
  }
  return std::nullopt;
}

/// The same, and nobody hears of it if the value makes no sense.
std::optional<OptionValue> try_option_value(const Reader& reader, const Value& value,
                                            const OptionDecl& option) {
  Report unheard;
  Reader trial{unheard, reader.knowledge};
  return read_option_value(trial, value, option);
}

/// Checks the value of an option that the cell's family lacks: it must make sense to some family
/// that has it, for they may give one name different values.
void check_foreign_option(Reader& reader, const Member& member) {
  const OptionDecl* first = nullptr;
  for (const Family& family : reader.knowledge.families) {
    const OptionDecl* option = kit::find_option(family.info, member.key);
    if (option == nullptr) continue;
    if (first == nullptr) first = option;
    if (try_option_value(reader, member.value, *option)) return;
  }
  if (first != nullptr) read_option_value(reader, member.value, *first);
}

void check_option_names(Reader& reader, const Value& value) {
  std::vector<std::string_view> known;
  for (const Family& family : reader.knowledge.families) {
    for (const OptionDecl& option : family.info.options) known.push_back(option.name);
  }
  check_keys(reader, value, known, "'options'");
}

/// Options that are set and change nothing, or whose value another one overrides.
void note_inert_options(Reader& reader, const ProtocolChoice& protocol) {
  const FamilyInfo& family = *reader.family;
  for (const auto& [name, value] : protocol.options) {
    const OptionDecl* option = kit::find_option(family, name);
    if (!kit::is_met(protocol, *option)) {
      reader.notes.push_back("the option '" + name + "' changes nothing without " +
                             kit::condition_words(family, *option));
    }
    if (option->at_most.empty()) continue;
    const sim::Duration most = kit::duration_in_force(protocol, option->at_most);
    if (std::get<sim::Duration>(value) <= most) continue;
    reader.notes.push_back("the option '" + name + "' (" + kit::to_text(value) +
                           ") is longer than '" + std::string{option->at_most} + "' (" +
                           sim::to_text(most) + "), which counts in its place");
  }
}

/// Whether an option that the code lacks asks for what the code does anyway.
bool is_had_anyway(const Reader& reader, const ProtocolChoice& protocol, const Member& member) {
  const OptionDecl* option = kit::find_option(*reader.family, member.key);
  if (option == nullptr) return false;
  const auto asked = try_option_value(reader, member.value, *option);
  return asked && kit::has_anyway(protocol, member.key, kit::to_text(*asked));
}

/// Options in the order of the family, so that equal choices are equal; the others are noted.
void read_options(Reader& reader, const Value& value, ProtocolChoice& protocol) {
  if (!check_object(reader, value, "'options'")) return;
  check_option_names(reader, value);
  for (const Member& member : value.members) {
    const FamilyInfo* family = reader.family;
    const std::string lacking = family == nullptr ? "" : kit::who_lacks(protocol, member.key);
    if (family != nullptr && lacking.empty()) continue;
    check_foreign_option(reader, member);
    if (family == nullptr || is_had_anyway(reader, protocol, member)) continue;
    reader.notes.push_back("the option '" + member.key + "' does not apply: " + lacking +
                           " does not have it");
  }
  if (reader.family == nullptr) return;
  for (const OptionDecl& option : reader.family->options) {
    const Value* given = value.find(option.name);
    if (given == nullptr || !kit::who_lacks(protocol, option.name).empty()) continue;
    if (auto got = read_option_value(reader, *given, option)) {
      protocol.options.emplace_back(option.name, std::move(*got));
    }
  }
  note_inert_options(reader, protocol);
}

using Words = std::vector<std::string>;

/// The names of a list, or nothing after a complaint.
std::optional<Words> read_names(Reader& reader, const Value& value, std::string_view what) {
  const std::vector<Value>* items = read_items(reader, value, what);
  if (items == nullptr) return std::nullopt;
  Words names;
  for (const Value& item : *items) {
    std::optional<std::string> name = read_name(reader, item);
    if (!name) return std::nullopt;
    names.push_back(std::move(*name));
  }
  return names;
}

/// Words of a command that name a file beside the scenario become its full path, wherever the
/// program is started and what was found is saved. A bare first word is looked for in PATH.
void resolve_files(const Reader& reader, const Value& value, Words& command) {
  if (reader.sources == nullptr) return;
  namespace fs = std::filesystem;
  const fs::path folder = fs::path{(*reader.sources)[value.place.file].name}.parent_path();
  for (std::string& word : command) {
    const bool is_bare = &word == &command.front() && word.find('/') == std::string::npos;
    std::error_code failed;
    if (is_bare || !fs::is_regular_file(folder / word, failed)) continue;
    const fs::path full = fs::absolute(folder / word, failed).lexically_normal();
    if (!failed) word = full.string();
  }
}

/// A command is shown to whoever is asked whether it may run.
bool check_command(const Reader& reader, const Value& value, const Words& command) {
  constexpr std::size_t most_words = 64;
  constexpr std::size_t longest_word = 4096;
  const auto is_long = [](const std::string& word) { return word.size() > longest_word; };
  const bool is_too_much =
      command.size() > most_words || std::any_of(command.begin(), command.end(), is_long);
  if (is_too_much) reader.error(value, "a command has at most 64 words of at most 4096 bytes");
  return !is_too_much;
}

template <auto member>
void read_command(Reader& reader, const Value& value, ProtocolChoice& protocol) {
  std::optional<Words> command = read_names(reader, value, "words");
  if (!command || !check_command(reader, value, *command)) return;
  resolve_files(reader, value, *command);
  protocol.external.*member = std::move(*command);
}

/// Names of messages and timers: short, and none that the family has already.
bool check_own_kind(const Reader& reader, const Value& value, const ProtocolChoice& protocol) {
  const std::string& name = value.text;
  const auto& known =
      protocol.family == nullptr ? std::vector<std::string_view>{} : protocol.family->info.kinds;
  const bool is_taken = std::find(known.begin(), known.end(), name) != known.end() ||
                        protocol.external.has_kind(name);
  if (is_taken) reader.error(value, in_quotes(name) + " is the name of another message or timer");
  return !is_taken;
}

template <auto member, std::size_t most>
void read_own_kinds(Reader& reader, const Value& value, ProtocolChoice& protocol) {
  const std::optional<Words> names = read_names(reader, value, "names");
  if (!names) return;
  if (names->size() > most)
    return reader.error(value, "at most " + std::to_string(most) + " can be told apart here");
  for (const Value& item : value.items) {
    if (!check_own_kind(reader, item, protocol)) return;
    (protocol.external.*member).push_back(item.text);
  }
}

/// What only external nodes have is asked for where they run, and there only.
void check_external(Reader& reader, const Value& at, const ProtocolChoice& protocol) {
  if (protocol.family == nullptr) return;
  const bool runs_programs = protocol.family->info.runs_programs;
  if (runs_programs && at.find("external") == nullptr)
    return reader.error(at, "the protocol '" + std::string{protocol.name()} +
                                "' needs a program: \"external\": [\"python3\", \"node.py\"]");
  if (runs_programs || protocol.external == kit::ExternalPrograms{}) return;
  reader.error(at, std::string{protocol.name()} +
                       " is no external program: keys that begin with 'external' are for the "
                       "protocol of that name");
}

constexpr std::array<Key<ProtocolChoice>, 8> protocol_keys{{
    {"name", required, shape::choice("protocol-name"), "The protocol family.", read_family},
    {"variant", optional, shape::choice("variant"),
     "\"hardened\" (the default), or \"as-published\" where a published sample exists.",
     read_variant},
    {"mutant", optional, shape::reference("mutants"),
     "A planted mistake by its name, or a list of several that are made together.", read_mutant},
    {"external", optional, shape::list("name"),
     "The program that plays the roles of the protocol 'external', and its arguments. It runs only "
     "where the command line allows it.",
     read_command<&kit::ExternalPrograms::command>},
    {"external_services", optional, shape::list("name"),
     "Another program for the services, and its arguments.",
     read_command<&kit::ExternalPrograms::service_command>},
    {"external_messages", optional, shape::list("name"),
     "The types of message that external nodes send.",
     read_own_kinds<&kit::ExternalPrograms::messages, kit::most_external_messages>},
    {"external_timers", optional, shape::list("name"), "The timers that external nodes arm.",
     read_own_kinds<&kit::ExternalPrograms::timers, kit::most_external_timers>},
    {"options", optional, shape::reference("options"),
     "Settings of the family; those that it does not have are ignored.", read_options},
}};

/// Mistakes are planted in the hardened variant, and several of them where they can be made
/// together.
void check_mutants(Reader& reader, const Value& at, const ProtocolChoice& protocol) {
  if (!protocol.is_hardened()) {
    return reader.error(at, "mistakes are planted in the variant 'hardened', not in " +
                                in_quotes(protocol.variant));
  }
  const std::string why = kit::why_not_together(protocol);
  if (!why.empty()) reader.error(at, why);
}

}  // namespace

void read_protocol(Reader& reader, const Value& value, kit::Deployment& deployment) {
  read_object<ProtocolChoice>(reader, value, protocol_keys, deployment.protocol, "'protocol'");
  const ProtocolChoice& protocol = deployment.protocol;
  check_external(reader, value, protocol);
  const Value* mutant = value.find("mutant");
  if (mutant != nullptr && !protocol.is_correct()) check_mutants(reader, *mutant, protocol);
  for (const kit::InertMutant& inert : kit::inert_mutants(protocol))
    reader.notes.push_back(kit::note_on(inert));
}

std::vector<TableDoc> protocol_tables() {
  return {document<ProtocolChoice>("protocol", protocol_keys)};
}

}  // namespace indoubt::scenarios
