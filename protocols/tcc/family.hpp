#pragma once

#include "protocols/kit/family.hpp"

namespace indoubt::tcc {

/// Try, confirm, cancel, with a transaction manager and a fence at every service.
kit::Family family();

}  // namespace indoubt::tcc
