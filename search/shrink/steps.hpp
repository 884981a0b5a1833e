#pragma once

#include "search/shrink/reduction.hpp"

namespace indoubt::search {

// The steps of a reduction. Each goes on with what is simpler and still fails, and says whether
// anything changed. None of them undoes what another does, so repeating them comes to an end.

/// The case with everything that chance did as a fault of its own, and without faults that it has
/// no place for. Its run has the same digest.
FailingCase made_explicit(const FailingCase& failing);

/// Of several planted mistakes, takes away those without which the case fails as well.
bool mend_mistakes(Reduction& reduction);

/// Takes faults away, until no single one can be taken away. Goes on when the budget is used up,
/// but then with single ones only.
bool remove_faults(Reduction& reduction);

/// Takes events out of the list of those that come in order, or does without an order.
bool reduce_event_order(Reduction& reduction);

/// The same run, with faults that are at the n-th fact or message of any order at one of its order.
kit::Deployment bound_to_orders(Reduction& reduction);
/// Takes orders away, numbers those that are left from 1, and lets them arrive at 0.
bool reduce_orders(Reduction& reduction);
/// Takes away services, other nodes, items and units.
bool reduce_nodes(Reduction& reduction);
/// Puts settings of nodes, links, protocol and limits back to their defaults.
bool reset_settings(Reduction& reduction);
/// Puts options and limits that a search has changed back to what was asked.
bool restore_settings(Reduction& reduction);
/// Makes constant what is drawn, so that the case does not depend on the seed, and that seed 1.
bool settle_delays(Reduction& reduction);

/// The deployment with its orders numbered from 1, each `gap` after the one before, and with every
/// delay at its default.
kit::Deployment without_variation(kit::Deployment deployment, sim::Duration gap);

/// Binds faults that come at an instant to facts that came before it.
bool bind_to_facts(Reduction& reduction);
/// Makes each fault milder or its description shorter and rounder.
bool simplify_faults(Reduction& reduction);
/// Gives each fault a name that says what it does.
void name_by_deed(Reduction& reduction);

/// Looks for fewer faults than are left, by trying all sets as far as the budget goes: what taking
/// away alone cannot reach.
bool search_fewer_faults(Reduction& reduction);
/// Looks for as few faults in the same scenario with regular arrivals and constant delays, for when
/// those that are there need the delays that a seed drew.
bool search_without_chance(Reduction& reduction);
/// Looks for a milder fault in the place of each, and for one that is bound to an event in the
/// place of those that are bound to an instant.
bool search_milder_faults(Reduction& reduction);

}  // namespace indoubt::search
