#pragma once

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "scenarios/text/diagnostic.hpp"
#include "scenarios/text/source.hpp"

namespace indoubt::scenarios {

/// Collects what is wrong with a scenario. What is said twice about one place (once for each cell
/// of a sweep, for example) is shown once, and counted each time.
class Report {
 public:
  void error(Span place, std::string message, std::string suggestion = {});
  void warning(Span place, std::string message, std::string suggestion = {});

  bool has_errors() const { return error_count_ > 0; }
  /// So much is wrong that looking further would not help anybody.
  bool is_full() const { return kept_errors_ >= most_notes; }
  /// How often an error was reported. Something that was read meanwhile is right if this has not
  /// grown, whatever was known to be wrong before.
  std::size_t error_count() const { return error_count_; }

  /// All diagnostics of one severity, in the order of the files and of their lines.
  std::vector<Diagnostic> diagnostics(const Sources& sources, Severity severity) const;

 private:
  static constexpr std::size_t most_notes = 200;  ///< kept of each severity

  struct Note {
    Span place;
    Severity severity;
    std::string message;
    std::string suggestion;
  };
  void add(Note note);

  std::vector<Note> notes_;
  std::set<std::tuple<std::uint32_t, std::size_t, std::string>> seen_;
  std::size_t error_count_ = 0;
  std::size_t kept_errors_ = 0;
  std::size_t kept_warnings_ = 0;
};

}  // namespace indoubt::scenarios
