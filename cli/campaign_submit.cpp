#include <filesystem>

#include "cli/campaign.hpp"
#include "cli/campaign_folder.hpp"
#include "cli/shard.hpp"
#include "cli/verb.hpp"
#include "reports/words.hpp"

namespace indoubt::cli {
namespace {

namespace fs = std::filesystem;

/// Slurm's MaxArraySize is 1001 where nobody has set it, and the largest index is one less.
constexpr std::uint64_t largest_array = 1000;

/// What the scripts are made of. Paths are absolute, as they are seen from all machines.
struct Script {
  std::string program;  ///< quoted for a shell, like the folder
  std::string folder;
  std::uint64_t shards = 1;
  std::vector<std::uint64_t> open{};  ///< the shards with units that are missing
};

std::string own_path() {
  std::error_code error;
  const fs::path path = fs::read_symlink("/proc/self/exe", error);
  return error ? "indoubt" : path.string();
}

std::string work_command(const Script& script, const std::string& number) {
  return script.program + " campaign work " + script.folder + " --shard " + number + "/" +
         std::to_string(script.shards);
}

std::string merge_command(const Script& script) {
  return script.program + " campaign merge " + script.folder;
}

std::string words_of(const std::vector<std::uint64_t>& numbers) {
  std::string words;
  for (const std::uint64_t number : numbers) words += " " + std::to_string(number);
  return words;
}

/// A task that fails is not tried again by GNU parallel: whoever runs the script again does.
std::string parallel_script(const Script& script) {
  return "#!/bin/sh\n"
         "# Runs the shards that are not done, each on one processor. Other machines: add\n"
         "# --sshlogin 4/host1,8/host2 if they see the same folder.\n"
         "parallel --joblog " +
         script.folder + "/parallel.log \\\n  " + work_command(script, "{}") +
         " --jobs 1 :::" + words_of(script.open) + " &&\n" + merge_command(script) + "\n";
}

std::string slurm_script(const Script& script) {
  return "#!/bin/sh\n"
         "# An array of the shards that are not done, and a job that merges when all are.\n"
         "set -eu\n"
         "work=$(sbatch --parsable --job-name=indoubt --requeue --array=" +
         ranges_text(script.open) + " <<'END'\n#!/bin/sh\nexec " + work_command(script, "auto") +
         " --jobs \"${SLURM_CPUS_PER_TASK:-1}\"\nEND\n)\n"
         "sbatch --job-name=indoubt-merge --dependency=\"afterok:$work\" "
         "--kill-on-invalid-dep=yes <<'END'\n#!/bin/sh\nexec " +
         merge_command(script) + "\nEND\n";
}

std::string kubernetes_script(const Script& script) {
  const std::string shards = std::to_string(script.shards);
  return "# An indexed job: one pod for each shard. Shards that are done end at once.\n"
         "# Change what stands in capitals: an image that holds this very program, and a volume\n"
         "# with the folder of the campaign.\n"
         "apiVersion: batch/v1\n"
         "kind: Job\n"
         "metadata:\n"
         "  name: indoubt-campaign\n"
         "spec:\n"
         "  completionMode: Indexed\n"
         "  completions: " +
         shards + "\n  parallelism: " + shards +
         "\n  backoffLimitPerIndex: 3\n"
         "  template:\n"
         "    spec:\n"
         "      restartPolicy: Never\n"
         "      containers:\n"
         "        - name: work\n"
         "          image: IMAGE\n"
         "          args: [\"indoubt\", \"campaign\", \"work\", \"/campaign\", \"--shard\", "
         "\"auto/" +
         shards +
         "\"]\n"
         "          volumeMounts:\n"
         "            - name: campaign\n"
         "              mountPath: /campaign\n"
         "      volumes:\n"
         "        - name: campaign\n"
         "          persistentVolumeClaim:\n"
         "            claimName: CLAIM\n";
}

}  // namespace

ExitCode print_campaign_script(const Arguments& arguments) {
  const auto engine = arguments.text("engine");
  if (!engine) throw UsageError{"by what? --engine slurm, parallel or k8s"};
  const auto shards = arguments.number("shards", 1, most_shards);
  if (!shards) throw UsageError{"into how many shards? --shards N"};
  if (*engine == "slurm" && *shards > largest_array) {
    throw UsageError{"--shards: Slurm's arrays have up to " + std::to_string(largest_array) +
                     " tasks where nobody has set it; take fewer, each with more to do"};
  }
  const CampaignFolder folder{campaign_operand(arguments)};
  const Script script{.program = reports::quoted_for_shell(own_path()),
                      .folder = reports::quoted_for_shell(fs::canonical(folder.path()).string()),
                      .shards = *shards,
                      .open = search::shards_with(folder.missing(), *shards)};
  if (script.open.empty()) {
    complain("note: all units are there: 'campaign merge' is all that is left\n");
    return ExitCode::as_expected;
  }
  if (*engine == "slurm") print(slurm_script(script));
  if (*engine == "parallel") print(parallel_script(script));
  if (*engine == "k8s") print(kubernetes_script(script));
  return ExitCode::as_expected;
}

}  // namespace indoubt::cli
