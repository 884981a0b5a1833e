#include "reports/campaign/campaign_file.hpp"

#include "reports/campaign/stored_json.hpp"

namespace indoubt::reports {
namespace stored {

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, PlannedCell>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [number, cell] = self;
    field("number", number);
    field("cell", cell);
  }
};

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, search::CampaignPlan>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [cells, first_seed, runs, unit_size] = self;
    field("cells", cells);
    field("first_seed", first_seed);
    field("runs_of_each_cell", runs);
    field("unit_size", unit_size);
  }
};

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, PlannedOption>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [name, value] = self;
    field("name", name);
    field("value", value);
  }
};

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, PlannedSearch>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [options, plan] = self;
    auto& [shares] = plan;
    field("search", options);
    field("shares_of_each_cell", shares);
  }
};

template <typename T>
requires std::is_same_v<std::remove_const_t<T>, CampaignFile>
struct Fields<T> {
  static void visit(auto& self, auto&& field) {
    auto& [version, build, file, text, protocol, mutant, plan, cells] = self;
    field("version", version);
    field("build", build);
    field("plan", plan);
    field("cells", cells);
    field("protocol", protocol);
    field("mutant", mutant);
    field("file", file);
    field("scenario", text);
  }
};

}  // namespace stored

namespace {

using stored::Json;

/// The number of units follows from the rest: for people.
Json json_of_campaign(const CampaignFile& campaign) {
  Json json{{"format", 1}};
  json.update(stored::to_json(campaign));
  json["plan"]["units"] = campaign.units();
  return json;
}

/// Whether the plan can be worked on, and is one of these cells.
bool is_sound(const search::CampaignPlan& plan, std::size_t cells) {
  return plan.runs != 0 && plan.unit_size != 0 && plan.cells == cells;
}

bool is_sound(const PlannedSearch& planned, std::size_t cells) {
  return planned.shares.shares.size() == cells;
}

}  // namespace

std::uint64_t CampaignFile::units() const {
  return std::visit([](const auto& planned) { return planned.units(); }, plan);
}

std::string campaign_json(const CampaignFile& campaign) {
  return stored::sealed(json_of_campaign(campaign), 2);
}

std::optional<CampaignFile> read_campaign_json(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  CampaignFile campaign;
  if (!json.is_object() || !stored::from_json(json, campaign)) return std::nullopt;
  const bool can_be = std::visit(
      [&](const auto& plan) { return is_sound(plan, campaign.cells.size()); }, campaign.plan);
  if (!can_be) return std::nullopt;
  if (campaign_json(campaign) != text) return std::nullopt;
  return campaign;
}

std::string checksum_of(const CampaignFile& campaign) {
  return Json::parse(campaign_json(campaign))["checksum"].get<std::string>();
}

}  // namespace indoubt::reports
