#include <array>

#include "cli/knowledge.hpp"
#include "cli/library.hpp"
#include "cli/listing.hpp"
#include "properties/property.hpp"
#include "protocols/kit/generic_mutants.hpp"
#include "protocols/registry.hpp"
#include "scenarios/reader.hpp"

// What each list has.
namespace indoubt::cli {
namespace {

std::string joined(const std::vector<std::string_view>& words, std::string_view separator) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += separator;
    text += word;
  }
  return text;
}

std::string options_text(const kit::FamilyInfo& family) {
  std::string text;
  for (const kit::OptionDecl& option : family.options) {
    if (!text.empty()) text += ", ";
    text += std::string{option.name} + " (";
    if (option.choices.size() > 1) text += joined(option.choices, "|") + ", ";
    text += std::string{option.default_text} + ")";
  }
  return text;
}

std::string first_sentence(const std::string& text) {
  const std::size_t end = text.find(". ");
  return end == std::string::npos ? text : text.substr(0, end + 1);
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> fault_docs{{
    {"crash", "A node stops; what its disk had forced stays, the rest as 'keep' says. It restarts "
              "after 'restart_after', or never."},
    {"pause", "A node handles nothing for a while; its clock goes on."},
    {"partition", "No message passes between groups of nodes, or one way only."},
    {"drop", "A message is lost."},
    {"duplicate", "A message arrives twice, the copy later by 'by'."},
    {"delay", "A message arrives later by 'by'."},
    {"corrupt", "A message is damaged; its receiver's checksum finds it and drops it."},
    {"clock", "A node's clock gets another 'offset' or 'drift', or makes a 'jump'."},
    {"disk", "A node's disk is 'slow', 'full', or fails with an 'error'."},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> fact_docs{{
    {"voted", "A vote left its service."},
    {"decided", "A decision took effect: its record was forced, or it left as a message or reply."},
    {"held", "A service's store took a unit for an order, for a time or until further notice."},
    {"assigned", "A service's store gave a unit to an order."},
    {"released", "A service's store freed a unit of an order."},
    {"expired", "A service's store freed a unit because its hold ran out."},
    {"refused", "A service declined an order."},
    {"published", "A broker made a message durable."},
    {"applied", "A consumer wrote the effect of a message."},
    {"replied", "The answer left for the client."},
    {"placed", "The client received 'placed'."},
    {"not_placed", "The client received 'not placed'."},
}};

template <typename Docs>
std::vector<Entry> entries_of(const Docs& docs) {
  std::vector<Entry> entries;
  for (const auto& [name, doc] : docs) entries.push_back({std::string{name}, std::string{doc}});
  return entries;
}

Entry entry_of(const kit::MutantDecl& mutant, const kit::FamilyInfo& family) {
  return {std::string{mutant.name},
          std::string{mutant.doc},
          {{"protocol", std::string{family.name}},
           {"mistake", std::string{mutant.mistake}},
           {"property", std::string{mutant.property}}}};
}

/// One entry for all kinds with which a role can have the mistake: there are dozens.
void add_generic(std::vector<Entry>& entries, const kit::MutantDecl& mutant,
                 const kit::FamilyInfo& family) {
  auto pattern = *kit::parse_generic_mutant(mutant.name);
  const std::string kind{pattern.kind};
  pattern.kind = "KIND";
  const std::string name = name_of(pattern);
  if (!entries.empty() && entries.back().name == name) {
    entries.back().more.back().second += ", " + kind;
    return;
  }
  entries.push_back({name,
                     std::string{mutant.doc},
                     {{"protocol", std::string{family.name}}, {"kinds", kind}}});
}

}  // namespace

std::vector<Entry> list_protocols() {
  std::vector<Entry> entries;
  for (const kit::Family& known : protocols::families()) {
    const kit::FamilyInfo& family = known.info;
    entries.push_back({std::string{family.name},
                       std::string{family.summary},
                       {{"variants", joined(family.variants, ", ")},
                        {"options", options_text(family)},
                        {"messages", joined(family.kinds, ", ")},
                        {"nodes", joined(family.default_nodes, ", ")}}});
  }
  return entries;
}

std::vector<Entry> list_properties() {
  std::vector<Entry> entries;
  for (const properties::PropertyDoc& doc : properties::property_docs()) {
    entries.push_back({std::string{doc.name}, std::string{doc.doc}});
  }
  return entries;
}

std::vector<Entry> list_faults() { return entries_of(fault_docs); }
std::vector<Entry> list_facts() { return entries_of(fact_docs); }

std::vector<Entry> list_mutants() {
  std::vector<Entry> entries;
  for (const kit::Family& known : protocols::families()) {
    const kit::FamilyInfo& family = known.info;
    for (const kit::MutantDecl& mutant : family.mutants) {
      if (mutant.is_generic) {
        add_generic(entries, mutant, family);
      } else {
        entries.push_back(entry_of(mutant, family));
      }
    }
  }
  return entries;
}

std::vector<Entry> list_scenarios() {
  std::vector<Entry> entries;
  const auto library = find_library();
  if (!library) return entries;
  for (const std::string& file : library_files(*library)) {
    const auto read = scenarios::read_scenario_file(file, knowledge());
    const auto* scenario = std::get_if<scenarios::Scenario>(&read);
    entries.push_back({file, scenario == nullptr ? "(is not valid: see 'indoubt validate')"
                                                 : first_sentence(scenario->description)});
  }
  return entries;
}

}  // namespace indoubt::cli
