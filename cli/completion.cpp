#include "cli/verb.hpp"

namespace indoubt::cli {
namespace {

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : " ") + std::string{word};
  return text;
}

std::string verb_names() {
  std::string names;
  for (const Verb& verb : verbs()) names += std::string{verb.name} + " ";
  return names + "--help --version";
}

std::string option_names(const Verb& verb) {
  std::string names = "--help";
  for (const Option& option : verb.options) {
    names += " --" + std::string{option.name};
    if (!option.letter.empty()) names += " -" + std::string{option.letter};
  }
  return names;
}

/// One branch of `case "$verb/$previous"` for each option or operand with known values.
std::string value_cases(const Verb& verb) {
  std::string text;
  for (const Option& option : verb.options) {
    const auto& values = option.choices.empty() ? option.known : option.choices;
    if (values.empty()) continue;
    text += "    " + std::string{verb.name} + "/--" + std::string{option.name} + ") words=\"" +
            joined(values) + "\" ;;\n";
  }
  const std::string operands = verb.name == "help" ? verb_names() : joined(verb.operand_choices);
  if (!operands.empty()) {
    text += "    " + std::string{verb.name} + "/" + std::string{verb.name} + ") words=\"" +
            operands + "\" ;;\n";
  }
  return text;
}

/// What both shells run: sets `words` from `verb`, `current` and `previous`.
std::string choose_words() {
  std::string text = "  local words=\"\"\n  case \"$verb/$previous\" in\n";
  std::string options;
  for (const Verb& verb : verbs()) {
    text += value_cases(verb);
    options += "      " + std::string{verb.name} + ") words=\"" + option_names(verb) + "\" ;;\n";
  }
  return text + "  esac\n  if [[ -z $words && $current == -* ]]; then\n    case \"$verb\" in\n" +
         options + "    esac\n  fi\n";
}

std::string bash_script() {
  return "# indoubt completion for bash: source it, or put it where bash-completion looks.\n"
         "_indoubt() {\n"
         "  local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    COMPREPLY=($(compgen -W \"" +
         verb_names() +
         "\" -- \"$current\"))\n"
         "    return\n"
         "  fi\n"
         "  local verb=\"${COMP_WORDS[1]}\"\n" +
         choose_words() +
         "  if [[ -n $words ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _indoubt indoubt\n";
}

std::string zsh_script() {
  return "#compdef indoubt\n"
         "# indoubt completion for zsh: put it into a folder of $fpath as _indoubt.\n"
         "_indoubt() {\n"
         "  local current=\"${words[CURRENT]}\" previous=\"${words[CURRENT-1]}\" "
         "verb=\"${words[2]}\"\n"
         "  if ((CURRENT == 2)); then\n"
         "    compadd -- ${=:-\"" +
         verb_names() +
         "\"}\n"
         "    return\n"
         "  fi\n" +
         choose_words() +
         "  if [[ -n $words ]]; then\n"
         "    compadd -- ${=words}\n"
         "  else\n"
         "    _files\n"
         "  fi\n"
         "}\n"
         "if [[ $funcstack[1] == _indoubt ]]; then _indoubt \"$@\"; else compdef _indoubt indoubt; "
         "fi\n";
}

ExitCode print_completion(const Arguments& arguments) {
  if (arguments.operands.size() != 1) throw UsageError{"for which shell? bash or zsh"};
  const std::string& shell = arguments.operands.front();
  check_choice("completion", shell, find_verb("completion")->operand_choices);
  print(shell == "bash" ? bash_script() : zsh_script());
  return ExitCode::as_expected;
}

}  // namespace

Verb completion_verb() {
  return {.name = "completion",
          .operands = "SHELL",
          .summary = "completion for bash or zsh",
          .details =
              "Prints what a shell needs to complete commands, options and their values:\n"
              "  source <(indoubt completion bash)",
          .operand_choices = {"bash", "zsh"},
          .run = print_completion};
}

}  // namespace indoubt::cli
