#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

namespace indoubt::external {

/// The name of a text, made of nothing but the text: what has few words to travel in carries it in
/// the text's place, and digests of the one are digests of the other.
struct TextId {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  bool operator==(const TextId&) const = default;
  static auto fields(auto& self) {
    auto& [a, b] = self;
    return std::tie(a, b);
  }
};

/// Keeps a text for as long as the program runs, and names it. All threads share what is kept.
TextId keep_text(std::string_view text);
/// A text that was kept.
std::string text_of(TextId id);
/// For people, who know its type: the same without a `type` that comes first. Empty if there is
/// nothing else.
std::string text_without_type(TextId id);

/// Keeps a name, of which there are few, for as long as the program runs.
std::string_view keep_name(std::string_view name);

}  // namespace indoubt::external
