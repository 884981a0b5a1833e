#include "scenarios/tables.hpp"

#include <utility>

#include "scenarios/read/expectations.hpp"
#include "scenarios/read/head.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/sweep/sweep.hpp"

namespace indoubt::scenarios {
namespace {

void add(std::vector<TableDoc>& all, std::vector<TableDoc> more) {
  for (TableDoc& table : more) all.push_back(std::move(table));
}

}  // namespace

std::vector<TableDoc> cell_tables() {
  std::vector<TableDoc> all;
  add(all, limits_tables());
  add(all, protocol_tables());
  add(all, node_tables());
  add(all, network_tables());
  add(all, workload_tables());
  add(all, fault_tables());
  add(all, event_order_tables());
  return all;
}

std::vector<TableDoc> file_tables() {
  std::vector<TableDoc> all = sweep_tables();
  add(all, expectation_tables());
  return all;
}

std::vector<TableDoc> all_tables() {
  std::vector<TableDoc> all{{"scenario", top_keys()}};
  add(all, cell_tables());
  add(all, file_tables());
  return all;
}

}  // namespace indoubt::scenarios
