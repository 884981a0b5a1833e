#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/scenario_result.hpp"
#include "search/run/cell_result.hpp"

namespace indoubt::reports {

// Results in words and figures, the same in every report that people read.

/// "1,234,567".
std::string grouped(std::uint64_t number);
/// "1 run", "2 runs".
std::string count_of(std::uint64_t count, std::string_view noun);

/// What a command that makes such a run has to say besides: " --allow-external", if it starts the
/// programs of external nodes, or nothing.
std::string_view consent_for(const kit::Deployment& deployment);

/// Whether lists of properties name this one. That the code of the protocols that come with indoubt
/// does not fail goes without saying.
bool is_listed(properties::Property property, properties::Verdict verdict);
/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& words);
/// What goes between the items of such a list, before item `i` of `count`.
std::string_view list_separator(std::size_t i, std::size_t count);
/// "two", "six", "12", "13": small numbers in letters.
std::string number_word(std::size_t number);
/// "37 of 2,000 runs".
std::string part_of_runs(std::uint64_t part, std::uint64_t runs);
/// "12.3": a sum shared among `count`, rounded to a tenth. "-" if there is nobody.
std::string share(std::uint64_t sum, std::uint64_t count);
/// "0123456789abcdef".
std::string digest_text(std::uint64_t digest);
/// "1st", "22nd", "113th".
std::string ordinal(std::uint32_t number);
/// "8.31ms": a duration rounded to three digits, in a unit that suits it.
std::string rounded(sim::Duration duration);
/// "662.700031ms": the same with all its digits, for what just misses a bound.
std::string exact(sim::Duration duration);
/// "12.5/s": a metric of a cell that is a rate; "-" if nothing was measured.
std::string rate_text(const search::CellResult& result, std::string_view metric);
/// A metric as a scenario would bound it.
std::string metric_text(std::int64_t value, sim::Unit unit);
/// "violated in 37 of 2,000 runs, by 41 of 12,000 orders", "unknown: checked in none of 2,000
/// runs", ... Where a run has one order, what was violated is not counted twice.
std::string verdict_words(const search::CellResult& result, properties::Property property);
/// The reasons for which runs violated it: "must block, stuck".
std::string reason_words(const search::PropertyResult& property);
/// "atomicity holds", "commit_latency.p99 at most 450ms", "sometimes expired".
std::string expectation_words(const scenarios::Expectation& expectation);
/// "protocol=saga ttl=5s"; the protocol's name if nothing is swept.
std::string cell_words(const scenarios::Cell& cell);
/// "protocol=saga, ttl=5s"; empty for no condition.
std::string where_words(const scenarios::Bindings& where);
/// The command that tells one run of a cell; without an order's number, that which the run is most
/// about.
std::string trace_command(const ScenarioResult& result, const CellOutcome& outcome,
                          std::uint64_t seed, std::uint32_t order = 0);
/// The text as one word of a shell.
std::string quoted_for_shell(const std::string& text);

}  // namespace indoubt::reports
