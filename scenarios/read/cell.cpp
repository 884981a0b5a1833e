#include <array>

#include "scenarios/read/sections.hpp"
#include "scenarios/read/table.hpp"

namespace indoubt::scenarios {
namespace {

using kit::Deployment;

constexpr std::array<Key<Deployment>, 8> deployment_keys{{
    {"limits", optional, shape::object("limits"), "Bounds of a run.", read_limits},
    {"protocol", required, shape::object("protocol"), "Which protocol runs, and how it is set.",
     read_protocol},
    {"nodes", required, shape::map("node"), "The machines and what they are.", read_nodes},
    {"network", optional, shape::object("network"), "How messages travel.", read_network},
    {"workload", required, shape::object("workload"), "The orders that clients place.",
     read_workload},
    {"faults", optional, shape::list("fault"), "What goes wrong.", read_faults},
    {"order", optional, shape::list("event"),
     "Events that come in this order. With this key, and be the list empty, messages and forces "
     "take no time, and what is due at one instant and is not listed comes oldest first.",
     read_event_order},
    {"timeouts", optional, shape::choice("timeouts"),
     "\"fair\" derives those that are not set from the scenario's own network and disks, so that a "
     "comparison compares protocols; \"default\" is what each family has.",
     read_timeouts},
}};

}  // namespace

void read_cell(Reader& reader, const Value& root) {
  read_keys<Deployment>(reader, root, deployment_keys, reader.deployment, "a scenario");
}

std::vector<KeyDoc> cell_keys() { return document<Deployment>("", deployment_keys).keys; }

}  // namespace indoubt::scenarios
