#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "properties/closing.hpp"
#include "properties/property.hpp"
#include "properties/setup.hpp"
#include "sim/base/fields.hpp"
#include "sim/world/history.hpp"

/// Properties from outside of this source tree. They see the facts, as ours do, and nothing of the
/// protocol that runs.
namespace indoubt::properties {

class OwnProperties;
class Report;

/// Where a property of one's own says that a run violates it, and how nodes and orders are called.
class OwnReport {
 public:
  /// The run violates the property. The sentence tells how: "store has sold its last unit twice".
  /// An order is counted once. Said at the end of a run in which a node is down for good, it is
  /// owed by that node if its return puts it right; about no order, it is not judged then.
  void violate(std::string sentence, sim::OrderId order = sim::no_order,
               sim::NodeId node = sim::no_node);

  /// "store".
  std::string_view name(sim::NodeId node) const;
  /// The number by which scenarios know an order.
  std::uint32_t number(sim::OrderId order) const;
  /// How many orders the run has: their ids have indices below it.
  std::size_t orders() const { return setup_.orders.size(); }

 private:
  friend class OwnProperties;
  OwnReport(Property property, const JudgeSetup& setup, Report& report,
            std::vector<std::string>& sentences)
      : property_{property}, setup_{setup}, report_{report}, sentences_{sentences} {}

  Property property_;
  const JudgeSetup& setup_;
  Report& report_;
  std::vector<std::string>& sentences_;
  sim::TrueTime at_{};
  bool is_end_ = false;
  bool is_anybody_down_ = false;
};

/// What a property of one's own has to be: a value with a `name`, a `doc` of one sentence, and
/// `see`, which gets every fact of a run in order. A fact that a record carries (`in_record`) may
/// be lost with it: then the fact `lost` of its node says which records are gone. One that has an
/// `end(OwnReport&)` as well is asked once a run is at rest or still, and cannot be judged in runs
/// that a bound cuts short. A property with members lists them in `fields`, as roles do; a run
/// begins with a copy of the value that was registered.
template <typename P>
concept JudgesFacts = std::copyable<P> &&
    requires(P& property, const sim::Fact& fact, OwnReport& report) {
  { P::name } -> std::convertible_to<std::string_view>;
  { P::doc } -> std::convertible_to<std::string_view>;
  property.see(fact, report);
};

/// A property of one's own, of whatever type, as a value.
class OwnProperty {
 public:
  /// Not itself: whether that can be copied must not depend on whether it can be copied.
  template <typename P>
  requires(!std::same_as<P, OwnProperty>) && JudgesFacts<P> explicit OwnProperty(P property)
      : model_{std::make_unique<Model<P>>(std::move(property))} {}
  OwnProperty(const OwnProperty& other) : model_{other.model_->copy()} {}
  OwnProperty(OwnProperty&&) noexcept = default;
  OwnProperty& operator=(const OwnProperty& other) {
    if (this != &other) model_ = other.model_->copy();
    return *this;
  }
  OwnProperty& operator=(OwnProperty&&) noexcept = default;
  ~OwnProperty() = default;

  std::string_view name() const { return model_->name(); }
  std::string_view doc() const { return model_->doc(); }
  bool has_end() const { return model_->has_end(); }
  void see(const sim::Fact& fact, OwnReport& report) { model_->see(fact, report); }
  void end(OwnReport& report) { model_->end(report); }
  void hash_into(sim::StateHash& hash) const { model_->hash_into(hash); }
  bool operator==(const OwnProperty& other) const { return model_->equals(*other.model_); }

 private:
  struct AnyModel {
    virtual ~AnyModel() = default;
    virtual std::unique_ptr<AnyModel> copy() const = 0;
    virtual std::string_view name() const = 0;
    virtual std::string_view doc() const = 0;
    virtual bool has_end() const = 0;
    virtual void see(const sim::Fact& fact, OwnReport& report) = 0;
    virtual void end(OwnReport& report) = 0;
    virtual void hash_into(sim::StateHash& hash) const = 0;
    virtual bool equals(const AnyModel& other) const = 0;
  };

  template <typename P>
  struct Model final : AnyModel {
    static constexpr bool ends = requires(P & property, OwnReport& report) {
      property.end(report);
    };
    static_assert(std::is_empty_v<P> || sim::HasFields<P>,
                  "a property lists its members in fields");

    explicit Model(P value) : property{std::move(value)} {}
    std::unique_ptr<AnyModel> copy() const override { return std::make_unique<Model>(property); }
    std::string_view name() const override { return P::name; }
    std::string_view doc() const override { return P::doc; }
    bool has_end() const override { return ends; }
    void see(const sim::Fact& fact, OwnReport& report) override { property.see(fact, report); }
    void end(OwnReport& report) override {
      if constexpr (ends) property.end(report);
    }
    void hash_into(sim::StateHash& hash) const override {
      if constexpr (!std::is_empty_v<P>) sim::hash_state(hash, property);
    }
    /// Both are the same property of the same program, so they are of one type.
    bool equals(const AnyModel& other) const override {
      if constexpr (std::is_empty_v<P>)
        return true;
      else
        return sim::equal_state(property, static_cast<const Model&>(other).property);
    }
    P property;
  };

  std::unique_ptr<AnyModel> model_;
};

/// Makes a property known under its name, like ours: to scenarios, searches and reports. To be
/// called before anything is judged. Throws `std::invalid_argument` if the name is taken, or no
/// word that scenarios can use, or `most_own_properties` are known already.
void add_property(OwnProperty property);

/// Those that were added, in that order.
std::span<const OwnProperty> own_properties();

/// The properties of one's own in one judge.
class OwnProperties {
 public:
  OwnProperties() { reset(); }

  void reset();
  bool empty() const { return properties_.empty(); }
  void read(std::span<const sim::Fact> facts, const JudgeSetup& setup, Report& report);
  void close(const Closing& closing, const Ledger& ledger, Report& report);
  /// What a finding of theirs says: its `unit` is the number of its sentence.
  std::string_view sentence(std::uint32_t number) const;
  void hash_into(sim::StateHash& hash) const;
  bool operator==(const OwnProperties&) const = default;

 private:
  template <typename Ask>
  void ask_all(const JudgeSetup& setup, Report& report, Ask&& ask);

  std::vector<OwnProperty> properties_;
  std::vector<std::string> sentences_;
};

}  // namespace indoubt::properties
