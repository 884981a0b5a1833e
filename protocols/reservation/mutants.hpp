#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "protocols/reservation/coordinator.hpp"
#include "protocols/reservation/participant.hpp"

/// Planted mistakes. Each is the correct role with one thing done wrong, as it was found in the
/// wild.
namespace indoubt::reservation::mutants {

/// M-F01: assigning takes the oldest reserved units, whoever reserved them.
struct AnonymousHold : Participant {
  using Participant::on;
  void on(const Assign&, Context& ctx);
};

/// M-F02: the expiry is stored, and assigning does not look at it.
struct ExpiryNotChecked : Participant {
  using Participant::on;
  void on(const Assign& assign, Context& ctx);
};

/// M-F04: the sweeper first reads what has run out and later frees it, without looking again.
struct BlindSweeper : Participant {
  struct Row {
    sim::OrderId order;
    kit::UnitList units;
    std::uint32_t generation;
    static auto fields(auto& self) {
      auto& [o, u, g] = self;
      return std::tie(o, u, g);
    }
  };
  std::vector<Row> read;  ///< by the first handling, for the second

  using Participant::on;
  void on(const SweepDue&, Context& ctx);
  void free_read(Context& ctx);

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Participant>(self), std::tie(self.read));
  }
};

/// M-F05: reservations are shorter than the time for which assigning is tried again, and a hold
/// that ran out counts as one more failure to try again after.
struct RetriesBeyondExpiry : Coordinator {
  using Coordinator::on;
  void on(const DeadlineDue&, Context&) {}
  void on(const Expired&, Context&) {}
};

/// M-F06: a hold is judged by the time that the request brings along, the coordinator's.
struct CoordinatorJudgesExpiry : Participant {
  using Participant::on;
  void on(const Assign& assign, Context& ctx);
};

/// M-F08: nothing but a hold is remembered, so a late copy of a reserve takes units again, also
/// when the order was released or assigned meanwhile.
struct NoTombstone : Participant {
  using Participant::on;
  void on(const Reserve&, Context& ctx);
};

/// M-F10: when assigning fails at one service, what others have assigned stays.
struct NoUnassign : Coordinator {
  using Coordinator::on;
  void on(const Expired&, Context& ctx) { give_up(ctx); }
  void on(const DeadlineDue&, Context& ctx) { give_up(ctx); }
  void give_up(Context& ctx);
};

/// nobody frees what has run out, until somebody else wants it.
struct NoSweeper : Participant {
  using Participant::on;
  void on(const SweepDue&, Context&) {}
};

/// every copy of a release frees the units once more.
struct ReleasesTwice : Participant {
  using Participant::on;
  void on(const Release&, Context& ctx);
};

/// a repeated reserve renews the hold, also one that was assigned meanwhile.
struct ReserveRenews : Participant {
  using Participant::on;
  void on(const Reserve&, Context& ctx);
};

/// an assignment is told before it is durable.
struct AssignedBeforeForce : Participant {
  using Participant::on;
  void on(const Assign& assign, Context& ctx);
};

/// the client is told "placed" before that is durable.
struct PlacedBeforeForce : Coordinator {
  using Coordinator::on;
  void on(const Assigned&, Context& ctx);
};

}  // namespace indoubt::reservation::mutants
