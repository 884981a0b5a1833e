#include "search/exhaustive/share.hpp"

#include "search/journal/words.hpp"

namespace indoubt::search {
namespace {

void write_finding(const ShareFinding& finding, WordWriter& to) {
  to.word(properties::index_of(finding.property));
  to.word(finding.digest);
  to.word(finding.path.size());
  for (const Choice& choice : finding.path) {
    to.word(std::uint64_t{choice.event} << 32 | choice.point);
    to.word(choice.way);
  }
}

ShareFinding read_finding(WordReader& from) {
  ShareFinding finding;
  finding.property = static_cast<properties::Property>(from.word() % properties::property_count);
  finding.digest = from.word();
  for (std::uint64_t left = from.count(); left > 0 && from.is_good(); --left) {
    const std::uint64_t where = from.word();
    finding.path.push_back({.event = static_cast<std::uint32_t>(where >> 32),
                            .point = static_cast<std::uint32_t>(where),
                            .way = static_cast<std::uint32_t>(from.word())});
  }
  return finding;
}

}  // namespace

std::string bytes_of(const Share& share) {
  WordWriter to;
  to.word(share.schedules);
  to.word(share.events);
  to.word(share.checked.bits());
  to.word(share.facts_seen);
  to.word(share.actions_seen);
  for (const std::uint64_t runs : share.unjudged) to.word(runs);
  to.word(share.digests.size());
  for (const std::uint64_t digest : share.digests) to.word(digest);
  to.word(share.findings.size());
  for (const ShareFinding& finding : share.findings) write_finding(finding, to);
  return to.take();
}

std::optional<Share> share_of(std::string_view bytes) {
  WordReader from{bytes};
  Share share;
  share.schedules = from.word();
  share.events = from.word();
  share.checked = properties::PropertySet{static_cast<std::uint32_t>(from.word())};
  share.facts_seen = from.word();
  share.actions_seen = static_cast<std::uint32_t>(from.word());
  for (std::uint64_t& runs : share.unjudged) runs = from.word();
  for (std::uint64_t left = from.count(); left > 0; --left) share.digests.push_back(from.word());
  for (std::uint64_t left = from.count(); left > 0 && from.is_good(); --left) {
    share.findings.push_back(read_finding(from));
  }
  // Values that no search writes are read as others.
  if (!from.is_at_end() || bytes_of(share) != bytes) return std::nullopt;
  return share;
}

}  // namespace indoubt::search
