#include "cli/knowledge.hpp"

#include "protocols/registry.hpp"
#include "reports/knowledge.hpp"

namespace indoubt::cli {

const scenarios::Knowledge& knowledge() {
  static const scenarios::Knowledge all = reports::knowledge_of(protocols::families());
  return all;
}

}  // namespace indoubt::cli
