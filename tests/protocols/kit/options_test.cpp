#include "protocols/kit/options.hpp"

#include <set>

#include "protocols/blocking_retry/options.hpp"
#include "protocols/event_sourcing/options.hpp"
#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/common_options.hpp"
#include "protocols/kit/supervisor/options.hpp"
#include "protocols/listen_to_yourself/options.hpp"
#include "protocols/local_message_table/options.hpp"
#include "protocols/mq_transaction/options.hpp"
#include "protocols/outbox/options.hpp"
#include "protocols/parallel_commits/options.hpp"
#include "protocols/paxos_commit/options.hpp"
#include "protocols/registry.hpp"
#include "protocols/reservation/options.hpp"
#include "protocols/saga/options.hpp"
#include "protocols/tcc/options.hpp"
#include "protocols/three_phase_commit/options.hpp"
#include "protocols/two_phase_commit/options.hpp"
#include "tests/support/catch.hpp"

namespace indoubt::test {
namespace {

using namespace std::chrono_literals;
using kit::OptionDecl;
using kit::OptionValue;

struct Options {
  enum class Colour : std::uint8_t { red, dark_green, blue };

  bool is_loud = true;
  std::uint32_t copies = 15;
  sim::Duration pause = 1500ms;
  Colour colour = Colour::dark_green;
  kit::Retry retry{};
};

std::string_view name_of(Options::Colour colour) {
  switch (colour) {
    case Options::Colour::red: return "red";
    case Options::Colour::dark_green: return "dark-green";
    case Options::Colour::blue: return "blue";
  }
  return {};
}

const kit::OptionRows<Options>& rows() {
  static const kit::OptionRows<Options> all{
      kit::flag<&Options::is_loud>("loud", ""),
      kit::integer<&Options::copies>("copies", "", {.least = 2, .largest = 50}),
      kit::duration<&Options::pause>("pause", "", 1ms),
      kit::choice<&Options::colour>("colour", name_of, ""),
      kit::retry_first<&Options::retry>(),
      kit::retry_longest<&Options::retry>(),
  };
  return all;
}

using Given = std::vector<std::pair<std::string, OptionValue>>;

template <typename Table>
auto read_from(const Table& table, Given given) {
  kit::Deployment deployment;
  deployment.protocol.options = std::move(given);
  return kit::read(table, kit::Blueprint{deployment});
}

/// The last choice, or the one before if the last is the default; whatever else is next to it.
std::int64_t other_number(const OptionDecl& decl, std::int64_t usual) {
  switch (decl.type) {
    case OptionDecl::Type::flag: return 1 - usual;
    case OptionDecl::Type::integer: return usual + 1;
    case OptionDecl::Type::duration: return usual + 1'000'000;
    case OptionDecl::Type::choice: break;
  }
  const auto last = static_cast<std::int64_t>(decl.choices.size()) - 1;
  return usual == last ? last - 1 : last;
}

/// No row but this one has changed, and it has this number.
template <typename Table, typename Options>
void check_changed(const Table& table, const Options& usual, const Options& changed,
                   std::size_t changed_row, std::int64_t number) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    CHECK(table[i].get(changed) == (i == changed_row ? number : table[i].get(usual)));
  }
}

/// Each row reads what is set under its name, and nothing else.
template <typename Table>
void check_each_row(const Table& table) {
  const auto usual = read_from(table, {});
  for (std::size_t i = 0; i < table.size(); ++i) {
    const OptionDecl& decl = table[i].decl;
    INFO(decl.name);
    const std::int64_t number = table[i].get(usual);
    CHECK(decl.default_text == kit::to_text(value_of(decl, number)));
    const std::int64_t other = other_number(decl, number);
    const auto changed = read_from(table, {{std::string{decl.name}, value_of(decl, other)}});
    check_changed(table, usual, changed, i, other);
  }
}

std::vector<std::string_view> names_of(const std::vector<OptionDecl>& decls) {
  std::vector<std::string_view> names;
  for (const OptionDecl& decl : decls) names.push_back(decl.name);
  return names;
}

/// What the family offers are these rows, and then those of a supervisor if it can have one.
template <typename Table>
void check_family(std::string_view name, const Table& table) {
  INFO(name);
  check_each_row(table);
  const kit::Family* family = protocols::find_family(name);
  REQUIRE(family != nullptr);
  const std::vector<std::string_view> offered = names_of(family->info.options);
  std::vector<std::string_view> expected = names_of(kit::declarations(table));
  if (offered.size() > expected.size()) {
    for (const auto& row : kit::supervisor_rows()) expected.push_back(row.decl.name);
  }
  CHECK(offered == expected);
}

}  // namespace

