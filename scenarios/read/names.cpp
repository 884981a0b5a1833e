#include "scenarios/read/names.hpp"

#include <algorithm>

#include "scenarios/read/scalars.hpp"

namespace indoubt::scenarios {
namespace {

/// "acceptor-" of "acceptor-12"; empty if there is no number at the end.
std::string_view numbered_stem(std::string_view name) {
  const std::size_t last = name.find_last_not_of("0123456789");
  if (last == std::string_view::npos || last + 1 == name.size()) return {};
  return name[last] == '-' ? name.substr(0, last + 1) : std::string_view{};
}

std::vector<std::string_view> known_nodes(const Reader& reader, NodeUse use) {
  std::vector<std::string_view> names(reader.declared_nodes.begin(), reader.declared_nodes.end());
  for (const kit::Family& family : reader.knowledge.families) {
    for (const std::string_view name : family.info.default_nodes) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  if (use == NodeUse::endpoint) names.push_back(client_node);
  return names;
}

bool is_known(const Reader& reader, std::string_view name) {
  const auto& families = reader.knowledge.families;
  return reader.declared_nodes.contains(name) ||
         std::any_of(families.begin(), families.end(),
                     [&](const auto& family) { return is_default_node(family.info, name); });
}

}  // namespace

bool is_default_node(const kit::FamilyInfo& family, std::string_view name) {
  const std::string_view stem = numbered_stem(name);
  return std::any_of(family.default_nodes.begin(), family.default_nodes.end(),
                     [&](std::string_view own) {
                       return own == name || (!stem.empty() && numbered_stem(own) == stem);
                     });
}

std::optional<std::string> read_node(Reader& reader, const Value& value, NodeUse use) {
  const std::optional<std::string> name = read_name(reader, value);
  if (!name) return std::nullopt;
  if (*name == client_node) {
    if (use == NodeUse::endpoint) return name;
    reader.error(value, "'client' is no machine: it has no disk and no clock, and never fails");
    return std::nullopt;
  }
  if (is_known(reader, *name) || !reader.knows_nodes) return name;
  reader.unknown(value, "node", known_nodes(reader, use));
  return std::nullopt;
}

std::optional<std::string> read_endpoint(Reader& reader, const Value& value) {
  return read_node(reader, value, NodeUse::endpoint);
}

bool cell_has_node(const Reader& reader, std::string_view name) {
  if (name == client_node || reader.declared_nodes.contains(name)) return true;
  return reader.family == nullptr || is_default_node(*reader.family, name);
}

std::vector<std::string_view> all_kinds(const Knowledge& knowledge) {
  std::vector<std::string_view> kinds;
  for (const kit::Family& family : knowledge.families) {
    for (const std::string_view kind : family.info.kinds) {
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    }
  }
  return kinds;
}

std::optional<std::string> read_kind(Reader& reader, const Value& value) {
  std::vector<std::string_view> known = all_kinds(reader.knowledge);
  const kit::ExternalPrograms& external = reader.deployment.protocol.external;
  known.insert(known.end(), external.messages.begin(), external.messages.end());
  known.insert(known.end(), external.timers.begin(), external.timers.end());
  const auto index = read_choice(reader, value, "message kind", known);
  if (!index) return std::nullopt;
  return value.text;
}

bool cell_has_kind(const Reader& reader, std::string_view kind) {
  if (reader.family == nullptr) return true;
  const auto& kinds = reader.family->kinds;
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end() ||
         reader.deployment.protocol.external.has_kind(kind);
}

}  // namespace indoubt::scenarios
