#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/mix.hpp"
#include "sim/base/time.hpp"
#include "sim/world/compiled_plan.hpp"
#include "sim/world/counters.hpp"
#include "sim/world/observer.hpp"

namespace indoubt::sim {

/// What a random word of a message is for. Each has its own counter, so none shifts another.
enum class Purpose : std::uint64_t { latency, loss, duplicate, copy_latency, corrupt };

/// What becomes of one message.
struct Journey {
  const CompiledLink* link = nullptr;  ///< null between nodes of one machine
  Fate fate = Fate::travels;
  TrueTime arrival{};
  std::uint64_t key = 0;  ///< of its random words
  std::uint32_t nth = 0;
  Duration delayed_by{};

  std::uint64_t word(Purpose purpose) const {
    return multiply_fold(key ^ 0x8ebc'6af0'9c88'c6e3u,
                         key + (static_cast<std::uint64_t>(purpose) + 1) * 0x9e37'79b9'7f4a'7c15u);
  }

  /// Whether the link makes a copy of what it carries.
  bool is_duplicated() const {
    return !link->duplicate.is_zero() && link->duplicate.happens(word(Purpose::duplicate));
  }
};

/// One end of a link: the part of a node that the random draws of messages depend on.
struct Endpoint {
  NodeId node;
  std::uint64_t key;  ///< of the node's name, mixed with the seed
};

/// The ways between machines: which link a message takes, what it draws there, and when it arrives.
/// All of it stands in this header, because a message must be one piece of code where it is sent.
class Network {
 public:
  explicit Network(const CompiledPlan& plan)
      : plan_{&plan},
        sendings_{plan.nodes(), plan.orders()},
        last_arrival_(plan.links()),
        messages_by_kind_(plan.plan().messages.size()) {}

  /// For a new run.
  void clear() {
    sendings_.clear();
    std::fill(last_arrival_.begin(), last_arrival_.end(), TrueTime{});
    std::fill(messages_by_kind_.begin(), messages_by_kind_.end(), 0);
  }

  /// How often messages of each kind were sent between machines, by kind.
  const std::vector<std::uint64_t>& messages_by_kind() const { return messages_by_kind_; }

  /// A message of this kind takes the link from one machine to another.
  [[gnu::always_inline]] void depart(Journey& journey, NodeId from, bool from_has_links, NodeId to,
                                     Kind kind) {
    journey.link = &plan_->link(from, to, from_has_links);
    if (journey.link->is_counted) ++messages_by_kind_[kind];
  }

  /// The key of the message's random words: of sender, receiver, order, and which of these it is.
  [[gnu::always_inline]] void draw_key(Journey& journey, const Endpoint& from, const Endpoint& to,
                                       OrderId order) {
    journey.nth = sendings_.count(from.node, to.node, order);
    // The sender's key is rotated so that the two directions of a link differ.
    const std::uint64_t key =
        std::rotl(from.key, 23) + to.key + plan_->plan().number_of(order) * 0x9e37'79b9'7f4a'7c15u;
    journey.key =
        multiply_fold(key ^ 0xa076'1d64'78bd'642fu, journey.nth ^ 0xe703'7ed1'a0b4'28dbu) ^ key;
  }

  /// Loss and corruption by the link's own rates.
  static void draw_loss(Journey& journey) {
    const CompiledLink& link = *journey.link;
    if (journey.fate != Fate::travels) return;
    if (!link.loss.is_zero() && link.loss.happens(journey.word(Purpose::loss))) {
      journey.fate = Fate::lost;
    } else if (!link.corrupt.is_zero() && link.corrupt.happens(journey.word(Purpose::corrupt))) {
      journey.fate = Fate::corrupted;
    }
  }

  /// When a message or copy that leaves now will arrive. On a link that keeps order it is not
  /// before messages that were sent earlier.
  [[gnu::always_inline]] TrueTime arrival(const Journey& journey, Purpose latency, TrueTime now,
                                          Duration later = Duration{0}) {
    const CompiledLink& link = *journey.link;
    const TrueTime at = now + link.latency(link.is_random ? journey.word(latency) : 0) + later;
    if (!link.fifo) return at;
    TrueTime& last = last_arrival_[link.index];
    return last = std::max(last, at);
  }

 private:
  const CompiledPlan* plan_;
  LinkCounters sendings_;               ///< of each order, on each link
  std::vector<TrueTime> last_arrival_;  ///< of each link that keeps order
  std::vector<std::uint64_t> messages_by_kind_;
};

}  // namespace indoubt::sim
