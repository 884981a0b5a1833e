#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/base/time.hpp"

namespace indoubt::sim {

/// What faults do at a known time, in this order at one instant: faults begin before others end,
/// then it is quiet, then nodes restart. A node that quiet brings back does not meet the faults
/// that it ends: a disk that failed is well again by then, or a node that forces at its restart
/// would fail and restart for ever.
enum class Due : std::uint8_t { occur, end, quiet, restart };

/// Something that a fault will do at a known time.
struct Agendum {
  TrueTime at{};
  std::uint32_t fault = 0;
  Due due = Due::occur;
  NodeId node = no_node;          ///< of a restart or the end of a pause; machine of a disk's end
  std::uint32_t incarnation = 0;  ///< of that node, for which it is meant

  bool before(const Agendum& other) const {
    if (at != other.at) return at < other.at;
    if (due != other.due) return due < other.due;
    return fault < other.fault;
  }
};

/// What faults will do at known times, in order. What is equal stays in the order of its coming.
class Agenda {
 public:
  void clear() { items_.clear(); }

  void add(const Agendum& item) {
    const auto at = std::find_if(items_.rbegin(), items_.rend(),
                                 [&](const Agendum& other) { return item.before(other); });
    items_.insert(at.base(), item);
  }

  /// Takes the next. There must be one.
  Agendum take() {
    const Agendum next = items_.back();
    items_.pop_back();
    return next;
  }

  /// Calls `visit(agendum)` for each.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (const Agendum& item : items_) visit(item);
  }

  /// Quiet has ended everything that was to end later.
  void forget_ends() {
    std::erase_if(items_, [](const Agendum& item) { return item.due == Due::end; });
  }

  /// The next. There must be one.
  const Agendum& first() const { return items_.back(); }
  TrueTime next() const { return items_.empty() ? never : items_.back().at; }

  /// The next besides quiet, or `never`.
  TrueTime next_change() const {
    const auto at = std::find_if(items_.rbegin(), items_.rend(),
                                 [](const Agendum& item) { return item.due != Due::quiet; });
    return at == items_.rend() ? never : at->at;
  }
  /// Whether anything is to come besides quiet. A run does not wait for quiet alone.
  bool has_more_than_quiet() const {
    return items_.size() > 1 || (items_.size() == 1 && items_.back().due != Due::quiet);
  }

 private:
  friend struct Inspection;

  std::vector<Agendum> items_;  ///< soonest last
};

}  // namespace indoubt::sim
