#include "protocols/kit/messaging/broker.hpp"

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/directory.hpp"
#include "protocols/kit/messaging/consumer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"

// The broker by itself, between a publisher that says everything once and services that consume, or
// do not.
namespace indoubt::test {
namespace {

enum class Topic : std::uint64_t { news };
[[maybe_unused]] std::string name_of(Topic) { return "news"; }

using Publish = messaging::Publish<Topic>;
using Deliver = messaging::Deliver<Topic>;
using Messages = kit::MessagesWith<Publish, messaging::Confirmed<Topic>, Deliver,
                                   messaging::Consumed, messaging::RedeliverDue>;
using Records = sim::Kinds<messaging::MessageStored, messaging::MessageConsumed,
                           messaging::MessageDead, messaging::UnitsAssigned, messaging::Refused>;
using Context = sim::Context<Messages, Records>;
using Broker = messaging::Broker<Context, Topic>;
using Consumer = messaging::Consumer<Context, Topic>;

/// Publishes the news of each order, `copies` times.
struct Publisher {
  sim::NodeId broker{};
  std::uint32_t copies = 1;
  void on(const kit::PlaceOrder&, Context& ctx) {
    for (std::uint32_t i = 0; i < copies; ++i) ctx.send(broker, Publish{Topic::news});
  }
  void on(const messaging::Confirmed<Topic>&, Context&) {}
  static auto fields(auto& self) {
    auto& [b, c] = self;
    return std::tie(b, c);
  }
};

/// Is told, and answers nothing.
struct Deaf {
  void on(const Deliver&, Context&) {}
  static auto fields(auto&) { return std::tuple<>{}; }
};

/// The settings of a broker from which the services `s1`, `s2`, ... get the news.
messaging::BrokerSettings news_for(const kit::Blueprint& blueprint) {
  return {.routes = {
              {.consumers = {blueprint.services().all.begin(), blueprint.services().all.end()}}}};
}

/// A world of a publisher, a broker and services, of which the first may be deaf.
class News {
 public:
  using Change = void (*)(messaging::BrokerSettings&);

  explicit News(
      const Deployment& deployed, Change change = [](auto&) {}, bool is_deaf = false,
      std::uint32_t copies = 1)
      : world_{plan_of(deployed, change, is_deaf, copies)} {
    world_.reset(1);
    while (world_.step()) {
    }
  }

  Facts facts() const { return Facts{world_}; }
  std::uint64_t sent(std::string_view kind) const {
    return world_.messages_by_kind()[*kit::Directory{world_.plan().plan()}.kind(kind)];
  }
  const sim::World& world() const { return world_; }

 private:
  static std::shared_ptr<const sim::CompiledPlan> plan_of(const Deployment& deployed, Change change,
                                                          bool is_deaf, std::uint32_t copies) {
    kit::Blueprint blueprint{deployed};
    const sim::NodeId node = blueprint.node_for(messaging::broker, messaging::broker);
    messaging::BrokerSettings settings = news_for(blueprint);
    change(settings);
    Broker broker;
    broker.settings = blueprint.keep(std::move(settings));
    blueprint.place<Messages, Records>(node, broker);
    blueprint.place<Messages, Records>(blueprint.coordinator(), Publisher{node, copies});
    for (const sim::NodeId service : blueprint.stock_nodes()) {
      Consumer consumer;
      consumer.stock = kit::Stock{*blueprint.stock_of(service)};
      blueprint.place<Messages, Records>(service, consumer);
    }
    if (is_deaf) blueprint.place<Messages, Records>(blueprint.stock_nodes().front(), Deaf{});
    kit::Unapplied unapplied;
    return std::make_shared<const sim::CompiledPlan>(blueprint.finish(unapplied));
  }