TEST_CASE("options: the default is what the member is initialised with", "[kit]") {
  std::vector<std::string> texts;
  for (const OptionDecl& decl : kit::declarations(rows())) texts.push_back(decl.default_text);
  CHECK(texts == std::vector<std::string>{"true", "15", "1.5s", "dark-green", "200ms", "2s"});
}

TEST_CASE("options: what is not set stays as it is", "[kit]") {
  const Options options = read_from(rows(), {{"unknown", true}});
  CHECK(options.is_loud);
  CHECK(options.copies == 15);
  CHECK(options.pause == 1500ms);
  CHECK(options.colour == Options::Colour::dark_green);
  CHECK(options.retry.first == 200ms);
}

TEST_CASE("options: each kind is read into its member", "[kit]") {
  const Options options = read_from(rows(), {{"retry_max", sim::Duration{7s}},
                                             {"colour", std::string{"blue"}},
                                             {"pause", sim::Duration{3s}},
                                             {"copies", std::int64_t{4}},
                                             {"loud", false}});
  CHECK_FALSE(options.is_loud);
  CHECK(options.copies == 4);
  CHECK(options.pause == 3s);
  CHECK(options.colour == Options::Colour::blue);
  CHECK(options.retry.first == 200ms);
  CHECK(options.retry.longest == 7s);
  CHECK(read_from(rows(), {{"retry", sim::Duration{5ms}}}).retry.first == 5ms);
}

TEST_CASE("options: a row says which values there are, for readers to check", "[kit]") {
  const std::vector<OptionDecl> decls = kit::declarations(rows());
  CHECK(decls[1].least == 2);
  CHECK(decls[1].largest == 50);
  CHECK(sim::Duration{decls[2].least} == 1ms);
  CHECK(sim::Duration{decls[4].least} == kit::Retry::shortest);
}

TEST_CASE("options: a row says what it depends on", "[kit]") {
  for (const kit::Family& family : protocols::families()) {
    for (const OptionDecl& option : family.info.options) {
      INFO(family.info.name << " " << option.name);
      const auto is_known = [&](std::string_view name) {
        const auto& all = family.info.options;
        return name.empty() || std::any_of(all.begin(), all.end(), [&](const OptionDecl& other) {
                 return other.name == name && other.name != option.name;
               });
      };
      CHECK(is_known(option.only_with.option));
      CHECK(is_known(option.or_with.option));
      CHECK(is_known(option.at_most));
    }
  }
  CHECK(rows()[4].decl.at_most == "retry_max");
}

TEST_CASE("options: a choice is each of the enumerators, by its name", "[kit]") {
  using Colour = Options::Colour;
  CHECK(rows()[3].decl.choices == std::vector<std::string_view>{"red", "dark-green", "blue"});
  for (const Colour colour : {Colour::red, Colour::dark_green, Colour::blue}) {
    const std::string name{name_of(colour)};
    CHECK(read_from(rows(), {{"colour", name}}).colour == colour);
  }
}

TEST_CASE("options: a row says who has it", "[kit]") {
  const auto row =
      kit::flag<&Options::is_loud>("loud", "").in_variants({"hardened"}).in_correct_code();
  CHECK(row.decl.variants == std::vector<std::string_view>{"hardened"});
  CHECK(row.decl.only_correct);
  CHECK(rows().front().decl.variants.empty());
  CHECK_FALSE(rows().front().decl.only_correct);
}

TEST_CASE("options: every row of every family reads what is set under its name", "[kit]") {
  check_each_row(kit::supervisor_rows());
  check_family("blocking-retry", blocking_retry::option_rows());
  check_family("event-sourcing", event_sourcing::option_rows());
  check_family("listen-to-yourself", listen_to_yourself::option_rows());
  check_family("local-message-table", local_message_table::option_rows());
  check_family("mq-transaction", mq_transaction::option_rows());
  check_family("outbox", outbox::option_rows());
  check_family("parallel-commits", parallel_commits::option_rows());
  check_family("paxos-commit", paxos_commit::option_rows());
  check_family("reservation", reservation::option_rows());
  check_family("saga", saga::option_rows());
  check_family("tcc", tcc::option_rows());
  check_family("three-phase-commit", three_phase_commit::option_rows());
  check_family("two-phase-commit", two_phase_commit::option_rows());
  CHECK(protocols::families().size() == 13);
}

TEST_CASE("options: no family has two of one name", "[kit]") {
  for (const kit::Family& family : protocols::families()) {
    INFO(family.info.name);
    const std::vector<std::string_view> names = names_of(family.info.options);
    CHECK(std::set<std::string_view>{names.begin(), names.end()}.size() == names.size());
  }
}

}  // namespace indoubt::test
