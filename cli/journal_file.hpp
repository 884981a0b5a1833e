#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "search/exhaustive/exhaustive.hpp"

namespace indoubt::cli {

/// A digest of the running program, so that nothing made by another build is taken for its own; empty
/// if it cannot be read.
std::string program_digest();

/// A journal of finished shares, as a file that only grows. A program that is killed loses the shares
/// that were under way, and no others: each record has a checksum, and what is cut off or damaged is
/// dropped together with all behind it, and done again. Two programs cannot have the same journal.
///
/// The file: a line of text; then records of four words (length of the content, checksum, level and
/// number of the share, the lowest byte first) and the content. The first record names the search.
class JournalFile final : public search::ShareStore {
 public:
  /// `subject` is what is searched, as lines of "name value". Throws `UsageError`.
  JournalFile(std::string path, std::string subject);
  ~JournalFile() override;
  JournalFile(const JournalFile&) = delete;
  JournalFile& operator=(const JournalFile&) = delete;

  std::optional<std::string> open(const std::string& search) override;
  std::optional<std::string> find(search::ShareId share) override;
  void keep(search::ShareId share, std::string_view bytes) override;

  /// Why it could not be written to the end, if it could not.
  std::optional<std::string> problem() const;
  /// Bytes that were damaged or cut off.
  std::uint64_t dropped() const { return dropped_; }

 private:
  struct Record;

  std::optional<std::string> check_head(const std::string& head);
  std::optional<Record> read_record(std::uint64_t at) const;
  void read_shares(std::uint64_t at);
  bool write(std::string_view bytes);

  std::string path_;
  std::string subject_;
  int file_ = -1;
  std::uint64_t end_ = 0;  ///< of what is good
  std::uint64_t dropped_ = 0;
  std::map<search::ShareId, std::uint64_t> places_;  ///< where the record of a share begins
  std::optional<std::string> problem_;
  mutable std::mutex mutex_;
};

}  // namespace indoubt::cli
