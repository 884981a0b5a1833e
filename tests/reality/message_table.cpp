#include "tests/reality/message_table.hpp"

#include <map>

namespace indoubt::reality {
namespace {

constexpr const char* insert =
    "BEGIN; INSERT INTO orders VALUES (1);"
    "INSERT INTO rows(service, ord) VALUES ('store', 1), ('courier', 1)";

/// The effect, and the message's row in the inbox, in one transaction: a repetition changes
/// nothing.
constexpr const char* deliver = R"(
WITH noted AS (INSERT INTO inbox VALUES (1) ON CONFLICT DO NOTHING RETURNING ord)
UPDATE units SET state = 'assigned', ord = 1
 WHERE id = (SELECT id FROM units WHERE state = 'free' ORDER BY id LIMIT 1)
   AND EXISTS (SELECT FROM noted)
)";

}  // namespace

void MessageTable::reset() {
  services_.reset();
  orders_.reset();
}

void MessageTable::place_order(Steps& step, const Client& client) {
  Link database = orders_.connect();
  step("append order_placed");
  database.demand(insert);
  step("force order_placed");
  database.demand("COMMIT");
  step("send placed to client");
  client.reply("placed");
  step("arm worker_due");
  send_all(step);
}

/// The claim is committed before anything is sent.
void MessageTable::send_all(Steps& step) const {
  Link database = orders_.connect();
  step("append rows_claimed");
  const Answer claimed = database.demand(
      "BEGIN; UPDATE rows SET lease = lease + 1 WHERE NOT is_done RETURNING id, service");
  step("force rows_claimed");
  database.demand("COMMIT");
  std::map<std::string, Link> links;
  for (const auto& row : claimed.rows) {
    const std::string& service = row.at(1);
    links.emplace(service, services_.connect(service));
    step("send deliver to " + service);
    links.at(service).send(deliver);
  }
  step("arm worker_due");
  for (const auto& row : claimed.rows) {
    if (!links.at(row.at(1)).wait().is_done) continue;
    step("append row_done");
    database.demand("UPDATE rows SET is_done = true WHERE id = " + row.at(0));
  }
}

void MessageTable::recover(const Client&) {
  Steps no_steps{{}};
  services_.holdings();  // When this is known, nothing of the old worker is under way any more.
  Link database = orders_.connect();
  await_silence(database);
  send_all(no_steps);
}

Outcome MessageTable::look() {
  return {.services = services_.holdings(), .rows = orders_.rows_left()};
}

}  // namespace indoubt::reality
