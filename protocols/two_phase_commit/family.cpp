#include "protocols/two_phase_commit/family.hpp"

#include <algorithm>

#include "protocols/two_phase_commit/coordinator.hpp"
#include "protocols/two_phase_commit/participant.hpp"

namespace indoubt::two_phase_commit {
namespace {

using protocols::OptionDecl;

Settings settings_of(const business::Blueprint& blueprint) {
  Settings settings;
  settings.services = blueprint.services();
  settings.coordinator = blueprint.coordinator();
  settings.vote_timeout = blueprint.option<sim::Duration>("vote_timeout", std::chrono::seconds{1});
  settings.retry.first = blueprint.option<sim::Duration>("retry", settings.retry.first);
  settings.retry.longest = blueprint.option<sim::Duration>("retry_max", settings.retry.longest);
  return settings;
}

template <typename C = Coordinator, typename P = Participant>
void build(business::Blueprint& blueprint) {
  const auto settings = blueprint.keep(settings_of(blueprint));
  C coordinator;
  coordinator.settings = settings;
  blueprint.place<Messages, Records>(blueprint.coordinator(), coordinator);
  for (const sim::NodeId service : blueprint.stock_nodes()) {
    P participant;
    participant.settings = settings;
    participant.stock = business::Stock{*blueprint.stock_of(service)};
    blueprint.place<Messages, Records>(service, participant);
  }
  blueprint.traits = {.votes = true,
                      .decides = true,
                      .vote_timeout = settings->vote_timeout,
                      .longest_timeout = std::max(2 * settings->vote_timeout, settings->retry.longest),
                      .sweep = {}};
}

}  // namespace

protocols::Family family() {
  protocols::FamilyInfo info;
  info.name = "two-phase-commit";
  info.summary = "Atomic commitment: all vote, one decides, and whoever voted yes waits for it.";
  info.options = {
      {"presume", OptionDecl::Type::choice, {"abort"}, "abort", "what no record means"},
      {"termination", OptionDecl::Type::choice, {"blocking"}, "blocking",
       "what a service in doubt does besides asking the coordinator"},
      {"vote_timeout", OptionDecl::Type::duration, {}, "1s",
       "how long the coordinator waits for answers in each phase, and a service before it asks"},
      {"retry", OptionDecl::Type::duration, {}, "200ms", "first wait before trying again; it doubles"},
      {"retry_max", OptionDecl::Type::duration, {}, "2s", "longest wait before trying again"},
  };
  info.kinds = protocols::names_of_kinds<Messages>();
  return {.info = std::move(info), .variants = {{"hardened", &build<>}}, .mutants = {}};
}

}  // namespace indoubt::two_phase_commit
