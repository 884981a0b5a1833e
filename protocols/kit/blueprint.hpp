#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/kit/deployment.hpp"
#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/job/stock.hpp"
#include "sim/world/plan.hpp"

namespace indoubt::kit {

/// Nodes of one role, besides coordinator and services, that stand in for each other.
struct ReplicaNodes {
  std::vector<sim::NodeId> nodes{};
  std::uint32_t tolerated = 0;  ///< how many of them orders can do without
  bool crashed_count = true;    ///< who has crashed and come back stands in like the others
};

/// What the failure-free commit of one order costs, nothing co-located: a formula of the
/// literature, with the deployment's numbers put in.
struct Costs {
  std::uint64_t messages = 0;       ///< between nodes; the client's are not counted
  std::uint64_t forced_writes = 0;  ///< of all nodes
  std::string formula{};            ///< of the messages, for people: "2n + 4n"
  bool operator==(const Costs&) const = default;
};

/// What a family tells the oracles about itself: which promises make sense, and how long its
/// slowest timer is. Nothing in it could hide a mistake.
struct FamilyTraits {
  bool votes = false;         ///< services vote, and only unanimous yes may commit
  bool decides = false;       ///< somebody takes a decision for each order
  bool publishes = false;     ///< what is decided reaches the services as messages (fact `applied`)
  bool knows_poison = false;  ///< of which handling some may fail, whenever it is tried
  /// Nodes without stock that what is published has to reach, too.
  std::vector<sim::NodeId> listeners{};
  bool several_decide = false;  ///< besides who votes: more than one node decides an order
  bool holds = false;           ///< services hold units before they assign them
  bool expires = false;         ///< what they hold runs out
  bool locks = false;           ///< services keep units in memory before anything is on record
  /// The code of its roles may fail, which is a finding then. Set for every family but those that
  /// come with indoubt, unless mistakes are planted in them.
  bool may_fail = false;
  /// The shortest after which anybody may give an order up, and how many calls of an order, each
  /// answered before the next, it has to be enough for.
  sim::Duration vote_timeout{};
  std::uint32_t calls_in_timeout = 1;
  sim::Duration work{};  ///< the longest that an order's own work takes meanwhile
  /// The longest time after which anything changes by itself: no timer is armed for longer, and
  /// nothing that is held lives longer. Faults that last longer outlast everything.
  sim::Duration longest_wait{};
  sim::Duration sweep{};                 ///< how late an expiry may be noticed
  std::vector<ReplicaNodes> replicas{};  ///< that orders depend on
  /// Who can settle an order of which nobody that is up knows the outcome: if no more of one of
  /// these groups are down than it tolerates, those that are up can together. Empty: the family has
  /// no such protocol, so who waits, waits for whoever decides.
  std::vector<ReplicaNodes> settlers{};
};

/// What a scenario's faults ask for and a family has no place for.
struct Unapplied {
  /// A node that a fault names beside others, which it strikes.
  struct Spared {
    std::string fault;
    std::string node;
    bool operator==(const Spared&) const = default;
  };
  std::vector<std::string> faults{};  ///< ids of those that name a node or kind which is not there
  std::vector<Spared> nodes{};
  /// Services at which messages are poison, though the family's services handle none that can be.
  std::vector<std::string> poison{};
  bool cancel = false;  ///< clients change their minds, and no coordinator of the family listens
};

/// A deployment on its way to a plan: nodes by name, the order's services, constants that roles
/// read. A family puts its roles on it.
class Blueprint {
 public:
  explicit Blueprint(const Deployment& deployment);

  const Deployment& deployment() const { return deployment_; }
  sim::NodeId coordinator() const { return coordinator_; }
  sim::NodeId client() const { return *plan_.client; }
  const Services& services() const { return services_; }
  /// Every node with stock, whether orders take from it or not.
  const std::vector<sim::NodeId>& stock_nodes() const { return stock_nodes_; }
  sim::Constant<StockSetup> stock_of(sim::NodeId service) const;

