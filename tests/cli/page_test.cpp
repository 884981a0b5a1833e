#include "cli/page.hpp"

#include <algorithm>
#include <set>

#include "cli/knowledge.hpp"
#include "protocols/registry.hpp"
#include "scenarios/tables.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::cli {
namespace {

bool is_there(std::string_view kind, const std::string& full_name) {
  return std::any_of(pages().begin(), pages().end(), [&](const Page& page) {
    return page.kind == kind && page.full_name() == full_name;
  });
}

}  // namespace

TEST_CASE("pages: whatever scenarios may name has one", "[cli][explain]") {
  for (const std::string_view name : knowledge().properties) {
    CHECK(is_there("property", std::string{name}));
  }
  for (const auto& metric : knowledge().metrics)
    CHECK(is_there("metric", std::string{metric.name}));
  for (const auto& reason : knowledge().reasons) {
    CHECK(is_there("reason", std::string{reason.property} + "." + std::string{reason.name}));
  }
  for (const auto& action : sim::action_decls) CHECK(is_there("fault", std::string{action.name}));
  for (const kit::Family& family : protocols::families()) {
    const std::string name{family.info.name};
    CHECK(is_there("protocol", name));
    for (const auto& option : family.info.options) {
      CHECK(is_there("option", name + "." + std::string{option.name}));
    }
    for (const auto& mutant : family.info.mutants) {
      CHECK(is_there("mutant", name + "." + std::string{mutant.name}));
    }
  }
  for (const auto& table : scenarios::all_tables()) {
    for (const auto& key : table.keys) {
      CHECK(is_there("key", std::string{table.name} + "." + std::string{key.name}));
    }
  }
}

TEST_CASE("pages: each says something, and of each kind a name is there once", "[cli][explain]") {
  std::set<std::string> seen;
  for (const Page& page : pages()) {
    INFO(page.kind << ' ' << page.full_name());
    CHECK_FALSE(page.entry.doc.empty());
    CHECK(seen.insert(std::string{page.kind} + " " + page.full_name()).second);
    const auto kinds = page_kinds();
    CHECK(std::any_of(kinds.begin(), kinds.end(),
                      [&](const PageKind& kind) { return kind.name == page.kind; }));
  }
}

}  // namespace indoubt::cli