  sim::World world_;
};

Deployment readers(std::uint32_t orders, std::size_t services = 2) {
  Deployment made = deployment("none", services, orders);
  made.nodes.push_back({.name = "broker", .role = "broker", .host = {}});
  return made;
}

void deliver_at_once(messaging::BrokerSettings& settings) {
  settings.dispatch = messaging::Dispatch::at_once;
}

/// When the n-th effect took place.
sim::Duration applied_at(const News& news, std::size_t n) {
  for (const sim::Fact& fact : news.facts().all()) {
    if (fact.kind == FactKind::applied && n-- == 1) return fact.time.time_since_epoch();
  }
  return {};
}

}  // namespace

TEST_CASE("broker: a message is confirmed when it is durable, and goes to each consumer",
          "[broker]") {
  const News news{readers(1, 3)};
  CHECK(news.sent("confirmed") == 1);
  CHECK(news.facts().count(FactKind::published) == 1);
  CHECK(news.sent("deliver") == 3);
  CHECK(news.sent("consumed") == 3);
  CHECK(news.facts().count(FactKind::applied) == 3);
}

TEST_CASE("broker: nothing is confirmed for publishers that have not asked", "[broker]") {
  const News news{readers(1), [](auto& settings) { settings.confirms = false; }};
  CHECK(news.sent("confirmed") == 0);
  CHECK(news.facts().count(FactKind::applied) == 2);
}

TEST_CASE("broker: in order, a consumer gets the next message when it has done with the last",
          "[broker]") {
  // Stored at 11ms and 12ms; delivered, applied and acknowledged in 11ms.
  const News ordered{readers(2, 1)};
  CHECK(applied_at(ordered, 1) == 16ms);
  CHECK(applied_at(ordered, 2) == 27ms);
  const News parallel{readers(2, 1), deliver_at_once};
  CHECK(applied_at(parallel, 1) == 16ms);
  CHECK(applied_at(parallel, 2) == 17ms);
}

TEST_CASE("broker: what is published twice is stored twice, and consumed once", "[broker]") {
  const News::Change change = GENERATE(static_cast<News::Change>([](auto&) {}), &deliver_at_once);
  const News news{readers(1), change, false, 2};
  CHECK(news.facts().count(FactKind::published) == 2);
  CHECK(news.sent("confirmed") == 2);
  CHECK(news.sent("deliver") == 4);
  CHECK(news.facts().count(FactKind::applied) == 2);
}

TEST_CASE("broker: what was published is delivered after a crash, what was not stored is lost",
          "[broker]") {
  const News::Change change = GENERATE(static_cast<News::Change>([](auto&) {}), &deliver_at_once);
  const auto effect = GENERATE(range(std::uint32_t{1}, std::uint32_t{7}));
  const Deployment made = with_faults(
      readers(1), {crash_before("broker", effect, handling("publish"), Keep::forced, 10ms)});
  const News news{made, change};
  INFO("before effect " << effect);
  CHECK(news.facts().count(FactKind::applied) == (effect <= 2 ? 0 : 2));
}

TEST_CASE("broker: a message that nobody consumes is delivered for ever, ever more seldom",
          "[broker]") {
  const News::Change change = GENERATE(static_cast<News::Change>([](auto&) {}), &deliver_at_once);
  const News news{readers(1), change, true};
  // After 0, 0.2, 0.6, 1.4 and 3.0 s, and every 2 s until a minute has passed.
  CHECK(news.sent("deliver") == 1 + 5 + 28);
  CHECK(news.facts().count(FactKind::applied) == 1);
  CHECK(news.world().end_reason() == sim::EndReason::still);
}

TEST_CASE("broker: one that is delivered too often is set aside, and makes way", "[broker]") {
  Deployment made = readers(2, 1);
  made.faults = {on_messages(sim::Action::drop, messages("deliver", "broker", "s1"))};
  made.faults.front().match.order = 1;
  made.faults.front().id = "poison";
  const News::Change change =
      GENERATE(static_cast<News::Change>([](auto& settings) { settings.most_deliveries = 3; }),
               static_cast<News::Change>([](auto& settings) {
                 settings.most_deliveries = 3;
                 deliver_at_once(settings);
               }));
  const News news{made, change};
  CHECK(news.sent("deliver") == 3 + 1);
  CHECK(news.facts().count(FactKind::applied, {.node = {}, .order = 1, .value = {}}) == 0);
  CHECK(news.facts().count(FactKind::applied, {.node = {}, .order = 2, .value = {}}) == 1);
  CHECK(news.world().end_reason() == sim::EndReason::rest);
}

TEST_CASE("broker: at most once, a message is passed on and nothing is kept of it", "[broker]") {
  const News::Change at_most_once = [](auto& settings) {
    settings.routes.front().at_most_once = true;
  };
  const bool is_deaf = GENERATE(false, true);
  const News news{readers(1, 3), at_most_once, is_deaf};
  CHECK(news.sent("deliver") == 3);
  CHECK(news.sent("confirmed") == 0);
  CHECK(news.facts().count(FactKind::published) == 0);
  CHECK(news.facts().count(FactKind::applied) == (is_deaf ? 2 : 3));
  CHECK(news.world().end_reason() == sim::EndReason::rest);
  // What is lost stays lost.
  const Deployment lossy = with_faults(
      readers(1), {on_messages(sim::Action::drop, messages("deliver", "broker", "s1"))});
  const News lost{lossy, at_most_once};
  CHECK(lost.facts().count(FactKind::applied) == 1);
  CHECK(lost.sent("deliver") == 2);
}

TEST_CASE("broker: a route without its own publisher", "[broker]") {
  const News news{readers(1), [](auto& settings) {
                    settings.routes.front().consumers.push_back(sim::NodeId{0});
                    settings.routes.front().no_local = true;
                  }};
  CHECK(news.sent("deliver") == 2);
}

}  // namespace indoubt::test
