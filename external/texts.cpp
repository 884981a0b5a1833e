#include "external/texts.hpp"

#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "external/mistake.hpp"
#include "sim/base/mix.hpp"

namespace indoubt::external {
namespace {

constexpr std::uint64_t second_key = 0x6e61'6d65'6f66'7478u;
/// All texts together; a node that says something new each time gets there at last.
constexpr std::size_t most_letters = std::size_t{1} << 31;

class Texts {
 public:
  TextId keep(std::string_view text) {
    const TextId id{sim::hash_name(text), sim::mix(second_key, hash_of_letters(text))};
    const std::lock_guard lock{mutex_};
    const auto [at, is_new] = texts_.try_emplace({id.first, id.second}, text);
    if (at->second != text) throw Mistake{"two texts have one name: " + at->second};
    if (is_new) letters_ += text.size();
    if (letters_ > most_letters)
      throw Mistake{"external nodes have said more than 2 GiB of different things"};
    return id;
  }
  std::string text_of(TextId id) {
    const std::lock_guard lock{mutex_};
    const auto at = texts_.find({id.first, id.second});
    return at == texts_.end() ? "{}" : at->second;
  }
  std::string_view keep_name(std::string_view name) {
    const std::lock_guard lock{mutex_};
    return *names_.emplace(name).first;
  }

 private:
  /// Letter by letter, so that it has nothing to do with the other hash.
  static std::uint64_t hash_of_letters(std::string_view text) {
    std::uint64_t hash = 0;
    for (const char letter : text) hash = sim::mix(hash, static_cast<unsigned char>(letter));
    return hash;
  }

  std::mutex mutex_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> texts_;
  std::set<std::string, std::less<>> names_;
  std::size_t letters_ = 0;
};

/// What names a text is made of the text, so which run kept it first is all one.
Texts& texts() {
  static Texts all;
  return all;
}

}  // namespace

TextId keep_text(std::string_view text) { return texts().keep(text); }
std::string text_of(TextId id) { return texts().text_of(id); }

std::string text_without_type(TextId id) {
  constexpr std::string_view type = "{\"type\":\"";
  const std::string text = text_of(id);
  if (!text.starts_with(type)) return text;
  const std::size_t end = text.find('"', type.size());
  if (text.compare(end, std::string::npos, "\"}") == 0) return {};
  return text.compare(end, 2, "\",") == 0 ? "{" + text.substr(end + 2) : text;
}

std::string_view keep_name(std::string_view name) { return texts().keep_name(name); }

}  // namespace indoubt::external
