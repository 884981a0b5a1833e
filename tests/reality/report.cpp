#include "tests/reality/report.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace indoubt::reality {
namespace {

std::string mark(bool is_right) { return is_right ? "✓" : "✗"; }

std::size_t outcomes_of(const Verdict& verdict) {
  std::size_t all = 0;
  for (const Row& row : verdict.rows) all += row.real.size();
  return all;
}

std::size_t surprises_of(const Verdict& verdict) {
  std::size_t all = 0;
  for (const Row& row : verdict.rows) all += difference(row.real, row.simulated).size();
  return all;
}

std::string seen(const Row& row) {
  if (!row.surprises().empty()) return "✗ others";
  if (!row.known.empty()) return "not predicted: " + to_text(row.known);
  return row.simulated.size() == 1 ? "this" : "some of these";
}

std::string beyond(const Verdict& verdict) {
  if (verdict.subject.parent.empty()) return {};
  if (verdict.has_not_shown()) return "the mistake has not shown";
  return "shows: " + to_text(verdict.beyond_parent);
}

}  // namespace

std::string to_text(const Verdict& verdict) {
  std::ostringstream text;
  text << verdict.subject.name << ": " << verdict.subject.what << " (" << verdict.runs
       << " runs)\n";
  for (const Row& row : verdict.rows) {
    text << "  " << mark(row.is_right()) << " " << std::left << std::setw(26) << row.point << " "
         << to_text(row.real);
    const Outcomes more = difference(row.simulated, row.real);
    const Outcomes surprises = row.surprises();
    if (!surprises.empty()) text << "\n      not predicted: " << to_text(surprises);
    if (!row.known.empty()) text << "\n      not predicted, as is known: " << to_text(row.known);
    if (!more.empty()) text << "\n      predicted and not seen: " << to_text(more);
    text << "\n";
  }
  const std::string shown = beyond(verdict);
  for (const KnownDifference& entry : verdict.gone) {
    text << "  ✗ does not come any more: " << entry.real << " before '" << entry.point << "'\n";
  }
  if (!shown.empty()) text << "  " << mark(!verdict.has_not_shown()) << " " << shown << "\n";
  return text.str();
}

std::string summary(const std::vector<Verdict>& verdicts) {
  std::ostringstream text;
  std::size_t outcomes = 0;
  std::size_t surprises = 0;
  std::size_t known = 0;
  text << "\n";
  for (const Verdict& verdict : verdicts) {
    outcomes += outcomes_of(verdict);
    surprises += surprises_of(verdict);
    known += verdict.known.size();
    text << mark(verdict.is_right()) << " " << std::left << std::setw(32) << verdict.subject.name
         << std::right << std::setw(3) << verdict.rows.size() << " points " << std::setw(4)
         << verdict.runs << " runs  " << verdict.subject.what << "\n";
  }
  text << outcomes - surprises << " of " << outcomes << " outcomes predicted";
  if (known != 0) text << ", and of " << known << " it is known why they are not";
  text << "\n";
  return text.str();
}

/// Where one outcome is predicted, it was seen. Which of several are is chance, and not said, so
/// that the page stays as it is.
std::string markdown(const std::vector<Verdict>& verdicts) {
  std::ostringstream text;
  for (const Verdict& verdict : verdicts) {
    const Case& subject = verdict.subject;
    text << "\n**" << subject.name << "**: " << subject.what << ".\n\n"
         << "| the crash falls before | predicted | seen |\n|---|---|---|\n";
    for (const Row& row : verdict.rows) {
      text << "| " << row.point << " | " << to_text(row.simulated) << " | " << seen(row) << " |\n";
    }
    if (!subject.parent.empty()) {
      text << "\nThe correct protocol never comes to these, of which at least one was seen: "
           << to_text(verdict.predicted_beyond_parent) << ".\n";
    }
    for (const KnownDifference& entry : verdict.known) {
      text << "\nNot predicted: " << entry.why << " (" << entry.versions << ")\n";
    }
  }
  return text.str();
}

}  // namespace indoubt::reality
