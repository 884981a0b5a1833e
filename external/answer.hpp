#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/job/stock.hpp"
#include "sim/base/time.hpp"
#include "sim/world/history.hpp"

namespace indoubt::external {

/// What a message or record means to those who judge, as the node says of it.
struct StatedFacts {
  std::optional<sim::FactKind> change{};  ///< of units: held, assigned, released, expired
  kit::UnitList units{};                  ///< that changed
  sim::ClockTime expires = sim::no_expiry;
  bool is_refusal = false;
  bool is_prepared = false;
  std::optional<sim::Outcome> decided{};
  std::optional<sim::Outcome> voted{};
};

/// One thing that a node wants done.
struct WantedEffect {
  enum class Type : std::uint8_t {
    send,
    answer,
    reply,
    arm,
    cancel,
    write,
    force,
    await_forces
  };
  Type type = Type::force;
  std::string name{};     ///< of a message its type, of a timer its name, of a reply what it says
  std::string content{};  ///< of a message or record: all of it, on one line
  std::string to{};       ///< of `send`: the receiver
  sim::Duration after{};  ///< of `arm`
  std::optional<std::uint32_t> order{};  ///< its number; none: that of what is handled
  StatedFacts facts{};
};

/// All that a node answered to one line, in its order.
struct Answer {
  std::vector<WantedEffect> effects{};
  bool can_begin = false;  ///< it can begin anew, without a new process
};

/// Messages and records may be so long, as text.
inline constexpr std::size_t longest_content = 16'384;

/// Reads a line that a node has answered. Throws a `Mistake` that says what is wrong with it.
Answer read_answer(std::string_view line);

}  // namespace indoubt::external
