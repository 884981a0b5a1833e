#pragma once

#include "protocols/event_sourcing/process_manager.hpp"
#include "protocols/event_sourcing/read_model.hpp"
#include "protocols/event_sourcing/service.hpp"
#include "protocols/event_sourcing/store.hpp"

/// Event-sourced sagas with one mistake each, as people make it. Every mutant is the correct role
/// but for the handlers that it declares; `family.cpp` says what each of them breaks, and where it
/// was seen.
namespace indoubt::event_sourcing::mutants {

/// X-ES-01: the handler that sends commands runs for the events of the past, too, and each command
/// gets an id when it is sent.
struct ReplayEmitsCommands : ProcessManager {
  using ProcessManager::on;
  void on(const Recorded& recorded, Context& ctx);
};

/// X-ES-02: takes the newest event that it has seen for its checkpoint, gaps or not.
struct SkipsGaps : ProcessManager {
  using ProcessManager::on;
  void on(const Recorded& recorded, Context& ctx);
};

/// X-ES-03: a command that is sent again has another id.
struct RandomCommandIds : ProcessManager {
  using ProcessManager::on;
  void on(const ResendDue& timer, Context& ctx);
};

/// X-ES-04: appends whatever comes, but no event twice.
struct NoExpectedVersion : Store {
  using Store::on;
  void on(const Append& request, Context& ctx);
};

/// X-ES-05: says that an event is in the stream before it is durable.
struct RecordedBeforeForce : Store {
  using Store::on;
  void on(const Append& request, Context& ctx);
};

/// X-ES-06: acts on an event while it is being appended.
struct CommandsBeforeAppend : ProcessManager {
  using ProcessManager::on;
  void on(const kit::PlaceOrder& request, Context& ctx);
};

/// X-ES-07: a service answers before its event is durable.
struct TakenBeforeForce : Service {
  using Service::on;
  void on(const Take& command, Context& ctx);
};

/// X-ES-09: as X-ES-02, but who skips is the read model.
struct ReadModelSkipsGaps : ReadModel {
  using ReadModel::on;
  void on(const Recorded& recorded, Context& ctx);
};

/// X-ES-10: shows an order from its first event on.
struct ShowsWhatIsOpened : ReadModel {
  using ReadModel::on;
  void on(const Recorded& recorded, Context& ctx);
};

/// X-ES-11: projects an event as often as it comes.
struct ProjectsCopies : ReadModel {
  using ReadModel::on;
  void on(const Recorded& recorded, Context& ctx);
};

}  // namespace indoubt::event_sourcing::mutants
