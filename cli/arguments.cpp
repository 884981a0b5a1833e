#include "cli/arguments.hpp"

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>

#include "scenarios/text/suggest.hpp"
#include "scenarios/text/units.hpp"

namespace indoubt::cli {
namespace {

namespace po = boost::program_options;

constexpr const char* operands_name = "indoubt-operand";

po::options_description described(std::span<const Option> options) {
  po::options_description all;
  for (const Option& option : options) {
    std::string name{option.name};
    if (!option.letter.empty()) name += "," + std::string{option.letter};
    if (option.value.empty()) {
      all.add_options()(name.c_str(), "");
    } else {
      all.add_options()(name.c_str(), po::value<std::string>(), "");
    }
  }
  all.add_options()(operands_name, po::value<std::vector<std::string>>());
  return all;
}

/// The option that an error is about, without dashes and value: "seed".
std::string bare_name(std::string text) {
  text = text.substr(0, text.find('='));
  const std::size_t start = text.find_first_not_of('-');
  return start == std::string::npos ? std::string{} : text.substr(start);
}

/// The same for an option that is known, also when its letter was typed.
std::string full_name(std::span<const Option> options, const std::string& typed) {
  const std::string name = bare_name(typed);
  for (const Option& option : options) {
    if (!option.letter.empty() && option.letter == name) return std::string{option.name};
  }
  return name;
}

[[noreturn]] void throw_unknown(std::span<const Option> options, const std::string& typed) {
  std::vector<std::string_view> names;
  for (const Option& option : options) names.push_back(option.name);
  const std::string nearest = scenarios::closest(bare_name(typed), names);
  throw UsageError{"unknown option '" + typed.substr(0, typed.find('=')) + "'" +
                   (nearest.empty() ? "" : "; did you mean '--" + nearest + "'?")};
}

po::parsed_options parse(std::span<const Option> options, const std::vector<std::string>& words) {
  namespace style = po::command_line_style;
  po::positional_options_description operands;
  operands.add(operands_name, -1);
  const po::options_description all = described(options);
  try {
    return po::command_line_parser(words)
        .options(all)
        .positional(operands)
        .style(style::unix_style & ~style::allow_guessing)
        .run();
  } catch (const po::unknown_option& error) {
    throw_unknown(options, error.get_option_name());
  } catch (const po::invalid_command_line_syntax& error) {
    const std::string name = full_name(options, error.get_option_name());
    using Kind = po::invalid_command_line_syntax;
    if (error.kind() == Kind::extra_parameter) throw UsageError{"--" + name + " takes no value"};
    throw UsageError{"--" + name + " needs a value"};
  } catch (const po::error& error) {
    throw UsageError{error.what()};
  }
}

const Option& find_option(std::span<const Option> options, std::string_view name) {
  return *std::find_if(options.begin(), options.end(),
                       [&](const Option& option) { return option.name == name; });
}

std::uint64_t read_number(std::string_view name, const std::string& typed, std::uint64_t least,
                          std::uint64_t most) {
  std::uint64_t value = 0;
  const char* end = typed.data() + typed.size();
  const auto [stop, error] = std::from_chars(typed.data(), end, value);
  if (error != std::errc{} || stop != end || value < least || value > most) {
    throw UsageError{"--" + std::string{name} + " takes a whole number from " +
                     std::to_string(least) + " to " + std::to_string(most) + ", not '" + typed +
                     "'"};
  }
  return value;
}

}  // namespace

std::optional<std::string> Arguments::text(std::string_view name) const {
  const auto at = options.find(name);
  if (at == options.end()) return std::nullopt;
  return at->second;
}

std::optional<std::uint64_t> Arguments::number(std::string_view name, std::uint64_t least,
                                               std::uint64_t most) const {
  const std::optional<std::string> typed = text(name);
  if (!typed) return std::nullopt;
  return read_number(name, *typed, least, most);
}

std::optional<std::chrono::nanoseconds> Arguments::duration(std::string_view name,
                                                            std::string_view example) const {
  const std::optional<std::string> typed = text(name);
  if (!typed) return std::nullopt;
  const auto parsed = scenarios::parse_duration(*typed);
  if (parsed.value && *parsed.value > sim::Duration{0}) return *parsed.value;
  throw UsageError{"--" + std::string{name} + " takes a duration such as " + std::string{example} +
                   ", not '" + *typed + "'" +
                   (parsed.problem.empty() ? "" : ": " + parsed.problem)};
}

std::vector<std::uint64_t> Arguments::numbers(std::string_view name, std::uint64_t least,
                                              std::uint64_t most) const {
  std::vector<std::uint64_t> all;
  std::string rest = text(name).value_or("");
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    all.push_back(read_number(name, rest.substr(0, comma), least, most));
    if (comma + 1 == rest.size()) read_number(name, "", least, most);  // nothing after the comma
    rest.erase(0, comma + 1);
  }
  return all;
}

Arguments parse_arguments(std::span<const Option> options, const std::vector<std::string>& words) {
  Arguments arguments;
  for (const po::option& found : parse(options, words).options) {
    if (found.position_key >= 0 || found.string_key == operands_name) {
      arguments.operands.insert(arguments.operands.end(), found.value.begin(), found.value.end());
      continue;
    }
    const Option& option = find_option(options, found.string_key);
    const std::string value = found.value.empty() ? std::string{} : found.value.front();
    if (!option.value.empty() && value.empty()) {
      throw UsageError{"--" + found.string_key + " needs a value"};
    }
    if (!option.choices.empty()) check_choice("--" + found.string_key, value, option.choices);
    if (!arguments.options.emplace(found.string_key, value).second) {
      throw UsageError{"--" + found.string_key + " is given twice"};
    }
  }
  return arguments;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string nearest = scenarios::closest(word, candidates);
  return nearest.empty() ? nearest : "; did you mean '" + nearest + "'?";
}

void check_choice(std::string_view what, std::string_view word,
                  std::span<const std::string_view> known) {
  if (std::find(known.begin(), known.end(), word) != known.end()) return;
  std::string message = std::string{what} + ": unknown value '" + std::string{word} + "'";
  const std::string guess = did_you_mean(word, known);
  if (!guess.empty()) throw UsageError{message + guess};
  message += "; known are";
  for (const std::string_view name : known) {
    message += (name == known.front() ? " " : ", ") + std::string{name};
  }
  throw UsageError{message};
}

}  // namespace indoubt::cli
