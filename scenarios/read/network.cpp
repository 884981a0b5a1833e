#include <array>
#include <set>
#include <string>
#include <utility>

#include "scenarios/read/distribution.hpp"
#include "scenarios/read/names.hpp"
#include "scenarios/read/scalars.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/read/table.hpp"

namespace indoubt::scenarios {
namespace {

using kit::LinkDecl;
using sim::LinkQuality;

constexpr std::size_t most_links = 10'000;

constexpr std::array<Key<LinkQuality>, 5> quality_keys{{
    {"latency", optional, shape::distribution, "How long a message travels. Default: 5ms.",
     into<&LinkQuality::latency, read_distribution>},
    {"loss", optional, shape::probability, "How often a message is lost. Default: 0.",
     into<&LinkQuality::loss, read_probability>},
    {"duplicate", optional, shape::probability,
     "How often a message arrives a second time. Default: 0.",
     into<&LinkQuality::duplicate, read_probability>},
    {"corrupt", optional, shape::probability,
     "How often a message is damaged, found by its checksum and dropped. Default: 0.",
     into<&LinkQuality::corrupt, read_probability>},
    {"fifo", optional, shape::boolean, "No message overtakes another. Default: false.",
     into<&LinkQuality::fifo, read_boolean>},
}};

constexpr std::array<Key<LinkDecl>, 2> end_keys{{
    {"from", required, shape::text, "Where messages come from.",
     into<&LinkDecl::from, read_endpoint>},
    {"to", required, shape::text, "Where messages go.", into<&LinkDecl::to, read_endpoint>},
}};

/// A link is what the network is, but for the keys that it states.
std::optional<LinkDecl> read_link(Reader& reader, const Value& value, const LinkQuality& network) {
  if (!check_object(reader, value, "a link")) return std::nullopt;
  std::vector<std::string_view> known = names_of<LinkDecl>(end_keys);
  for (const auto& key : quality_keys) known.push_back(key.name);
  check_keys(reader, value, known, "a link");
  LinkDecl link;
  link.quality = network;
  read_keys<LinkDecl>(reader, value, end_keys, link, "a link");
  read_keys<LinkQuality>(reader, value, quality_keys, link.quality, "a link");
  if (link.from.empty() || link.to.empty()) return std::nullopt;
  if (link.from == link.to) {
    reader.error(*value.find("to"), "a link joins two different nodes");
    return std::nullopt;
  }
  return link;
}

void note_missing_end(Reader& reader, const LinkDecl& link) {
  const std::string& missing = cell_has_node(reader, link.from) ? link.to : link.from;
  reader.notes.push_back("the link " + link.from + " -> " + link.to + " does not apply: " +
                         std::string{reader.family->name} + " has no node '" + missing + "'");
}

void read_links(Reader& reader, const Value& value, kit::Deployment& deployment) {
  if (!value.is(Value::Type::array)) return reader.wrong_type(value, "a list of links");
  if (!check_size(reader, value, most_links, "links")) return;
  std::set<std::pair<std::string, std::string>> seen;
  for (const Value& item : value.items) {
    const std::optional<LinkDecl> link = read_link(reader, item, deployment.network);
    if (!link) continue;
    if (!seen.emplace(link->from, link->to).second) {
      reader.error(item, "the link " + link->from + " -> " + link->to + " is stated twice");
    } else if (cell_has_node(reader, link->from) && cell_has_node(reader, link->to)) {
      deployment.links.push_back(*link);
    } else {
      note_missing_end(reader, *link);
    }
  }
}

}  // namespace

void read_network(Reader& reader, const Value& value, kit::Deployment& deployment) {
  if (!check_object(reader, value, "'network'")) return;
  std::vector<std::string_view> known = names_of<LinkQuality>(quality_keys);
  known.push_back("links");
  check_keys(reader, value, known, "'network'");
  read_keys<LinkQuality>(reader, value, quality_keys, deployment.network, "'network'");
  if (const Value* links = value.find("links")) read_links(reader, *links, deployment);
}

std::vector<TableDoc> network_tables() {
  TableDoc network = document<LinkQuality>("network", quality_keys);
  network.keys.push_back({"links", false, shape::list("link"),
                          "Links that differ from the others, in one direction each."});
  TableDoc link = document<LinkDecl>("link", end_keys);
  for (const KeyDoc& key : document<LinkQuality>("", quality_keys).keys) link.keys.push_back(key);
  return {network, link};
}

}  // namespace indoubt::scenarios
