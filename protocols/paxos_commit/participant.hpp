#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/atomic_commit/branches.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/paxos_commit/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::paxos_commit {

struct Branch {
  atomic_commit::Phase phase{};
  AcceptorSet accepted{};  ///< who has accepted everybody's yes; only the faster variant counts
  kit::Attempts inquiries{};
  std::uint32_t turn = 0;  ///< of the leader that is asked next
  static auto fields(auto& self) {
    auto& [p, a, i, t] = self;
    return std::tie(p, a, i, t);
  }
};
using LocalBranches = atomic_commit::Branches<Context, Branch>;

/// A service: locks units, votes once, and once it has voted yes waits for the outcome. It never
/// decides alone, but it need not wait for anybody in particular.
struct Participant : LocalBranches {
  static constexpr std::string_view role_name = "participant";
  using Phase = atomic_commit::Phase;
  using Branch = paxos_commit::Branch;

  sim::Constant<Settings> settings;

  virtual ~Participant() = default;

  void on(const Work&, Context& ctx);
  void on(const Prepare&, Context& ctx);
  void on(const Commit&, Context& ctx);
  void on(const Abort&, Context& ctx);
  void on(const WorkTimeout&, Context& ctx);
  void on(const InquiryDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void prepare(Context& ctx);
  /// Will never be prepared, and says so.
  void refuse(Context& ctx);
  void vote(bool yes, Context& ctx) const;
  virtual void commit(Context& ctx);
  virtual void abort(Context& ctx);

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<LocalBranches>(self), std::tie(self.settings));
  }
};

}  // namespace indoubt::paxos_commit
