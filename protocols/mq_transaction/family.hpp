#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::mq_transaction {

/// Messages in a transaction of the broker, or half messages that it checks back.
kit::Family family();

}  // namespace indoubt::mq_transaction
