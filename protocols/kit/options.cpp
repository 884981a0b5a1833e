#include "protocols/kit/options.hpp"

#include <algorithm>
#include <string>
#include <variant>

#include "protocols/kit/blueprint.hpp"
#include "sim/base/check.hpp"

namespace indoubt::kit {

using Type = OptionDecl::Type;

std::int64_t number_of(const OptionDecl& decl, const OptionValue& value) {
  switch (decl.type) {
    case Type::flag: return std::get<bool>(value) ? 1 : 0;
    case Type::integer: return std::get<std::int64_t>(value);
    case Type::duration: return std::get<sim::Duration>(value).count();
    case Type::choice: break;
  }
  const auto chosen =
      std::find(decl.choices.begin(), decl.choices.end(), std::get<std::string>(value));
  INDOUBT_CHECK(chosen != decl.choices.end());
  return chosen - decl.choices.begin();
}

OptionValue value_of(const OptionDecl& decl, std::int64_t number) {
  switch (decl.type) {
    case Type::flag: return number != 0;
    case Type::integer: return number;
    case Type::duration: return sim::Duration{number};
    case Type::choice: break;
  }
  return std::string{decl.choices[static_cast<std::size_t>(number)]};
}

const OptionValue* given_value(const Blueprint& blueprint, std::string_view name) {
  for (const auto& [key, value] : blueprint.deployment().protocol.options) {
    if (key == name) return &value;
  }
  return nullptr;
}

}  // namespace indoubt::kit
