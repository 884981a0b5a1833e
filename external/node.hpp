#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "external/answer.hpp"
#include "external/messages.hpp"
#include "external/seat.hpp"
#include "external/transcript.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::external {

/// A record that a crash has left.
struct Recovered {
  sim::OrderId order = sim::no_order;
  TextId content{};
  static auto fields(auto& self) {
    auto& [o, c] = self;
    return std::tie(o, c);
  }
};

/// A role that is played by a program. What it knows is what its process was told: the transcript
/// stands for it, and is a value. Each handling is one line to the process, and one line back with
/// the effects, which then take place one by one as those of any other role.
struct Node {
  static constexpr std::string_view role_name = "external";

  sim::Constant<Seat> seat;
  Transcript transcript{};
  std::vector<Recovered> recovered{};  ///< until the process has begun

  void on(const sim::Start&, Context& ctx) { begin(false, ctx); }
  void on(const sim::Restart&, Context& ctx) { begin(true, ctx); }
  void on(const kit::PlaceOrder&, Context& ctx) { handle("\"type\":\"place_order\"", ctx); }
  void on(const kit::CancelOrder&, Context& ctx) { handle("\"type\":\"cancel_order\"", ctx); }
  template <std::size_t n>
  void on(const Message<n>& message, Context& ctx) {
    handle_message(message.content, ctx);
  }
  template <std::size_t n>
  void on(const Alarm<n>&, Context& ctx) {
    handle_timer(n, ctx);
  }

  /// After a crash only. The process that wrote it knows of it, so writing is `append` alone.
  void replay(const Written& record, sim::OrderId order) {
    recovered.push_back({order, record.content});
  }

  static auto fields(auto& self) {
    auto& [s, t, r] = self;
    return std::tie(s, t, r);
  }

 private:
  void begin(bool is_restart, Context& ctx);
  void handle_message(TextId content, Context& ctx);
  void handle_timer(std::size_t timer, Context& ctx);
  void handle(const std::string& what, Context& ctx);
  Answer ask(const std::string& line);
};

}  // namespace indoubt::external
