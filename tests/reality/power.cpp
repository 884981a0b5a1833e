#include "tests/reality/power.hpp"

#include <stdexcept>

namespace indoubt::reality {

Outcomes ProcessLosesPower::run(const std::string& place) {
  protocol().reset();
  disk_.sync();
  Child child{[&](const Client& client) {
    Steps step{place};
    protocol().place_order(step, client);
  }};
  if (child.await_end()) throw std::runtime_error{"there is no step '" + place + "'"};
  disk_.lose_power();
  disk_.come_back();
  return recover_and_look(child.told());
}

std::vector<std::string> StoreLosesPower::places() {
  std::vector<std::string> instants;
  for (int ms = 0; ms < 30; ms += 2) instants.push_back(std::to_string(ms));
  return instants;
}

Outcomes StoreLosesPower::run(const std::string& place) {
  protocol().reset();
  disk_.sync();
  Child child{[this](const Client& client) {
    Steps step{{}};
    protocol().place_order(step, client);
  }};
  pause_for(std::stoi(place));
  disk_.lose_power();
  services_.at("store").kill();
  child.await_end();
  disk_.come_back();
  services_.bring_back();
  return recover_and_look(child.told());
}

}  // namespace indoubt::reality
