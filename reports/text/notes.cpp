#include <algorithm>
#include <utility>
#include <vector>

#include "protocols/kit/settings.hpp"
#include "reports/fault_text.hpp"
#include "reports/text/sections.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

/// What several cells lack differs in nothing but who lacks it: "... does not apply: saga has no
/// message 'vote'".
struct Note {
  std::string text;  ///< up to the protocol, or all of it
  std::string lack;  ///< after it: "message 'vote'"
  std::vector<std::string_view> protocols{};
  std::size_t cells = 0;  ///< that it is about; 0: it names its cell itself

  std::string words() const {
    if (protocols.empty()) return text;
    if (protocols.size() > 3)
      return text + count_of(protocols.size(), "protocol") + " have no " + lack;
    std::string who;
    for (const std::string_view name : protocols)
      who += (who.empty() ? "" : name == protocols.back() ? " and " : ", ") + std::string{name};
    return text + who + (protocols.size() == 1 ? " has no " : " have no ") + lack;
  }
};

/// Notes that several cells share are told once, with how many they are about.
class Notes {
 public:
  /// A note about every cell that it is added for.
  void add(const std::string& text) { ++find(text, "").cells; }
  /// A note about a cell that may say what its protocol lacks.
  void add(const std::string& text, std::string_view protocol) {
    const std::string lacks = std::string{protocol} + " has no ";
    const std::size_t at = text.find(lacks);
    if (at == std::string::npos) return add(text);
    Note& note = find(text.substr(0, at), text.substr(at + lacks.size()));
    ++note.cells;
    auto& names = note.protocols;
    if (std::find(names.begin(), names.end(), protocol) == names.end()) names.push_back(protocol);
  }
  /// A note that already names its cell.
  void add_once(const std::string& text) { notes_.push_back({.text = text, .lack = {}}); }

  std::string text(std::size_t cells, const Style& style) const {
    std::string all;
    for (const Note& note : notes_) {
      const std::string where =
          note.cells == 0 || note.cells == cells
              ? ""
              : " (in " + std::to_string(note.cells) + " of " + count_of(cells, "cell") + ")";
      all += wrapped(note.words() + where, style.width, "  - ", "    ");
    }
    return all;
  }

 private:
  Note& find(const std::string& text, const std::string& lack) {
    const auto known = std::find_if(notes_.begin(), notes_.end(), [&](const Note& note) {
      return note.cells != 0 && note.text == text && note.lack == lack;
    });
    return known != notes_.end() ? *known : notes_.emplace_back(Note{text, lack});
  }

  std::vector<Note> notes_;
};

const sim::NamedFault* fault_of(const scenarios::Cell& cell, const std::string& id) {
  const auto& faults = cell.deployment.faults;
  const auto fault = std::find_if(faults.begin(), faults.end(),
                                  [&](const sim::NamedFault& named) { return named.id == id; });
  return fault == faults.end() ? nullptr : &*fault;
}

/// "fault 'gc' is to last 1h, but faults end at quiet_after (30s)", or nothing.
std::string shortening(const scenarios::Cell& cell, const sim::NamedFault& fault) {
  const bool is_crash = fault.action == sim::Action::crash;
  const auto lasts = is_crash ? fault.restart_after : fault.lasts;
  const sim::TrueTime from = fault.trigger == sim::Trigger::at ? fault.at : sim::TrueTime{};
  const sim::TrueTime quiet = cell.deployment.limits.quiet_after;
  if (!lasts || *lasts <= quiet - from) return {};
  return "fault '" + fault.id + "' is to last " + sim::to_text(*lasts) +
         ", but what faults do ends at quiet_after (" + sim::to_text(quiet.time_since_epoch()) +
         ")";
}

/// What is worth saying of a fault: that it never took place, or that nobody noticed.
void note_fault(const scenarios::Cell& cell, const std::string& id,
                const search::FaultResult& result, Notes& notes) {
  const sim::NamedFault* fault = fault_of(cell, id);
  const std::string what = fault == nullptr ? "" : ": " + fault_text(*fault);
  if (result.runs == 0) {
    notes.add("fault '" + id + "' never took place" + what);
  } else if (fault != nullptr && result.met_nobody(fault->action)) {
    notes.add("fault '" + id + "' took place and met nobody" + what);
  }
  if (fault == nullptr || result.runs == 0) return;
  const std::string shortened = shortening(cell, *fault);
  if (!shortened.empty()) notes.add(shortened);
}

