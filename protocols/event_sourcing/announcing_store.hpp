#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/event_sourcing/store.hpp"
#include "protocols/kit/supervisor/watch.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::event_sourcing {

/// A store that has a read model follow it. A read model would ask every so often whether there is
/// anything new; here this is turned round, so that runs can end: the store tells it as often until
/// it has asked for what follows the newest event. What the store remembers of that is in memory.
template <typename Base>
struct AnnouncingStore : Base {
  sim::Constant<Settings> settings;
  std::uint64_t asked_after = 0;  ///< a position: the read model has what is before it
  bool is_asleep = false;         ///< until `NewsDue`

  using Base::on;

  void on(const Append& request, Context& ctx) {
    Base::on(request, ctx);
    announce(ctx);
  }

  void on(const Read& request, Context& ctx) {
    if (ctx.sender() == settings->reader) asked_after = request.after;
    Base::on(request, ctx);
    announce(ctx);
  }

  void on(const NewsDue&, Context& ctx) {
    is_asleep = false;
    if (asked_after < this->log.size()) ctx.send(settings->reader, Grown{});
    announce(ctx);
  }

  void on(const sim::Restart& restart, Context& ctx) {
    if constexpr (kit::Hears<Base, sim::Restart, Context>) Base::on(restart, ctx);
    announce(ctx);
  }

  void announce(Context& ctx) {
    if (is_asleep || asked_after >= this->log.size()) return;
    is_asleep = true;
    ctx.about(sim::no_order).arm<NewsDue>(settings->poll);
  }

  void lose_memory() {
    Base::lose_memory();
    asked_after = 0;
    is_asleep = false;
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Base>(self),
                          std::tie(self.settings, self.asked_after, self.is_asleep));
  }
};

}  // namespace indoubt::event_sourcing
