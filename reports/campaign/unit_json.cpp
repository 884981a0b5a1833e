#include "reports/campaign/unit_json.hpp"

#include <charconv>

#include "reports/campaign/unit_fields.hpp"
#include "reports/words.hpp"

namespace indoubt::reports {
namespace {

using search::UnitResult;
using stored::Json;

bool read_digests(const Json& json, UnitResult& unit) {
  std::vector<std::string> texts;
  if (!stored::from_json(json, texts)) return false;
  for (const std::string& text : texts) {
    std::uint64_t digest = 0;
    const char* end = text.data() + text.size();
    if (std::from_chars(text.data(), end, digest, 16).ptr != end) return false;
    unit.digests.push_back(digest);
    unit.result.digest = search::fold_digest(unit.result.digest, digest);
  }
  return true;
}

std::optional<UnitResult> read_unit(const Json& json) {
  UnitResult unit;
  const bool has_all = json.contains("digests") && json.contains("result");
  if (!has_all || !stored::from_json(json["result"], unit.result)) return std::nullopt;
  if (!read_digests(json["digests"], unit)) return std::nullopt;
  return unit;
}

}  // namespace

std::string unit_json(const UnitHead& head, const UnitResult& unit) {
  Json json{{"format", 1}, {"plan", head.plan}, {"unit", head.unit}};
  json["digests"] = Json::array();
  for (const std::uint64_t digest : unit.digests) json["digests"].push_back(digest_text(digest));
  json["result"] = stored::to_json(unit.result);
  return stored::sealed(std::move(json));
}

std::variant<UnitResult, std::string> read_unit_json(std::string_view text, const UnitHead& head) {
  const Json json = Json::parse(text, nullptr, false);
  const std::string damaged = "is damaged";
  if (!json.is_object()) return damaged;
  if (json.contains("plan") && json["plan"] != head.plan) return "belongs to another campaign";
  auto unit = read_unit(json);
  const bool is_whole = unit && unit->result.runs == head.runs &&
                        unit->digests.size() == head.runs && unit_json(head, *unit) == text;
  if (!is_whole) return damaged;
  return std::move(*unit);
}

}  // namespace indoubt::reports
