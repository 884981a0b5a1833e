#include "cli/listing.hpp"
#include "cli/verb.hpp"

namespace indoubt::cli {
namespace {

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
    text += "    " + std::string{verb.name} + "/--" + std::string{option.name} + ") choices=\"" +
            joined_words(values, " ") + "\" ;;\n";
  }
  const std::string operands =
      verb.name == "help" ? verb_names() : joined_words(verb.operand_choices, " ");
  if (!operands.empty()) {
    text += "    " + std::string{verb.name} + "/" + std::string{verb.name} + ") choices=\"" +
            operands + "\" ;;\n";
  }
  return text;
}

/// What bash and zsh run: sets `choices` from `verb`, `current` and `previous`.
std::string choose() {
  std::string text = "  local choices=\"\"\n  case \"$verb/$previous\" in\n";
  std::string options;
  for (const Verb& verb : verbs()) {
    text += value_cases(verb);
    options += "      " + std::string{verb.name} + ") choices=\"" + option_names(verb) + "\" ;;\n";
  }
  return text + "  esac\n  if [[ -z $choices && $current == -* ]]; then\n    case \"$verb\" in\n" +
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
         choose() +
         "  if [[ -n $choices ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$choices\" -- \"$current\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _indoubt indoubt\n";
}

/// `words` is zsh's own name for what was typed, so nothing else may be called that.
std::string zsh_script() {
  return "#compdef indoubt\n"
         "# indoubt completion for zsh: put it into a folder of $fpath as _indoubt.\n"
         "_indoubt() {\n"
         "  local current=\"${words[CURRENT]}\" previous=\"${words[CURRENT-1]}\" "
         "verb=\"${words[2]}\"\n"
         "  if ((CURRENT == 2)); then\n"
         "    compadd -- " +
         verb_names() +
         "\n"
         "    return\n"
         "  fi\n" +
         choose() +
         "  if [[ -n $choices ]]; then\n"
         "    compadd -- ${=choices}\n"
         "  else\n"
         "    _files\n"
         "  fi\n"
         "}\n"
         "if [[ $funcstack[1] == _indoubt ]]; then _indoubt \"$@\"; else compdef _indoubt indoubt; "
         "fi\n";
}

/// As a word in single quotes, which is what fish takes as it stands.
std::string fish_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text)
    quoted += c == '\'' || c == '\\' ? std::string{'\\', c} : std::string{c};
  return quoted + "'";
}

std::string fish_option(const Verb& verb, const Option& option) {
  std::string line = "complete -c indoubt -n '__fish_seen_subcommand_from " +
                     std::string{verb.name} + "' -l " + std::string{option.name};
  if (!option.letter.empty()) line += " -s " + std::string{option.letter};
  const auto& values = option.choices.empty() ? option.known : option.choices;
  const bool is_path = option.value == "FILE" || option.value == "DIR";
  if (!option.value.empty()) line += is_path ? " -r -F" : " -x";
  if (!values.empty()) line += " -a " + fish_quoted(joined_words(values, " "));
  return line + " -d " + fish_quoted(option.doc) + "\n";
}

std::string fish_script() {
  std::string text =
      "# indoubt completion for fish: put it into ~/.config/fish/completions as indoubt.fish.\n"
      "complete -c indoubt -n __fish_use_subcommand -f -l help -d 'what there is'\n"
      "complete -c indoubt -n __fish_use_subcommand -f -l version -d 'which version this is'\n";
  for (const Verb& verb : verbs()) {
    text += "complete -c indoubt -n __fish_use_subcommand -f -a " + std::string{verb.name} +
            " -d " + fish_quoted(verb.summary) + "\n";
    const std::string operands =
        verb.name == "help" ? verb_names() : joined_words(verb.operand_choices, " ");
    if (!operands.empty()) {
      // Right after the command, as in the other shells: files may follow.
      text += "complete -c indoubt -n '__fish_seen_subcommand_from " + std::string{verb.name} +
              "; and test (count (commandline -opc)) -eq 2' -f -a " + fish_quoted(operands) + "\n";
    }
    text += "complete -c indoubt -n '__fish_seen_subcommand_from " + std::string{verb.name} +
            "' -l help -d 'what this command does'\n";
    for (const Option& option : verb.options) text += fish_option(verb, option);
  }
  return text;
}

ExitCode print_completion(const Arguments& arguments) {
  if (arguments.operands.size() != 1) throw UsageError{"for which shell? bash, fish or zsh"};
  const std::string& shell = arguments.operands.front();
  check_choice("completion", shell, find_verb("completion")->operand_choices);
  if (shell == "bash") print(bash_script());
  if (shell == "fish") print(fish_script());
  if (shell == "zsh") print(zsh_script());
  return ExitCode::as_expected;
}

}  // namespace

Verb completion_verb() {
  return {.name = "completion",
          .operands = "SHELL",
          .example = "indoubt completion fish > ~/.config/fish/completions/indoubt.fish",
          .summary = "completion for bash, fish or zsh",
          .details =
              "Prints what a shell needs to complete commands, options and their values:\n"
              "  source <(indoubt completion bash)\n"
              "  indoubt completion fish > ~/.config/fish/completions/indoubt.fish\n"
              "  indoubt completion zsh > \"${fpath[1]}/_indoubt\"",
          .operand_choices = {"bash", "fish", "zsh"},
          .run = print_completion};
}

}  // namespace indoubt::cli
