#include "protocols/event_sourcing/mutants.hpp"

#include <algorithm>

namespace indoubt::event_sourcing::mutants {
namespace {

/// Larger than any version, and most likely new.
CommandId random_id(Context& ctx) {
  return static_cast<CommandId>(ctx.draw("command_id")) | 1u << 8;
}

/// Takes the newest event that was seen for how far one has come.
void skip_gaps(Checkpoint& checkpoint, std::uint64_t position) {
  checkpoint.reached = std::max(checkpoint.reached, position);
}

}  // namespace

void ReplayEmitsCommands::on(const Recorded& recorded, Context& ctx) {
  const bool is_new = recorded.version == sagas[ctx.order()].version + 1;
  if (!reading.is_up_to_date && is_new && recorded.event == Event::opened) {
    const CommandId id = random_id(ctx);
    for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Take{id});
  }
  ProcessManager::on(recorded, ctx);
}

void SkipsGaps::on(const Recorded& recorded, Context& ctx) {
  ProcessManager::on(recorded, ctx);
  skip_gaps(reading.checkpoint, recorded.position);
}

void RandomCommandIds::on(const ResendDue& timer, Context& ctx) {
  Saga& saga = sagas[ctx.order()];
  const bool is_taking = saga.last == Event::opened && saga.wanted == Event::none;
  if (!is_taking) return ProcessManager::on(timer, ctx);
  const CommandId id = random_id(ctx);
  settings->services.of(ctx).for_each(saga.missing,
                                      [&](sim::NodeId service) { ctx.send(service, Take{id}); });
  ctx.arm<ResendDue>(settings->retry.after(saga.attempts++));
}

void NoExpectedVersion::on(const Append& request, Context& ctx) {
  const bool is_known = std::any_of(log.begin(), log.end(), [&](const Entry& entry) {
    return entry.order == ctx.order() && entry.event == request.event;
  });
  if (!is_known) append(request.event, ctx);
  tell_after(request.expected_version, ctx);
}

void RecordedBeforeForce::on(const Append& request, Context& ctx) {
  const Stream& stream = streams[ctx.order()];
  if (request.expected_version != stream.version) return Store::on(request, ctx);
  ctx.answer(Recorded{log.size() + 1, stream.version + 1, request.event});
  append(request.event, ctx);
}

void CommandsBeforeAppend::on(const kit::PlaceOrder& request, Context& ctx) {
  const Saga& saga = sagas[ctx.order()];
  if (saga.last == Event::none && saga.wanted == Event::none) {
    for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Take{1});
  }
  ProcessManager::on(request, ctx);
}

void ReadModelSkipsGaps::on(const Recorded& recorded, Context& ctx) {
  ReadModel::on(recorded, ctx);
  skip_gaps(reading.checkpoint, recorded.position);
}

void ShowsWhatIsOpened::on(const Recorded& recorded, Context& ctx) {
  const bool is_opened = recorded.event == Event::opened;
  ReadModel::on(
      Recorded{recorded.position, recorded.version, is_opened ? Event::placed : recorded.event},
      ctx);
}

void ProjectsCopies::on(const Recorded& recorded, Context& ctx) { project(recorded, ctx); }

void TakenBeforeForce::on(const Take& command, Context& ctx) {
  const bool is_possible = stock.pick(ctx.order()) && !stock.declines(ctx) && !ctx.disk_is_full();
  const bool is_new = command.id > branches[ctx.order()].handled;
  if (is_new && is_possible) ctx.answer(Taken{});
  Service::on(command, ctx);
}

}  // namespace indoubt::event_sourcing::mutants
