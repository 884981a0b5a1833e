#pragma once

#include <string>

namespace indoubt::reality {

/// Replaces what stands between the marks of a page, `<!-- tables -->` and `<!-- end -->`. Throws
/// std::runtime_error if it has none.
void write_page(const std::string& path, const std::string& tables);

}  // namespace indoubt::reality
