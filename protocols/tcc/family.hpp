#pragma once

#include "protocols/registry.hpp"

namespace indoubt::tcc {

/// Try, confirm, cancel, with a transaction manager and a fence at every service.
protocols::Family family();

}  // namespace indoubt::tcc
