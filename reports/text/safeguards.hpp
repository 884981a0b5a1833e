#pragma once

#include <string>

#include "reports/explore_result.hpp"
#include "reports/text/style.hpp"
#include "reports/words.hpp"

/// What a search for missing safeguards has to say besides other searches.
namespace indoubt::reports {

/// "M-F02 (expiry_not_checked) and M-F08 (late_dup_reserve)".
std::string mistakes_in_words(const kit::ProtocolChoice& choice);

/// What was left out, and what may go wrong meanwhile.
std::string safeguards_extent(const ExploreResult& result);

/// " without M-F02 (...) and M-F08 (...), in 20 of 20 runs"; empty if no safeguard is missing.
std::string missing_text(const ExploreResult& result, const ExploreFinding& finding);

/// Which properties the correct code violates itself; empty if it keeps all.
std::string broken_anyway_text(const ExploreResult& result, const Style& style);

}  // namespace indoubt::reports
