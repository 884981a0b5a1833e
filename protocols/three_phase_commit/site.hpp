#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/three_phase_commit/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::three_phase_commit {

/// What a site has heard since it began to ask the others.
struct Round {
  enum class Step : std::uint8_t {
    none,
    asking,      ///< who is up
    collecting,  ///< as their leader, where they stand
    moving,      ///< as their leader, them into the state from which it can decide
  };
  Step step = Step::none;
  State goal = State::idle;            ///< of moving
  std::uint64_t ballot = no_ballot;    ///< its own, as a leader
  std::uint64_t promised = no_ballot;  ///< the highest that anybody follows
  SiteSet awaited{};
  SiteSet waiting{}, precommitted{}, preaborted{};  ///< who stands there
  SiteSet acknowledged{};                           ///< who was moved
  std::uint64_t attempt = no_ballot;  ///< the highest under which anybody came where it stands
  bool is_committable = false;        ///< all that came there under it are precommitted

  void note(std::size_t site, State state, std::uint64_t attempt);
  SiteSet heard() const { return {waiting.bits | precommitted.bits | preaborted.bits}; }

  static auto fields(auto& self) {
    auto& [st, g, b, p, a, w, pc, pa, ack, at, c] = self;
    return std::tie(st, g, b, p, a, w, pc, pa, ack, at, c);
  }
};

/// What coordinator and services have in common: each knows where it stands with an order, says so
/// when it is asked, follows whoever leads, and asks when it is in doubt. One that has crashed in
/// doubt does nothing else: the others may have decided without it.
struct Site {
  struct Standing {
    State state = State::idle;
    bool is_recovering = false;  ///< has crashed in doubt
    std::uint64_t promised = no_ballot;
    std::uint64_t attempt = no_ballot;  ///< under which it is precommitted or preaborted
    kit::Attempts inquiries{};
    Round round{};
    static auto fields(auto& self) {
      auto& [s, re, p, a, i, r] = self;
      return std::tie(s, re, p, a, i, r);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Standing> standings;

  virtual ~Site() = default;

  void on(const PreCommit& move, Context& ctx);
  void on(const PreAck&, Context&) {}  // for whoever leads
  void on(const StateRequest& request, Context& ctx);
  void on(const StateReport& report, Context& ctx);
  void on(const DecisionDue&, Context& ctx);

  void replay(const Precommitted& record, sim::OrderId order);
  void replay(const Preaborted& record, sim::OrderId order);

  /// Where it stands is on record from the vote on, and under which ballot it came there.
  void lose_memory();

  // What depends on the role: takes the outcome, and makes it durable; also tells all others.
  virtual void decide(Outcome outcome, Context& ctx) = 0;
  virtual void conclude(Outcome outcome, Context& ctx) = 0;

  // What depends on the termination: what a site in doubt does when it was told nothing for long,
  // when it has restarted, and when it gets an answer.
  virtual void terminate(Standing& standing, Context& ctx);
  virtual void resume(Standing& standing, Context& ctx);
  virtual void hear(Standing& standing, const StateReport& report, Context& ctx);
  /// From now on it follows nobody of a lower ballot.
  virtual void promise(Standing& standing, std::uint64_t ballot, Context& ctx);
  /// What a crash leaves of that.
  virtual std::uint64_t promise_on_record(const Standing& standing) const {
    return standing.attempt;
  }
  /// It is in that state, durably. False if it cannot go there.
  virtual bool enter(const Standing& standing, State goal, std::uint64_t ballot, Context& ctx);
  /// How many of an order's sites must be in that state for its outcome to be decided before the
  /// time is over.
  virtual int needed(State, int sites) const { return sites; }
  /// Whether a site that does not answer in time is taken to have crashed, so that the others go on
  /// without it.
  virtual bool are_silent_down() const { return true; }

  void ask(std::uint64_t ballot, SiteSet sites, Context& ctx) const;
  void follow(State goal, std::uint64_t ballot, Context& ctx);
  void write(State state, std::uint64_t ballot, Context& ctx);
  void restore(State state, std::uint64_t ballot, sim::OrderId order);

  /// The part of a role that every site has, for the role's own fields.
  static auto fields(auto& self) {
    auto& [s, st] = self;
    return std::tie(s, st);
  }
};

}  // namespace indoubt::three_phase_commit
