#pragma once

#include <string>
#include <vector>

#include "tests/support/runs.hpp"

namespace indoubt::test {

/// Every family and variant that takes a supervisor, in every style that has ends of its own.
struct Supervisable {
  std::string name;
  std::string variant;
  std::vector<std::pair<std::string, kit::OptionValue>> options;

  bool is_published() const { return !variant.empty(); }
  std::string text() const {
    std::string words = name + (variant.empty() ? "" : " " + variant);
    for (const auto& [option, value] : options) words += " " + option;
    return words;
  }
};

inline const std::vector<Supervisable>& supervisables() {
  using Text = std::string;
  static const std::vector<Supervisable> all{
      {"saga", "", {{"style", Text{"orchestrated"}}}},
      {"saga", "", {{"style", Text{"orchestrated"}}, {"semantic_locks", true}}},
      {"saga", "", {{"style", Text{"orchestrated"}}, {"queues", true}}},
      {"saga", "", {{"style", Text{"choreographed"}}}},
      {"tcc", "", {}},
      {"reservation", "", {}},
      {"event-sourcing", "", {}},
      {"outbox", "", {}},
      {"outbox", "", {{"relay", Text{"log-tailing"}}}},
      {"outbox", "as-published", {}},
      {"local-message-table", "", {}},
      {"local-message-table", "as-published", {}},
      {"mq-transaction", "", {}},
      {"mq-transaction", "", {{"mode", Text{"half-message"}}}},
      {"mq-transaction", "as-published", {}},
      {"listen-to-yourself", "", {}}};
  return all;
}

/// A deployment of it, with or without its supervisor. What it asks for it has in the plural, so
/// that nothing is refused.
inline Deployment deployment_of(const Supervisable& choice, bool is_supervised,
                                std::size_t services = 2, std::uint32_t orders = 1) {
  Deployment made = deployment(choice.name, services, orders);
  made.protocol.variant = choice.variant;
  made.protocol.options = choice.options;
  if (is_supervised) made.protocol.options.emplace_back("supervisor", true);
  return made;
}

}  // namespace indoubt::test
