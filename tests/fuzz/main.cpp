// A plain main for the fuzz targets: runs every corpus input, then deterministic mutations of them.
//
//   fuzz_<name> [--seconds N] [--seed N] FILE|FOLDER...
//
// It knows nothing of coverage; its worth is that it builds everywhere and needs nothing. Before an
// input is tried it is written to <program>.last, so that a crash leaves the input that caused it.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::string;

/// Splitmix64 (public domain): small, portable, good enough to choose bytes.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// A number below `bound`; 0 when there is none.
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : next() % bound; }

 private:
  std::uint64_t state_;
};

struct Options {
  std::uint64_t seconds = 0;
  std::uint64_t seed = 1;
  std::vector<std::filesystem::path> paths;
};

bool read_number(std::string_view text, std::uint64_t& number) {
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && rest == end;
}

/// False when the arguments make no sense.
bool read_options(const std::vector<std::string_view>& arguments, Options& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool is_seconds = arguments[i] == "--seconds";
    if (!is_seconds && arguments[i] != "--seed") {
      options.paths.emplace_back(arguments[i]);
      continue;
    }
    if (++i == arguments.size()) return false;
    if (!read_number(arguments[i], is_seconds ? options.seconds : options.seed)) return false;
  }
  return true;
}

Input read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return Input(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
}

/// The files below the paths in the order of their names, because folders list theirs in any order.
std::vector<Input> read_corpus(const std::vector<std::filesystem::path>& paths) {
  std::vector<std::filesystem::path> files;
  for (const auto& path : paths) {
    if (std::filesystem::is_regular_file(path)) files.push_back(path);
    if (!std::filesystem::is_directory(path)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<Input> corpus;
  for (const auto& file : files) corpus.push_back(read_file(file));
  return corpus;
}

// Tokens that readers of text formats are likely to treat in a special way.
// clang-format off
constexpr std::string_view tokens[] = {
    "{", "}", "[", "]", "{}", "[]", "\"", ":", ",", "//", "\n", "\t", "\x01", "\xff", "\\u0000",
    "\\ud800", "-", "-1", "0", "0.1", "1e400", "999999999999999999999999", "null", "true", "5ms",
    "ppm", "/s", "${name}", "..", "extends", "format"};
// clang-format on

std::string_view random_piece(const std::vector<Input>& corpus, Random& random) {
  const Input& donor = corpus[random.below(corpus.size())];
  const std::size_t from = random.below(donor.size());
  const std::size_t length = random.below(std::min<std::size_t>(donor.size() - from, 64) + 1);
  return std::string_view(donor).substr(from, length);
}

void mutate_once(Input& input, const std::vector<Input>& corpus, Random& random) {
  const std::size_t at = random.below(input.size() + 1);
  const std::size_t length = random.below(std::min<std::size_t>(input.size() - at, 32) + 1);
  switch (random.below(6)) {
    case 0:
      if (at < input.size()) input[at] = static_cast<char>(random.below(256));
      break;
    case 1:
      if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << random.below(8)));
      break;
    case 2: input.erase(at, length); break;
    case 3: input.insert(at, input.substr(at, length)); break;
    case 4: input.replace(at, length, random_piece(corpus, random)); break;
    default: input.insert(at, tokens[random.below(std::size(tokens))]); break;
  }
}

Input mutated(const std::vector<Input>& corpus, Random& random) {
  constexpr std::size_t size_max = 65536;
  Input input = corpus[random.below(corpus.size())];
  const std::size_t mutations = 1 + random.below(6);
  for (std::size_t i = 0; i < mutations; ++i) mutate_once(input, corpus, random);
  if (input.size() > size_max) input.resize(size_max);
  return input;
}

/// Tries inputs, and keeps the one under trial on disk.
class Trial {
 public:
  explicit Trial(std::string program) : last_(std::move(program) + ".last") {}

  void run(const Input& input) {
    std::ofstream(last_, std::ios::binary | std::ios::trunc) << input;
    std::vector<std::uint8_t> bytes(input.begin(), input.end());  // Exact size: overruns show.
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    ++count_;
  }
  void forget_last() const { std::filesystem::remove(last_); }
  std::uint64_t count() const { return count_; }

 private:
  std::string last_;
  std::uint64_t count_ = 0;
};

void fuzz(const Options& options, Trial& trial) {
  std::vector<Input> corpus = read_corpus(options.paths);
  for (const Input& input : corpus) trial.run(input);
  if (corpus.empty()) corpus.push_back("{}");
  Random random(options.seed);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(options.seconds);
  while (std::chrono::steady_clock::now() < end) trial.run(mutated(corpus, random));
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!read_options(std::vector<std::string_view>(argv + 1, argv + argc), options)) {
    std::cerr << "usage: " << argv[0] << " [--seconds N] [--seed N] FILE|FOLDER...\n";
    return 2;
  }
  Trial trial(argv[0]);
  fuzz(options, trial);
  trial.forget_last();
  std::cout << trial.count() << " inputs tried\n";
  return 0;
}
