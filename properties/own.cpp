#include "properties/own.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>

#include "properties/ledger.hpp"
#include "properties/report.hpp"

namespace indoubt::properties {
namespace {

std::vector<OwnProperty>& known_properties() {
  static std::vector<OwnProperty> known;
  return known;
}

/// As our own names are: small letters and digits, joined by hyphens.
bool is_word(std::string_view name) {
  const auto is_good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), is_good);
}

}  // namespace

void add_property(OwnProperty property) {
  const std::string name{property.name()};
  if (!is_word(name)) {
    throw std::invalid_argument{"'" + name +
                                "' cannot be the name of a property: small letters, "
                                "digits and hyphens can"};
  }
  if (property_named(name)) {
    throw std::invalid_argument{"there is a property '" + name + "' already"};
  }
  if (known_properties().size() == most_own_properties) {
    throw std::invalid_argument{"there is no room for the property '" + name + "': a program has " +
                                std::to_string(most_own_properties) + " of its own at most"};
  }
  known_properties().push_back(std::move(property));
  property_decls();  // which has it from now on, and is only read once threads judge
}

std::span<const OwnProperty> own_properties() { return known_properties(); }

void OwnReport::violate(std::string sentence, sim::OrderId order, sim::NodeId node) {
  Finding finding;
  finding.property = property_;
  finding.reason = Reason::own;
  finding.order = order.index < setup_.orders.size() ? order : sim::no_order;
  finding.node = node;
  finding.at = at_;
  finding.since = sim::never;  // of several of an order, the first is told
  finding.unit = static_cast<std::uint32_t>(sentences_.size());
  const bool is_judged = finding.order != sim::no_order || !is_end_ || !is_anybody_down_;
  if (!is_judged || report_.has_noted(property_, finding.order)) return;
  sentences_.push_back(std::move(sentence));
  const bool may_be_owed = is_end_ && finding.order != sim::no_order;
  may_be_owed ? report_.leave_unmet(finding) : report_.violate(finding);
}

std::string_view OwnReport::name(sim::NodeId node) const {
  return node.index < setup_.names.size() ? std::string_view{setup_.names[node.index]} : "nobody";
}

std::uint32_t OwnReport::number(sim::OrderId order) const {
  return order.index < setup_.orders.size() ? setup_.orders[order.index] : 0;
}

void OwnProperties::reset() {
  properties_ = known_properties();
  sentences_.clear();
}

/// A mistake in the code of a property is a finding as well.
template <typename Ask>
void OwnProperties::ask_all(const JudgeSetup& setup, Report& report, Ask&& ask) {
  for (std::size_t i = 0; i < properties_.size(); ++i) {
    OwnReport own{own_property(i), setup, report, sentences_};
    try {
      ask(properties_[i], own);
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& thrown) {
      own.violate("the property itself failed: " + std::string{thrown.what()});
    }
  }
}

void OwnProperties::read(std::span<const sim::Fact> facts, const JudgeSetup& setup,
                         Report& report) {
  ask_all(setup, report, [&](OwnProperty& property, OwnReport& own) {
    for (const sim::Fact& fact : facts) {
      own.at_ = fact.time;
      property.see(fact, own);
    }
  });
}

void OwnProperties::close(const Closing& closing, const Ledger& ledger, Report& report) {
  ask_all(ledger.layout().setup, report, [&](OwnProperty& property, OwnReport& own) {
    if (ledger.requested() == 0) return;
    if (!property.has_end()) return report.check(own.property_);
    if (!closing.is_at_rest) return;
    report.check(own.property_);
    own.at_ = closing.at;
    own.is_end_ = true;
    own.is_anybody_down_ = ledger.nodes().first_down() != sim::no_node;
    property.end(own);
  });
}

std::string_view OwnProperties::sentence(std::uint32_t number) const {
  return number < sentences_.size() ? std::string_view{sentences_[number]} : std::string_view{};
}

/// What its sentences say shows in no verdict.
void OwnProperties::hash_into(sim::StateHash& hash) const {
  for (const OwnProperty& property : properties_) property.hash_into(hash);
}

}  // namespace indoubt::properties
