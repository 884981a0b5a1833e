#include "cli/verb.hpp"

namespace indoubt::cli {
namespace {

/// Text as roff takes it as it stands: no line begins with a control character, and a dash is one.
std::string roff(std::string_view text) {
  std::string made;
  for (const char c : text) {
    const bool begins_line = made.empty() || made.back() == '\n';
    if (begins_line && (c == '.' || c == '\'')) made += "\\&";
    if (c == '\\') {
      made += "\\e";
    } else {
      made += c == '-' ? "\\-" : std::string{c};
    }
  }
  return made;
}

std::string option_section(const Option& option) {
  std::string names = option.letter.empty() ? "" : "-" + std::string{option.letter} + ", ";
  names += "--" + std::string{option.name};
  std::string text = ".TP\n.B " + roff(names);
  if (!option.value.empty()) text += " " + roff(option.value);
  return text + "\n" + roff(option.doc) + "\n";
}

std::string verb_section(const Verb& verb) {
  std::string text = ".SS " + roff("indoubt " + std::string{verb.name});
  if (!verb.operands.empty()) text += " " + roff(verb.operands);
  text += "\n.nf\n.B " + roff(verb.example) + "\n.fi\n.PP\n" + roff(verb.details) + "\n";
  for (const Option& option : verb.options) text += option_section(option);
  return text;
}

}  // namespace

std::string man_page() {
  std::string text =
      ".TH INDOUBT 1 \"\" \"indoubt " INDOUBT_VERSION
      "\" \"User Commands\"\n"
      ".SH NAME\nindoubt \\- simulator and fault\\-injection testbed for distributed transactions\n"
      ".SH SYNOPSIS\n";
  for (const Verb& verb : verbs()) {
    text += ".B indoubt " + std::string{verb.name} + "\n";
    if (!verb.operands.empty()) text += roff(verb.operands) + "\n";
    text += ".br\n";
  }
  text +=
      ".SH DESCRIPTION\n"
      "Runs real implementations of two\\-phase commit, sagas, TCC, outbox, reservation and their\n"
      "relatives on simulated networks, disks, clocks and crashes, and says what each of them "
      "keeps\n"
      "and loses.\n.SH COMMANDS\n";
  for (const Verb& verb : verbs()) text += verb_section(verb);
  return text + ".SH EXIT STATUS\n" + roff(exit_codes_text()) +
         ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nNo colour, whatever the terminal can show.\n";
}

}  // namespace indoubt::cli