void note_faults(const scenarios::Cell& cell, const CellOutcome& outcome, Notes& notes) {
  for (std::size_t i = 0; i < outcome.faults.size() && outcome.result.runs != 0; ++i) {
    note_fault(cell, outcome.faults[i], outcome.result.faults[i], notes);
  }
  const std::string protocol{cell.deployment.protocol.name()};
  for (const std::string& id : outcome.unapplied.faults)
    notes.add("fault '" + id + "' does not apply: " + protocol + " lacks what it names");
  if (outcome.unapplied.cancel)
    notes.add("no client changes its mind: with " + protocol + " an order that was taken stays");
  for (const std::string& node : outcome.unapplied.poison)
    notes.add("no message is poison at '" + node + "': with " + protocol +
              " it is called, and takes no messages from a queue or a table");
  for (const auto& [fault, node] : outcome.unapplied.nodes)
    notes.add("fault '" + fault + "' does not apply to '" + node + "': " + protocol +
              " has no such node with these options");
}

/// What the faults of the only cell met.
void tell_faults(const CellOutcome& outcome, Notes& notes) {
  for (std::size_t i = 0; i < outcome.faults.size(); ++i) {
    const search::FaultResult& fault = outcome.result.faults[i];
    if (fault.runs == 0 || fault.orders + fault.messages == 0) continue;
    notes.add("fault '" + outcome.faults[i] + "' took place in " +
              part_of_runs(fault.runs, outcome.result.runs) + " and met " +
              count_of(fault.orders, "order") + " under way and " +
              count_of(fault.messages, "message"));
  }
}

/// "vote_timeout 10ms, heartbeat_expiry 1s".
std::string timeouts_of(const scenarios::Cell& cell) {
  std::string text;
  for (const kit::Setting& setting : kit::settings_of(cell.deployment.protocol)) {
    if (!setting.is_timeout) continue;
    text += (text.empty() ? "" : ", ") + std::string{setting.name} + " " + setting.value;
  }
  return text;
}

/// Why no order was one that nothing hinders, where it is that messages and forces are slow against
/// timeouts, and not what else went wrong.
void note_lateness(const scenarios::Cell& cell, const CellOutcome& outcome, Notes& notes) {
  const auto& fulfilment = outcome.result[properties::Property::fulfilment];
  const bool is_unjudged = fulfilment.applies && fulfilment.checked == 0 && fulfilment.unknown == 0;
  if (!is_unjudged || outcome.result.outcomes.late == 0) return;
  const std::string timeouts = timeouts_of(cell);
  notes.add(
      "fulfilment could be judged of no order: messages or forces took longer than a third of "
      "the shortest timeout" +
      (timeouts.empty() ? std::string{" or of the client's patience"} : " (" + timeouts + ")") +
      ", so none was sure to be placed in time");
}

/// Properties that are owed in equally many runs of a cell are told together.
void note_debts(const ScenarioResult& result, const CellOutcome& outcome, Notes& notes) {
  std::vector<std::pair<std::uint64_t, std::string>> debts;
  for (const properties::PropertyDecl& doc : properties::property_decls()) {
    const std::uint64_t owed = outcome.result[doc.property].owed;
    if (owed == 0) continue;
    const auto same = std::find_if(debts.begin(), debts.end(),
                                   [&](const auto& debt) { return debt.first == owed; });
    if (same != debts.end()) same->second += ", " + std::string{doc.name};
    if (same == debts.end()) debts.emplace_back(owed, doc.name);
  }
  const std::string cell =
      result.cells.size() == 1 ? "" : cell_words(result.cell_of(outcome)) + ": ";
  for (const auto& [owed, names] : debts) {
    notes.add_once(cell + "a node that is down for good owes in " +
                   part_of_runs(owed, outcome.result.runs) +
                   " what it would put right if it came back: " + names);
  }
}

}  // namespace

std::string notes_section(const ScenarioResult& result, const Style& style) {
  Notes notes;
  for (const CellOutcome& outcome : result.cells) {
    const scenarios::Cell& cell = result.cell_of(outcome);
    for (const std::string& note : cell.notes) notes.add(note, cell.deployment.protocol.name());
    note_faults(cell, outcome, notes);
    if (result.cells.size() == 1) tell_faults(outcome, notes);
    note_lateness(cell, outcome, notes);
    note_debts(result, outcome, notes);
    if (!outcome.result.first_cut_short.empty()) notes.add_once(outcome.result.first_cut_short);
    if (outcome.result.nondeterminism) {
      const bool is_ours = consent_for(cell.deployment).empty();
      notes.add_once((is_ours ? "A BUG IN INDOUBT: " : "AN EXTERNAL NODE DEPENDS ON CHANCE: ") +
                     *outcome.result.nondeterminism);
    }
  }
  return notes.text(result.cells.size(), style);
}

}  // namespace indoubt::reports
