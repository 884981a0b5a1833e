#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/world/kinds.hpp"

namespace indoubt::sim {

/// One record as it lies in the log.
struct RecordView {
  Kind kind;
  OrderId order;
  std::size_t words;
  const std::uint64_t* content;
};

/// The content as its type has it: the log leaves out words of zeros at the end.
inline std::array<std::uint64_t, record_words> whole_content(const RecordView& record) {
  std::array<std::uint64_t, record_words> words{};
  std::copy(record.content, record.content + record.words, words.begin());
  return words;
}

/// A node's write-ahead log: records of whole words, each with a checksum. What is appended is
/// volatile until it is forced; a crash keeps what was forced and perhaps a prefix of the rest.
class Log {
 public:
  /// Adds a record and returns its checksum, which is also a hash of its content.
  std::uint64_t append(Kind kind, OrderId order, const std::uint64_t* content, std::size_t words);

  /// Everything before record `number` is durable from now on. Then calls `visit(RecordView)` for
  /// each record that became so; a visit may crash the log, which keeps what is durable.
  template <typename Visit>
  void mark_forced(std::uint32_t number, Visit&& visit) {
    const std::size_t position = forced_words_;
    const std::uint32_t before = forced_records_;
    mark_forced(number);
    for_records(position, forced_records_ - before, visit);
  }
  void mark_forced(std::uint32_t number);

  /// Calls `visit(RecordView)` for each record that is not durable.
  template <typename Visit>
  void for_unforced(Visit&& visit) const {
    for_records(forced_words_, records_ - forced_records_, visit);
  }

  /// Calls `visit(RecordView)` for each record from number `first` on.
  template <typename Visit>
  void for_records_from(std::uint32_t first, Visit&& visit) const {
    for_records(position_of(first), records_ - first, visit);
  }

  std::uint32_t records() const { return records_; }
  std::uint32_t forced_records() const { return forced_records_; }

  /// What a crash does: keeps what was forced and `kept` records more, and damages the next one if
  /// `torn`. Everything that remains is durable afterwards.
  void crash(std::uint32_t kept, bool torn);

  /// Loses every record from number `first` on, durable or not.
  void cut(std::uint32_t first);
  /// Damages record `number`. Behind the last one nothing tells it from the end of a torn log, so
  /// that one counts as lost from here on.
  void rot(std::uint32_t number);

  /// Calls `visit(RecordView)` for each record up to the end or the first damaged one, which it
  /// cuts off together with all that follows: what a restart does. False, and nothing is cut off,
  /// if a record behind it is intact: a crash tears only the end, so what was forced is damaged.
  template <typename Visit>
  bool recover(Visit&& visit) {
    std::size_t position = 0;
    std::uint32_t count = 0;
    while (position < words_.size()) {
      const RecordView record = view(position);
      if (!is_intact(position)) {
        if (has_intact_behind(position)) return false;
        break;
      }
      position += header_words + record.words;
      ++count;
      visit(record);
    }
    words_.resize(position);
    forced_words_ = position;
    records_ = forced_records_ = count;
    return true;
  }

  void clear();
  bool operator==(const Log&) const = default;

 private:
  friend struct Inspection;

  static constexpr std::size_t header_words = 2;

  RecordView view(std::size_t position) const;
  /// Calls `visit(RecordView)` for so many records from a position on.
  template <typename Visit>
  void for_records(std::size_t position, std::uint32_t count, Visit&& visit) const {
    for (; count != 0; --count) {
      const RecordView record = view(position);
      position += header_words + record.words;
      visit(record);
    }
  }
  bool is_intact(std::size_t position) const;
  bool has_intact_behind(std::size_t position) const;
  /// Where record `number` begins, or the end if there is none.
  std::size_t position_of(std::uint32_t number) const;

  std::vector<std::uint64_t> words_;
  std::size_t forced_words_ = 0;
  std::uint32_t records_ = 0;
  std::uint32_t forced_records_ = 0;
};

}  // namespace indoubt::sim
