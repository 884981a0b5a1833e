#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace indoubt::sim {

/// What a fault does.
enum class Action : std::uint8_t {
  crash,
  pause,
  partition,
  drop,
  duplicate,
  delay,
  corrupt,
  clock,
  disk,
  degrade
};

/// The names of a few parameters.
class Parameters {
 public:
  template <typename... Name>
  constexpr Parameters(Name... name) : names_{name...}, count_{sizeof...(name)} {}
  constexpr const std::string_view* begin() const { return names_.data(); }
  constexpr const std::string_view* end() const { return names_.data() + count_; }
  constexpr bool empty() const { return count_ == 0; }

 private:
  std::array<std::string_view, 9> names_{};
  std::size_t count_ = 0;
};

/// What there is to know of a kind of fault, but for what the world does when it takes place.
struct ActionDecl {
  Action action;
  std::string_view name;
  std::string_view doc;     ///< one sentence or two
  Parameters parameters{};  ///< that it may have, by the names that scenarios have for them
  Parameters required{};    ///< those without which it says nothing
  /// Then its trigger is `match`, which `at` or `every` confine to a window; otherwise, any.
  bool befalls_messages = false;
};

/// All kinds of fault, in the order of `Action`.
inline constexpr std::array action_decls{
    ActionDecl{.action = Action::crash,
               .name = "crash",
               .doc = "A node stops; what its disk had forced stays, the rest as 'keep' says. It "
                      "restarts after 'restart_after', or never. 'wipe', 'rollback' and 'rot' are "
                      "of its disk, 'lost_sends' of what it sent, 'clock_restarts' of its clock.",
               .parameters = {"node", "keep", "restart_after", "wipe", "rollback", "rot",
                              "lost_sends", "clock_restarts"},
               .required = {"node"}},
    ActionDecl{.action = Action::pause,
               .name = "pause",
               .doc = "A node handles nothing for a while; its clock goes on.",
               .parameters = {"node", "for"},
               .required = {"node"}},
    ActionDecl{.action = Action::partition,
               .name = "partition",
               .doc = "No message passes between groups of nodes, or one way only.",
               .parameters = {"groups", "one_way", "for", "node"},
               .required = {"groups"}},
    ActionDecl{.action = Action::drop,
               .name = "drop",
               .doc = "A message is lost.",
               .parameters = {"probability", "for"},
               .befalls_messages = true},
    ActionDecl{.action = Action::duplicate,
               .name = "duplicate",
               .doc = "A message arrives twice, the copy later by 'by'.",
               .parameters = {"by", "probability", "for"},
               .befalls_messages = true},
    ActionDecl{.action = Action::delay,
               .name = "delay",
               .doc = "A message arrives later by 'by'.",
               .parameters = {"by", "probability", "for"},
               .required = {"by"},
               .befalls_messages = true},
    ActionDecl{.action = Action::corrupt,
               .name = "corrupt",
               .doc = "A message is damaged; its receiver's checksum finds it and drops it.",
               .parameters = {"probability", "for"},
               .befalls_messages = true},
    ActionDecl{.action = Action::clock,
               .name = "clock",
               .doc = "A node's clock gets another 'offset' or 'drift', or makes a 'jump'.",
               .parameters = {"node", "offset", "jump", "drift"},
               .required = {"node"}},
    ActionDecl{.action = Action::disk,
               .name = "disk",
               .doc =
                   "A node's disk is 'slow', 'full', fails with an 'error', or is 'lying': it says "
                   "that it has forced what a crash still loses.",
               .parameters = {"node", "mode", "by", "for", "restart_after"},
               .required = {"node", "mode"}},
    ActionDecl{.action = Action::degrade,
               .name = "degrade",
               .doc =
                   "Links, or all links of a node, are worse for a while: messages take 'times' as "
                   "long and 'plus' more, and some are lost or come twice. A node's forces take "
                   "'force_times' as long, and its work 'work_times'.",
               .parameters = {"node", "links", "for", "times", "plus", "loss", "duplicate",
                              "force_times", "work_times"}},
};

inline constexpr std::size_t action_count = action_decls.size();

constexpr const ActionDecl& decl_of(Action action) {
  return action_decls[static_cast<std::size_t>(action)];
}
constexpr std::string_view name_of(Action action) { return decl_of(action).name; }
constexpr bool befalls_messages(Action action) { return decl_of(action).befalls_messages; }

/// A set of kinds of fault has one bit for each.
constexpr std::uint32_t bit_of(Action action) {
  return std::uint32_t{1} << static_cast<unsigned>(action);
}
inline constexpr std::uint32_t all_actions = (std::uint32_t{1} << action_count) - 1;

/// What a crash does besides, or a disk, that no protocol is made for unless it says so: searches
/// have it where they are asked for it.
enum class Harm : std::uint8_t { wipe, rollback, rot, lost_sends, clock_restarts, lying };

/// What there is to know of such a harm.
struct HarmDecl {
  Harm harm;
  std::string_view name;
  Action action;  ///< of the faults that do it
  std::string_view doc;
};

/// All harms, in the order of `Harm`.
inline constexpr std::array harm_decls{
    HarmDecl{Harm::wipe, "wipe", Action::crash,
             "A crash whose node comes back with an empty disk, as newly installed."},
    HarmDecl{Harm::rollback, "rollback", Action::crash,
             "A crash whose node comes back with the disk of a while ago: a restored backup."},
    HarmDecl{Harm::rot, "rot", Action::crash,
             "A crash after which one forced record is damaged. A node that finds an intact one "
             "behind it stays down."},
    HarmDecl{Harm::lost_sends, "lost_sends", Action::crash,
             "A crash that loses the last of what is under way from its node on each link."},
    HarmDecl{Harm::clock_restarts, "clock_restarts", Action::crash,
             "A crash after which the node's clock reads what it read at the start."},
    HarmDecl{Harm::lying, "lying", Action::disk,
             "A disk that says that it has forced what a crash still loses."},
};

/// In a set of kinds of fault the bits of harms stand above those of actions.
constexpr std::uint32_t bit_of(Harm harm) {
  return std::uint32_t{1} << (action_count + static_cast<std::size_t>(harm));
}
inline constexpr std::uint32_t all_harms = ((std::uint32_t{1} << harm_decls.size()) - 1)
                                           << action_count;
constexpr bool has(std::uint32_t kinds, Harm harm) { return (kinds & bit_of(harm)) != 0; }

/// Calls `visit(name)` for each action and then each harm of a set.
template <typename Visit>
void for_each_name(std::uint32_t kinds, Visit&& visit) {
  for (const ActionDecl& decl : action_decls) {
    if ((kinds & bit_of(decl.action)) != 0) visit(decl.name);
  }
  for (const HarmDecl& decl : harm_decls) {
    if (has(kinds, decl.harm)) visit(decl.name);
  }
}

static_assert(
    [] {
      for (std::size_t i = 0; i < action_count; ++i) {
        if (static_cast<std::size_t>(action_decls[i].action) != i) return false;
      }
      return true;
    }(),
    "the kinds of fault are declared in the order of the enumeration");
static_assert(
    [] {
      for (std::size_t i = 0; i < harm_decls.size(); ++i) {
        if (static_cast<std::size_t>(harm_decls[i].harm) != i) return false;
      }
      return action_count + harm_decls.size() <= 32;
    }(),
    "harms are declared in the order of the enumeration, and a set has room for them");

}  // namespace indoubt::sim
