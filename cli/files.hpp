#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace indoubt::cli {

/// Writes next to the file and renames, so that nobody ever sees half of it. A link stays a link.
/// What is not a file, such as a pipe, is written to directly. Throws `FileError`.
void write_file(const std::filesystem::path& file_or_link, const std::string& text);

/// The same for a file that is to outlive a machine that fails the moment after: it returns when
/// the disk has both the content and the name. Throws `FileError`.
void write_file_durably(const std::filesystem::path& path, const std::string& text);

/// Does what writes files. One that cannot be written is complained about, and the work goes on, so
/// that what goes to standard output is not lost with it. Whether all was written.
bool try_files(const std::function<void()>& write);

/// A file that a command will write.
struct Output {
  std::string option;  ///< that names it, for people: "--csv"
  std::filesystem::path path;
};

/// Throws, before work is done in vain: `FileError` if an output cannot be written, `UsageError` if
/// it would take the place of another, of standard output, or of a file that the command reads, by
/// whatever paths and links they are given.
void check_outputs(const std::vector<Output>& outputs, const std::vector<std::string>& inputs);

/// Throws `UsageError` if two of the inputs are the same file.
void check_distinct(const std::vector<std::string>& inputs);

/// Throws `UsageError` if the path is "-", which nothing here takes for standard output.
void check_no_dash(const std::string& option, const std::filesystem::path& path);

/// Whether a folder can be made there and written into, before there is anything to write. Throws
/// `FileError` if not.
void check_writable_folder(const std::string& path);

/// A folder that takes what a command has found. A file appears there only when it is complete.
class OutputFolder {
 public:
  /// Makes the folder if need be. Throws `FileError`.
  explicit OutputFolder(const std::string& path);

  /// A path, without extension, for something of this name; each time another one: "food-delivery/a
  /// b" becomes "DIR/food-delivery-a-b".
  std::filesystem::path unused_path(const std::string& name);
  /// Writes `text` under a name like that, and leaves alone what is there already: a file with the
  /// same content is as good as a new one. Throws `FileError`.
  std::filesystem::path add(const std::string& name, const std::string& extension,
                            const std::string& text);
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  std::set<std::string> used_;
};

}  // namespace indoubt::cli
