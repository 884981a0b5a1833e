#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/deployment.hpp"
#include "scenarios/knowledge.hpp"
#include "scenarios/text/report.hpp"
#include "scenarios/text/source.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// What reading a value needs to know and to fill besides the value itself.
struct Reader {
  Report& report;
  const Knowledge& knowledge;
  const Sources* sources = nullptr;  ///< null where what is read comes from no file

  // Of the cell that is being read.
  kit::Deployment deployment{};
  const kit::FamilyInfo* family = nullptr;  ///< null if the protocol's name is wrong
  std::set<std::string, std::less<>> declared_nodes{};
  std::set<std::string, std::less<>> declared_services{};
  bool knows_nodes = false;  ///< false if `nodes` is missing: then no name can be called unknown
  std::vector<std::string> notes{};

  /// Says what is wrong with a value, and through which variable it came there.
  void error(const Value& at, std::string message, std::string suggestion = {}) const;
  /// Says what is wrong with a key.
  void error(const Member& at, std::string message, std::string suggestion = {}) const;
  /// Says that the value is none of the known ones.
  void unknown(const Value& at, std::string_view what,
               const std::vector<std::string_view>& known) const;
  /// Says that the value has the wrong type. `expected` is "a list", for example.
  void wrong_type(const Value& at, std::string_view expected) const;
};

/// " (known: a, b)", if there is no better hint and the list is short.
std::string list_known(const std::string& hint, const std::vector<std::string_view>& known);

/// The opening bracket of a value: the place where something is missing.
Span opening(const Value& value);

}  // namespace indoubt::scenarios
