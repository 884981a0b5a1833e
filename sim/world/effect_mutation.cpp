#include "sim/world/effect_mutation.hpp"

#include <algorithm>

#include "sim/base/check.hpp"

namespace indoubt::sim {

std::string_view name_of(MutationType type) {
  switch (type) {
    case MutationType::skip_force: return "skip-force";
    case MutationType::send_before_force: return "send-before-force";
    case MutationType::answer_before_applying: return "answer-before-applying";
    case MutationType::forget_timer: return "forget-timer";
    case MutationType::forget_duplicate: return "forget-duplicate";
    case MutationType::drop_handling: return "drop-handling";
    case MutationType::no_answer: return "no-answer";
    case MutationType::spurious_refusal: return "spurious-refusal";
    case MutationType::forget_unlock: return "forget-unlock";
  }
  INDOUBT_CHECK(false);
  return {};
}

void EffectList::add(const Effect& effect) {
  Item& item = items_.emplace_back(Item{effect, {}});
  std::copy(effect.words, effect.words + effect.word_count, item.words.begin());
}

Effect EffectList::at(std::size_t position) const {
  Effect effect = items_[position].effect;
  effect.words = items_[position].words.data();
  return effect;
}

bool EffectList::change(const EffectMutation& mutation, NodeId sender, NodeId client) {
  switch (mutation.type) {
    case MutationType::skip_force:
      return remove([](const Effect& effect) { return effect.type == EffectType::force; });
    case MutationType::forget_timer:
      return remove([&](const Effect& effect) {
        return effect.type == EffectType::arm && effect.kind == mutation.kind;
      });
    case MutationType::send_before_force: return send_before_force();
    case MutationType::answer_before_applying: return answer_before_applying(sender);
    case MutationType::no_answer:
      return remove([&](const Effect& effect) {
        const bool is_answer = effect.to == sender || effect.to == client;
        return effect.type == EffectType::send && is_answer;
      });
    // These are about what the role knows, whether its handler runs at all, or its memory.
    case MutationType::forget_duplicate:
    case MutationType::drop_handling:
    case MutationType::spurious_refusal:
    case MutationType::forget_unlock: return false;
  }
  return false;
}

template <typename Where>
bool EffectList::remove(Where&& where) {
  return std::erase_if(items_, [&](const Item& item) { return where(item.effect); }) != 0;
}

/// Moves each send before the last force that it had to wait for, but not before earlier forces.
bool EffectList::send_before_force() {
  std::size_t force = items_.size();  // none yet
  bool has_moved = false;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const EffectType type = items_[i].effect.type;
    if (type == EffectType::force) force = i;
    if (type != EffectType::send || force == items_.size()) continue;
    move_forward(i, force++);
    has_moved = true;
  }
  return has_moved;
}

bool EffectList::answer_before_applying(NodeId sender) {
  const auto first_append = std::find_if(items_.begin(), items_.end(), [](const Item& item) {
    return item.effect.type == EffectType::append;
  });
  auto append = static_cast<std::size_t>(first_append - items_.begin());
  bool has_moved = false;
  for (std::size_t i = append; i < items_.size(); ++i) {
    const Effect& effect = items_[i].effect;
    if (effect.type != EffectType::send || effect.to != sender) continue;
    move_forward(i, append++);
    has_moved = true;
  }
  return has_moved;
}

/// What lies between keeps its order.
void EffectList::move_forward(std::size_t from, std::size_t to) {
  const auto place = [&](std::size_t position) {
    return items_.begin() + static_cast<std::ptrdiff_t>(position);
  };
  std::rotate(place(to), place(from), place(from + 1));
}

}  // namespace indoubt::sim
