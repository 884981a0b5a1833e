#include "tests/reality/experiment.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <stdexcept>

namespace indoubt::reality {
namespace {

bool has(const std::vector<std::string>& told, const char* word) {
  return std::find(told.begin(), told.end(), word) != told.end();
}

}  // namespace

Child Experiment::begin(const std::string& die_before,
                        const std::function<void(std::string_view)>& look_on) {
  protocol().reset();
  settle();
  return Child{[&](const Client& client) {
    Steps step{die_before, look_on};
    protocol().place_order(step, client);
  }};
}

void Experiment::await_death(Child& child, const std::string& die_before) {
  if (child.await_end()) {
    throw std::runtime_error{"the real protocol has no step '" + die_before + "'"};
  }
}

Child Experiment::begin_recovery() {
  return Child{[this](const Client& client) { protocol().recover(client); }};
}

Outcomes Experiment::recover_and_look(const Child& first) {
  Child recovery = begin_recovery();
  recovery.await_end();
  return look({&first, &recovery});
}

Outcomes Experiment::look(const std::vector<const Child*>& children) {
  bool is_placed = false;
  bool is_not_placed = false;
  for (const Child* child : children) {
    is_placed = is_placed || has(child->told(), "placed");
    is_not_placed = is_not_placed || has(child->told(), "not placed");
  }
  Outcome outcome = protocol().look();
  outcome.client = learnt(is_placed, is_not_placed);
  return {outcome};
}

Outcomes ProcessDies::run(const std::string& place) {
  Child child = begin(place);
  await_death(child, place);
  return comes_back_ ? recover_and_look(child) : look({&child});
}

/// As many as there are in a run without a crash; each is a number.
std::vector<std::string> ServerDiesInside::places() {
  run_to(0);
  std::vector<std::string> numbers;
  for (int i = 1; i <= services_.at(victim_).watched(); ++i) numbers.push_back(std::to_string(i));
  if (numbers.empty()) throw std::runtime_error{"nothing is counted inside of the database"};
  return numbers;
}

Outcomes ServerDiesInside::run(const std::string& place) { return run_to(std::stoi(place)); }

Outcomes ServerDiesInside::run_to(int die_at) {
  services_.die_inside(victim_, die_at);
  Child child = begin();
  child.await_end();
  const bool shall_be_dead = die_at != 0 && services_.at(victim_).watched() >= die_at;
  while (shall_be_dead && services_.at(victim_).is_up()) pause_for(1);
  services_.die_inside(victim_, 0);
  if (shall_be_dead) services_.bring_back();
  return recover_and_look(child);
}

std::vector<std::string> ServerDiesAt::places() {
  std::vector<std::string> halves;
  for (int half = 0; half < 40; ++half) halves.push_back(std::to_string(half));
  return halves;
}

Outcomes ServerDiesAt::run(const std::string& place) {
  Child child = begin();
  usleep(static_cast<useconds_t>(500 * std::stoi(place)));
  services_.at(victim_).kill();
  child.await_end();
  services_.bring_back();
  return recover_and_look(child);
}

Outcomes RequestIsLate::run(const std::string& place) {
  const Postgres& receiver = services_.at(receiver_);
  Child child = begin(place, [&](std::string_view step) {
    if (step == request_) ::kill(receiver.watched_process(), SIGSTOP);
  });
  await_death(child, place);
  Child recovery = begin_recovery();
  // A recovery that looks once is over by itself; one that looks again has looked.
  for (int i = 0; i < 300 && recovery.is_running(); ++i) pause_for(1);
  ::kill(receiver.watched_process(), SIGCONT);
  recovery.await_end();
  return look({&child, &recovery});
}

}  // namespace indoubt::reality
