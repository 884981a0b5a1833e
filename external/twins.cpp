#include "external/twins.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "external/consent.hpp"
#include "external/mistake.hpp"
#include "external/shortened.hpp"

namespace indoubt::external {
namespace {

constexpr unsigned most_runs_of_second = 1'024;
/// Pairs of processes of a thread. One run needs one for each node.
constexpr std::size_t most_twins = 32;

std::string words_of(const Program& program) {
  std::string words;
  for (const std::string& word : program.command) words += (words.empty() ? "" : " ") + word;
  return shortened(words, 400);
}

/// What a process has said, or what it did instead.
struct Said {
  std::string answer{};
  std::optional<Mistake> mistake{};
  std::string words() const { return mistake ? mistake->what() : shortened(answer, 1'000); }
};

Said answer_of(ChildProcess& process) {
  try {
    return {process.take_line(), {}};
  } catch (const Mistake& mistake) {
    return {{}, mistake};
  }
}

/// The twins of one thread, by what they play.
class Stable {
 public:
  Twins& twins_of(const Program& program, const std::string& node) {
    const Key key{node, program.command, program.patience};
    const auto known = all_.find(key);
    if (known == all_.end() && all_.size() >= most_twins) all_.erase(idlest());
    Entry& entry = all_.try_emplace(key, program).first->second;
    entry.used = ++uses_;
    return entry.twins;
  }

 private:
  struct Entry {
    explicit Entry(const Program& program) : twins{program} {}
    Twins twins;
    std::uint64_t used = 0;
  };
  using Key = std::tuple<std::string, std::vector<std::string>, std::chrono::nanoseconds>;
  using Entries = std::map<Key, Entry>;

  Entries::iterator idlest() {
    return std::min_element(all_.begin(), all_.end(), [](const auto& a, const auto& b) {
      return a.second.used < b.second.used;
    });
  }

  Entries all_;
  std::uint64_t uses_ = 0;
};

}  // namespace

std::string Twins::ask(const Transcript& before, const std::string& line) {
  try {
    return converse(before, line);
  } catch (const Mistake& mistake) {
    is_current_ = false;
    first_.reset();
    second_.reset();
    throw Mistake{words_of(program_) + ": " + mistake.what()};
  }
}

std::string Twins::converse(const Transcript& before, const std::string& line) {
  if (!is_current_ || !(at_ == before)) become(before);
  is_current_ = false;
  first_->post(line + '\n');
  second_->post(line + '\n');
  Said said = answer_of(*first_);
  const Said other = answer_of(*second_);
  // Where both fail it is a mistake of the node, and where one does it is chance.
  if (said.mistake && other.mistake) throw Mistake{*said.mistake};
  if (said.mistake || other.mistake || said.answer != other.answer)
    differ(line, said.words(), other.words());
  at_ = before;
  at_.add({line, said.answer});
  is_current_ = true;
  return std::move(said.answer);
}

/// The first line of every transcript tells a node to begin.
void Twins::become(const Transcript& before) {
  if (!can_begin_ || first_ == nullptr) renew(first_);
  const bool is_used_up = runs_ >= most_runs_;
  if (!can_begin_ || second_ == nullptr || is_used_up) {
    renew(second_);
    runs_ = 0;
    if (is_used_up) most_runs_ = std::min(2 * most_runs_, most_runs_of_second);
  }
  ++runs_;
  tell_all(before);
}

void Twins::tell_all(const Transcript& transcript) {
  const std::vector<const Exchange*> all = transcript.all();
  if (all.empty()) return;
  std::string lines;
  for (const Exchange* exchange : all) lines += exchange->line + '\n';
  first_->post(lines);
  second_->post(lines);
  for (const auto* process : {&first_, &second_}) {
    for (const Exchange* exchange : all) {
      const Said again = answer_of(**process);
      if (again.mistake || again.answer != exchange->answer)
        differ(exchange->line, shortened(exchange->answer, 1'000), again.words());
    }
  }
}

void Twins::forget() {
  second_.reset();
  is_current_ = false;
}

void Twins::renew(std::unique_ptr<ChildProcess>& process) {
  if (!are_programs_allowed()) throw Mistake{"nobody has allowed that programs are started"};
  process.reset();  // first the old one ends: it may have something open that only one can
  try {
    process = std::make_unique<ChildProcess>(program_.command, program_.patience);
  } catch (const Mistake& mistake) {
    note_void(words_of(program_) + ": " + mistake.what());
    throw;
  }
}

void Twins::differ(const std::string& line, const std::string& one, const std::string& other) {
  const std::string what = "it is not deterministic: told the same, it answered first " +
                           one + " and then " + other +
                           "; the last line was " + shortened(line, 1'000);
  note_void(words_of(program_) + ": " + what);
  throw Mistake{what};
}

Twins& twins_of(const Program& program, const std::string& node) {
  thread_local Stable stable;
  return stable.twins_of(program, node);
}

}  // namespace indoubt::external
