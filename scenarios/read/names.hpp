#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/family.hpp"
#include "scenarios/read/reader.hpp"

namespace indoubt::scenarios {

/// The node that places orders. It is no machine: it neither crashes nor pauses.
inline constexpr std::string_view client_node = "client";

/// Where a name of a node stands.
enum class NodeUse : std::uint8_t {
  endpoint,  ///< of messages, links and facts; the client may be one
  machine,   ///< what crashes, pauses, or has a clock and a disk
};

/// Reads the name of a node: one of `nodes`, or a default node of a known family.
std::optional<std::string> read_node(Reader& reader, const Value& value, NodeUse use);
std::optional<std::string> read_endpoint(Reader& reader, const Value& value);

/// Whether the family adds a node of this name by itself. A family that names "acceptor-1" may add
/// further ones, so the name may end in any number.
bool is_default_node(const kit::FamilyInfo& family, std::string_view name);

/// Whether the cell that is being read has a node of this name.
bool cell_has_node(const Reader& reader, std::string_view name);

/// Reads a message or timer kind of any known family.
std::optional<std::string> read_kind(Reader& reader, const Value& value);
/// Whether the family of the cell has this kind.
bool cell_has_kind(const Reader& reader, std::string_view kind);

/// The kinds of all known families, each once.
std::vector<std::string_view> all_kinds(const Knowledge& knowledge);

}  // namespace indoubt::scenarios
