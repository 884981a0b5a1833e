#pragma once

#include <array>
#include <memory>
#include <string>

#include "tests/reality/outcome.hpp"
#include "tests/reality/server.hpp"

namespace indoubt::reality {

/// The services of all cases, in the order of their scenarios.
inline const std::array<std::string, 2> service_names{"store", "courier"};

/// Two services, each a PostgreSQL server with a table `units` of two units.
class Services {
 public:
  /// Sets the servers up in a folder, and store's data in another one if that is named.
  explicit Services(const std::string& folder, const std::string& store_data = {});

  Postgres& at(const std::string& name);
  /// A session of a protocol's process. It is watched, and may die inside.
  Link connect(const std::string& name);
  /// The server dies before the n-th thing that its next such session does to file or socket; 0:
  /// it does not.
  void die_inside(const std::string& name, int nth);
  std::size_t index(const std::string& name) const { return name == service_names[0] ? 0 : 1; }
  /// All units free and nothing prepared, as before the first order. There are two more units than
  /// orders.
  void reset(int orders = 1);
  /// What an order has at the services, once the sessions of clients have ended.
  std::vector<Holding> holdings(int order = 1);
  /// Starts whoever is down.
  void bring_back();
  /// Done at both.
  void at_both(const std::string& sql);

 private:
  std::array<std::unique_ptr<Postgres>, 2> servers_;
  std::array<int, 2> die_inside_{};
};

/// Prepared transactions, by their names.
std::vector<std::string> prepared_at(Link& link);

}  // namespace indoubt::reality
