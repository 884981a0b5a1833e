#pragma once

#include <string>
#include <vector>

#include "reports/compare/board.hpp"
#include "reports/compare/sentence.hpp"

namespace indoubt::reports {

/// What the comparison answers to a question: who breaks it in which class, who owes it, and who
/// keeps it everywhere. Published samples are summed up where there are many.
std::vector<Sentence> answer_to(const Board& board, std::size_t question);

/// What one protocol comes to.
struct Portrait {
  std::string protocol;
  std::string idea;
  std::vector<Sentence> sentences{};  ///< Keeps, Loses, Owes, Costs, as published
};

/// One for each protocol, in the order of the board.
std::vector<Portrait> portraits_of(const Board& board);

/// "all six classes", "both classes"; "its class" if there is one.
std::string all_classes(const Board& board);

}  // namespace indoubt::reports
