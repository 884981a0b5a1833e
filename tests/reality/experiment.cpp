#include "tests/reality/experiment.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <stdexcept>

namespace indoubt::reality {
namespace {

std::string learnt(const std::vector<std::string>& told) {
  const auto was_told = [&](const char* word) {
    return std::find(told.begin(), told.end(), word) != told.end();
  };
  if (was_told("placed") && was_told("not placed")) return "placed and not placed";
  if (was_told("placed")) return "placed";
  return was_told("not placed") ? "not placed" : "unknown";
}

Outcomes look(Protocol& protocol, const std::vector<std::string>& told) {
  Outcome outcome = protocol.look();
  outcome.client = learnt(told);
  return {outcome};
}

}  // namespace

Outcomes Experiment::recover_and_look(std::vector<std::string> told) {
  Child recovery{[this](const Client& client) { protocol().recover(client); }};
  recovery.await_end();
  const std::vector<std::string> more = recovery.told();
  told.insert(told.end(), more.begin(), more.end());
  return look(protocol(), told);
}

Outcomes ProcessDies::run(const std::string& place) {
  protocol().reset();
  Child child{[&](const Client& client) {
    Steps step{place};
    protocol().place_order(step, client);
  }};
  if (child.await_end() && !place.empty()) {
    throw std::runtime_error{"the real protocol has no step '" + place + "'"};
  }
  return comes_back_ ? recover_and_look(child.told()) : look(protocol(), child.told());
}

/// As many as there are in a run without a crash; each is a number.
std::vector<std::string> ServerDiesInside::places() {
  run_to(0);
  std::vector<std::string> numbers;
  for (int i = 1; i <= services_.at(victim_).watched(); ++i) numbers.push_back(std::to_string(i));
  return numbers;
}

Outcomes ServerDiesInside::run(const std::string& place) { return run_to(std::stoi(place)); }

Outcomes ServerDiesInside::run_to(int die_at) {
  protocol().reset();
  services_.die_inside(victim_, die_at);
  Child child{[this](const Client& client) {
    Steps step{{}};
    protocol().place_order(step, client);
  }};
  child.await_end();
  const bool shall_be_dead = die_at != 0 && services_.at(victim_).watched() >= die_at;
  while (shall_be_dead && services_.at(victim_).is_up()) pause_for(1);
  services_.die_inside(victim_, 0);
  if (shall_be_dead) services_.bring_back();
  return recover_and_look(child.told());
}

std::vector<std::string> ServerDiesAt::places() {
  std::vector<std::string> halves;
  for (int half = 0; half < 40; ++half) halves.push_back(std::to_string(half));
  return halves;
}

Outcomes ServerDiesAt::run(const std::string& place) {
  protocol().reset();
  Child child{[this](const Client& client) {
    Steps step{{}};
    protocol().place_order(step, client);
  }};
  usleep(static_cast<useconds_t>(500 * std::stoi(place)));
  services_.at(victim_).kill();
  child.await_end();
  services_.bring_back();
  return recover_and_look(child.told());
}

Outcomes RequestIsLate::run(const std::string& place) {
  protocol().reset();
  const Postgres& receiver = services_.at(receiver_);
  const auto suspend = [&](std::string_view step) {
    if (step == request_) ::kill(receiver.watched_process(), SIGSTOP);
  };
  Child child{[&](const Client& client) {
    Steps step{place, suspend};
    protocol().place_order(step, client);
  }};
  if (child.await_end()) throw std::runtime_error{"there is no step '" + place + "'"};
  Child recovery{[this](const Client& client) { protocol().recover(client); }};
  // A recovery that looks once is over by itself; one that looks again has looked.
  for (int i = 0; i < 300 && recovery.is_running(); ++i) pause_for(1);
  ::kill(receiver.watched_process(), SIGCONT);
  recovery.await_end();
  std::vector<std::string> told = child.told();
  const std::vector<std::string> more = recovery.told();
  told.insert(told.end(), more.begin(), more.end());
  return look(protocol(), told);
}

}  // namespace indoubt::reality
