#include "tests/reality/power.hpp"

namespace indoubt::reality {

Outcomes ProcessLosesPower::run(const std::string& place) {
  Child child = begin(place);
  await_death(child, place);
  disk_.lose_power();
  disk_.come_back();
  return recover_and_look(child);
}

std::vector<std::string> StoreLosesPower::places() {
  std::vector<std::string> instants;
  for (int ms = 0; ms < 30; ms += 2) instants.push_back(std::to_string(ms));
  return instants;
}

Outcomes StoreLosesPower::run(const std::string& place) {
  Child child = begin();
  pause_for(std::stoi(place));
  disk_.lose_power();
  services_.at("store").kill();
  child.await_end();
  disk_.come_back();
  services_.bring_back();
  return recover_and_look(child);
}

}  // namespace indoubt::reality
