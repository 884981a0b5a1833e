#include "reports/campaign/share_json.hpp"

#include <cstdint>
#include <vector>

#include "reports/campaign/stored_json.hpp"
#include "search/journal/words.hpp"

namespace indoubt::reports {
namespace {

using stored::Json;

std::vector<std::uint64_t> words_of(std::string_view bytes) {
  search::WordReader from{bytes};
  std::vector<std::uint64_t> words;
  while (!from.is_at_end() && from.is_good()) words.push_back(from.word());
  return words;
}

std::string bytes_of(const std::vector<std::uint64_t>& words) {
  search::WordWriter to;
  for (const std::uint64_t word : words) to.word(word);
  return to.take();
}

}  // namespace

std::string share_json(const UnitHead& head, const ShareBytes& share) {
  Json json{{"format", 1}, {"plan", head.plan}, {"unit", head.unit}};
  json["share"] = words_of(share.bytes);
  return stored::sealed(std::move(json));
}

std::variant<ShareBytes, std::string> read_share_json(std::string_view text, const UnitHead& head) {
  const Json json = Json::parse(text, nullptr, false);
  const std::string damaged = "is damaged";
  if (!json.is_object()) return damaged;
  if (json.contains("plan") && json["plan"] != head.plan) return "belongs to another campaign";
  std::vector<std::uint64_t> words;
  if (!json.contains("share") || !stored::from_json(json["share"], words)) return damaged;
  ShareBytes share{bytes_of(words)};
  if (share_json(head, share) != text) return damaged;
  return share;
}

}  // namespace indoubt::reports
