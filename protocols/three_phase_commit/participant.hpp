#pragma once

#include <string_view>
#include <tuple>

#include "protocols/kit/job/stock.hpp"
#include "protocols/three_phase_commit/site.hpp"

namespace indoubt::three_phase_commit {

/// A service: locks units, votes, precommits, and does what was decided. What it does if nobody
/// tells it the outcome depends on the termination, which derives from it.
struct Participant : Site {
  static constexpr std::string_view role_name = "participant";

  kit::Stock stock;

  using Site::on;
  void on(const Work&, Context& ctx);
  void on(const Prepare&, Context& ctx);
  void on(const Commit&, Context& ctx);
  void on(const Abort&, Context& ctx);
  void on(const WorkTimeout&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  using Site::replay;
  void replay(const Prepared& record, sim::OrderId order);
  void replay(const Committed& record, sim::OrderId order);
  void replay(const Aborted& record, sim::OrderId order);
  void replay(const Refused&, sim::OrderId order);

  /// Work that was not prepared is lost with its locks.
  void lose_memory();

  void decide(Outcome outcome, Context& ctx) override;
  void conclude(Outcome outcome, Context& ctx) override;

  void prepare(Context& ctx);
  void refuse(Standing& standing, Context& ctx);
  void commit(Context& ctx);
  void abort(Context& ctx);
  void acknowledge(Context& ctx) const;

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Site>(self), std::tie(self.stock));
  }
};

}  // namespace indoubt::three_phase_commit
