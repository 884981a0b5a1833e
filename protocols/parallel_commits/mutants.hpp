#pragma once

#include "protocols/parallel_commits/coordinator.hpp"
#include "protocols/parallel_commits/participant.hpp"

/// Parallel commits with one mistake each, as people make it. Every mutant is the correct role but
/// for the handlers that it declares; `family.cpp` says what each of them breaks, and where it was
/// seen.
namespace indoubt::parallel_commits::mutants {

/// Rolls back what it has heard too little of, whether it is committed or not.
struct AbortsStaging : Coordinator {
  using Coordinator::on;
  void on(const VoteTimeout&, Context& ctx);
  void on(const PushDue&, Context& ctx);
};

/// Meets a transaction that is STAGING, and takes it for one that was left behind.
struct RecoversWithoutQuery : Participant {
  using Participant::on;
  void on(const Staging&, Context& ctx);
};

/// Counts all intents but that of the first service, which is the record.
struct CommitsUnstaged : Coordinator {
  using Coordinator::on;
  void on(const IntentWritten& written, Context& ctx);
};

/// Says that the intent is there while it is still in memory.
struct IntentNotForced : Participant {
  using Participant::on;
  void on(const WriteIntent& write, Context& ctx);
};

/// Leaves it to the coordinator to end what it has begun.
struct NeverPushes : Participant {
  using Participant::on;
  void on(const PushDue&, Context&) {}
};

/// Takes a transaction without a record for one that is committed and forgotten.
struct NoRecordIsCommit : Participant {
  using Participant::on;
  void on(const Push& push, Context& ctx);
};

}  // namespace indoubt::parallel_commits::mutants
