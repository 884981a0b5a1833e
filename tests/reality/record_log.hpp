#pragma once

#include <string>
#include <vector>

namespace indoubt::reality {

/// A coordinator's log: a file of lines. What is appended is the system's from then on, so it
/// outlives the process; what is forced outlives the machine's power.
class RecordLog {
 public:
  explicit RecordLog(const std::string& path);
  ~RecordLog();
  RecordLog(const RecordLog&) = delete;
  RecordLog& operator=(const RecordLog&) = delete;

  void append(const std::string& record) const;
  /// Appends it with the next force: until then it is in this process's memory, as in a stream.
  void keep_in_memory(const std::string& record) { in_memory_ += record + "\n"; }
  void force();

  /// The records of a log, oldest first; none if there is no log.
  static std::vector<std::string> read(const std::string& path);
  static bool has(const std::string& path, const std::string& record);

 private:
  void write_text(const std::string& text) const;

  int file_;
  std::string in_memory_{};
};

}  // namespace indoubt::reality
