#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <tuple>
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
  std::string_view name;  ///< `role_name` of the type, by which mutants know it; empty without
  std::size_t size;
  std::size_t alignment;
  void (*copy_construct)(void* to, const void* from);
  void (*assign)(void* to, const void* from);
  void (*destroy)(void* role);
  /// Runs the handler for a message or timer. False if the role has none.
  bool (*handle)(void* role, Kind kind, const std::uint64_t* words, Effects& effects);
  bool (*has_handler)(Kind kind);
  /// Takes back one record that survived a crash.
  void (*replay)(void* role, Kind kind, OrderId order, const std::uint64_t* words);
  bool takes_records;  ///< it has a `replay` for any of the family's records
  /// Leaves of it what a crash leaves, by its own account.
  void (*lose_memory)(void* role);
  /// Makes the fields that have `forget(OrderId)` forget an order. True if one of them knew of it.
  bool (*forget)(void* role, OrderId order);
  bool can_forget;  ///< it has such fields
  bool (*equal)(const void* a, const void* b);
  /// Adds all that what it will do depends on.
  void (*hash)(const void* role, StateHash& hash);
  std::string (*text)(const void* role);
};

namespace detail {

template <typename Role, typename M, typename Ctx>
concept Handles = requires(Role& role, const M& message, Ctx& ctx) {
  role.on(message, ctx);
};

template <typename M, typename Role, typename Ctx>
bool handle_message(Role& role, const std::uint64_t* words, Ctx& ctx) {
  if constexpr (Handles<Role, M, Ctx>) {
    role.on(from_words<M>(words), ctx);
    return true;
  }
  return false;
}

template <typename Field>
concept Forgets = requires(Field& field, OrderId order) {
  { field.forget(order) } -> std::same_as<bool>;
};

template <typename Role>
bool forget_order(Role& role, OrderId order) {
  bool has_known = false;
  const auto forget = [&](auto& field) {
    if constexpr (Forgets<decltype(field)>) has_known = field.forget(order) || has_known;
  };
  std::apply([&](auto&... field) { (forget(field), ...); }, Role::fields(role));
  return has_known;
}

template <typename Role>
constexpr bool can_forget() {
  using Fields = decltype(Role::fields(std::declval<Role&>()));
  return []<std::size_t... i>(std::index_sequence<i...>) {
    return (Forgets<std::tuple_element_t<i, Fields>> || ...);
  }
  (std::make_index_sequence<std::tuple_size_v<Fields>>{});
}

template <typename Role>
constexpr std::string_view role_name() {
  if constexpr (requires { Role::role_name; }) return Role::role_name;
  return {};
}

template <typename R, typename Role>
concept TakesRecord = requires(Role& role, const R& record, OrderId order) {
  role.replay(record, order);
};

template <typename R, typename Role>
void replay_record(Role& role, OrderId order, const std::uint64_t* words) {
  if constexpr (TakesRecord<R, Role>) role.replay(from_words<R>(words), order);
}

template <typename Role, typename... Rs>
constexpr bool takes_records(Kinds<Rs...>) {
  return (TakesRecord<Rs, Role> || ...);
}

}  // namespace detail

/// `Role` is a plain value with `fields`, `on(const M&, Ctx&)` for each message or timer it
/// handles, and `replay(const R&, OrderId)` for each record type it writes. If it knows more than
/// its records tell, it has `lose_memory()`, which leaves what a crash leaves: that of a role and
/// that of the replay of its log are the same. A `role_name` is optional.
template <typename Role, typename Messages, typename Records>
const RoleTable& role_table() {
  using Ctx = Context<Messages, Records>;
  static constexpr RoleTable table{
      detail::role_name<Role>(),
      sizeof(Role),
      alignof(Role),
      [](void* to, const void* from) { new (to) Role(*static_cast<const Role*>(from)); },
      [](void* to, const void* from) { *static_cast<Role*>(to) = *static_cast<const Role*>(from); },
      [](void* role) { static_cast<Role*>(role)->~Role(); },
      [](void* role, Kind kind, const std::uint64_t* words, Effects& effects) {
        bool is_handled = false;
        Messages::visit(kind, [&]<typename M>() {
          Ctx ctx{effects, effects.handling().order};
          is_handled = detail::handle_message<M>(*static_cast<Role*>(role), words, ctx);
        });
        return is_handled;
      },
      [](Kind kind) {
        bool is_handled = false;
        Messages::visit(kind, [&]<typename M>() { is_handled = detail::Handles<Role, M, Ctx>; });
        return is_handled;
      },
      [](void* role, Kind kind, OrderId order, const std::uint64_t* words) {
        Records::visit(kind, [&]<typename R>() {
          detail::replay_record<R>(*static_cast<Role*>(role), order, words);
        });
      },
      detail::takes_records<Role>(Records{}),
      [](void* role) {
        if constexpr (requires(Role & r) { r.lose_memory(); }) {
          static_cast<Role*>(role)->lose_memory();
        }
      },
      [](void* role, OrderId order) {
        return detail::forget_order(*static_cast<Role*>(role), order);
      },
      detail::can_forget<Role>(),
      [](const void* a, const void* b) {
        return equal_state(*static_cast<const Role*>(a), *static_cast<const Role*>(b));
      },
      [](const void* role, StateHash& hash) {
        // A role that hashed itself would hide what a role that derives from it has besides.
        static_assert(!HashesItself<Role>);
        hash_state(hash, *static_cast<const Role*>(role));
      },
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
  /// Whether it takes back any type of record after a crash.
  bool takes_records() const { return table_->takes_records; }
  /// Forgets what is only in memory, as a crash does.
  void lose_memory() { table_->lose_memory(role_); }
  /// Forgets what the role's tables know of the order. False if they know nothing.
  bool forget(OrderId order) { return table_->forget(role_, order); }
  std::string_view name() const { return table_ == nullptr ? std::string_view{} : table_->name; }
  bool has_handler(Kind kind) const { return table_->has_handler(kind); }
  bool can_forget() const { return table_->can_forget; }
  void hash(StateHash& hash) const { table_->hash(role_, hash); }
  std::string text() const { return table_->text(role_); }
  /// Whether both are of one type, whatever they know. Nothing is of the type of nothing.
  bool has_type_of(const AnyRole& other) const { return table_ == other.table_; }
  bool operator==(const AnyRole& other) const {
    return table_ == other.table_ && (table_ == nullptr || table_->equal(role_, other.role_));
  }

 private:
  void emplace(const RoleTable& table, const void* from) {
    role_ = ::operator new (table.size, std::align_val_t{table.alignment});
    table.copy_construct(role_, from);
    table_ = &table;
  }
  void clear() {
    if (table_ == nullptr) return;
    table_->destroy(role_);
    ::operator delete (role_, std::align_val_t{table_->alignment});
    table_ = nullptr;
    role_ = nullptr;
  }

  const RoleTable* table_ = nullptr;
  void* role_ = nullptr;
};

}  // namespace indoubt::sim
