#include "sim/world/log.hpp"

#include <algorithm>

#include "sim/base/check.hpp"
#include "sim/base/mix.hpp"

namespace indoubt::sim {
namespace {

std::uint64_t make_header(Kind kind, OrderId order, std::size_t words) {
  return std::uint64_t{order.index} << 32 | std::uint64_t{kind} << 8 | words;
}

std::uint64_t checksum(std::uint64_t header, const std::uint64_t* content, std::size_t words) {
  return mix(hash_content(content, words), header);
}

}  // namespace

std::uint64_t Log::append(Kind kind, OrderId order, const std::uint64_t* content,
                          std::size_t words) {
  const std::uint64_t header = make_header(kind, order, words);
  const std::uint64_t sum = checksum(header, content, words);
  const std::size_t position = words_.size();
  words_.resize(position + header_words + words);
  words_[position] = header;
  words_[position + 1] = sum;
  std::copy_n(content, words, words_.data() + position + header_words);
  ++records_;
  return sum;
}

void Log::mark_forced(std::uint32_t number) {
  INDOUBT_CHECK(number <= records_);
  while (forced_records_ < number) {
    forced_words_ += header_words + view(forced_words_).words;
    ++forced_records_;
  }
}

void Log::crash(std::uint32_t kept, bool torn) {
  mark_forced(forced_records_ + kept);
  const bool is_damaged = torn && forced_records_ < records_;
  const std::size_t damaged_words = is_damaged ? header_words + view(forced_words_).words : 0;
  words_.resize(forced_words_ + damaged_words);
  if (is_damaged) words_.back() ^= 1;  // a bit of the content, or of the sum if there is none
  records_ = forced_records_;
}

void Log::cut(std::uint32_t first) {
  INDOUBT_CHECK(first <= records_);
  words_.resize(position_of(first));
  records_ = first;
  if (forced_records_ <= first) return;
  forced_records_ = first;
  forced_words_ = words_.size();
}

void Log::rot(std::uint32_t number) {
  INDOUBT_CHECK(number < forced_records_ && forced_records_ == records_);
  const std::size_t position = position_of(number);
  words_[position + 1] ^= 1;
  if (number + 1 != records_) return;
  records_ = forced_records_ = number;
  forced_words_ = position;
}

void Log::clear() {
  words_.clear();
  forced_words_ = 0;
  records_ = forced_records_ = 0;
}

RecordView Log::view(std::size_t position) const {
  INDOUBT_CHECK(position + header_words <= words_.size());
  const std::uint64_t header = words_[position];
  return {static_cast<Kind>(header >> 8), OrderId{static_cast<std::uint32_t>(header >> 32)},
          static_cast<std::size_t>(header & 0xff), words_.data() + position + header_words};
}

bool Log::has_intact_behind(std::size_t position) const {
  for (position += header_words + view(position).words; position < words_.size();
       position += header_words + view(position).words) {
    if (is_intact(position)) return true;
  }
  return false;
}

std::size_t Log::position_of(std::uint32_t number) const {
  std::size_t position = 0;
  for (std::uint32_t i = 0; i < number; ++i) position += header_words + view(position).words;
  return position;
}

bool Log::is_intact(std::size_t position) const {
  const RecordView record = view(position);
  if (position + header_words + record.words > words_.size()) return false;
  return words_[position + 1] == checksum(words_[position], record.content, record.words);
}

}  // namespace indoubt::sim
