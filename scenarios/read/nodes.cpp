#include <algorithm>
#include <array>
#include <string>

#include "scenarios/read/distribution.hpp"
#include "scenarios/read/item_counts.hpp"
#include "scenarios/read/names.hpp"
#include "scenarios/read/scalars.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/read/table.hpp"
#include "scenarios/vocabulary.hpp"

namespace indoubt::scenarios {
namespace {

using kit::NodeDecl;
using sim::DiskSpec;

std::optional<sim::Output> read_output(Reader& reader, const Value& value) {
  return read_enum<sim::Output>(reader, value, "output", output_names());
}

constexpr std::size_t most_nodes = 1'000;

constexpr std::array<Key<DiskSpec>, 3> disk_keys{{
    {"force", optional, shape::distribution, "How long a forced write takes. Default: 1ms.",
     into<&DiskSpec::force, read_distribution>},
    {"group_commit", optional, shape::boolean,
     "Go on handling messages while a force is pending; effects leave in order. Default: false.",
     into<&DiskSpec::group_commit, read_boolean>},
    {"output", optional, shape::choice("output"),
     "What effects wait for with group_commit: all forces before them, or those of their own "
     "handling. Default: ordered.",
     into<&DiskSpec::output, read_output>},
}};

void read_disk(Reader& reader, const Value& value, NodeDecl& node) {
  if (!read_object<DiskSpec>(reader, value, disk_keys, node.disk, "a disk")) return;
  const Value* output = value.find("output");
  const bool waits_anyway = node.disk.output == sim::Output::by_handling && !node.disk.group_commit;
  if (output == nullptr || !waits_anyway) return;
  reader.error(*output,
               "output by handling needs group_commit: without it a node handles nothing "
               "while a force is pending");
}

void read_work(Reader& reader, const Value& value, NodeDecl& node) {
  if (const auto time = read_distribution(reader, value)) node.work.time = *time;
}

void read_queue(Reader& reader, const Value& value, NodeDecl& node) {
  const auto bound = read_count<std::uint32_t, 1, kit::longest_queue>(reader, value);
  if (bound) node.work.queue = *bound;
}

void read_deadline(Reader& reader, const Value& value, NodeDecl& node) {
  if (const auto deadline = read_positive_duration(reader, value)) node.work.deadline = *deadline;
}

/// Where messages take no time, none waits to be worked on.
void check_queue(const Reader& reader, const Value& value, NodeDecl& node) {
  if (node.work.takes_time()) return;
  for (const std::string_view key : {"queue", "deadline"}) {
    const Member* given = value.find_member(key);
    if (given == nullptr || value.find("work") != nullptr) continue;
    reader.error(*given,
                 in_quotes(key) + " is of messages that wait to be worked on; it needs 'work'");
  }
  node.work = {};
}

void read_stock(Reader& reader, const Value& value, NodeDecl& node) {
  node.stock = read_item_counts(reader, value, "stock", stock_bounds);
  const bool is_empty = value.is(Value::Type::object) && value.members.empty();
  if (is_empty) reader.error(value, "'stock' names no item");
}

std::optional<std::string> read_host(Reader& reader, const Value& value) {
  return read_node(reader, value, NodeUse::machine);
}

constexpr std::array<Key<NodeDecl>, 9> node_keys{{
    {"role", optional, shape::text,
     "\"coordinator\" takes the clients' orders; a family may know further roles.",
     into<&NodeDecl::role, read_name>},
    {"stock", optional, shape::reference("stock"),
     "Units of each item. A node with stock is a service.", read_stock},
    {"decline", optional, shape::probability,
     "How often a service refuses an order for business reasons. Default: 0.",
     into<&NodeDecl::decline, read_probability>},
    {"poison", optional, shape::probability,
     "How often the message about an order cannot be handled at a service, whenever it is tried. "
     "Default: 0.",
     into<&NodeDecl::poison, read_probability>},
    {"disk", optional, shape::object("disk"), "The node's disk.", read_disk},
    {"work", optional, shape::distribution,
     "How long the node works on each message, one after the other. Default: 0s.", read_work},
    {"queue", optional, shape::whole_number(1, kit::longest_queue),
     "How many messages wait for that at most; what does not fit is lost. Default: no bound.",
     read_queue},
    {"deadline", optional, shape::duration,
     "How long a message may wait for that; later it is not worked on, but lost. Default: for "
     "ever.",
     read_deadline},
    {"host", optional, shape::text,
     "The node on whose machine this one runs: one clock, and they fail together.",
     into<&NodeDecl::host, read_host>},
}};

/// A family places a service's role on each node with stock, and its other roles on nodes that are
/// declared for them: one node cannot be both. `check_coordinator` looks at the coordinator.
void check_has_one_part(const Reader& reader, const Value& value, const NodeDecl& node) {
  if (node.role.empty() || node.role == "coordinator" || !node.is_service()) return;
  reader.error(*value.find("stock"),
               "a node with the role " + in_quotes(node.role) +
                   " has no stock; name a service for it, which may have it as its 'host'");
}

/// What only a service may have.
void check_is_service(Reader& reader, const Value& value, std::string_view key,
                      const std::string& otherwise) {
  const Value* given = value.find(key);
  if (given != nullptr && value.find("stock") == nullptr) reader.error(*given, otherwise);
}

void read_one_node(Reader& reader, const Member& member, kit::Deployment& deployment) {
  NodeDecl node;
  node.name = member.key;
  // Without a name it could be taken for the host of nodes that have none.
  if (member.key.empty()) return reader.error(member, "a node needs a name");
  if (member.key == client_node) {
    reader.error(member, "'client' is reserved for the node that places orders");
  }
  if (!read_object<NodeDecl>(reader, member.value, node_keys, node, "a node")) return;
  check_is_service(reader, member.value, "decline", "only a node with stock can decline orders");
  check_is_service(reader, member.value, "poison", "only a node with stock is told of orders");
  check_has_one_part(reader, member.value, node);
  check_queue(reader, member.value, node);
  deployment.nodes.push_back(std::move(node));
}

const NodeDecl* find_node(const kit::Deployment& deployment, std::string_view name) {
  const auto found = std::find_if(deployment.nodes.begin(), deployment.nodes.end(),
                                  [&](const NodeDecl& node) { return node.name == name; });
  return found == deployment.nodes.end() ? nullptr : &*found;
}

/// A machine cannot stand on itself, however many steps it takes to come round.
void check_hosts(Reader& reader, const Value& value, const kit::Deployment& deployment) {
  for (const NodeDecl& start : deployment.nodes) {
    const NodeDecl* node = find_node(deployment, start.host);
    for (std::size_t steps = 0; node != nullptr && steps < deployment.nodes.size(); ++steps) {
      if (node->name == start.name) {
        reader.error(*value.find(start.name)->find("host"),
                     "the hosts of " + in_quotes(start.name) + " go round in a circle");
        break;
      }
      node = find_node(deployment, node->host);
    }
  }
}

void check_services(Reader& reader, const Value& value, const kit::Deployment& deployment) {
  std::size_t services = 0;
  for (const NodeDecl& node : deployment.nodes) {
    if (!node.is_service() || ++services != kit::most_services + 1) continue;
    reader.error(*value.find(node.name)->find("stock"),
                 "at most " + std::to_string(kit::most_services) + " nodes have stock");
  }
}

/// The stock that makes it too much is where the error stands.
void check_stock(Reader& reader, const Value& value, const kit::Deployment& deployment) {
  std::int64_t units = 0;
  for (const NodeDecl& node : deployment.nodes) {
    const bool was_too_much = units > most_stock;
    for (const kit::ItemCount& item : node.stock) units += item.units;
    if (units <= most_stock || was_too_much) continue;
    reader.error(*value.find(node.name)->find("stock"),
                 "all nodes together have at most " + std::to_string(most_stock) +
                     " units in stock, not " + std::to_string(units));
  }
}

void check_coordinator(Reader& reader, const Value& value, const kit::Deployment& deployment) {
  const NodeDecl* first = nullptr;
  for (const NodeDecl& node : deployment.nodes) {
    if (node.role != "coordinator") continue;
    if (first == nullptr) {
      first = &node;
      continue;
    }
    reader.error(*value.find(node.name)->find("role"),
                 "there is a coordinator already, " + in_quotes(first->name));
  }
  if (first == nullptr) {
    reader.report.error(opening(value), "no node has the role 'coordinator'");
  } else if (first->is_service()) {
    reader.error(
        *value.find(first->name)->find("stock"),
        "a coordinator has no stock; name a service for it, which may have it as its 'host'");
  }
}

}  // namespace

void read_nodes(Reader& reader, const Value& value, kit::Deployment& deployment) {
  if (!check_object(reader, value, "'nodes'")) return;
  if (!check_size(reader, value, most_nodes, "nodes")) return;
  // All names first: a node may name a later one as its host.
  reader.knows_nodes = true;
  for (const Member& member : value.members) {
    reader.declared_nodes.insert(member.key);
    if (member.value.find("stock") != nullptr) reader.declared_services.insert(member.key);
  }
  for (const Member& member : value.members) read_one_node(reader, member, deployment);
  check_hosts(reader, value, deployment);
  check_coordinator(reader, value, deployment);
  check_services(reader, value, deployment);
  check_stock(reader, value, deployment);
  if (reader.declared_services.empty()) {
    reader.report.error(opening(value), "no node has stock, so there is no service");
  }
}

std::vector<TableDoc> node_tables() {
  return {document<NodeDecl>("node", node_keys), document<DiskSpec>("disk", disk_keys)};
}

}  // namespace indoubt::scenarios
