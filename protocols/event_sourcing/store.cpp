#include "protocols/event_sourcing/store.hpp"

#include <algorithm>

namespace indoubt::event_sourcing {

/// Optimistic concurrency: a writer says which version it knows, and if that is not the newest one,
/// nothing is appended. Either way the answer is the events that the writer did not know: its own,
/// if it was appended now or by an earlier copy of the request, or those of others.
void Store::on(const Append& request, Context& ctx) {
  const Stream& stream = streams[ctx.order()];
  if (request.expected_version == stream.version) append(request.event, ctx);
  tell_after(request.expected_version, ctx);
}

void Store::append(Event event, Context& ctx) {
  ctx.write(*this, EventStored{event});
  ctx.force();
}

void Store::store(Event event, sim::OrderId order) {
  Stream& stream = streams[order];
  log.push_back({.order = order, .event = event, .version = ++stream.version});
  if (stream.newest != 0) log[static_cast<std::size_t>(stream.newest) - 1].next = log.size();
  if (stream.first == 0) stream.first = log.size();
  stream.newest = log.size();
}

void Store::tell_after(std::uint64_t version, Context& ctx) const {
  ctx.await_forces();
  for (std::uint64_t i = streams.at(ctx.order()).first; i != 0; i = at(i).next) {
    if (at(i).version > version) tell(i, ctx);
  }
}

void Store::tell(std::uint64_t position, Context& ctx) const {
  const Entry& entry = at(position);
  ctx.answer(Recorded{position, entry.version, entry.event});
}

/// Sends the log in its order. The network may change the order and lose events; the reader has to
/// notice.
void Store::on(const Read& request, Context& ctx) {
  const std::uint64_t end = std::min<std::uint64_t>(log.size(), request.after + page);
  ctx.await_forces();
  for (std::uint64_t position = request.after + 1; position <= end; ++position) {
    Context about = ctx.about(at(position).order);
    tell(position, about);
  }
  ctx.answer(PageEnd{end, log.size(), request.reader});
}

}  // namespace indoubt::event_sourcing
