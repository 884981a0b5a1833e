#include "cli/campaign_folder.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/campaign_runs.hpp"
#include "cli/folder_shares.hpp"
#include "cli/load.hpp"
#include "cli/shard.hpp"
#include "cli/verb.hpp"
#include "scenarios/reader.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::cli {
namespace {

namespace fs = std::filesystem;

/// A place for campaigns, gone at the end of the test.
class Place {
 public:
  Place() {
    const auto now = fs::file_time_type::clock::now().time_since_epoch().count();
    path_ = fs::temp_directory_path() / ("indoubt-campaign-" + std::to_string(now));
    fs::create_directories(path_);
  }
  ~Place() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

const std::string scenario =
    INDOUBT_SOURCE_DIR "/scenarios/library/food-delivery/lossy-afternoon.json";

ExitCode campaign(std::vector<std::string> words) {
  words.insert(words.begin(), "campaign");
  return run_program(words);
}

TEST_CASE("campaign: a unit that came out in two ways is a bug, and nothing is merged",
          "[campaign]") {
  const Place place;
  const std::string one = place / "one";
  const std::string two = place / "two";
  for (const std::string& folder : {one, two}) {
    REQUIRE(campaign({"plan", scenario, "--runs", "20", "--unit-size", "10", "-o", folder}) ==
            ExitCode::as_expected);
    REQUIRE(campaign({"work", folder, "--shard", "1/1"}) == ExitCode::as_expected);
  }
  CHECK(campaign({"merge", one, two, "-o", place / "good"}) == ExitCode::as_expected);

  const CampaignFolder folder{two};
  RunUnits units{folder};
  auto changed = units.find(3);
  REQUIRE(changed);
  changed->digests[4] ^= 1u;
  folder.write(3, units.text_of(3, *changed));
  CHECK(campaign({"merge", one, two, "-o", place / "bad"}) == ExitCode::bug);
  CHECK_FALSE(fs::exists(place / "bad"));
}

TEST_CASE("campaign: a run that came out otherwise the second time is told at the end",
          "[campaign]") {
  const Place place;
  const std::string path = place / "campaign";
  REQUIRE(campaign({"plan", scenario, "--runs", "20", "--unit-size", "20", "-o", path}) ==
          ExitCode::as_expected);
  REQUIRE(campaign({"work", path, "--shard", "1/1"}) == ExitCode::as_expected);
  const CampaignFolder folder{path};
  RunUnits units{folder};
  auto changed = units.find(0);
  REQUIRE(changed);
  changed->result.nondeterminism = "seed 3 ran differently";
  folder.write(0, units.text_of(0, *changed));
  CHECK(campaign({"merge", path}) == ExitCode::bug);
}

/// A campaign of a search that finds something, all of whose units are there.
void make_search(const std::string& folder) {
  const std::string one_order = INDOUBT_SOURCE_DIR "/scenarios/library/small/one-order.json";
  REQUIRE(campaign({"plan", one_order, "--exhaustive", "1", "--one-order", "--kinds", "pause",
                    "--mutant", "M-A06", "-o", folder}) == ExitCode::as_expected);
  REQUIRE(campaign({"work", folder, "--shard", "1/1"}) == ExitCode::as_expected);
}

/// The share with one of its words, from 0, increased by one, sealed as if it were good.
std::string changed_share(const CampaignFolder& folder, std::uint64_t unit, std::size_t word) {
  auto share = find_share(folder, unit);
  REQUIRE(share);
  REQUIRE(share->bytes.size() > 8 * word);
  ++share->bytes[8 * word];
  return reports::share_json({.plan = folder.plan(), .unit = unit}, *share);
}

TEST_CASE("campaign: a share that came out in two ways is a bug, and nothing is merged",
          "[campaign]") {
  const Place place;
  const std::string one = place / "one";
  const std::string two = place / "two";
  make_search(one);
  make_search(two);
  CHECK(campaign({"merge", one, two, "-o", place / "good"}) == ExitCode::not_as_expected);

  const CampaignFolder folder{two};
  folder.write(3, changed_share(folder, 3, 1));
  CHECK(campaign({"merge", one, two, "-o", place / "bad"}) == ExitCode::bug);
  CHECK_FALSE(fs::exists(place / "bad"));
}

TEST_CASE("campaign: a share whose findings do not come out again is a bug", "[campaign]") {
  const Place place;
  const std::string path = place / "campaign";
  make_search(path);
  const CampaignFolder folder{path};
  // The last word of a share with findings is the way of the menu in which its last fault fell.
  std::uint64_t planted = 0;
  for (std::uint64_t unit = 0; unit < folder.campaign().units(); ++unit) {
    const std::size_t words = find_share(folder, unit)->bytes.size() / 8;
    if (words <= 7 + properties::property_count + 1) continue;
    auto share = find_share(folder, unit);
    share->bytes[8 * (words - 1)] = 99;
    folder.write(unit, reports::share_json({.plan = folder.plan(), .unit = unit}, *share));
    ++planted;
  }
  REQUIRE(planted > 0);
  CHECK(campaign({"merge", path, "-o", place / "bad"}) == ExitCode::bug);
  CHECK_FALSE(fs::exists(place / "bad"));
}

TEST_CASE("campaign: what is missing is known by the names of the files alone", "[campaign]") {
  const Place place;
  const std::string path = place / "campaign";
  REQUIRE(campaign({"plan", scenario, "--runs", "20", "--unit-size", "10", "-o", path}) ==
          ExitCode::as_expected);
  CHECK(CampaignFolder{path}.missing().size() == 10);
  fs::create_directories(path + "/units");
  const std::vector<std::string> names{"000003.json", "3.json", "000004.json.tmp-host-1",
                                       "000010.json", "x"};
  for (const std::string& name : names) std::ofstream{path + "/units/" + name} << "x";
  const CampaignFolder folder{path};
  CHECK(folder.missing() == std::vector<std::uint64_t>{0, 1, 2, 4, 5, 6, 7, 8, 9});
  CHECK(folder.missing({.number = 4, .of = 4}) == std::vector<std::uint64_t>{7});
  CHECK(folder.has(3));
  CHECK_FALSE(folder.has(4));
}

TEST_CASE("campaign: numbers are written as Slurm takes them", "[campaign]") {
  CHECK(ranges_text({}).empty());
  CHECK(ranges_text({4}) == "4");
  CHECK(ranges_text({1, 2}) == "1,2");
  CHECK(ranges_text({1, 2, 3, 5, 7, 8, 9}) == "1-3,5,7-9");
}

}  // namespace
}  // namespace indoubt::cli
