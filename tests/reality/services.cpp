#include "tests/reality/services.hpp"

namespace indoubt::reality {
namespace {

/// Units of a service, as the protocols of all cases need them.
constexpr const char* tables = R"(
CREATE TABLE units(id int PRIMARY KEY, state text NOT NULL, ord int, generation int NOT NULL,
                   expires int);
-- What time it is for holds. The experiment sets it, so that nothing depends on how fast we are.
CREATE TABLE clock(now int NOT NULL);
INSERT INTO clock VALUES (0);
-- Orders for which something was taken, or for which nothing may be taken any more. Both insert:
-- whoever only looked would miss what the other one has not committed yet.
CREATE TABLE fence(ord int PRIMARY KEY);
-- Messages that have been handled.
CREATE TABLE inbox(ord int PRIMARY KEY);
)";

constexpr const char* as_before = R"(
UPDATE clock SET now = 0;
DELETE FROM fence;
DELETE FROM inbox;
DELETE FROM units;
INSERT INTO units SELECT id, 'free', NULL, 0, NULL FROM generate_series(1, )";

std::size_t units(Link& link, int order, const std::string& state) {
  return count(link.demand("SELECT count(*) FROM units WHERE ord = " + std::to_string(order) +
                           " AND state = '" + state + "'"));
}

}  // namespace

Services::Services(const std::string& folder, const std::string& store_data) {
  for (std::size_t i = 0; i < service_names.size(); ++i) {
    servers_[i] =
        std::make_unique<Postgres>(folder, service_names[i], i == 0 ? store_data : std::string{});
    servers_[i]->start();
    servers_[i]->connect().demand(tables);
  }
}

Postgres& Services::at(const std::string& name) { return *servers_[index(name)]; }

Link Services::connect(const std::string& name) {
  Link link = at(name).connect();
  at(name).watch(link.backend(), die_inside_[index(name)]);
  return link;
}

void Services::die_inside(const std::string& name, int nth) { die_inside_[index(name)] = nth; }

/// What is prepared would hold its locks, and nobody comes for it any more.
void Services::reset(int orders) {
  for (const auto& server : servers_) {
    server->watch(0, 0);
    Link link = server->connect();
    await_silence(link);
    for (const std::string& branch : prepared_at(link)) {
      link.demand("ROLLBACK PREPARED '" + branch + "'");
    }
    link.demand(as_before + std::to_string(orders + 2) + ") AS id");
  }
}

std::vector<Holding> Services::holdings(int order) {
  std::vector<Holding> all;
  for (const auto& server : servers_) {
    Link link = server->connect();
    await_silence(link);
    all.push_back({.held = units(link, order, "held"),
                   .assigned = units(link, order, "assigned"),
                   .in_doubt = prepared_at(link).size()});
  }
  return all;
}

void Services::bring_back() {
  for (const auto& server : servers_) {
    if (!server->is_up()) server->start();
  }
}

void Services::at_both(const std::string& sql) {
  for (const auto& server : servers_) server->connect().demand(sql);
}

std::vector<std::string> prepared_at(Link& link) {
  std::vector<std::string> names;
  for (const auto& row : link.demand("SELECT gid FROM pg_prepared_xacts ORDER BY gid").rows) {
    names.push_back(row.at(0));
  }
  return names;
}

}  // namespace indoubt::reality
