#pragma once

// The one place that knows which Catch2 is used: a move to version 3 changes this file only.
#include <catch2/catch.hpp>
