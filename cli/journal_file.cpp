#include "cli/journal_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

#include "cli/arguments.hpp"
#include "sim/base/mix.hpp"

namespace indoubt::cli {
namespace {

using search::ShareId;

constexpr std::string_view first_line = "indoubt journal of an exhaustive search, format 2\n";
constexpr ShareId head_id{};
constexpr std::size_t header_bytes = 32;

std::string bytes_of_words(std::initializer_list<std::uint64_t> words) {
  std::string bytes;
  for (const std::uint64_t word : words) {
    for (int i = 0; i < 8; ++i) bytes += static_cast<char>(word >> (8 * i) & 0xffu);
  }
  return bytes;
}

std::uint64_t word_at(std::string_view bytes, std::size_t number) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    word |= std::uint64_t{static_cast<unsigned char>(bytes[8 * number + i])} << (8 * i);
  }
  return word;
}

std::uint64_t checksum(ShareId id, std::string_view content) {
  return sim::mix(sim::mix(sim::hash_name(content), id.level), id.number);
}

std::string record_of(ShareId id, std::string_view content) {
  return bytes_of_words({content.size(), checksum(id, content), id.level, id.number}) +
         std::string{content};
}

/// The first line in which two heads differ, of each.
std::string difference(const std::string& there, const std::string& here) {
  std::istringstream theirs{there};
  std::istringstream ours{here};
  std::string their_line;
  std::string our_line;
  while (std::getline(theirs, their_line) && std::getline(ours, our_line) &&
         their_line == our_line) {
  }
  return "'" + their_line + "' there, '" + our_line + "' here";
}

}  // namespace

struct JournalFile::Record {
  ShareId id{};
  std::uint64_t at = 0;  ///< of the content
  std::string content{};
};

std::string program_digest() {
  std::ifstream program{"/proc/self/exe", std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{program}, {}};
  return bytes.empty() ? std::string{} : std::to_string(sim::hash_name(bytes));
}

JournalFile::JournalFile(std::string path, std::string subject)
    : path_{std::move(path)}, subject_{std::move(subject)} {
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  struct stat status {};
  const bool is_usable = file_ >= 0 && fstat(file_, &status) == 0 && S_ISREG(status.st_mode);
  const bool is_ours = is_usable && flock(file_, LOCK_EX | LOCK_NB) == 0;
  if (is_ours) return;
  if (file_ >= 0) ::close(file_);
  if (is_usable) throw UsageError{"the journal " + path_ + " is in use by another search"};
  throw UsageError{"cannot open the journal " + path_ +
                   (file_ < 0 ? std::string{": "} + std::strerror(errno) : ", which is no file")};
}

JournalFile::~JournalFile() { ::close(file_); }

std::optional<std::string> JournalFile::open(const std::string& search) {
  const std::string head = std::string{first_line} + record_of(head_id, subject_ + search);
  if (auto problem = check_head(head)) return problem;
  read_shares(head.size());
  struct stat status {};
  fstat(file_, &status);
  dropped_ = static_cast<std::uint64_t>(status.st_size) - end_;
  if (ftruncate(file_, static_cast<off_t>(end_)) != 0) {
    return "cannot write the journal " + path_ + ": " + std::strerror(errno);
  }
  return std::nullopt;
}

/// An empty file becomes a journal, and so does one whose head was cut off while it was written.
std::optional<std::string> JournalFile::check_head(const std::string& head) {
  std::string there(head.size(), '\0');
  const ssize_t length = pread(file_, there.data(), there.size(), 0);
  if (length < 0) return "cannot read the journal " + path_ + ": " + std::strerror(errno);
  there.resize(static_cast<std::size_t>(length));
  if (there == head) {
    end_ = head.size();
    return std::nullopt;
  }
  if (head.starts_with(there)) {
    if (ftruncate(file_, 0) == 0 && write(head)) return std::nullopt;
    return "cannot write the journal " + path_ + ": " + std::strerror(errno);
  }
  if (!there.starts_with(first_line)) return path_ + " is not a journal of an exhaustive search";
  const std::optional<Record> other = read_record(first_line.size());
  if (!other || other->id != head_id) return "the head of the journal " + path_ + " is damaged";
  return "the journal " + path_ + " belongs to another search: " +
         difference(other->content, head.substr(first_line.size() + header_bytes));
}

std::optional<JournalFile::Record> JournalFile::read_record(std::uint64_t at) const {
  std::string header(header_bytes, '\0');
  if (pread(file_, header.data(), header_bytes, static_cast<off_t>(at)) != ssize_t{header_bytes})
    return std::nullopt;
  struct stat status {};
  const std::uint64_t length = word_at(header, 0);
  const bool is_sized = fstat(file_, &status) == 0;
  if (!is_sized || length > static_cast<std::uint64_t>(status.st_size) - at - header_bytes)
    return std::nullopt;
  if (word_at(header, 2) > 0xffff'ffffu || word_at(header, 3) > 0xffff'ffffu) return std::nullopt;
  Record record{.id = {static_cast<std::uint32_t>(word_at(header, 2)),
                       static_cast<std::uint32_t>(word_at(header, 3))},
                .at = at + header_bytes,
                .content = std::string(length, '\0')};
  std::uint64_t done = 0;
  while (done < length) {
    const ssize_t part = pread(file_, record.content.data() + done, length - done,
                               static_cast<off_t>(record.at + done));
    if (part <= 0) return std::nullopt;
    done += static_cast<std::uint64_t>(part);
  }
  if (checksum(record.id, record.content) != word_at(header, 1)) return std::nullopt;
  return record;
}

void JournalFile::read_shares(std::uint64_t at) {
  while (const std::optional<Record> record = read_record(at)) {
    places_[record->id] = at;
    at = record->at + record->content.size();
  }
  end_ = at;
}

std::optional<std::string> JournalFile::find(ShareId share) {
  const std::lock_guard lock{mutex_};
  const auto place = places_.find(share);
  if (place == places_.end()) return std::nullopt;
  std::optional<Record> record = read_record(place->second);
  if (!record || record->id != share) return std::nullopt;
  return std::move(record->content);
}

void JournalFile::keep(ShareId share, std::string_view bytes) {
  const std::lock_guard lock{mutex_};
  if (problem_ || write(record_of(share, bytes))) return;
  problem_ = "cannot write the journal " + path_ + ": " + std::strerror(errno);
}

/// Written behind the end. If it is written only in part, the end stays where it was.
bool JournalFile::write(std::string_view bytes) {
  std::uint64_t done = 0;
  while (done < bytes.size()) {
    const ssize_t part =
        pwrite(file_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(end_ + done));
    if (part < 0 && errno == EINTR) continue;
    if (part <= 0) return false;
    done += static_cast<std::uint64_t>(part);
  }
  end_ += bytes.size();
  return true;
}

std::optional<std::string> JournalFile::problem() const {
  const std::lock_guard lock{mutex_};
  return problem_;
}

}  // namespace indoubt::cli
