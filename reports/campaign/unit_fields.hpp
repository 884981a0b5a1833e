#pragma once

#include "reports/campaign/stored_json.hpp"
#include "search/run/cell_result.hpp"

// What a unit's result is made of. The structured bindings name every member, so one that is added
// does not compile before it is thought of here.
namespace indoubt::reports::stored {

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, search::PropertyResult>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [checked, violations, orders_violating, owed, unknown, first_seed, reason, reasons,
           applies] = self;
    field("checked", checked);
    field("violations", violations);
    field("orders_violating", orders_violating);
    field("owed", owed);
    field("unknown", unknown);
    field("first_seed", first_seed);
    field("reason", reason);
    field("reasons", reasons);
    field("applies", applies);
  }
};

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, properties::KindOutcomes>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [placed, not_placed, unknown] = self;
    field("placed", placed);
    field("not_placed", not_placed);
    field("unknown", unknown);
  }
};

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, search::Outcomes>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [placed, not_placed, unknown, missed, late, by_kind] = self;
    field("placed", placed);
    field("not_placed", not_placed);
    field("unknown", unknown);
    field("missed", missed);
    field("late", late);
    field("by_kind", by_kind);
  }
};

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, search::Extreme>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [time, seed, order] = self;
    field("time", time);
    field("seed", seed);
    field("order", order);
  }
};

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, properties::Latencies>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [commit, effect] = self;
    field("commit", commit);
    field("effect", effect);
  }
};

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, search::CellMetrics>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [messages, forced_writes, latencies, slowest, blocked, most_blocked, max_hold,
           longest_in_doubt, dirty_reads, fuzzy_reads, lost_updates, served_twice, turned_away,
           answered, serving] = self;
    field("messages", messages);
    field("forced_writes", forced_writes);
    field("latencies", latencies);
    field("slowest", slowest);
    field("blocked", blocked);
    field("most_blocked", most_blocked);
    field("max_hold", max_hold);
    field("longest_in_doubt", longest_in_doubt);
    field("dirty_reads", dirty_reads);
    field("fuzzy_reads", fuzzy_reads);
    field("lost_updates", lost_updates);
    field("served_twice", served_twice);
    field("turned_away", turned_away);
    field("answered", answered);
    field("serving", serving);
  }
};

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, search::FaultResult>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [runs, orders, messages] = self;
    field("runs", runs);
    field("orders", orders);
    field("messages", messages);
  }
};

/// Not stored are the digest, which follows from those of the runs, the first seed, which is the
/// plan's, and what is kept of each run, which campaigns do not keep.
template <typename T>
requires std::is_same_v<std::remove_const_t<T>, search::CellResult>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [first_seed, runs, events, digest, outcomes, properties, metrics, runs_with_fact,
           runs_with_action, faults, samples, detail, orders_by_run, runs_by_end, first_cut_short,
           rechecked, nondeterminism] = self;
    field("runs", runs);
    field("events", events);
    field("outcomes", outcomes);
    field("properties", properties);
    field("metrics", metrics);
    field("runs_with_fact", runs_with_fact);
    field("runs_with_action", runs_with_action);
    field("faults", faults);
    field("runs_by_end", runs_by_end);
    field("first_cut_short", first_cut_short);
    field("rechecked", rechecked);
    field("nondeterminism", nondeterminism);
  }
};

}  // namespace indoubt::reports::stored
