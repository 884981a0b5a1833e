#include "protocols/registry.hpp"

#include <deque>
#include <string>
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

std::span<const kit::Family> families() {
  static std::deque<std::string> names;
  static const std::vector<kit::Family> all = [] {
    std::vector<kit::Family> known;
    known.push_back(blocking_retry::family());
    known.push_back(two_phase_commit::family());
    known.push_back(three_phase_commit::family());
    known.push_back(paxos_commit::family());
    known.push_back(parallel_commits::family());
    known.push_back(reservation::family());
    known.push_back(saga::family());
    known.push_back(tcc::family());
    known.push_back(outbox::family());
    known.push_back(local_message_table::family());
    known.push_back(mq_transaction::family());
    known.push_back(event_sourcing::family());
    known.push_back(listen_to_yourself::family());
    for (kit::Family& family : known) kit::add_generic_mutants(family, names);
    return known;
  }();
  return all;
}

const kit::Family* find_family(std::string_view name) {
  for (const kit::Family& family : families()) {
    if (family.info.name == name) return &family;
  }
  return nullptr;
}

}  // namespace indoubt::protocols
