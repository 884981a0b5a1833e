#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "protocols/kit/family.hpp"
#include "sim/base/time.hpp"

/// The options of a family as one table. A row names the member that has the value, and says
/// everything else that others know of the option. What users do not set stays as `Options{}` has
/// it.
namespace indoubt::kit {

/// Within the table every value is a whole number: a flag 0 or 1, a duration its nanoseconds, a
/// choice its place among the choices.
std::int64_t number_of(const OptionDecl& decl, const OptionValue& value);
OptionValue value_of(const OptionDecl& decl, std::int64_t number);

/// One option: how users know it, and where its value goes.
template <typename Options>
struct OptionRow {
  OptionDecl decl;
  std::int64_t (*get)(const Options& options);
  void (*set)(Options& options, std::int64_t number);

  /// Only these variants have it.
  OptionRow in_variants(std::vector<std::string_view> variants) && {
    decl.variants = std::move(variants);
    return std::move(*this);
  }
  /// The other variants do what this value asks for.
  OptionRow elsewhere(std::string_view value) && {
    decl.elsewhere = value;
    return std::move(*this);
  }
  /// It changes nothing unless another option has this value, or any but its default.
  OptionRow only_with(std::string_view option, std::string_view value = {}) && {
    decl.only_with = {option, value};
    return std::move(*this);
  }
  /// Or another one has this value.
  OptionRow or_with(std::string_view option, std::string_view value = {}) && {
    decl.or_with = {option, value};
    return std::move(*this);
  }
  /// A timeout that covers so many round trips, one after another.
  template <int trips>
  OptionRow covers_trips() && {
    decl.fair = [](const Deployment&, sim::Duration trip) { return trips * trip; };
    return std::move(*this);
  }
  /// A timeout that has to be as long as this.
  OptionRow fair(sim::Duration (*length)(const Deployment& deployment, sim::Duration trip)) && {
    decl.fair = length;
    return std::move(*this);
  }
  /// Where another option is less, that counts.
  OptionRow at_most(std::string_view option) && {
    decl.at_most = option;
    return std::move(*this);
  }
  /// Planted mistakes are built without it.
  OptionRow in_correct_code() && {
    decl.only_correct = true;
    return std::move(*this);
  }
};

template <typename Options>
using OptionRows = std::vector<OptionRow<Options>>;

/// What users may know of the options.
template <typename Options>
std::vector<OptionDecl> declarations(const OptionRows<Options>& rows) {
  std::vector<OptionDecl> all;
  for (const OptionRow<Options>& row : rows) all.push_back(row.decl);
  return all;
}

/// What the deployment sets the option to, or null.
const OptionValue* given_value(const Blueprint& blueprint, std::string_view name);

/// All options as the deployment sets them.
template <typename Options>
Options read(const OptionRows<Options>& rows, const Blueprint& blueprint) {
  Options options;
  for (const OptionRow<Options>& row : rows) {
    const OptionValue* given = given_value(blueprint, row.decl.name);
    if (given != nullptr) row.set(options, number_of(row.decl, *given));
  }
  return options;
}

template <typename Owner, typename T>
Owner owner_of(T Owner::*member);
template <typename Owner, typename T>
T type_of(T Owner::*member);

/// A member of the options, or a member of such a member: `<&Options::retry, &Retry::first>`.
template <auto first, auto... rest>
struct MemberPath {
  using Options = decltype(owner_of(first));

  static auto& of(auto& options) {
    if constexpr (sizeof...(rest) == 0)
      return options.*first;
    else
      return MemberPath<rest...>::of(options.*first);
  }

  static std::int64_t get(const Options& options) {
    const auto& value = of(options);
    if constexpr (requires { value.count(); })
      return value.count();
    else
      return static_cast<std::int64_t>(value);
  }
  static void set(Options& options, std::int64_t number) {
    auto& value = of(options);
    value = static_cast<std::remove_reference_t<decltype(value)>>(number);
  }
};

template <auto... path>
auto option_row(OptionDecl decl) {
  using Path = MemberPath<path...>;
  using Options = typename Path::Options;
  decl.default_number = Path::get(Options{});
  decl.default_text = to_text(value_of(decl, decl.default_number));
  return OptionRow<Options>{std::move(decl), &Path::get, &Path::set};
}

/// Of a `bool`.
template <auto... path>
auto flag(std::string_view name, std::string_view doc) {
  return option_row<path...>({.name = name, .type = OptionDecl::Type::flag, .doc = doc});
}

/// Of a `sim::Duration`, which is never negative.
template <auto... path>
auto duration(std::string_view name, std::string_view doc, sim::Duration least = {}) {
  return option_row<path...>(
      {.name = name, .type = OptionDecl::Type::duration, .doc = doc, .least = least.count()});
}

struct IntegerRange {
  std::int64_t least = 0;
  std::int64_t largest = OptionDecl::usual_largest;
};

/// Of any integer type that has room for its range.
template <auto... path>
auto integer(std::string_view name, std::string_view doc, IntegerRange range = {}) {
  return option_row<path...>({.name = name,
                              .type = OptionDecl::Type::integer,
                              .doc = doc,
                              .least = range.least,
                              .largest = range.largest});
}

/// What `name_of` calls the values from 0 to the first one that it does not know.
template <typename Enumeration>
std::vector<std::string_view> all_names(std::string_view (*name_of)(Enumeration)) {
  std::vector<std::string_view> names;
  while (true) {
    const std::string_view name = name_of(static_cast<Enumeration>(names.size()));
    if (name.empty()) return names;
    names.push_back(name);
  }
}

/// Of an enumeration that counts from 0. `name_of` is a `switch` with a case for each enumerator,
/// so that compilers warn of one that is missing, and returns nothing after it.
template <auto member>
auto choice(std::string_view name, std::string_view (*name_of)(decltype(type_of(member))),
            std::string_view doc) {
  return option_row<member>(
      {.name = name, .type = OptionDecl::Type::choice, .choices = all_names(name_of), .doc = doc});
}

}  // namespace indoubt::kit
