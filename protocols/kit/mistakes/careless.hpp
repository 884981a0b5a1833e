#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "sim/base/fields.hpp"
#include "sim/base/ids.hpp"

/// A role that lacks as many of its safeguards as a deployment asks for.
///
/// A mistake that can be made together with others is a mixin: it derives from whatever it is given
/// and replaces a handler, and what it leaves alone it leaves to that.
///
///     template <typename P>
///     struct ExpiryNotChecked : P {
///       static constexpr std::string_view mistake = "M-F02";
///       using P::on;
///       void on(const Assign& assign, Context& ctx);
///     };
///
/// `Careless` puts all mistakes of a role on top of it, once, and a value of it says which of them
/// are planted. A type for each set would be thousands of types; this is one for each role. A
/// mistake has helpers under names that the role does not have: what hides a helper hides it from
/// the mistakes above as well, planted or not.
namespace indoubt::kit {

/// The correct role below all mistakes, and which of these are planted.
template <typename Role>
struct Ground : Role {
  std::uint32_t planted = 0;  ///< bit set of the layers above

  /// Plants those of the mistakes that it knows: none.
  void plant(const std::vector<std::string>&) {}

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Role>(self), std::tie(self.planted));
  }
};

/// A role with a mistake where that is planted, and else what is below it.
template <typename Below, template <typename> typename Mistake, unsigned layer>
struct Layer : Mistake<Below> {
  using Wrong = Mistake<Below>;
  static_assert(layer < 32);

  void plant(const std::vector<std::string>& mutants) {
    const bool is_asked_for =
        std::find(mutants.begin(), mutants.end(), Wrong::mistake) != mutants.end();
    if (is_asked_for) this->planted |= std::uint32_t{1} << layer;
    Below::plant(mutants);
  }

  bool is_wrong() const { return (this->planted >> layer & 1u) != 0; }

  template <typename Message, typename Context>
  requires requires(Below& below, const Message& message, Context& ctx) { below.on(message, ctx); }
  void on(const Message& message, Context& ctx) {
    if (is_wrong()) return Wrong::on(message, ctx);
    Below::on(message, ctx);
  }

  template <typename Record>
  requires requires(Below& below, const Record& record, sim::OrderId order) {
    below.replay(record, order);
  }
  void replay(const Record& record, sim::OrderId order) {
    if (is_wrong()) return Wrong::replay(record, order);
    Below::replay(record, order);
  }

  void lose_memory() requires requires(Below& below) { below.lose_memory(); }
  {
    if (is_wrong()) return Wrong::lose_memory();
    Below::lose_memory();
  }
};

namespace detail {

template <typename Below, unsigned layer, template <typename> typename... Mistakes>
struct Stack {
  using type = Below;
};
template <typename Below, unsigned layer, template <typename> typename First,
          template <typename> typename... Rest>
struct Stack<Below, layer, First, Rest...> : Stack<Layer<Below, First, layer>, layer + 1, Rest...> {
};

}  // namespace detail

/// The role with these mistakes on top of it, the last one outermost: where two of them replace one
/// handler, the outer one has the first word.
template <typename Role, template <typename> typename... Mistakes>
using Careless = typename detail::Stack<Ground<Role>, 0, Mistakes...>::type;

}  // namespace indoubt::kit
