#pragma once

#include "protocols/registry.hpp"

namespace indoubt::local_message_table {

/// A table of messages in the database of the business change; hardened, and as published.
protocols::Family family();

}  // namespace indoubt::local_message_table
