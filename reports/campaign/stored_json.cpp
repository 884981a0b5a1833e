#include "reports/campaign/stored_json.hpp"

#include "reports/words.hpp"
#include "sim/base/mix.hpp"

namespace indoubt::reports::stored {
namespace {

std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string sealed(Json json, int indent) {
  json["checksum"] = digest_text(sim::hash_name(dumped(json, -1)));
  return dumped(json, indent) + "\n";
}

}  // namespace indoubt::reports::stored
