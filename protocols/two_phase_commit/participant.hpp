#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/atomic_commit/branches.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/two_phase_commit/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::two_phase_commit {

struct Branch {
  atomic_commit::Phase phase{};
  kit::Attempts inquiries{};
  static auto fields(auto& self) {
    auto& [p, i] = self;
    return std::tie(p, i);
  }
};
using LocalBranches = atomic_commit::Branches<Context, Branch>;

/// A service: locks units, votes, and once it has voted yes waits for the outcome, however long.
/// With presumed abort it acknowledges commits. The other presumptions and cooperative termination
/// derive from it and say what they do otherwise.
struct Participant : LocalBranches {
  static constexpr std::string_view role_name = "participant";
  using Phase = atomic_commit::Phase;
  using Branch = two_phase_commit::Branch;

  sim::Constant<Settings> settings;

  virtual ~Participant() = default;

  void on(const Work&, Context& ctx);
  void on(const Prepare&, Context& ctx);
  void on(const Commit&, Context& ctx);
  void on(const Abort&, Context& ctx);
  void on(const PresumedAbort&, Context& ctx) { on(Abort{}, ctx); }
  void on(const WorkTimeout&, Context& ctx);
  void on(const InquiryDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void prepare(Context& ctx);
  void refuse(Branch& branch, Context& ctx);
  /// From the vote on.
  virtual void await_decision(Context& ctx) const;
  /// Of a service in doubt: asks whoever may know the outcome.
  virtual void ask_for_outcome(Context& ctx) const;

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<LocalBranches>(self), std::tie(self.settings));
  }
};

}  // namespace indoubt::two_phase_commit
