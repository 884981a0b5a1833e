#pragma once

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/saga/messages.hpp"
#include "protocols/saga/settings.hpp"

/// How the roles of the saga by calls get on a blueprint.
namespace indoubt::saga::calls {

/// Puts these roles on their nodes. `O` is an orchestrator and `P` a participant.
template <typename O, typename P>
void build(kit::Blueprint& blueprint) {
  const auto settings = blueprint.keep(orchestrated_settings(blueprint));
  O orchestrator;
  orchestrator.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), orchestrator);
  P participant;
  participant.settings = settings;
  kit::put_under_supervision(blueprint, participant);
  blueprint.place_services<Messages, Records>(participant);
  blueprint.traits = traits(blueprint);
}

}  // namespace indoubt::saga::calls
