#include "scenarios/lint/place.hpp"

#include <algorithm>

#include "protocols/kit/settings.hpp"

namespace indoubt::scenarios {

Span place_of_option(const Value& cell, std::string_view option) {
  const Value* protocol = cell.find("protocol");
  const Value* options = protocol->find("options");
  const Value* value = options == nullptr ? nullptr : options->find(option);
  return value != nullptr ? value->place : protocol->place;
}

std::string fault_id(const Value& fault, std::size_t index) {
  const Value* id = fault.find("id");
  const Value* action = fault.find("do");
  if (id != nullptr) return id->text;
  return action == nullptr ? std::string{} : action->text + "-" + std::to_string(index + 1);
}

bool applies(const kit::ProtocolChoice& protocol, std::string_view name) {
  const kit::OptionDecl* decl = kit::find_option(protocol.family->info, name);
  return decl != nullptr && kit::who_lacks(protocol, name).empty() && kit::is_met(protocol, *decl);
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

bool is_service(const kit::Deployment& deployment, std::string_view name) {
  return std::any_of(deployment.nodes.begin(), deployment.nodes.end(),
                     [&](const auto& node) { return node.name == name && node.is_service(); });
}

}  // namespace indoubt::scenarios
