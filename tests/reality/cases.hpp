#pragma once

#include <string>
#include <vector>

#include "tests/reality/disk.hpp"
#include "tests/reality/judge.hpp"
#include "tests/reality/outbox.hpp"

/// All cases, by what they need and how long they take.
namespace indoubt::reality {

/// PostgreSQL and a coordinator's log: about a minute. The servers must outlive the cases.
std::vector<Case> fast_cases(Services& services, const OrderDatabase& orders,
                             const std::string& folder);
/// RabbitMQ besides: about three minutes.
std::vector<Case> broker_cases(const Messaging& servers);

/// PostgreSQL and a log on disks whose power fails: about two minutes, for root. `services` have
/// store's database on `store_disk`, and the log is on `log_disk`.
std::vector<Case> power_cases(Services& services, const Disk& store_disk, const Disk& log_disk);

}  // namespace indoubt::reality
