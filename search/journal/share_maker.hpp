#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/journal/store.hpp"

namespace indoubt::search {

/// Makes shares of one cell's exhaustive search, each by itself: without what other shares have
/// found, so that it does not matter who makes which, and when. A search that gets them from a
/// store comes to what it would have come to alone, where it is to go on whatever it finds.
/// For one thread.
class ShareMaker {
 public:
  virtual ~ShareMaker() = default;

  /// All shares of the search, in its order. Fewer if it was stopped.
  virtual std::vector<ShareId> shares() const = 0;
  /// The bytes of one of them, as a `ShareStore` keeps them. Nothing if it was stopped meanwhile.
  virtual std::optional<std::string> make(ShareId share) = 0;
};

}  // namespace indoubt::search