  /// A node of this role, for what a family needs besides coordinator and services. If none is
  /// declared, one is added under this name, or under a longer one if a node of another kind has
  /// it.
  sim::NodeId node_for(std::string_view role, std::string_view default_name);
  /// As many nodes of this role as there are names: those that are declared, in order, and then
  /// these as far as needed.
  std::vector<sim::NodeId> nodes_for(std::string_view role, const std::vector<std::string>& names);

  /// Keeps a constant alive as long as the plan.
  template <typename T>
  sim::Constant<T> keep(T value) {
    auto kept = std::make_shared<const T>(std::move(value));
    sim::Constant<T> constant{*kept};
    plan_.constants.push_back(std::move(kept));
    return constant;
  }

  template <typename Messages, typename Records, typename Role>
  void place(sim::NodeId node, const Role& role) {
    plan_.messages = Messages::infos;
    plan_.records = Records::infos;
    make_clients_ = &make_clients<Messages>;
    cancel_kind_ = Messages::template of<CancelOrder>();
    const Role placed = with_mistakes(role);
    plan_.nodes[node.index].role = sim::AnyRole::make<Messages, Records>(placed);
    note_if_flawless(node, placed);
  }

  /// What is known of the messages and timers of the roles that were placed, where more is known
  /// than their types say.
  void describe_messages(std::vector<sim::KindInfo> messages) {
    plan_.messages = *keep(std::move(messages));
  }

  /// Takes from `other`, the same deployment with another mistake, the roles that are of another
  /// type than in all of `correct`. What stands in the way, if anything does: "both replace the
  /// role of 'orders'".
  std::string adopt(const Blueprint& other, const std::vector<const Blueprint*>& correct);

  /// Places this role on every node with stock, each time with the stock of that node.
  template <typename Messages, typename Records, typename Role>
  void place_services(Role role) {
    for (const sim::NodeId node : stock_nodes_) {
      role.stock = Stock{*stock_of(node)};
      place<Messages, Records>(node, role);
    }
  }

  FamilyTraits traits{};

  /// The finished plan, with clients and the deployment's faults, as far as they apply.
  sim::Plan finish(Unapplied& unapplied);

 private:
  void place_clients(Unapplied& unapplied);
  void note_poison(Unapplied& unapplied) const;
  void put_in_order();
  /// The role, or if there is a choice of mistakes in it one with those that are asked for.
  template <typename Role>
  Role with_mistakes(Role role) const {
    if constexpr (requires { role.plant(deployment_.protocol.mutants); })
      role.plant(deployment_.protocol.mutants);
    return role;
  }
  /// A role that could have mistakes, none of which is planted, is as good as the correct one.
  template <typename Role>
  void note_if_flawless(sim::NodeId node, const Role& role) {
    std::erase(flawless_, node);
    if constexpr (requires { role.planted; }) {
      if (role.planted == 0) flawless_.push_back(node);
    }
  }
  /// Whether the node's role is of another type than in all of `correct`, and for a mistake.
  bool is_flawed(std::size_t node, const std::vector<const Blueprint*>& correct) const;
  void add_fault(sim::NamedFault fault, Unapplied& unapplied);
  sim::NodeId add_node(const NodeDecl& declared);
  std::optional<sim::NodeId> find(std::string_view name) const;
  sim::NodeId find_or_add(std::string_view role, std::string_view name);
  bool is_free_for(std::string_view role, sim::NodeId node) const;
  sim::Duration prompt_time() const;
  void place_hosts();
  void add_links();
  void add_services();
  void add_stock(const NodeDecl& declared, sim::NodeId node);

  const Deployment& deployment_;
  sim::Plan plan_;
  sim::NodeId coordinator_ = sim::no_node;
  Services services_{};
  std::vector<sim::NodeId> stock_nodes_;
  std::vector<sim::NodeId> flawless_;
  std::vector<sim::Constant<StockSetup>> stock_;
  sim::AnyRole (*make_clients_)(sim::Constant<ClientSetup>) = &make_clients<MessagesWith<>>;
  sim::Kind cancel_kind_ = MessagesWith<>::of<CancelOrder>();
};

}  // namespace indoubt::kit
