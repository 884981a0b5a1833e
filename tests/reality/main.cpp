#include <algorithm>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "tests/reality/cases.hpp"
#include "tests/reality/guard.hpp"
#include "tests/reality/report.hpp"

/// `reality [fast|broker]...` exits with 0 if all is as it should be, 1 if not, 2 for a wrong
/// command line, 3 if a server is missing.
namespace indoubt::reality {
namespace {

constexpr const char* our_folder = INDOUBT_SOURCE_DIR "/tests/reality";
constexpr const char* usage = "usage: reality [fast|broker]...\n";

using Tiers = std::set<std::string>;

void run_all(const std::vector<Case>& cases, std::vector<Verdict>& verdicts) {
  static const std::vector<KnownDifference> known =
      read_known(std::string{our_folder} + "/known.json");
  for (const Case& subject : cases) {
    verdicts.push_back(judge(subject, std::string{our_folder} + "/cases", known));
    std::cout << to_text(verdicts.back()) << std::flush;
  }
}

int work(const Tiers& tiers, const std::string& folder) {
  std::vector<Verdict> verdicts;
  Services services{folder};
  const OrderDatabase orders{folder};
  const std::vector<Case> fast = fast_cases(services, orders, folder);
  if (tiers.count("fast") != 0) run_all(fast, verdicts);
  if (tiers.count("broker") != 0) {
    Rabbit rabbit{folder};
    rabbit.start();
    const Messaging servers{services, orders, rabbit};
    run_all(broker_cases(servers), verdicts);
  }
  std::cout << summary(verdicts) << std::flush;
  const bool is_right = std::all_of(verdicts.begin(), verdicts.end(),
                                    [](const Verdict& verdict) { return verdict.is_right(); });
  return is_right ? 0 : 1;
}

/// What is asked for and not there; empty if nothing is.
std::string missing(const Tiers& tiers) {
  if (Postgres::programs().empty()) return "a PostgreSQL server (postgresql-15)";
  if (tiers.count("broker") != 0 && Rabbit::program().empty()) return "RabbitMQ (rabbitmq-server)";
  return {};
}

int run_tiers(Tiers tiers) {
  const Tiers all{"fast", "broker"};
  if (tiers.empty()) tiers = all;
  if (!std::includes(all.begin(), all.end(), tiers.begin(), tiers.end())) {
    std::cerr << usage;
    return 2;
  }
  const std::string lacking = missing(tiers);
  if (!lacking.empty()) {
    std::cerr << "reality: not available: there is no " << lacking
              << "; scripts/setup --reality installs it\n";
    return 3;
  }
  return guarded([&](const std::string& folder) { return work(tiers, folder); });
}

}  // namespace
}  // namespace indoubt::reality

int main(int count, char** words) {
  return indoubt::reality::run_tiers({words + 1, words + count});
}
