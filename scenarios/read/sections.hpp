#pragma once

#include <vector>

#include "scenarios/read/reader.hpp"
#include "scenarios/read/shape.hpp"

namespace indoubt::scenarios {

// The sections of a cell. Each reads one value into `reader.deployment` and complains about what is
// wrong with it. `read_cell` calls them in this order, since later ones rest on earlier ones.

void read_limits(Reader& reader, const Value& value, kit::Deployment& into);
void read_protocol(Reader& reader, const Value& value, kit::Deployment& into);
void read_nodes(Reader& reader, const Value& value, kit::Deployment& into);
void read_network(Reader& reader, const Value& value, kit::Deployment& into);
void read_workload(Reader& reader, const Value& value, kit::Deployment& into);
void read_faults(Reader& reader, const Value& value, kit::Deployment& into);
void read_event_order(Reader& reader, const Value& value, kit::Deployment& into);
void read_timeouts(Reader& reader, const Value& value, kit::Deployment& into);

/// Reads all sections of one cell, whose variables are replaced already.
void read_cell(Reader& reader, const Value& root);

/// The keys of a cell at the top of a file.
std::vector<KeyDoc> cell_keys();

// The tables behind the sections, for the schema.
std::vector<TableDoc> limits_tables();
std::vector<TableDoc> protocol_tables();
std::vector<TableDoc> node_tables();
std::vector<TableDoc> network_tables();
std::vector<TableDoc> workload_tables();
std::vector<TableDoc> fault_tables();
std::vector<TableDoc> event_order_tables();

}  // namespace indoubt::scenarios
