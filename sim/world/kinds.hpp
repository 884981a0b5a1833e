#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "sim/base/fields.hpp"
#include "sim/base/ids.hpp"
#include "sim/base/state_hash.hpp"

namespace indoubt::sim {

class FactSink;

/// Content of a message fits in the rest of a cache line after its header.
inline constexpr std::size_t message_words = 6;
/// Content of a log record.
inline constexpr std::size_t record_words = 14;

/// What may travel or be stored: plain bytes without padding, so that content can be copied, hashed
/// and compared as words, and equal content has equal bytes.
template <typename T>
concept Plain = std::is_trivially_copyable_v<T> &&
    (std::is_empty_v<T> || std::has_unique_object_representations_v<T>);

template <Plain T>
constexpr std::size_t words_of() {
  return std::is_empty_v<T> ? 0 : (sizeof(T) + 7) / 8;
}

/// Copies content out of its words.
template <Plain T>
T from_words(const std::uint64_t* words) {
  T value{};
  if constexpr (!std::is_empty_v<T>) std::memcpy(static_cast<void*>(&value), words, sizeof(T));
  return value;
}

/// Copies content into words; the rest of the last word is zero.
template <Plain T>
void to_words(const T& value, std::uint64_t* words) {
  if constexpr (!std::is_empty_v<T>) {
    if constexpr (sizeof(T) % 8 != 0) words[words_of<T>() - 1] = 0;
    std::memcpy(words, &value, sizeof(T));
  }
}

/// What the world knows of a message, timer or record type.
struct KindInfo {
  std::string_view name;
  std::uint8_t words = 0;
  bool is_timer = false;
  std::uint8_t timer_index = 0;
  /// States the facts that the thing carries: when a message leaves, when a record is appended.
  void (*facts)(const std::uint64_t* words, FactSink& sink) = nullptr;
  /// The same, when a message is received.
  void (*facts_on_receipt)(const std::uint64_t* words, FactSink& sink) = nullptr;
  /// The same, when a record has been forced.
  void (*facts_when_forced)(const std::uint64_t* words, FactSink& sink) = nullptr;
  /// The content in words, for people: "yes", "2 units until 5.013s".
  std::string (*text)(const std::uint64_t* words) = nullptr;
  /// Adds the content to the hash of a state: by the type's own account or its fields, else by its
  /// words. A clock's reading in it is that of the sender or of the receiver: where these differ,
  /// measure from the earlier one.
  void (*hash)(const std::uint64_t* words, StateHash& hash) = nullptr;
};

/// What every event asks about its kind, in one word.
struct alignas(4) KindBrief {
  std::uint8_t words = 0;
  std::uint8_t timer_index = 0;
  bool is_timer : 1 = false;
  bool has_facts : 1 = false;             ///< when it leaves
  bool has_facts_on_receipt : 1 = false;  ///< or where it arrives something is noted of it

  KindBrief() = default;
  explicit KindBrief(const KindInfo& kind)
      : words{kind.words},
        timer_index{kind.timer_index},
        is_timer{kind.is_timer},
        has_facts{kind.facts != nullptr},
        has_facts_on_receipt{kind.facts_on_receipt != nullptr} {}
};

/// A type that is a timer: `struct VoteTimeout : sim::Timer { ... }`.
struct Timer {};

namespace detail {

template <typename T>
void hash_content_of(const std::uint64_t* words, StateHash& hash) {
  if constexpr (HashesItself<T> || HasFields<T>) {
    hash_state(hash, from_words<T>(words));
  } else {
    for (std::size_t i = 0; i < words_of<T>(); ++i) hash.add(words[i]);
  }
}

template <typename T>
constexpr KindInfo make_kind_info() {
  KindInfo info;
  info.name = T::name;
  info.words = static_cast<std::uint8_t>(words_of<T>());
  info.is_timer = std::is_base_of_v<Timer, T>;
  if constexpr (requires(const T& value, FactSink& sink) { value.facts(sink); }) {
    info.facts = [](const std::uint64_t* words, FactSink& sink) {
      from_words<T>(words).facts(sink);
    };
  }
  if constexpr (requires(const T& value, FactSink& sink) { value.facts_on_receipt(sink); }) {
    info.facts_on_receipt = [](const std::uint64_t* words, FactSink& sink) {
      from_words<T>(words).facts_on_receipt(sink);
    };
  }
  if constexpr (requires(const T& value, FactSink& sink) { value.facts_when_forced(sink); }) {
    info.facts_when_forced = [](const std::uint64_t* words, FactSink& sink) {
      from_words<T>(words).facts_when_forced(sink);
    };
  }
  info.hash = &hash_content_of<T>;
  if constexpr (requires(const T& value) { value.text(); }) {
    info.text = [](const std::uint64_t* words) { return from_words<T>(words).text(); };
  }
  return info;
}

}  // namespace detail

/// A family's message and timer types, or its record types, in order: the index is the kind.
template <Plain... Ts>
struct Kinds {
  static constexpr std::size_t size = sizeof...(Ts);

  template <typename T>
  static constexpr Kind of() {
    static_assert((std::is_same_v<T, Ts> || ...), "the type is not in its family's list");
    Kind index = 0;
    bool found = false;
    ((found = found || std::is_same_v<T, Ts>, index = found ? index : static_cast<Kind>(index + 1)),
     ...);
    return index;
  }

  static constexpr std::array<KindInfo, size> make_infos() {
    std::array<KindInfo, size> all{detail::make_kind_info<Ts>()...};
    std::uint8_t timers = 0;
    for (KindInfo& info : all) {
      if (info.is_timer) info.timer_index = timers++;
    }
    return all;
  }
  static constexpr std::array<KindInfo, size> infos = make_infos();

  /// Calls `visitor.template operator()<T>()` for the type of this kind.
  template <typename Visitor>
  static bool visit([[maybe_unused]] Kind kind, Visitor&& visitor) {
    return ((kind == of<Ts>() ? (visitor.template operator()<Ts>(), true) : false) || ...);
  }
};

namespace detail {

template <typename T>
struct AsKinds {
  using type = Kinds<T>;
};
template <typename... Ts>
struct AsKinds<Kinds<Ts...>> {
  using type = Kinds<Ts...>;
};

template <typename... Lists>
struct Join;
template <typename... Ts>
struct Join<Kinds<Ts...>> {
  using type = Kinds<Ts...>;
};
template <typename... As, typename... Bs, typename... Lists>
struct Join<Kinds<As...>, Kinds<Bs...>, Lists...> : Join<Kinds<As..., Bs...>, Lists...> {};

}  // namespace detail

/// One list made of types and of other lists, in order, so that messages which several families
/// share are listed once.
template <typename... Parts>
using JoinedKinds = typename detail::Join<typename detail::AsKinds<Parts>::type...>::type;

/// The handlings that every role may have: at time 0, and after a crash, when the log was replayed.
struct Start {
  static constexpr std::string_view name = "start";
};
struct Restart {
  static constexpr std::string_view name = "restart";
};
using WorldKinds = Kinds<Start, Restart>;

}  // namespace indoubt::sim
