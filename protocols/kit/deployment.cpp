#include "protocols/kit/deployment.hpp"

namespace indoubt::kit {
namespace {

struct ValueText {
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(sim::Duration value) const { return sim::to_text(value); }
  std::string operator()(const std::string& value) const { return value; }
};

}  // namespace

std::string to_text(const OptionValue& value) { return std::visit(ValueText{}, value); }

}  // namespace indoubt::kit
