#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "external/texts.hpp"
#include "protocols/kit/deployment.hpp"
#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/stock.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// What external nodes send, arm and write. Types are told apart by number; which is called what a
/// scenario says.
namespace indoubt::external {

/// What a message states when it leaves; bits of a word, since words are all it has.
enum MessageFact : std::uint64_t {
  votes_yes = 1,
  votes_no = 2,
  decides_commit = 4,
  decides_abort = 8,
};

/// A message: its text, which says of what type it is as well.
template <std::size_t n>
struct Message {
  static constexpr std::array<char, 10> letters{'m', 'e', 's', 's', 'a', 'g', 'e', '-',
                                                '0' + n / 10, '0' + n % 10};
  static constexpr std::string_view name{letters.data(), letters.size()};
  TextId content;
  std::uint64_t stated = 0;  ///< a set of `MessageFact`

  void facts(sim::FactSink& sink) const {
    using sim::FactKind;
    if ((stated & votes_yes) != 0) sink.state(FactKind::voted, sim::Outcome::commit);
    if ((stated & votes_no) != 0) sink.state(FactKind::voted, sim::Outcome::abort);
    if ((stated & decides_commit) != 0) sink.state(FactKind::decided, sim::Outcome::commit);
    if ((stated & decides_abort) != 0) sink.state(FactKind::decided, sim::Outcome::abort);
  }
  std::string text() const { return text_without_type(content); }
};

/// A timer of an order.
template <std::size_t n>
struct Alarm : sim::Timer {
  static constexpr std::array<char, 8> letters{'t', 'i', 'm', 'e', 'r', '-', '0' + n / 10,
                                               '0' + n % 10};
  static constexpr std::string_view name{letters.data(), letters.size()};
};

/// What a record states besides what it does to units.
enum RecordFact : std::uint32_t {
  refuses = 1,
  prepares = 2,
  record_commits = 4,
  record_aborts = 8,
};

/// A record of an external node.
struct Written {
  static constexpr std::string_view name = "written";
  TextId content{};
  std::int64_t expires = 0;      ///< what is held, by the node's clock, ns
  std::uint32_t stated = 0;      ///< a set of `RecordFact`
  std::uint32_t generation = 0;  ///< of the hold
  std::uint32_t change = 0;      ///< a `FactKind` and 1, or 0: what became of the units
  kit::UnitList units{};

  void facts(sim::FactSink& sink) const {
    if (change != 0) {
      sink.change(static_cast<sim::FactKind>(change - 1), units, generation,
                  sim::ClockTime{sim::Duration{expires}});
    }
    if ((stated & refuses) != 0) sink.state(sim::FactKind::refused);
    if ((stated & prepares) != 0) sink.state(sim::FactKind::prepared);
  }
  /// A decision is one as soon as no crash can take it back.
  void facts_when_forced(sim::FactSink& sink) const {
    using sim::FactKind;
    if ((stated & record_commits) != 0) sink.state(FactKind::decided, sim::Outcome::commit);
    if ((stated & record_aborts) != 0) sink.state(FactKind::decided, sim::Outcome::abort);
  }
  std::string text() const { return text_of(content); }
};

namespace detail {

template <std::size_t... m, std::size_t... a>
kit::MessagesWith<Message<m>..., Alarm<a>...> kinds_of(std::index_sequence<m...>,
                                                       std::index_sequence<a...>);

}  // namespace detail

using Messages =
    decltype(detail::kinds_of(std::make_index_sequence<kit::most_external_messages>{},
                              std::make_index_sequence<kit::most_external_timers>{}));
using Records = sim::Kinds<Written>;
using Context = sim::Context<Messages, Records>;

}  // namespace indoubt::external
