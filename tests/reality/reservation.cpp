#include "tests/reality/reservation.hpp"

#include <filesystem>
#include <map>
#include <stdexcept>

#include "tests/reality/record_log.hpp"

namespace indoubt::reality {
namespace {

/// A free unit, or one whose hold has run out; none for an order that is over.
constexpr const char* reserve = R"(
WITH first AS (INSERT INTO fence VALUES (1) ON CONFLICT DO NOTHING RETURNING ord)
UPDATE units SET state = 'held', ord = 1, generation = generation + 1,
                 expires = (SELECT now + 5 FROM clock)
 WHERE id = (SELECT id FROM units, clock WHERE state = 'free' OR (state = 'held' AND expires <= now)
              ORDER BY id LIMIT 1 FOR UPDATE OF units SKIP LOCKED)
   AND EXISTS (SELECT FROM first)
)";

/// The order's hold, if it has not run out; asked again it says the same again.
constexpr const char* assign = R"(
UPDATE units SET state = 'assigned'
 WHERE ord = 1 AND (state = 'assigned' OR (state = 'held' AND expires > (SELECT now FROM clock)))
)";

/// The tombstone comes first: a reserve that is late must find it, and one that is under way is
/// waited for. Only a statement that begins after that sees what it took.
constexpr const char* give_back = R"(
BEGIN;
INSERT INTO fence VALUES (1) ON CONFLICT DO NOTHING;
UPDATE units SET state = 'free', ord = NULL WHERE ord = 1;
COMMIT;
)";

constexpr const char* sweep = R"(
UPDATE units SET state = 'free', ord = NULL
 WHERE state = 'held' AND expires <= (SELECT now FROM clock)
)";

/// As published: whatever is reserved.
constexpr const char* assign_any = R"(
UPDATE units SET state = 'assigned', ord = 1
 WHERE id = (SELECT id FROM units WHERE state = 'held' ORDER BY id LIMIT 1)
)";

/// What the coordinator assigns until then finds its holds.
constexpr int deadline = 4;

/// Whether it is done, and changed a row.
bool is_served(const Answer& answer) { return answer.is_done && answer.affected == 1; }

}  // namespace

void Reservation::reset() {
  now_ = 0;
  std::filesystem::remove(log_);
  services_.reset();
}

void Reservation::place_order(Steps& step, const Client& client) {
  RecordLog log{log_};
  std::map<std::string, Link> links;
  for (const auto& name : service_names) links.emplace(name, services_.connect(name));
  const auto ask_all = [&](const std::string& what, const char* sql) {
    for (const auto& name : service_names) {
      step("send " + what + " to " + name);
      links.at(name).send(sql);
    }
    bool all = true;
    for (const auto& name : service_names) all = is_served(links.at(name).wait()) && all;
    return all;
  };
  const auto force = [&](const std::string& record) {
    step("append " + record);
    log.append(record);
    step("force " + record);
    log.force();
  };
  force("reserving");
  if (!ask_all("reserve", reserve)) return release(client);
  force("assigning");
  if (!ask_all("assign", assign)) return release(client);
  force("placed_decision");
  step("send placed to client");
  client.reply("placed");
  step("append end");
  log.append("end");
}

void Reservation::recover(const Client& client) {
  const std::vector<std::string> records = RecordLog::read(log_);
  if (records.empty() || records.back() == "end") return;
  if (records.back() == "placed_decision") return client.reply("placed");
  const bool may_assign = records.back() == "assigning" && now_ < deadline;
  may_assign ? assign_again(client) : release(client);
}

void Reservation::assign_again(const Client& client) const {
  bool all = true;
  for (const auto& name : service_names) {
    all = is_served(services_.at(name).connect().demand(assign)) && all;
  }
  if (!all) return release(client);
  RecordLog log{log_};
  log.append("placed_decision");
  log.force();
  client.reply("placed");
}

void Reservation::release(const Client& client) const {
  RecordLog log{log_};
  log.append("releasing");
  log.force();
  client.reply("not placed");
  services_.at_both(give_back);
}

void Reservation::let_time_pass() {
  now_ += 10;
  services_.at_both("UPDATE clock SET now = now + 10");
}

Outcome Reservation::look() {
  services_.holdings();  // When this is known, nothing is under way any more.
  let_time_pass();
  services_.at_both(sweep);
  return {.services = services_.holdings()};
}

void ReservationAfterALongTime::recover(const Client& client) {
  services().holdings();
  let_time_pass();
  Reservation::recover(client);
}

void PublishedReservation::place_order(Steps& step, const Client& client) {
  std::map<std::string, Link> links;
  for (const auto& name : service_names) links.emplace(name, services().connect(name));
  const auto ask_each = [&](const std::string& what, const char* sql) {
    for (const auto& name : service_names) {
      step("send " + what + " to " + name);
      if (!is_served(links.at(name).ask(sql))) return false;
    }
    return true;
  };
  if (!ask_each("reserve", reserve) || !ask_each("assign", assign_any)) {
    return client.reply("not placed");
  }
  step("send placed to client");
  client.reply("placed");
}

}  // namespace indoubt::reality
