#include "protocols/kit/deployment.hpp"

#include <algorithm>

namespace indoubt::kit {
namespace {

struct ValueText {
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(sim::Duration value) const { return sim::to_text(value); }
  std::string operator()(const std::string& value) const { return value; }
};

}  // namespace

bool ExternalPrograms::has_kind(std::string_view kind) const {
  return std::find(messages.begin(), messages.end(), kind) != messages.end() ||
         std::find(timers.begin(), timers.end(), kind) != timers.end();
}

std::uint32_t units_taken(const std::vector<TakeDecl>& takes, std::string_view service,
                          std::string_view item) {
  std::uint32_t units = 0;
  for (const TakeDecl& take : takes) {
    for (const ItemCount& wanted : take.items) {
      if (take.service == service && wanted.item == item) units += wanted.units;
    }
  }
  return units;
}

std::uint32_t Workload::clients() const {
  return only.empty() ? orders : static_cast<std::uint32_t>(only.size());
}

std::uint32_t Workload::orders_per_client() const {
  return retry && retry->has_fresh_key ? 1 + retry->times : 1;
}

sim::Duration Workload::patience() const {
  if (!retry || retry->has_fresh_key) return give_up_after;
  return give_up_after + retry->times * retry->after;
}

std::vector<std::uint32_t> Workload::order_numbers() const {
  std::vector<std::uint32_t> numbers = only;
  for (std::uint32_t repeat = 1; repeat < orders_per_client(); ++repeat) {
    for (const std::uint32_t number : only) numbers.push_back(number + repeat * orders);
  }
  return numbers;
}

std::vector<OrderKind> Workload::all_kinds() const {
  if (!kinds.empty()) return kinds;
  return {{.name = {}, .weight = 1, .takes = takes}};
}

sim::OrderKinds Workload::order_kinds() const {
  if (kinds.size() <= 1) return {};
  std::vector<std::uint32_t> weights;
  for (const OrderKind& kind : kinds) weights.push_back(kind.weight);
  return sim::OrderKinds{weights, order_numbers(), orders_per_client() > 1 ? orders : 0};
}

std::string Workload::kind_of(std::uint32_t number) const {
  return kinds.empty() ? std::string{} : kinds[order_kinds().of_number(number)].name;
}

std::string to_text(const OptionValue& value) { return std::visit(ValueText{}, value); }

Deployment smallest_deployment(ProtocolChoice protocol) {
  Deployment deployment;
  deployment.nodes.push_back({.name = "coordinator", .role = "coordinator", .host = {}});
  for (const std::string service : {"service-1", "service-2"}) {
    deployment.nodes.push_back({.name = service, .role = {}, .host = {}, .stock = {{"unit", 1}}});
    deployment.workload.takes.push_back({.service = service, .items = {{"unit", 1}}});
  }
  deployment.protocol = std::move(protocol);
  return deployment;
}

bool has_work(const Deployment& deployment) {
  return std::any_of(deployment.nodes.begin(), deployment.nodes.end(),
                     [](const NodeDecl& node) { return node.work.takes_time(); });
}

bool has_bounded_queues(const Deployment& deployment) {
  return std::any_of(deployment.nodes.begin(), deployment.nodes.end(), [](const NodeDecl& node) {
    return node.work.queue != 0 || node.work.deadline != sim::Duration{};
  });
}

}  // namespace indoubt::kit
