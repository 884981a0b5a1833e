#pragma once

#include "scenarios/scenario.hpp"

namespace indoubt::reports {

/// Lets all cells run another family: the rest of the scenario stays, except what the family has no
/// place for, which becomes a note.
void replace_protocol(scenarios::Scenario& scenario, const kit::Family& family);

}  // namespace indoubt::reports
