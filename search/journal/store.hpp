#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace indoubt::search {

/// A part of an exhaustive search: what threads take at once, and what a journal keeps. Of a search
/// in one order all sets of `level` faults with the same first one, of one over all orders a stage.
struct ShareId {
  std::uint32_t level = 0;
  std::uint32_t number = 0;
  auto operator<=>(const ShareId&) const = default;
};

/// Keeps the finished shares of a search, so that it can be stopped and resumed.
class ShareStore {
 public:
  virtual ~ShareStore() = default;

  /// Called once, before the others, with what identifies the search as far as it knows itself:
  /// lines of "name value". Returns why the store cannot be used, such as that it is another
  /// search's.
  virtual std::optional<std::string> open(const std::string& search) = 0;
  /// The bytes that were kept for a share, if any. Called from several threads at once, as is
  /// `keep`.
  virtual std::optional<std::string> find(ShareId share) = 0;
  virtual void keep(ShareId share, std::string_view bytes) = 0;
};

}  // namespace indoubt::search
