#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "tests/reality/cases.hpp"
#include "tests/reality/guard.hpp"
#include "tests/reality/page.hpp"
#include "tests/reality/report.hpp"

/// `reality` exits with 0 if all is as it should be, 1 if not, 2 for a wrong command line, 3 if a
/// server is missing.
namespace indoubt::reality {
namespace {

constexpr const char* usage =
    "usage: reality [--write] [--case NAME]... [fast|broker|power]...\n"
    "Without tiers all that are possible are run. --case runs these cases only, --write also "
    "writes "
    "docs/reality.md.\n";
constexpr const char* our_folder = INDOUBT_SOURCE_DIR "/tests/reality";
constexpr const char* page = INDOUBT_SOURCE_DIR "/docs/reality.md";

using Names = std::set<std::string>;
const Names all_tiers{"fast", "broker", "power"};

/// What was asked for.
struct Command {
  Names tiers{};
  Names cases{};  ///< none: all
  bool writes = false;

  bool has(const char* tier) const { return tiers.count(tier) != 0; }
};

void run_all(const std::vector<Case>& cases, const Command& command,
             std::vector<Verdict>& verdicts) {
  const auto known = read_known(std::string{our_folder} + "/known.json");
  for (const Case& subject : cases) {
    if (!command.cases.empty() && command.cases.count(subject.name) == 0) continue;
    verdicts.push_back(judge(subject, std::string{our_folder} + "/cases", known));
    std::cout << to_text(verdicts.back()) << std::flush;
  }
}

std::vector<Verdict> run_tiers(const Command& command, const std::string& folder) {
  std::vector<Verdict> verdicts;
  if (command.has("fast") || command.has("broker")) {
    Services services{folder};
    const OrderDatabase orders{folder};
    if (command.has("fast")) run_all(fast_cases(services, orders, folder), command, verdicts);
    if (command.has("broker")) {
      Rabbit rabbit{folder};
      rabbit.start();
      const Messaging servers{services, orders, rabbit};
      run_all(broker_cases(servers), command, verdicts);
    }
  }
  if (command.has("power")) {
    const Disk store_disk{folder, "store-disk"};
    const Disk log_disk{folder, "log-disk"};
    std::filesystem::create_directories(folder + "/power");
    Services services{folder + "/power", store_disk.path()};
    run_all(power_cases(services, store_disk, log_disk), command, verdicts);
  }
  return verdicts;
}

int work(const Command& command, const std::string& folder) {
  const std::vector<Verdict> verdicts = run_tiers(command, folder);
  if (verdicts.empty()) {
    std::cerr << "reality: none of these cases is one of these tiers\n";
    return 2;
  }
  std::cout << summary(verdicts) << std::flush;
  const bool is_right = std::all_of(verdicts.begin(), verdicts.end(),
                                    [](const Verdict& verdict) { return verdict.is_right(); });
  if (command.writes) write_page(page, markdown(verdicts));
  return is_right ? 0 : 1;
}

/// What a tier needs and has not; empty if nothing.
std::string missing(const std::string& tier) {
  if (Postgres::programs().empty()) return "a PostgreSQL server (postgresql-15)";
  if (tier == "broker" && Rabbit::program().empty()) return "RabbitMQ (rabbitmq-server)";
  if (tier == "power" && !Disk::is_possible()) return "root with loop devices (e2fsprogs)";
  return {};
}

/// False if the words are none that are understood.
bool read_command(const std::vector<std::string>& words, Command& command) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--write") {
      command.writes = true;
    } else if (words[i] == "--case" && i + 1 < words.size()) {
      command.cases.insert(words[++i]);
    } else if (all_tiers.count(words[i]) != 0) {
      command.tiers.insert(words[i]);
    } else {
      return false;
    }
  }
  return true;
}

/// The first case that was asked for and that there is not; empty if there are all.
std::string unknown_case(const Command& command) {
  for (const std::string& name : command.cases) {
    if (!std::filesystem::exists(std::string{our_folder} + "/cases/" + name + ".json")) return name;
  }
  return {};
}

int run_command(const std::vector<std::string>& words) {
  Command command;
  if (!read_command(words, command)) {
    std::cerr << usage;
    return 2;
  }
  if (const std::string name = unknown_case(command); !name.empty()) {
    std::cerr << "reality: there is no case '" << name << "': see tests/reality/cases\n";
    return 2;
  }
  const bool is_all = command.tiers.empty();
  for (const std::string& tier : is_all ? all_tiers : Names{command.tiers}) {
    const std::string lacking = missing(tier);
    if (lacking.empty()) {
      command.tiers.insert(tier);
      continue;
    }
    std::cerr << "reality: " << tier << " is not available: it needs " << lacking
              << "; scripts/setup --reality installs what can be installed\n";
    if (!is_all) return 3;
  }
  if (command.tiers.empty()) return 3;
  return guarded([&](const std::string& folder) { return work(command, folder); });
}

}  // namespace
}  // namespace indoubt::reality

int main(int count, char** words) {
  return indoubt::reality::run_command({words + 1, words + count});
}
