#include "tests/reality/record_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace indoubt::reality {

namespace {

/// That there is such a file is something to force, too.
void force_name(const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/'));
  const int file = open(folder.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_forced = file >= 0 && fsync(file) == 0;
  close(file);
  if (!is_forced) throw std::runtime_error{"cannot force " + folder};
}

}  // namespace

RecordLog::RecordLog(const std::string& path)
    : file_{open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)} {
  if (file_ < 0) throw std::runtime_error{"cannot open " + path};
  force_name(path);
}

RecordLog::~RecordLog() { close(file_); }

void RecordLog::append(const std::string& record) const { write_text(record + "\n"); }

void RecordLog::write_text(const std::string& text) const {
  if (write(file_, text.data(), text.size()) < 0) throw std::runtime_error{"cannot write a log"};
}

void RecordLog::force() {
  write_text(in_memory_);
  in_memory_.clear();
  if (fdatasync(file_) != 0) throw std::runtime_error{"cannot force a log"};
}

std::vector<std::string> RecordLog::read(const std::string& path) {
  std::ifstream file{path};
  std::vector<std::string> records;
  for (std::string line; std::getline(file, line);) records.push_back(line);
  return records;
}

bool RecordLog::has(const std::string& path, const std::string& record) {
  const std::vector<std::string> records = read(path);
  return std::find(records.begin(), records.end(), record) != records.end();
}

}  // namespace indoubt::reality
