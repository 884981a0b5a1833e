// Whatever bytes come: the reader returns a scenario or diagnostics, and what it accepts survives
// being written and read again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/kit/family.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/writer.hpp"

namespace {

using namespace indoubt;
using scenarios::Diagnostic;
using scenarios::Scenario;
using Type = kit::OptionDecl::Type;

// It knows families of its own: a corpus must not lose its worth because a real family changes.
const std::vector<kit::Family> families{
    {{"two-phase-commit",
      "",
      {},
      {"hardened"},
      {{.name = "presume", .type = Type::choice, .choices = {"abort", "commit"}, .doc = {}},
       {.name = "vote_timeout",
        .type = Type::duration,
        .doc = {},
        .fair = [](const kit::Deployment&, sim::Duration trip) { return 2 * trip; }},
       {.name = "tolerate", .type = Type::integer, .doc = {}},
       {.name = "fast", .type = Type::flag, .doc = {}}},
      {{"M-A02", "vote_without_prepared", "durability", ""}},
      {"prepare", "vote", "decision"},
      {}},
     {},
     {}},
    {{"reservation",
      "",
      {},
      {"hardened", "as-published"},
      {{.name = "reservation_ttl", .type = Type::duration, .doc = {}},
       {.name = "call_timeout", .type = Type::duration, .doc = {}}},
      {},
      {"reserve", "assign"},
      {"broker", "acceptor-1"}},
     {},
     {}}};
const std::vector<std::string_view> properties{"atomicity", "termination"};
const std::vector<scenarios::MetricName> metrics{{"messages", sim::Unit::things, true},
                                                 {"commit_latency.p99", sim::Unit::nanoseconds}};

scenarios::ReadResult read(std::string_view text) {
  // The folder does not exist, so that no input can make the reader open a file.
  return scenarios::read_scenario_text(text, "no-such-folder/fuzz.json",
                                       {families, properties, metrics});
}

void check_written(const Scenario& scenario, std::size_t cell) {
  const auto result = read(scenarios::write_scenario(scenario, cell));
  const auto* again = std::get_if<Scenario>(&result);
  if (again == nullptr || again->cells.size() != 1) std::abort();
  if (!(again->cells.front().deployment == scenario.cells[cell].deployment)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto result = read(text);
  if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&result)) {
    if (errors->empty() || scenarios::format(*errors).empty()) std::abort();
    return 0;
  }
  const auto& scenario = std::get<Scenario>(result);
  if (scenario.cells.empty()) std::abort();
  check_written(scenario, 0);
  check_written(scenario, scenario.cells.size() - 1);
  return 0;
}
