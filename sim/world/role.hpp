#pragma once

#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

#include "sim/base/check.hpp"
#include "sim/base/fields.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

namespace indoubt::sim {

/// What the world can do with a role of whatever type: made once for each type from its `on`
/// overloads and its field list. One indirect call for each event is the price.
struct RoleTable {
  std::size_t size;
  std::size_t alignment;
  void (*copy_construct)(void* to, const void* from);
  void (*assign)(void* to, const void* from);
  void (*destroy)(void* role);
  /// Runs the handler for a message or timer. False if the role has none.
  bool (*handle)(void* role, Kind kind, const std::uint64_t* words, Effects& effects);
  /// Takes back one record that survived a crash.
  void (*replay)(void* role, Kind kind, OrderId order, const std::uint64_t* words);
  bool (*equal)(const void* a, const void* b);
  std::uint64_t (*hash)(const void* role);
  std::string (*text)(const void* role);
};

namespace detail {

template <typename M, typename Role, typename Ctx>
bool handle_message(Role& role, const std::uint64_t* words, Ctx& ctx) {
  if constexpr (requires(const M& message) { role.on(message, ctx); }) {
    role.on(from_words<M>(words), ctx);
    return true;
  }
  return false;
}

template <typename R, typename Role>
void replay_record(Role& role, OrderId order, const std::uint64_t* words) {
  if constexpr (requires(const R& record) { role.replay(record, order); }) {
    role.replay(from_words<R>(words), order);
  }
}

}  // namespace detail

/// `Role` is a plain value with `fields`, `on(const M&, Ctx&)` for each message or timer it handles,
/// and `replay(const R&, OrderId)` for each record type it writes.
template <typename Role, typename Messages, typename Records>
const RoleTable& role_table() {
  using Ctx = Context<Messages, Records>;
  static constexpr RoleTable table{
      sizeof(Role),
      alignof(Role),
      [](void* to, const void* from) { new (to) Role(*static_cast<const Role*>(from)); },
      [](void* to, const void* from) {
        *static_cast<Role*>(to) = *static_cast<const Role*>(from);
      },
      [](void* role) { static_cast<Role*>(role)->~Role(); },
      [](void* role, Kind kind, const std::uint64_t* words, Effects& effects) {
        bool is_handled = false;
        Messages::visit(kind, [&]<typename M>() {
          Ctx ctx{effects, effects.handling().order};
          is_handled = detail::handle_message<M>(*static_cast<Role*>(role), words, ctx);
        });
        return is_handled;
      },
      [](void* role, Kind kind, OrderId order, const std::uint64_t* words) {
        Records::visit(kind, [&]<typename R>() {
          detail::replay_record<R>(*static_cast<Role*>(role), order, words);
        });
      },
      [](const void* a, const void* b) {
        return equal_state(*static_cast<const Role*>(a), *static_cast<const Role*>(b));
      },
      [](const void* role) { return hash_state(0, *static_cast<const Role*>(role)); },
      [](const void* role) { return text_of_state(*static_cast<const Role*>(role)); },
  };
  return table;
}

/// A role of any type, as a value. Assignment between roles of one type reuses their memory.
class AnyRole {
 public:
  AnyRole() = default;
  template <typename Messages, typename Records, typename Role>
  static AnyRole make(const Role& role) {
    AnyRole any;
    any.emplace(role_table<Role, Messages, Records>(), &role);
    return any;
  }

  AnyRole(const AnyRole& other) {
    if (other.table_ != nullptr) emplace(*other.table_, other.role_);
  }
  AnyRole(AnyRole&& other) noexcept
      : table_{std::exchange(other.table_, nullptr)}, role_{std::exchange(other.role_, nullptr)} {}
  AnyRole& operator=(const AnyRole& other) {
    if (this == &other) return *this;
    if (table_ != nullptr && table_ == other.table_) {
      table_->assign(role_, other.role_);
      return *this;
    }
    clear();
    if (other.table_ != nullptr) emplace(*other.table_, other.role_);
    return *this;
  }
  AnyRole& operator=(AnyRole&& other) noexcept {
    std::swap(table_, other.table_);
    std::swap(role_, other.role_);
    return *this;
  }
  ~AnyRole() { clear(); }

  bool handle(Kind kind, const std::uint64_t* words, Effects& effects) {
    return table_->handle(role_, kind, words, effects);
  }
  void replay(Kind kind, OrderId order, const std::uint64_t* words) {
    table_->replay(role_, kind, order, words);
  }
  std::uint64_t hash() const { return table_->hash(role_); }
  std::string text() const { return table_->text(role_); }
  bool operator==(const AnyRole& other) const {
    return table_ == other.table_ && (table_ == nullptr || table_->equal(role_, other.role_));
  }

 private:
  void emplace(const RoleTable& table, const void* from) {
    role_ = ::operator new(table.size, std::align_val_t{table.alignment});
    table.copy_construct(role_, from);
    table_ = &table;
  }
  void clear() {
    if (table_ == nullptr) return;
    table_->destroy(role_);
    ::operator delete(role_, std::align_val_t{table_->alignment});
    table_ = nullptr;
    role_ = nullptr;
  }

  const RoleTable* table_ = nullptr;
  void* role_ = nullptr;
};

}  // namespace indoubt::sim
