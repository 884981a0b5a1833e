#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "properties/property.hpp"
#include "protocols/kit/deployment.hpp"
#include "protocols/kit/family.hpp"
#include "search/findings/counterexample.hpp"

namespace indoubt::search {

/// What sets of safeguards are to be left out, and how hard to look at each.
struct SafeguardOptions {
  /// What may go wrong besides what the deployment says.
  enum class Faults : std::uint8_t {
    none,    ///< every run is one of the deployment's own
    random,  ///< those of `actions`, in every run
    sets,    ///< all sets of up to `most_faults` of `actions`, in runs of the first seed
  };
  std::uint64_t first_seed = 1;
  std::uint64_t runs = 1;                ///< of each set of safeguards, but for `Faults::sets`
  std::size_t most_missing = 3;          ///< at once
  properties::PropertySet properties{};  ///< whose violation counts
  Faults faults = Faults::none;
  std::uint32_t actions = 0;  ///< bit set of `sim::Action`
  std::size_t most_faults = 1;
  unsigned jobs = 1;
  /// Called now and then, never from two threads at once, with the sets that are done.
  std::function<void(std::uint64_t sets_done)> progress{};
  /// Set from outside to stop early; the result then covers the sets that were finished in order.
  const std::atomic<bool>* stop = nullptr;
};

/// Safeguards without which a property is violated that is kept while any one of them is there.
struct MissingSafeguards {
  std::vector<std::string> mutants{};  ///< that leave them out, in the order of the family
  Counterexample first{};              ///< how the first failing run violates the property
  std::uint64_t violated = 0;          ///< runs in which the correct code does not violate it
  std::uint64_t runs = 0;
  bool operator==(const MissingSafeguards&) const = default;
};

/// What leaving them out came to. It does not depend on the number of threads.
struct SafeguardResult {
  std::size_t safeguards = 0;    ///< that can be left out
  std::uint64_t sets = 0;        ///< that were tried
  std::uint64_t impossible = 0;  ///< that cannot be left out together
  std::uint64_t runs = 0;
  std::uint64_t events = 0;
  std::uint64_t digest = 0;  ///< folds the digests of all runs, in order
  bool is_complete = false;  ///< all sets up to `most_missing` were tried
  /// Properties that the correct code violates in some of its own runs. On these seeds nothing is
  /// said of them.
  properties::PropertySet broken_anyway{};
  /// Those with the fewest first; of one set in the order of the properties. No property has two
  /// of which one is part of the other.
  std::vector<MissingSafeguards> findings{};
  bool operator==(const SafeguardResult&) const = default;
};

/// The named mistakes that change anything in this choice of protocol: each leaves out a safeguard.
std::vector<std::string> safeguards_of(const kit::ProtocolChoice& protocol);

/// How many sets of up to so many safeguards there are.
std::uint64_t sets_of_safeguards(std::size_t safeguards, std::size_t most_missing);

/// Leaves out one safeguard of the deployment's family after the other, then two at once, and so
/// on. The deployment's protocol is correct: hardened, without mistakes. A violation counts only
/// where the correct code does not violate the property with the same seed and faults.
SafeguardResult find_missing_safeguards(const kit::Deployment& deployment,
                                        const SafeguardOptions& options);

}  // namespace indoubt::search
