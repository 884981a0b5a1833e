#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::local_message_table {

/// A table of messages in the database of the business change; hardened, and as published.
kit::Family family();

}  // namespace indoubt::local_message_table
