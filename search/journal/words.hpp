#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace indoubt::search {

/// Writes words, the lowest byte first: the same bytes on every machine.
class WordWriter {
 public:
  void word(std::uint64_t value) {
    for (int i = 0; i < 8; ++i) bytes_ += static_cast<char>(value >> (8 * i) & 0xffu);
  }
  /// A text, as its length and a word for each byte.
  void text(std::string_view value) {
    word(value.size());
    for (const char letter : value) word(static_cast<unsigned char>(letter));
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads words; once they run out it gives zeros and is no longer good.
class WordReader {
 public:
  explicit WordReader(std::string_view bytes) : bytes_{bytes} {}

  std::uint64_t word() {
    if (bytes_.size() < 8) {
      is_good_ = false;
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      value |= std::uint64_t{static_cast<unsigned char>(bytes_[i])} << (8 * i);
    }
    bytes_.remove_prefix(8);
    return value;
  }
  /// How many things follow, each of at least one word.
  std::uint64_t count() {
    const std::uint64_t value = word();
    if (value > bytes_.size() / 8) is_good_ = false;
    return is_good_ ? value : 0;
  }
  std::string text() {
    std::string value;
    for (std::uint64_t left = count(); left > 0; --left) value += static_cast<char>(word() & 0xffu);
    return value;
  }
  bool is_good() const { return is_good_; }
  bool is_at_end() const { return is_good_ && bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool is_good_ = true;
};

}  // namespace indoubt::search
