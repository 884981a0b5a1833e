#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/kit/family.hpp"

/// Searches as assertions, for the tests of a protocol of one's own, under whatever test framework:
///
///     const auto result = for_all_faults(family(), scenario, up_to(2));
///     INFO(result.text());
///     CHECK(result.holds());
///
/// Not for several threads at once.
namespace indoubt::testing {

/// At most so many faults.
struct UpTo {
  std::size_t faults = 1;
};
constexpr UpTo up_to(std::size_t faults) { return {faults}; }

/// How a search goes about it, and what it leaves behind.
struct Settings {
  std::string kinds{};                     ///< of fault, as "crash,drop"; empty: all
  std::string folder = "counterexamples";  ///< where they are saved; empty: nowhere
  std::string program = "indoubt";         ///< which has the protocol: for the commands in texts
  std::size_t enough = 1;                  ///< the search ends after so many; 0: never
  unsigned jobs = 1;                       ///< threads; the result does not depend on it
};

/// What a search came to.
class Result {
 public:
  /// All that was asked for has been tried, every property that the protocol could violate was
  /// judged, and none is violated but where the scenario expects it.
  bool holds() const { return is_done && counterexamples.empty() && unjudged.empty(); }
  /// For people: what was tried; then of each counterexample the sentence, the story of the
  /// run, the command that makes it again, and the scenario file, which is saved as well.
  std::string text() const;

  struct Counterexample {
    std::string property;  ///< "atomicity"
    std::string reason;    ///< a sentence
    std::string story;     ///< as `indoubt trace` tells it
    std::string scenario;  ///< the text of the file
    std::string file;      ///< where it is; empty if it was not saved
    std::string command;   ///< that makes the run again
  };
  std::vector<Counterexample> counterexamples{};
  bool is_done = false;
  /// Of orders of events: some runs go on for ever, and were followed for a while (docs/orders.md).
  bool is_bounded = false;
  std::uint64_t tried = 0;              ///< sets of faults, or states
  std::vector<std::string> unjudged{};  ///< properties that no run could be judged by
  std::string what{};                   ///< "every set of up to 2 faults: 3,120 runs"
};

/// Tries every set of up to so many faults over every place of the run of the scenario's first
/// seed, as `indoubt explore --exhaustive K --one-order` does. The scenario is the text of a file;
/// what it extends is looked for from the present folder; whatever protocol it names, it runs the
/// family. Throws `std::invalid_argument`, with every mistake and its place, if it is none.
Result for_all_faults(const kit::Family& family, std::string_view scenario, UpTo most,
                      const Settings& settings = {});

/// Tries every order of events with every set of up to so many faults, as `indoubt explore
/// --exhaustive K` does. The rest is as above.
Result for_all_orders(const kit::Family& family, std::string_view scenario, UpTo most,
                      const Settings& settings = {});

}  // namespace indoubt::testing
