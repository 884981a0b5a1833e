#include "protocols/parallel_commits/pusher.hpp"

namespace indoubt::parallel_commits {

void Pusher::push(Context& ctx) {
  ctx.send(settings->anchor(ctx), Push{});
  ctx.arm<PushDue>(settings->retry.after(pushed[ctx.order()].attempts++));
}

void Pusher::query(Context& ctx) const {
  for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, QueryIntent{});
}

/// An intent that was found stays until the record has its last state, so answers of several
/// attempts can be added up.
void Pusher::on(const IntentStatus& status, Context& ctx) {
  if (!status.found) return ctx.send(settings->anchor(ctx), Recover{false});
  ServiceSet& found = pushed[ctx.order()].found;
  found.add(settings->services.of(ctx).position(ctx.sender()));
  if (found == settings->services.of(ctx).all()) ctx.send(settings->anchor(ctx), Recover{true});
}

}  // namespace indoubt::parallel_commits
