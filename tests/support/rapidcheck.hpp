#pragma once

// rapidcheck's header for Catch2 needs Catch2's own first.
#include "tests/support/catch.hpp"

#include <rapidcheck.h>
#include <rapidcheck/catch.h>
