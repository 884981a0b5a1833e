#include "protocols/registry.hpp"

#include <deque>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "protocols/blocking_retry/family.hpp"
#include "protocols/event_sourcing/family.hpp"
#include "protocols/kit/generic_mutants.hpp"
#include "protocols/listen_to_yourself/family.hpp"
#include "protocols/local_message_table/family.hpp"
#include "protocols/mq_transaction/family.hpp"
#include "protocols/outbox/family.hpp"
#include "protocols/parallel_commits/family.hpp"
#include "protocols/paxos_commit/family.hpp"
#include "protocols/reservation/family.hpp"
#include "protocols/saga/family.hpp"
#include "protocols/tcc/family.hpp"
#include "protocols/three_phase_commit/family.hpp"
#include "protocols/two_phase_commit/family.hpp"

namespace indoubt::protocols {

namespace {

void add_with_generic_mutants(kit::Family family, std::vector<kit::Family>& known) {
  static std::deque<std::string> names;
  kit::add_generic_mutants(family, names);
  known.push_back(std::move(family));
}

std::vector<kit::Family>& known_families() {
  static std::vector<kit::Family> all = [] {
    std::vector<kit::Family> known;
    add_with_generic_mutants(blocking_retry::family(), known);
    add_with_generic_mutants(two_phase_commit::family(), known);
    add_with_generic_mutants(three_phase_commit::family(), known);
    add_with_generic_mutants(paxos_commit::family(), known);
    add_with_generic_mutants(parallel_commits::family(), known);
    add_with_generic_mutants(reservation::family(), known);
    add_with_generic_mutants(saga::family(), known);
    add_with_generic_mutants(tcc::family(), known);
    add_with_generic_mutants(outbox::family(), known);
    add_with_generic_mutants(local_message_table::family(), known);
    add_with_generic_mutants(mq_transaction::family(), known);
    add_with_generic_mutants(event_sourcing::family(), known);
    add_with_generic_mutants(listen_to_yourself::family(), known);
    for (kit::Family& family : known) family.info.is_ours = true;
    return known;
  }();
  return all;
}

}  // namespace

std::span<const kit::Family> families() { return known_families(); }

void add_family(kit::Family family) {
  if (find_family(family.info.name) != nullptr) {
    throw std::invalid_argument{"there is a protocol '" + std::string{family.info.name} +
                                "' already"};
  }
  // What programs send is known to scenarios alone, so there are no kinds to plant mistakes in.
  if (family.info.runs_programs) return known_families().push_back(std::move(family));
  add_with_generic_mutants(std::move(family), known_families());
}

const kit::Family* find_family(std::string_view name) {
  for (const kit::Family& family : families()) {
    if (family.info.name == name) return &family;
  }
  return nullptr;
}

}  // namespace indoubt::protocols
