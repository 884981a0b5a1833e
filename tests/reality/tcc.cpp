#include "tests/reality/tcc.hpp"

#include <map>

namespace indoubt::reality {
namespace {

constexpr const char* try_to_take = R"(
WITH first AS (INSERT INTO fence VALUES (1) ON CONFLICT DO NOTHING RETURNING ord)
UPDATE units SET state = 'held', ord = 1
 WHERE id = (SELECT id FROM units WHERE state = 'free' ORDER BY id LIMIT 1)
   AND EXISTS (SELECT FROM first)
)";

}  // namespace

void Tcc::place_order(Steps& step, const Client&) {
  std::map<std::string, Link> links;
  for (const auto& name : service_names) {
    links.emplace(name, services_.connect(name));
    step("send try to " + name);
    links.at(name).send(try_to_take);
  }
  links.at("store").wait();
  step("while it waits");
}

void Tcc::recover(const Client&) { services_.at_both(cancel()); }

const char* Tcc::cancel() const {
  return R"(
BEGIN;
INSERT INTO fence VALUES (1) ON CONFLICT DO NOTHING;
UPDATE units SET state = 'free', ord = NULL WHERE ord = 1;
COMMIT;
)";
}

const char* TccWithoutFence::cancel() const {
  return "UPDATE units SET state = 'free', ord = NULL WHERE ord = 1";
}

}  // namespace indoubt::reality
