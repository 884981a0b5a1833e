#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "reports/scenario_result.hpp"

// What people ask before they take a protocol, and which properties answer it together.
namespace indoubt::reports {

/// A question, and how its answers are told.
struct Question {
  std::string_view id;          ///< "atomic"
  std::string_view title;       ///< "Is it atomic?"
  std::string_view definition;  ///< what "yes" means, as a sentence
  std::string_view broken;      ///< "lost by": comes before those that violate it
  std::string_view kept;        ///< "kept": comes before "in all six classes"
  std::span<const properties::Property> pooled;
};

inline constexpr std::size_t question_count = 3;
std::span<const Question, question_count> questions();

/// "atomicity, agreement, stability and validity".
std::string properties_of(const Question& question);

/// What several properties of one cell came to together.
struct Pooled {
  properties::Verdict verdict = properties::Verdict::not_applicable;
  std::uint64_t runs = 0;    ///< that violated any of them; if none did, that owe any of them
  std::uint64_t judged = 0;  ///< runs in which any of them was exercised
  /// The one that most of these runs violate, or owe.
  std::optional<properties::Property> most{};
  bool operator==(const Pooled&) const = default;
};

/// The worst verdict of these properties. A run counts once, however many of them it violates:
/// exactly if the cell has a sample of each run; otherwise as often as the one that is violated
/// most.
Pooled pooled(const search::CellResult& cell, std::span<const properties::Property> pool);

/// Which of two verdicts says more: violated, owed, unknown, holds, n/a.
int rank_of(properties::Verdict verdict);

}  // namespace indoubt::reports
