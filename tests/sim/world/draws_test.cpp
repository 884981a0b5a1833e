#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// Sends what it draws: for each order twice by name, once fixed, and once by another name.
struct Drawer {
  sim::NodeId to;
  void on(const sim::Start&, ToyContext& ctx) {
    for (std::uint32_t i = 0; i < ctx.order_count(); ++i) {
      ToyContext about = ctx.about(sim::OrderId{i});
      for (int n = 0; n < 2; ++n) about.send(to, Ping{about.draw("jitter")});
      for (int n = 0; n < 2; ++n) about.send(to, Ballot{about.fixed_draw("jitter")});
      about.send(to, Ping{about.draw("other")});
    }
    ctx.send(to, Told{ctx.draw("jitter")});
    ctx.send(to, Told{ctx.fixed_draw("jitter")});
  }
  static auto fields(auto& self) {
    auto& [t] = self;
    return std::tie(t);
  }
};

std::vector<std::uint64_t> sent_tags(const Run& run, sim::Kind kind, std::uint32_t order) {
  std::vector<std::uint64_t> tags;
  for (const Seen& entry : run.of_type(sim::Observation::Type::sent)) {
    if (entry.what.kind == kind && entry.what.order.index == order) tags.push_back(entry.tag);
  }
  return tags;
}

/// A drawer and somebody to send to.
Toy drawing(std::vector<std::uint32_t> order_numbers = {}) {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.plan.nodes[a.index].role = sim::AnyRole::make<ToyMessages, ToyRecords>(Drawer{b});
  if (!order_numbers.empty()) toy.plan.orders = static_cast<std::uint32_t>(order_numbers.size());
  toy.plan.order_numbers = std::move(order_numbers);
  return toy;
}

constexpr sim::Kind pings = ToyMessages::of<Ping>();
constexpr sim::Kind ballots = ToyMessages::of<Ballot>();

}  // namespace

TEST_CASE("draw: each is named by node, order, name and number", "[world][draws]") {
  const Run run = drawing().run();
  std::set<std::uint64_t> all;
  for (std::uint32_t order = 0; order < 4; ++order) {
    for (const std::uint64_t tag : sent_tags(run, pings, order)) CHECK(all.insert(tag).second);
  }
  CHECK(all.size() == 12);
}

TEST_CASE("draw: a fixed one is the same at every call", "[world][draws]") {
  const Run run = drawing().run();
  const auto first = sent_tags(run, ballots, 0);
  CHECK(first[0] == first[1]);
  CHECK(first[0] != sent_tags(run, ballots, 1)[0]);
  CHECK(first[0] != sent_tags(drawing().run(2), ballots, 0)[0]);
}

TEST_CASE("draw: an order draws by its number, also when it runs alone", "[world][draws]") {
  const Run all = drawing().run();
  const Run some = drawing({2, 4}).run();
  for (const sim::Kind kind : {pings, ballots}) {
    CHECK(sent_tags(some, kind, 0) == sent_tags(all, kind, 1));
    CHECK(sent_tags(some, kind, 1) == sent_tags(all, kind, 3));
  }
}

TEST_CASE("draw: a draw about no order is one of its own, whatever orders run", "[world][draws]") {
  const auto about_none = [](const Run& run) {
    return sent_tags(run, ToyMessages::of<Told>(), sim::no_order.index);
  };
  REQUIRE(about_none(drawing().run()).size() == 2);
  CHECK(about_none(drawing().run()) == about_none(drawing({2, 4}).run()));
}

TEST_CASE("draw: a node draws by its name, not by its place", "[world][draws]") {
  Toy toy;
  toy.add("first");
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.plan.nodes[a.index].role = sim::AnyRole::make<ToyMessages, ToyRecords>(Drawer{b});
  CHECK(sent_tags(toy.run(), pings, 2) == sent_tags(drawing().run(), pings, 2));
}

}  // namespace indoubt::test
