#pragma once

#include <span>

#include "scenarios/knowledge.hpp"

namespace indoubt::reports {

/// What scenarios may name in a program with these families, which must outlive it.
scenarios::Knowledge knowledge_of(std::span<const kit::Family> families);

}  // namespace indoubt::reports
