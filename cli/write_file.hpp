#pragma once

#include <string>

namespace indoubt::cli {

/// Writes a whole file: next to it, and then renames, so that nobody ever sees half of it. Throws
/// `UsageError`.
void write_file(const std::string& path, const std::string& text);

/// Throws `UsageError` if no file can be written there, before work is done in vain.
void check_writable(const std::string& path);

}  // namespace indoubt::cli
