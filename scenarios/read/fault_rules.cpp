#include "scenarios/read/fault_rules.hpp"

#include <array>

namespace indoubt::scenarios {
namespace {

using sim::Action;

constexpr std::array<std::string_view, 6> triggers{"at",    "every",    "when",
                                                   "match", "handling", "effect"};

const std::array<ActionRule, 9> rules{{
    {Action::crash,
     {"node", "keep", "restart_after"},
     {"node"},
     false,
     "The node loses its memory and what its disk did not force."},
    {Action::pause,
     {"node", "for"},
     {"node"},
     false,
     "The node handles nothing; its clock goes on."},
    {Action::partition,
     {"groups", "one_way", "for", "node"},
     {"groups"},
     false,
     "No message passes between the groups."},
    {Action::drop, {}, {}, true, "The message is lost."},
    {Action::duplicate, {"by"}, {}, true, "The message arrives twice; the copy later by 'by'."},
    {Action::delay, {"by"}, {"by"}, true, "The message arrives later by 'by'."},
    {Action::corrupt, {}, {}, true, "The message is damaged, found by its checksum and dropped."},
    {Action::clock,
     {"node", "offset", "jump", "drift"},
     {"node"},
     false,
     "The node's clock is set, jumps or drifts."},
    {Action::disk,
     {"node", "mode", "by", "for", "restart_after"},
     {"node", "mode"},
     false,
     "The node's disk is slow or full, or fails."},
}};

}  // namespace

std::span<const ActionRule> action_rules() { return rules; }

const ActionRule& rule_of(Action action) { return rules[static_cast<std::size_t>(action)]; }

std::span<const std::string_view> trigger_keys() { return triggers; }

}  // namespace indoubt::scenarios
