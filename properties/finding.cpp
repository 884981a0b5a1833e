#include "properties/finding.hpp"

#include <array>

namespace indoubt::properties {
namespace {

constexpr std::array<std::string_view, reason_count> names{
    "partly assigned",
    "assigned too much",
    "deciders differ",
    "decision reversed",
    "commit without yes",
    "abort without cause",
    "never committed",
    "must block",
    "stuck",
    "blocked too long",
    "placed but not assigned",
    "placed but taken back",
    "not placed but taken",
    "told both",
    "freed late",
    "never freed",
    "assigned after expiry",
    "taken while held",
    "assigned without hold",
    "assigned a dead hold",
    "leaked hold",
    "leaked part",
    "leaked although not placed",
    "unknown unit",
    "freed without having it",
    "expired though assigned",
    "assigned twice",
    "vote forgotten",
    "assignment forgotten",
    "decision forgotten",
    "never applied",
    "applied though not committed",
    "applied twice",
    "applied out of order",
    "dirty read",
    "fuzzy read",
    "lost update",
};

}  // namespace

std::string_view name_of(Reason reason) { return names[static_cast<std::size_t>(reason)]; }

}  // namespace indoubt::properties
