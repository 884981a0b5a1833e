#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"

namespace indoubt::sim {

/// What observably happens. The first group is what scenarios may name; it comes from the messages
/// and records themselves, never from what a role says about them. The second is what the world
/// does to durability, nodes and clocks, which the oracles need to judge fairly.
enum class FactKind : std::uint8_t {
  voted,       ///< a vote left; value: Outcome commit for yes, abort for no
  decided,     ///< a decision took effect; value: Outcome
  prepared,    ///< a service bound itself to a yes: it is in doubt until it has decided
  locked,      ///< a store keeps a unit for an order, in memory only: a crash forgets it
  unlocked,    ///< it does no longer
  held,        ///< a unit became held; `generation`, `expires`
  assigned,    ///< a unit became assigned
  released,    ///< a unit became free because of its order
  expired,     ///< a unit became free because its hold ran out
  refused,     ///< a service declined an order
  published,   ///< a broker made a message durable
  applied,     ///< a consumer's effect was appended
  guessed,     ///< a service in doubt decided by itself, durably
  noted,       ///< who decides has such a decision on record; unit: the place among the services of
               ///< the order of whose it is
  parked,      ///< a broker set a message aside, undelivered, for people to look at
  replied,     ///< an answer left for the client; value: Outcome
  placed,      ///< the client received "placed"
  not_placed,  ///< the client received "not placed"
  cancelled,   ///< the client asked to give the order up

