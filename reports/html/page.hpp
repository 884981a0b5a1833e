#pragma once

#include <string>
#include <string_view>

namespace indoubt::reports {

/// A page to write.
struct Page {
  std::string title;         ///< text, not markup
  std::string_view entry;    ///< which: "trace_page"
  std::string data;          ///< JSON, for the page's script
  bool runs_worlds = false;  ///< it makes runs itself: WebAssembly in a worker
};

/// The page as one file that needs nothing else: it opens offline, asks nobody for anything, and
/// holds the same bytes for the same data.
std::string html_page(const Page& page);

/// JSON as it may stand inside of a script element: every `<` in it, which only strings can have,
/// is written as a number.
std::string json_in_page(std::string_view json);

/// Text as it may stand between tags.
std::string html_text(std::string_view text);

}  // namespace indoubt::reports
