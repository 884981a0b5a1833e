#pragma once

#include <vector>

#include "properties/own.hpp"
#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/common_options.hpp"
#include "protocols/kit/family.hpp"
#include "protocols/kit/job/client.hpp"
#include "protocols/kit/job/services.hpp"
#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/job/stock_records.hpp"
#include "protocols/kit/options.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "sim/base/flag.hpp"
#include "sim/world/constant.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

/// All that a protocol from outside of this source tree needs. What these headers declare in
/// `indoubt::kit` and `indoubt::sim`, `properties/own.hpp`, and what stands here, is public;
/// nothing else is promised.
namespace indoubt {

/// The whole command line for protocols of one's own: run, explore, shrink, compare, trace and the
/// rest know them like those that come with indoubt, generic mutants included. `argv` as `main` has
/// it; the result is the exit code. That a family's name is taken is an error (2), and so is that
/// of a property. `properties` are judged in every run besides ours, whatever protocol runs:
/// expected in scenarios, searched for, shrunk and told by their names.
int run_program(int argc, char** argv, std::vector<kit::Family> families,
                std::vector<properties::OwnProperty> properties = {});

}  // namespace indoubt
