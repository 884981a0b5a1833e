#include "reports/campaign/campaign_file.hpp"

#include "tests/support/catch.hpp"

namespace indoubt::reports {
namespace {

CampaignFile example() {
  return {.version = "indoubt 0.1.0",
          .build = "123",
          .file = "a b.json",
          .text = "{\n  \"name\": \"x\"\n}\n",
          .protocol = "saga",
          .mutant = "M-A02",
          .plan = search::CampaignPlan{.cells = 1, .first_seed = 5, .runs = 1000, .unit_size = 256},
          .cells = {{.number = 3, .cell = "protocol=saga ttl=5s"}}};
}

CampaignFile search_example() {
  CampaignFile campaign = example();
  campaign.plan = PlannedSearch{.options = {{"exhaustive", "2"}, {"one-order", ""}},
                                .shares = {.shares = {17}}};
  return campaign;
}

search::CampaignPlan& runs_of(CampaignFile& campaign) {
  return std::get<search::CampaignPlan>(campaign.plan);
}

TEST_CASE("campaign file: a plan comes back, and says how many units there are", "[campaign]") {
  const std::string text = campaign_json(example());
  CHECK(text.find("\"units\": 4") != std::string::npos);
  CHECK(read_campaign_json(text) == example());
  CHECK(text.find(checksum_of(example())) != std::string::npos);
}

TEST_CASE("campaign file: a search comes back, and says how many units there are", "[campaign]") {
  const std::string text = campaign_json(search_example());
  CHECK(text.find("\"units\": 17") != std::string::npos);
  CHECK(read_campaign_json(text) == search_example());
  CHECK(checksum_of(search_example()) != checksum_of(example()));
  CampaignFile other = search_example();
  std::get<PlannedSearch>(other.plan).options[0].value = "3";
  CHECK(checksum_of(other) != checksum_of(search_example()));
  std::get<PlannedSearch>(other.plan).shares.shares.push_back(1);
  CHECK_FALSE(read_campaign_json(campaign_json(other)));
}

TEST_CASE("campaign file: whatever is done to it, it is no plan any more", "[campaign]") {
  const std::string text = campaign_json(GENERATE(example(), search_example()));
  std::size_t taken = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char other : {'0', '1', '9', ' ', '"', '\n'}) {
      if (text[i] == other) continue;
      std::string changed = text;
      changed[i] = other;
      if (read_campaign_json(changed)) ++taken;
    }
    if (read_campaign_json(text.substr(0, i))) ++taken;
  }
  CHECK(taken == 0);
}

TEST_CASE("campaign file: everything that runs depend on is in the checksum", "[campaign]") {
  const std::string own = checksum_of(example());
  const auto differs = [&](auto change) {
    CampaignFile campaign = example();
    change(campaign);
    return checksum_of(campaign) != own;
  };
  CHECK(checksum_of(example()) == own);
  CHECK(differs([](CampaignFile& campaign) { campaign.build = "124"; }));
  CHECK(differs([](CampaignFile& campaign) { campaign.text += "\n"; }));
  CHECK(differs([](CampaignFile& campaign) { campaign.protocol.clear(); }));
  CHECK(differs([](CampaignFile& campaign) { campaign.mutant.clear(); }));
  CHECK(differs([](CampaignFile& campaign) { ++runs_of(campaign).first_seed; }));
  CHECK(differs([](CampaignFile& campaign) { ++runs_of(campaign).runs; }));
  CHECK(differs([](CampaignFile& campaign) { ++runs_of(campaign).unit_size; }));
}

}  // namespace
}  // namespace indoubt::reports
