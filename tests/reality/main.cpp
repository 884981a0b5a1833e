#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "tests/reality/cases.hpp"
#include "tests/reality/guard.hpp"
#include "tests/reality/report.hpp"

/// `reality [fast]...`: exits with 0 if all outcomes were predicted and all planted mistakes have
/// shown, 1 if not, 2 for a wrong command line, 3 if a server is missing.
namespace indoubt::reality {
namespace {

constexpr const char* cases_folder = INDOUBT_SOURCE_DIR "/tests/reality/cases";

void run_all(const std::vector<Case>& cases, std::vector<Verdict>& verdicts) {
  for (const Case& subject : cases) {
    verdicts.push_back(judge(subject, cases_folder));
    std::cout << to_text(verdicts.back()) << std::flush;
  }
}

int work(const std::string& folder) {
  std::vector<Verdict> verdicts;
  Services services{folder};
  const std::vector<Case> fast = fast_cases(services, folder);
  run_all(fast, verdicts);
  std::cout << summary(verdicts) << std::flush;
  const bool is_right = std::all_of(verdicts.begin(), verdicts.end(),
                                    [](const Verdict& verdict) { return verdict.is_right(); });
  return is_right ? 0 : 1;
}

}  // namespace
}  // namespace indoubt::reality

int main() {
  using namespace indoubt::reality;
  if (Postgres::programs().empty()) {
    std::cerr << "reality: not available: there is no PostgreSQL server (postgresql-15); "
                 "scripts/setup --reality installs it\n";
    return 3;
  }
  return guarded(&work);
}
