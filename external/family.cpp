#include "external/family.hpp"

#include <algorithm>
#include <utility>

#include "external/node.hpp"
#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/options.hpp"

namespace indoubt::external {
namespace {

using namespace std::chrono_literals;

/// What a program does is known to its author alone, and so is what may be expected of it.
struct Options {
  sim::Duration vote_timeout = 1s;
  sim::Duration longest_wait = 10s;
  sim::Duration answer_within = 10s;
  bool holds = false;
  bool expires = false;
  bool decides = false;
  bool votes = false;

  Promises promises() const {
    return {.holds = holds, .expires = expires, .decides = decides || votes, .votes = votes};
  }
};

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::duration<&Options::vote_timeout>(
          "vote_timeout", "the shortest after which the program gives an order up"),
      kit::duration<&Options::longest_wait>(
          "longest_wait", "its longest timer, and how long what it holds lives"),
      kit::duration<&Options::answer_within>(
          "answer_within", "how long, in real time, an answer may take", 1ms),
      kit::flag<&Options::holds>("holds", "its services hold units before they assign them"),
      kit::flag<&Options::expires>("expires", "what they hold runs out"),
      kit::flag<&Options::decides>("decides", "somebody takes a decision for each order"),
      kit::flag<&Options::votes>("votes", "services vote, and one no is enough"),
  };
  return rows;
}

std::vector<std::string_view> kept(const std::vector<std::string>& names) {
  std::vector<std::string_view> all;
  for (const std::string& name : names) all.push_back(keep_name(name));
  return all;
}

Company company_of(const kit::Blueprint& blueprint) {
  const kit::Deployment& deployment = blueprint.deployment();
  Company company;
  for (const kit::NodeDecl& node : deployment.nodes) company.nodes.push_back(node.name);
  company.messages = kept(deployment.protocol.external.messages);
  company.timers = kept(deployment.protocol.external.timers);
  company.order_numbers = deployment.workload.order_numbers();
  company.orders = deployment.workload.clients() * deployment.workload.orders_per_client();
  company.services = blueprint.services();
  return company;
}

/// By the names that the scenario gives them, which faults and traces know them by.
std::vector<sim::KindInfo> described(const Company& company) {
  std::vector<sim::KindInfo> infos{Messages::infos.begin(), Messages::infos.end()};
  const sim::Kind first_message = Messages::of<Message<0>>();
  const sim::Kind first_timer = Messages::of<Alarm<0>>();
  for (std::size_t i = 0; i < company.messages.size(); ++i)
    infos[first_message + i].name = company.messages[i];
  for (std::size_t i = 0; i < company.timers.size(); ++i)
    infos[first_timer + i].name = company.timers[i];
  return infos;
}

kit::FamilyTraits traits_of(const Options& options) {
  return {.votes = options.votes,
          .decides = options.decides,
          .holds = options.holds,
          .expires = options.expires,
          .vote_timeout = options.vote_timeout,
          .longest_wait = options.longest_wait};
}

void build(kit::Blueprint& blueprint) {
  const Options options = kit::read(option_rows(), blueprint);
  const kit::ExternalPrograms& external = blueprint.deployment().protocol.external;
  Seat seat{.company = company_of(blueprint), .promises = options.promises()};
  const auto place = [&](sim::NodeId node, const std::vector<std::string>& command) {
    seat.program = {command, options.answer_within};
    seat.name = seat.company.nodes[node.index];
    blueprint.place<Messages, Records>(node, Node{.seat = blueprint.keep(seat)});
  };
  place(blueprint.coordinator(), external.command);
  seat.is_service = true;
  for (const sim::NodeId node : blueprint.stock_nodes()) {
    seat.stock = kit::Stock{*blueprint.stock_of(node)};
    place(node, external.for_services());
  }
  blueprint.describe_messages(described(seat.company));
  blueprint.traits = traits_of(options);
}

}  // namespace

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "external";
  info.summary = "Programs in any language, which talk JSON lines.";
  info.idea = "external";
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<kit::MessagesWith<>>();
  info.runs_programs = true;
  return kit::make_family(std::move(info), {{"hardened", &build}}, {}, nullptr);
}

}  // namespace indoubt::external
