#pragma once

#include "lab/subject.hpp"
#include "search/run/cell_result.hpp"

namespace indoubt::lab {

/// The subject's run, as `indoubt run --seed` counts it: its digest is the one that is printed
/// there.
search::CellResult run_once(const Subject& subject);

}  // namespace indoubt::lab
