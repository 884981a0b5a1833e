#pragma once

#include "protocols/registry.hpp"

namespace indoubt::mq_transaction {

/// Messages in a transaction of the broker, or half messages that it checks back.
protocols::Family family();

}  // namespace indoubt::mq_transaction