  requested,  ///< the client placed its order
  durable,    ///< every record of the node before number `record` is now safe
  told,       ///< a record about the order is about to be lost, and the node had told somebody
              ///< something about it: `expires` is the true time when it last did
  lost,       ///< a crash lost every record of the node from number `record` on
  crashed,    ///< value: a `CrashFact`
  restarted,
  paused,
  resumed,
  clock_set,  ///< `drift_ppb` in `unit` (as signed), `jump` of the reading in `expires`
  cut,        ///< some links closed or opened again
  disk,       ///< its disk is another: value: 1 if it is full; unit: a bit set of `DiskState`
  struck,     ///< a message about the order was lost, damaged, copied or delayed by a fault or link
  late,       ///< a message about the order takes, or took, longer than is prompt;
              ///< `expires`: since when, by true time; value: a `LateFact`
  quiet,      ///< faults stopped; loss, duplication and corruption are off
  failed,  ///< a role's code made a mistake; value: a `Failure::Cause`; `unit`: its number in the
           ///< run; `generation`: the kind of what was handled
};

/// What a crash says of its node's return.
struct CrashFact {
  static constexpr std::uint8_t for_good = 0;
  static constexpr std::uint8_t will_restart = 1;
  static constexpr std::uint8_t finds_damage = 2;  ///< it was to restart, and its log is damaged
};

/// Why a message is late.
struct LateFact {
  static constexpr std::uint8_t of_its_way = 0;  ///< its link, or the inbox of a node that waits
  static constexpr std::uint8_t of_work = 1;     ///< its node was at work, which holds up no timer
};

/// What may be wrong with a disk.
struct DiskState {
  static constexpr std::uint32_t faulty = 1;  ///< a fault of it is on
  static constexpr std::uint32_t late = 2;    ///< a force takes longer than is prompt
};

/// What there is to know of a kind of fact.
struct FactDecl {
  FactKind kind;
  std::string_view name;
  std::string_view doc{};  ///< one sentence, of those that scenarios may name; the others have none
};

/// All kinds of fact, in the order of `FactKind`: first those that scenarios may name.
inline constexpr std::array fact_decls{
    FactDecl{FactKind::voted, "voted", "A vote left its service."},
    FactDecl{FactKind::decided, "decided",
             "A decision took effect: its record was forced, or it left as a message or reply."},
    FactDecl{FactKind::prepared, "prepared",
             "A service wrote down what binds it to a yes: it is in doubt from here on."},
    FactDecl{FactKind::locked, "locked",
             "A service's store keeps a unit for an order, in memory only."},
    FactDecl{FactKind::unlocked, "unlocked", "It keeps that unit for the order no longer."},
    FactDecl{FactKind::held, "held",
             "A service's store took a unit for an order, for a time or until further notice."},
    FactDecl{FactKind::assigned, "assigned", "A service's store gave a unit to an order."},
    FactDecl{FactKind::released, "released", "A service's store freed a unit of an order."},
    FactDecl{FactKind::expired, "expired",
             "A service's store freed a unit because its hold ran out."},
    FactDecl{FactKind::refused, "refused", "A service declined an order."},
    FactDecl{FactKind::published, "published", "A broker made a message durable."},
    FactDecl{FactKind::applied, "applied", "A consumer wrote the effect of a message."},
    FactDecl{FactKind::guessed, "guessed",
             "A service in doubt decided by itself, heuristically: its record was forced."},
    FactDecl{FactKind::noted, "noted",
             "Who decides wrote down that a service has decided by itself, and whether otherwise."},
    FactDecl{FactKind::parked, "parked",
             "A broker gave a message up: it is among the dead letters, or parked."},
    FactDecl{FactKind::replied, "replied", "The answer left for the client."},
    FactDecl{FactKind::placed, "placed", "The client received 'placed'."},
    FactDecl{FactKind::not_placed, "not_placed", "The client received 'not placed'."},
    FactDecl{FactKind::cancelled, "cancelled", "The client changed its mind, and said so."},
    FactDecl{FactKind::requested, "requested"},
    FactDecl{FactKind::durable, "durable"},
    FactDecl{FactKind::told, "told"},
    FactDecl{FactKind::lost, "lost"},
    FactDecl{FactKind::crashed, "crashed"},
    FactDecl{FactKind::restarted, "restarted"},
    FactDecl{FactKind::paused, "paused"},
    FactDecl{FactKind::resumed, "resumed"},
    FactDecl{FactKind::clock_set, "clock_set"},
    FactDecl{FactKind::cut, "cut"},
    FactDecl{FactKind::disk, "disk"},
    FactDecl{FactKind::struck, "struck"},
    FactDecl{FactKind::late, "late"},
    FactDecl{FactKind::quiet, "quiet"},
    FactDecl{FactKind::failed, "failed"},
};

inline constexpr std::size_t fact_count = fact_decls.size();
static_assert(fact_count <= 64, "sets of kinds of fact are words");

/// How many of them scenarios may name: those before the first without a doc.
inline constexpr std::size_t scenario_fact_count = [] {
  std::size_t count = 0;
  while (!fact_decls[count].doc.empty()) ++count;
  return count;
}();

static_assert(
    [] {
      for (std::size_t i = 0; i < fact_count; ++i) {
        if (static_cast<std::size_t>(fact_decls[i].kind) != i) return false;
        if (fact_decls[i].doc.empty() != (i >= scenario_fact_count)) return false;
      }
      return true;
    }(),
    "facts are declared in the order of the enumeration, and those with a doc come first");

/// The value of a vote, a decision or a reply.
enum class Outcome : std::uint8_t { abort, commit };

constexpr Outcome outcome_of(bool commits) { return commits ? Outcome::commit : Outcome::abort; }
/// "commit", "abort".
constexpr std::string_view name_of(Outcome outcome) {
  return outcome == Outcome::commit ? "commit" : "abort";
}

/// Whether the value of such a fact is an outcome.
constexpr bool has_outcome(FactKind kind) {
  return kind == FactKind::voted || kind == FactKind::decided || kind == FactKind::replied;
}

/// "held", "not_placed", ...
constexpr std::string_view name_of(FactKind kind) {
  return fact_decls[static_cast<std::size_t>(kind)].name;
}
/// The fact that scenarios call by this name, if there is one.
std::optional<FactKind> scenario_fact(std::string_view name);

/// One entry of the history. A change of several units is one fact: its first entry has
/// `is_first`, and one entry for each further unit follows at once.
struct Fact {
  TrueTime time{};
  ClockTime clock{};    ///< the node's reading at that instant
  ClockTime expires{};  ///< of a hold, by the node's clock; `no_expiry` if it has none
  OrderId order = no_order;
  std::uint32_t unit = 0;        ///< unit of the node's stock, numbered from 0 over all its items
  std::uint32_t generation = 0;  ///< of the hold
  std::uint32_t record = 0;      ///< number of the node's log record that carries the fact
  NodeId node = no_node;
  FactKind kind = FactKind::requested;
  std::uint8_t value = 0;
  bool is_first = true;
  bool in_record = false;  ///< carried by a record: durable or lost with it

  Outcome outcome() const { return static_cast<Outcome>(value); }
  bool operator==(const Fact&) const = default;
};

inline constexpr ClockTime no_expiry{Duration{std::numeric_limits<std::int64_t>::max()}};

/// The true time that such a fact carries: since when the message of a `late` one took its
/// time, or when the node of a `told` one last told somebody something.
constexpr TrueTime since_when(const Fact& fact) {
  return TrueTime{fact.expires.time_since_epoch()};
}

/// The facts since the last time the oracles read them, in order.
using History = std::vector<Fact>;

}  // namespace indoubt::sim
