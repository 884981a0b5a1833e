#include "tests/reality/outcome.hpp"

#include <algorithm>
#include <iterator>

namespace indoubt::reality {
namespace {

void add(std::string& text, std::size_t units, const std::string& state) {
  if (units == 0) return;
  if (!text.empty()) text += " and ";
  if (units > 1) text += std::to_string(units) + " ";
  text += state;
}

std::string to_text(const Holding& holding) {
  std::string text;
  add(text, holding.held, "held");
  add(text, holding.assigned, "assigned");
  add(text, holding.in_doubt, "in doubt");
  return text.empty() ? "free" : text;
}

std::string number_of(std::size_t many, const std::string& what) {
  return ", " + std::to_string(many) + " " + what + (many == 1 ? "" : "s") + " left";
}

}  // namespace

std::string learnt(bool is_placed, bool is_not_placed) {
  if (is_placed && is_not_placed) return "placed and not placed";
  if (is_placed) return "placed";
  return is_not_placed ? "not placed" : "unknown";
}

std::string to_text(const Outcome& outcome) {
  std::string text = outcome.client + ":";
  for (std::size_t i = 0; i < outcome.services.size(); ++i) {
    text += (i == 0 ? " " : ", ") + to_text(outcome.services[i]);
  }
  if (outcome.rows != 0) text += number_of(outcome.rows, "row");
  if (outcome.messages != 0) text += number_of(outcome.messages, "message");
  return text;
}

std::string to_text(const Outcomes& outcomes) {
  std::string text;
  for (const Outcome& outcome : outcomes) text += (text.empty() ? "" : "; ") + to_text(outcome);
  return text.empty() ? "nothing" : text;
}

bool are_among(const Outcomes& some, const Outcomes& all) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

Outcomes difference(const Outcomes& all, const Outcomes& without) {
  Outcomes rest;
  std::set_difference(all.begin(), all.end(), without.begin(), without.end(),
                      std::inserter(rest, rest.end()));
  return rest;
}

}  // namespace indoubt::reality
