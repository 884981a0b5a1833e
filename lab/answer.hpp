#pragma once

#include <string>
#include <string_view>

namespace indoubt::lab {

/// Answers a page that makes runs itself: a JSON object in, a JSON object out. `do` says what is
/// asked; docs/lab.md lists what there is to ask, and what comes back. Nothing is kept from one
/// question to the next: a search that takes long is asked for in slices, and each answer has what
/// the next slice needs. What is wrong with a scenario is answered as `diagnostics`, what is wrong
/// with a question as `error`.
std::string answer(std::string_view request);

}  // namespace indoubt::lab
