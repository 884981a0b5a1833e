#pragma once

#include <string_view>

namespace indoubt::cli {

/// The lab's engine, compressed with gzip; empty in a program that was built before it.
std::string_view engine_bytes();

}  // namespace indoubt::cli
