#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/world/kinds.hpp"
#include "sim/world/tail.hpp"

namespace indoubt::sim {

/// What can be wrong with a role without a line of its code.
enum class MutationType : std::uint8_t {
  skip_force,              ///< what is appended stays volatile until a later force
  send_before_force,       ///< what is sent after a force leaves right before it
  answer_before_applying,  ///< what goes to the sender leaves before the first append
  forget_timer,            ///< the timer is never armed
  forget_duplicate,        ///< a repetition finds nothing that the role knew of its order
  drop_handling,           ///< what comes is thrown away
  no_answer,               ///< nothing goes to the sender, nor to the client
  spurious_refusal,        ///< the role finds its disk full, which it is not
  forget_unlock,           ///< what is unlocked in memory stays locked
};
inline constexpr std::array all_mutation_types{MutationType::skip_force,
                                               MutationType::send_before_force,
                                               MutationType::answer_before_applying,
                                               MutationType::forget_timer,
                                               MutationType::forget_duplicate,
                                               MutationType::drop_handling,
                                               MutationType::no_answer,
                                               MutationType::spurious_refusal,
                                               MutationType::forget_unlock};

/// "skip-force" and so on.
std::string_view name_of(MutationType type);

/// One mistake of one node: a change to what its handlers do. The run is then the same as if the
/// role had been written so, but for one thing: a handler that is changed does not notice if one of
/// its own effects makes a fault fill its disk.
struct EffectMutation {
  MutationType type = MutationType::skip_force;
  Kind kind = 0;  ///< of what is handled; of what is armed for `forget_timer`
  bool operator==(const EffectMutation&) const = default;

  /// Whether it changes the effects of handlings of this kind. Some do not: they change what the
  /// role knows, whether it handles anything at all, or what its store keeps in memory.
  bool concerns_effects_of(Kind handled) const {
    switch (type) {
      case MutationType::skip_force:
      case MutationType::send_before_force:
      case MutationType::answer_before_applying:
      case MutationType::no_answer: return kind == handled;
      case MutationType::forget_timer: return true;
      case MutationType::forget_duplicate:
      case MutationType::drop_handling:
      case MutationType::spurious_refusal:
      case MutationType::forget_unlock: return false;
    }
    return false;
  }
};

/// What a handler wants, in order, before any of it takes place.
class EffectList {
 public:
  void clear() { items_.clear(); }
  void add(const Effect& effect);
  std::size_t size() const { return items_.size(); }
  /// The effect with its words, and zeros behind them; valid until the list changes.
  Effect at(std::size_t position) const;

  /// Applies a mutation to the effects of one handling, of what came from a sender. False if that
  /// changes nothing.
  bool change(const EffectMutation& mutation, NodeId sender, NodeId client);

 private:
  struct Item {
    Effect effect;
    std::array<std::uint64_t, record_words> words;
  };
  template <typename Where>
  bool remove(Where&& where);
  bool send_before_force();
  bool answer_before_applying(NodeId sender);
  void move_forward(std::size_t from, std::size_t to);

  std::vector<Item> items_;
};

}  // namespace indoubt::sim
