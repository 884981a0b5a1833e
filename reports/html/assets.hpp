#pragma once

#include <span>
#include <string_view>

namespace indoubt::reports {

/// What a page is made of besides its data: joined from `reports/web` when the program is built, as
/// `cmake/web.cmake` lists it.
struct PageAssets {
  std::string_view entry;  ///< "trace_page"
  std::string_view style;
  std::string_view script;
  bool has_charts = false;  ///< draws with Observable Plot
};

/// All pages that there are.
std::span<const PageAssets> page_assets();

/// Observable Plot with its licences, or nothing where the program was built without node.
std::string_view charts_script();

}  // namespace indoubt::reports
