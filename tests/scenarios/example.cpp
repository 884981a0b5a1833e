#include "tests/scenarios/example.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

namespace indoubt::scenarios::testing {
namespace {

using kit::Family;
using kit::OptionDecl;
using Type = OptionDecl::Type;

void build_nothing(kit::Blueprint&) {}

const std::array<Family, 3>& families() {
  static const std::array<Family, 3> all{{
      {{"two-phase-commit",
        "Votes, then a decision.",
        {},
        {"hardened"},
        {{.name = "presume",
          .type = Type::choice,
          .choices = {"nothing", "abort", "commit"},
          .default_number = 1,
          .default_text = "abort",
          .doc = "What no record means."},
         {.name = "vote_timeout",
          .type = Type::duration,
          .default_number = 1'000'000'000,
          .default_text = "1s",
          .doc = "How long the coordinator waits for votes.",
          .fair = [](const kit::Deployment&, sim::Duration trip) { return 2 * trip; }},
         {.name = "participants",
          .type = Type::choice,
          .choices = {"active", "passive"},
          .default_text = "active",
          .doc = "Whether services ask."},
         {.name = "scan",
          .type = Type::choice,
          .choices = {"periodic", "at-start"},
          .default_text = "periodic",
          .doc = "When services are asked.",
          .only_with = {"participants", "passive"}},
         {.name = "orphan_safety",
          .type = Type::duration,
          .default_number = 2'000'000'000,
          .default_text = "2s",
          .doc = "How long orphans are left alone.",
          .only_with = {"scan", "periodic"}}},
        {{"M-A02", "vote_without_prepared", "durability", "Votes before its force."}},
        {"work", "prepare", "vote", "decision"},
        {}},
       {},
       {}},
      {{"reservation",
        "Holds that run out.",
        {},
        {"hardened", "as-published"},
        {{.name = "reservation_ttl",
          .type = Type::duration,
          .default_number = 5'000'000'000,
          .default_text = "5s",
          .doc = "How long a hold lasts."},
         {.name = "call_timeout",
          .type = Type::duration,
          .default_number = 1'000'000'000,
          .default_text = "1s",
          .doc = "How long a call is tried."},
         {.name = "tolerate", .type = Type::integer, .default_text = "1", .doc = "Failures."},
         {.name = "sweep",
          .type = Type::duration,
          .default_number = 100'000'000,
          .default_text = "100ms",
          .doc = "How late.",
          .variants = {"hardened"},
          .only_correct = true}},
        {{"M-F01", "blind_sweep", "exclusive-hold", "Sweeps what was assigned.", false, "sweep"},
         {"M-F02", "expiry_not_checked", "reservation-expiry", "Assigns what ran out."},
         {"M-F08", "late_dup_reserve", "no-leak", "Takes units again."}},
        {"reserve", "reserved", "assign", "sweep"},
        {}},
       {},
       {{"M-F01", &build_nothing}, {"M-F02", &build_nothing}, {"M-F08", &build_nothing}}},
      {{"outbox",
        "A relay and a broker.",
        {},
        {"hardened"},
        {{.name = "relay",
          .type = Type::choice,
          .choices = {"polling", "log-tailing"},
          .default_text = "polling",
          .doc = "How rows are found."},
         {.name = "presume",
          .type = Type::choice,
          .choices = {"never"},
          .default_text = "never",
          .doc = "Another meaning."},
         {.name = "poll",
          .type = Type::duration,
          .default_number = 100'000'000,
          .default_text = "100ms",
          .doc = "How long a relay sleeps.",
          .least = 1'000'000,
          .only_with = {"relay", "polling"}},
         {.name = "retry",
          .type = Type::duration,
          .default_number = 200'000'000,
          .default_text = "200ms",
          .doc = "The first wait.",
          .at_most = "retry_max"},
         {.name = "retry_max",
          .type = Type::duration,
          .default_number = 2'000'000'000,
          .default_text = "2s",
          .doc = "The longest."},
         {.name = "fast", .type = Type::flag, .default_text = "false", .doc = "Skips a hop."}},
        {},
        {"publish", "deliver"},
        {"broker", "acceptor-1"}},
       {},
       {}},
  }};
  return all;
}

/// What families rest on when they are built.
bool can_be_built(const kit::Deployment& deployment) {
  const auto& nodes = deployment.nodes;
  const auto coordinators =
      std::count_if(nodes.begin(), nodes.end(),
                    [](const kit::NodeDecl& node) { return node.role == "coordinator"; });
  const bool has_service = std::any_of(nodes.begin(), nodes.end(),
                                       [](const kit::NodeDecl& node) { return node.is_service(); });
  return coordinators == 1 && has_service && !deployment.workload.all_kinds().front().takes.empty();
}

/// No option says it: that of outbox is none, and the others have 1s. The real one builds
/// the family, so what cannot be built must not come here.
sim::Duration shortest_timeout(const kit::Deployment& deployment) {
  CHECK(can_be_built(deployment));
  return sim::Duration{deployment.protocol.name() == "outbox" ? 0 : 1'000'000'000};
}

bool is_sent(const kit::Deployment& deployment, std::string_view kind) {
  CHECK(can_be_built(deployment));
  return kind != "sweep";
}

bool knows_poison(const kit::Deployment& deployment) {
  CHECK(can_be_built(deployment));
  return deployment.protocol.name() == "outbox";
}

std::vector<std::string_view> not_applicable(const kit::Deployment& deployment) {
  CHECK(can_be_built(deployment));
  if (deployment.protocol.name() == "outbox") return {"termination"};
  return {};
}

std::vector<std::string> headlines(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> lines;
  for (const Diagnostic& diagnostic : diagnostics) {
    const std::string line = headline(diagnostic);
    const std::string severity = diagnostic.severity == Severity::error ? "error: " : "warning: ";
    const std::size_t at = line.find(severity);
    const std::string file = diagnostic.file + ":";
    lines.push_back(line.substr(file.size(), at - file.size()) + line.substr(at + severity.size()));
  }
  return lines;
}

}  // namespace

const Knowledge& example_knowledge() {
  static const std::array<std::string_view, 4> properties{"atomicity", "termination", "no-leak",
                                                          "isolation"};
  using sim::Unit;
  static const std::array<MetricName, 5> metrics{{{"commit_latency.p99", Unit::nanoseconds},
                                                  {"messages", Unit::things, true},
                                                  {"max_hold", Unit::nanoseconds},
                                                  {"isolation.dirty_reads", Unit::things, true},
                                                  {"goodput", Unit::milli_things_per_second}}};
  static const std::array<ReasonName, 3> reasons{
      {{"termination", "must block"}, {"termination", "stuck"}, {"atomicity", "partly assigned"}}};
  static const Knowledge knowledge{families(),       properties, metrics,      reasons,
                                   shortest_timeout, is_sent,    knows_poison, not_applicable};
  return knowledge;
}

const Family* example_family(std::string_view name) {
  return &*std::find_if(families().begin(), families().end(),
                        [&](const Family& family) { return family.info.name == name; });
}

std::string small_scenario() {
  return R"({
  "format": 1,
  "name": "small",
  "limits": { "sim_time": "60s" },
  "nodes": {
    "orders": { "role": "coordinator" },
    "store": { "stock": { "packet": 10 } },
    "courier": { "stock": { "agent": 3 } }
  },
  "network": { "latency": "5ms" },
  "workload": { "orders": 20, "takes": { "store": { "packet": 1 }, "courier": { "agent": 1 } } },
  "protocol": { "name": "two-phase-commit" },
  "faults": [
    { "at": "1s", "do": "crash", "node": "store" }
  ],
  "sweep": { "seeds": { "count": 10 } },
  "expect": [
    { "property": "atomicity", "verdict": "holds" }
  ]
}
)";
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  INFO("the text has no " << from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

ReadResult read(std::string_view text) {
  return read_scenario_text(text, "small.json", example_knowledge());
}

Scenario read_valid(std::string_view text) {
  ReadResult result = read(text);
  if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&result)) {
    FAIL(format(*errors) + "\nin\n" + std::string{text});
  }
  return std::get<Scenario>(std::move(result));
}

std::vector<std::string> errors_in(std::string_view text) {
  const ReadResult result = read(text);
  const auto* errors = std::get_if<std::vector<Diagnostic>>(&result);
  return errors == nullptr ? std::vector<std::string>{} : headlines(*errors);
}

std::vector<std::string> warnings_in(std::string_view text) {
  return headlines(read_valid(text).warnings);
}

}  // namespace indoubt::scenarios::testing
