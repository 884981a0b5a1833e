#include "scenarios/load/extends.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "scenarios/load/files.hpp"
#include "scenarios/load/merge.hpp"
#include "scenarios/text/parse.hpp"

namespace indoubt::scenarios {
namespace {

namespace fs = std::filesystem;

// The most levels of `extends`. Each level is a nested call, and no scenario needs more.
constexpr std::size_t longest_chain = 32;

const Value* pointer_to(const std::optional<Value>& value) { return value ? &*value : nullptr; }

class Loader {
 public:
  Loader(Sources& sources, Report& report) : sources_{sources}, report_{report} {}

  std::optional<Value> load() {
    const fs::path file{sources_.front().name};
    root_ = root_folder(file);
    std::error_code ignored;
    chain_.push_back(fs::weakly_canonical(file, ignored));
    return load_source(0);
  }

 private:
  std::optional<Value> load_source(std::uint32_t file);
  std::optional<Value> merge_all(const Value& list, const Value& own);
  const Value* load_profile(const Value& entry);
  bool enter(const Value& entry, const fs::path& canonical);

  Sources& sources_;
  Report& report_;
  fs::path root_{};
  std::vector<fs::path> chain_{};  ///< files that are being read, each extending the next
  std::map<fs::path, std::optional<Value>> profiles_{};  ///< what was read; null: in vain
};

std::optional<Value> Loader::load_source(std::uint32_t file) {
  std::optional<Value> own = parse_json(sources_, file, report_);
  if (!own) return std::nullopt;
  if (!own->is(Value::Type::object)) {
    report_.error(own->place, "a scenario is an object, found " + std::string{describe(own->type)});
    return std::nullopt;
  }
  const Value* extends = own->find("extends");
  if (extends == nullptr) return own;
  const Value list = *extends;
  std::erase_if(own->members, [](const Member& member) { return member.key == "extends"; });
  return merge_all(list, *own);
}

std::optional<Value> Loader::merge_all(const Value& list, const Value& own) {
  if (!list.is(Value::Type::array)) {
    const std::string meant =
        list.is(Value::Type::string) ? "[" + json_string(list.text) + "]" : "";
    report_.error(list.place,
                  "'extends' is a list of files, found " + std::string{describe(list.type)}, meant);
    return own;
  }
  Value merged = Value::of_object();
  bool is_complete = true;
  for (const Value& entry : list.items) {
    const Value* profile = load_profile(entry);
    if (profile != nullptr) merge_patch(merged, *profile);
    is_complete = is_complete && profile != nullptr;
  }
  merge_patch(merged, own);
  // Without a profile that is missing, the rest cannot be checked: more errors would only mislead.
  return is_complete ? std::optional<Value>{std::move(merged)} : std::nullopt;
}

/// Whether the file may be read now; complains if it extends itself.
bool Loader::enter(const Value& entry, const fs::path& canonical) {
  if (std::find(chain_.begin(), chain_.end(), canonical) != chain_.end()) {
    report_.error(entry.place, in_quotes(entry.text) + " extends itself");
    return false;
  }
  if (chain_.size() == longest_chain) {
    report_.error(entry.place, "more than 32 files extend each other in a row");
    return false;
  }
  chain_.push_back(canonical);
  return true;
}

const Value* Loader::load_profile(const Value& entry) {
  if (!entry.is(Value::Type::string)) {
    report_.error(entry.place, "expected a path, found " + std::string{describe(entry.type)});
    return nullptr;
  }
  const Resolved resolved = resolve_within(root_, entry.text);
  if (!resolved.problem.empty()) {
    report_.error(entry.place, resolved.problem);
    return nullptr;
  }
  const auto known = profiles_.find(resolved.canonical);
  if (known != profiles_.end()) return pointer_to(known->second);
  if (!enter(entry, resolved.canonical)) return nullptr;
  FileText content = read_file(resolved.canonical);
  std::optional<Value> value;
  if (content.text) {
    sources_.push_back({resolved.path.string(), std::move(*content.text)});
    value = load_source(static_cast<std::uint32_t>(sources_.size() - 1));
  } else {
    report_.error(entry.place, in_quotes(entry.text) + " " + content.problem);
  }
  chain_.pop_back();
  return pointer_to(profiles_.emplace(resolved.canonical, std::move(value)).first->second);
}

}  // namespace

std::optional<Value> load_merged(Sources& sources, Report& report) {
  return Loader{sources, report}.load();
}

}  // namespace indoubt::scenarios
