// Whatever an external node answers: it is read, or what is wrong with it is told on one line.
// What is taken from it as a message or record is JSON that stays the same when it is read again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "external/answer.hpp"
#include "external/mistake.hpp"
#include "scenarios/text/source.hpp"

namespace {

using namespace indoubt;
using external::WantedEffect;

constexpr std::size_t longest_message = 1'000;

void check_told(std::string_view what) {
  const bool is_on_one_line = what.find('\n') == std::string_view::npos;
  const bool is_text = scenarios::find_invalid_utf8(what) == std::string_view::npos;
  if (what.empty() || what.size() > longest_message || !is_on_one_line || !is_text) std::abort();
}

void check_taken(const WantedEffect& effect) {
  if (effect.content.empty()) return;
  const std::string line = "{\"effects\":[{\"write\":" + effect.content + "}]}";
  if (external::read_answer(line).effects.front().content != effect.content) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line{reinterpret_cast<const char*>(data), size};
  try {
    for (const WantedEffect& effect : external::read_answer(line).effects) check_taken(effect);
  } catch (const external::Mistake& mistake) {
    check_told(mistake.what());
  }
  return 0;
}
