#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/state_hash.hpp"

namespace indoubt::external {

/// A line to a node, and the line that it answered.
struct Exchange {
  std::string line;
  std::string answer;
};

/// All that was said to a node since its process began. It stands for the process: whoever reads
/// it out to a new one gets what knows the same. A value that grows at its end; copies share what
/// they have in common.
class Transcript {
 public:
  Transcript() = default;
  Transcript(const Transcript& other) = default;
  Transcript(Transcript&& other) noexcept = default;
  Transcript& operator=(const Transcript& other);
  Transcript& operator=(Transcript&& other) noexcept;
  ~Transcript() { let_go(); }

  void add(Exchange exchange);
  bool is_empty() const { return last_ == nullptr; }
  std::size_t size() const;
  /// All of it, the oldest first.
  std::vector<const Exchange*> all() const;

  bool operator==(const Transcript& other) const;
  void hash_into(sim::StateHash& hash) const { hash.add(digest()); }

 private:
  struct Link {
    Exchange exchange;
    std::size_t size = 0;
    std::uint64_t digest = 0;  ///< of all up to here
    std::shared_ptr<Link> before{};
  };

  std::uint64_t digest() const { return last_ == nullptr ? 0 : last_->digest; }
  void let_go();

  std::shared_ptr<Link> last_;
};

/// For people who look at the state of a role.
std::string to_text(const Transcript& transcript);

}  // namespace indoubt::external
