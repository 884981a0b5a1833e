#include "protocols/kit/mistakes/careless.hpp"

#include "protocols/kit/job/client.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"
#include "sim/world/role.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::test {
namespace {

struct Ask {};
struct Tell {};
/// Stands for what handlers get: it takes down who handled what.
using Notes = std::vector<std::string>;

struct Clerk {
  int asked = 0;
  void on(const Ask&, Notes& notes) {
    ++asked;
    notes.emplace_back("ask");
  }
  void on(const Tell&, Notes& notes) { notes.emplace_back("tell"); }
  void replay(const Ask&, sim::OrderId) { asked += 1; }
  void lose_memory() { asked = 0; }
  static auto fields(auto& self) {
    auto& [a] = self;
    return std::tie(a);
  }
};

template <typename C>
struct Deaf : C {
  static constexpr std::string_view mistake = "deaf";
  using C::on;
  void on(const Ask&, Notes& notes) { notes.emplace_back("deaf"); }
};

template <typename C>
struct Hasty : C {
  static constexpr std::string_view mistake = "hasty";
  using C::on;
  void on(const Ask& ask, Notes& notes) {
    notes.emplace_back("hasty");
    C::on(ask, notes);
  }
};

template <typename C>
struct Forgetful : C {
  static constexpr std::string_view mistake = "forgetful";
  int forgotten = 0;
  void replay(const Ask&, sim::OrderId) { ++forgotten; }
  void lose_memory() {
    C::lose_memory();
    forgotten = 0;
  }
  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<C>(self), std::tie(self.forgotten));
  }
};

struct Careless : kit::Careless<Clerk, Deaf, Hasty, Forgetful> {};

Careless with(const std::vector<std::string>& mutants) {
  Careless role;
  role.plant(mutants);
  return role;
}

Notes asked(Careless role) {
  Notes notes;
  role.on(Ask{}, notes);
  role.on(Tell{}, notes);
  return notes;
}

}  // namespace

TEST_CASE("careless: without mistakes it is the correct role", "[mutants]") {
  CHECK(asked(with({})) == Notes{"ask", "tell"});
  CHECK(asked(with({"somebody else's"})) == Notes{"ask", "tell"});
}

TEST_CASE("careless: one mistake is that mistake, and no other", "[mutants]") {
  CHECK(asked(with({"deaf"})) == Notes{"deaf", "tell"});
  CHECK(asked(with({"hasty"})) == Notes{"hasty", "ask", "tell"});
  CHECK(asked(with({"forgetful"})) == Notes{"ask", "tell"});
}

TEST_CASE("careless: mistakes are made on top of each other, in whatever order they are named",
          "[mutants]") {
  CHECK(asked(with({"deaf", "hasty"})) == Notes{"hasty", "deaf", "tell"});
  CHECK(asked(with({"hasty", "deaf"})) == Notes{"hasty", "deaf", "tell"});
}

TEST_CASE("careless: what is read from the log and what a crash leaves are handed down, too",
          "[mutants]") {
  Careless correct = with({"hasty"});
  correct.replay(Ask{}, sim::OrderId{0});
  CHECK(correct.asked == 1);
  CHECK(correct.forgotten == 0);
  correct.lose_memory();
  CHECK(correct.asked == 0);
  Careless wrong = with({"forgetful", "deaf"});
  wrong.replay(Ask{}, sim::OrderId{0});
  CHECK(wrong.asked == 0);
  CHECK(wrong.forgotten == 1);
  wrong.lose_memory();
  CHECK(wrong.forgotten == 0);
}

TEST_CASE("careless: what is planted is state, beside the fields of the role and of each mistake",
          "[mutants]") {
  CHECK(std::tuple_size_v<decltype(Careless::fields(std::declval<Careless&>()))> == 3);
  CHECK_FALSE(sim::equal_state(with({"deaf"}), with({"hasty"})));
  CHECK(sim::equal_state(with({"deaf", "hasty"}), with({"hasty", "deaf"})));
}

}  // namespace indoubt::test
