#include "cli/results_database.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <variant>

#include "reports/words.hpp"

namespace indoubt::cli {
namespace {

using reports::CellOutcome;
using reports::ScenarioResult;

/// What a column can hold here.
using SqlValue = std::variant<std::monostate, std::int64_t, std::string>;

SqlValue sql(std::uint64_t number) { return static_cast<std::int64_t>(number); }
SqlValue sql(std::string_view text) { return std::string{text}; }

/// A database in memory.
class Database {
 public:
  Database() {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(":memory:", &opened);
    handle_.reset(opened);
    check(code);
  }

  void execute(const std::string& statements) {
    check(sqlite3_exec(handle_.get(), statements.c_str(), nullptr, nullptr, nullptr));
  }
  void check(int code) const {
    if (code == SQLITE_OK || code == SQLITE_DONE) return;
    throw std::runtime_error{std::string{"SQLite: "} + sqlite3_errmsg(handle_.get())};
  }
  sqlite3* handle() const { return handle_.get(); }

  std::string bytes() const {
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, void (*)(void*)> image{
        sqlite3_serialize(handle_.get(), "main", &size, 0), sqlite3_free};
    if (image == nullptr) throw std::runtime_error{"SQLite: out of memory"};
    return {image.get(), image.get() + size};
  }

 private:
  struct Closer {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
  };
  std::unique_ptr<sqlite3, Closer> handle_{};
};

/// A table, and the statement that inserts a row of it.
class SqlTable {
 public:
  SqlTable(Database& database, const std::string& name, const std::string& columns)
      : database_{&database} {
    database.execute("CREATE TABLE " + name + " (" + columns + ") WITHOUT ROWID");
    sqlite3_stmt* asked = nullptr;
    const std::string query = "SELECT count(*) FROM pragma_table_info('" + name + "')";
    database.check(sqlite3_prepare_v2(database.handle(), query.c_str(), -1, &asked, nullptr));
    sqlite3_step(asked);
    std::string places = "?";
    for (int i = sqlite3_column_int(asked, 0); i > 1; --i) places += ", ?";
    sqlite3_finalize(asked);
    const std::string insert = "INSERT INTO " + name + " VALUES (" + places + ")";
    sqlite3_stmt* made = nullptr;
    database.check(sqlite3_prepare_v2(database.handle(), insert.c_str(), -1, &made, nullptr));
    insert_.reset(made);
  }

  void insert(std::initializer_list<SqlValue> row) {
    int place = 0;
    for (const SqlValue& value : row) bind(++place, value);
    database_->check(sqlite3_step(insert_.get()));
    database_->check(sqlite3_reset(insert_.get()));
  }

 private:
  void bind(int place, const SqlValue& value) {
    int code = SQLITE_OK;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      code = sqlite3_bind_int64(insert_.get(), place, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      code = sqlite3_bind_text(insert_.get(), place, text->c_str(), static_cast<int>(text->size()),
                               SQLITE_TRANSIENT);
    } else {
      code = sqlite3_bind_null(insert_.get(), place);
    }
    database_->check(code);
  }

  struct Finisher {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Database* database_;
  std::unique_ptr<sqlite3_stmt, Finisher> insert_{};
};

void add_plan(Database& database, const reports::CampaignFile& campaign,
              const ScenarioResult& result) {
  SqlTable plan{database, "plan", "name TEXT PRIMARY KEY, value"};
  plan.insert({sql("scenario"), sql(result.scenario.name)});
  plan.insert({sql("file"), sql(campaign.file)});
  plan.insert({sql("overrides"), sql(result.overrides)});
  plan.insert({sql("version"), sql(campaign.version)});
  plan.insert({sql("build"), sql(campaign.build)});
  plan.insert({sql("checksum"), sql(reports::checksum_of(campaign))});
  const auto& runs = std::get<search::CampaignPlan>(campaign.plan);
  plan.insert({sql("first_seed"), sql(runs.first_seed)});
  plan.insert({sql("runs_of_each_cell"), sql(runs.runs)});
  plan.insert({sql("unit_size"), sql(runs.unit_size)});
  plan.insert({sql("verdict"), sql(name_of(result.conclusion()))});
}

void add_cells(Database& database, const ScenarioResult& result) {
  SqlTable cells{database, "cell",
                 "cell INTEGER PRIMARY KEY, protocol TEXT, words TEXT, runs INTEGER, "
                 "events INTEGER, digest TEXT, placed INTEGER, not_placed INTEGER, "
                 "unknown INTEGER"};
  SqlTable variables{database, "variable",
                     "cell INTEGER, name TEXT, value TEXT, PRIMARY KEY (cell, name)"};
  for (const CellOutcome& outcome : result.cells) {
    const scenarios::Cell& cell = result.cell_of(outcome);
    const search::CellResult& found = outcome.result;
    const SqlValue number = sql(outcome.number + 1);
    cells.insert({number, sql(cell.deployment.protocol.name()), sql(reports::cell_words(cell)),
                  sql(found.runs), sql(found.events), sql(reports::digest_text(found.digest)),
                  sql(found.outcomes.placed), sql(found.outcomes.not_placed),
                  sql(found.outcomes.unknown)});
    for (const auto& [name, value] : cell.vars) variables.insert({number, sql(name), sql(value)});
  }
}

void add_properties(Database& database, const ScenarioResult& result) {
  SqlTable properties{database, "property",
                      "cell INTEGER, property TEXT, verdict TEXT, checked INTEGER, "
                      "violations INTEGER, owed INTEGER, unknown INTEGER, "
                      "orders_violating INTEGER, PRIMARY KEY (cell, property)"};
  SqlTable findings{database, "finding",
                    "cell INTEGER, property TEXT, first_seed INTEGER, reason TEXT, command TEXT, "
                    "PRIMARY KEY (cell, property)"};
  for (const CellOutcome& outcome : result.cells) {
    const SqlValue number = sql(outcome.number + 1);
    for (const properties::PropertyDecl& decl : properties::property_decls()) {
      const search::PropertyResult& found = outcome.result[decl.property];
      properties.insert({number, sql(decl.name), sql(name_of(found.verdict())), sql(found.checked),
                         sql(found.violations), sql(found.owed), sql(found.unknown),
                         sql(found.orders_violating)});
      if (!found.first_seed) continue;
      findings.insert({number, sql(decl.name), sql(*found.first_seed), sql(found.reason),
                       sql(reports::trace_command(result, outcome, *found.first_seed))});
    }
  }
}

void add_metrics(Database& database, const ScenarioResult& result) {
  SqlTable metrics{database, "metric",
                   "cell INTEGER, metric TEXT, unit TEXT, value INTEGER, "
                   "PRIMARY KEY (cell, metric)"};
  const auto unit_name = [](sim::Unit unit) -> std::string_view {
    switch (unit) {
      case sim::Unit::things: return "things";
      case sim::Unit::nanoseconds: return "ns";
      case sim::Unit::milli_things_per_second: return "thousandths/s";
    }
    return "";
  };
  for (const CellOutcome& outcome : result.cells) {
    for (const search::MetricInfo& info : search::metric_infos()) {
      const auto value = search::metric_value(outcome.result, info.name);
      metrics.insert({sql(outcome.number + 1), sql(info.name), sql(unit_name(info.unit)),
                      value ? SqlValue{*value} : SqlValue{}});
    }
  }
}

void add_faults(Database& database, const ScenarioResult& result) {
  SqlTable faults{database, "fault",
                  "cell INTEGER, fault INTEGER, id TEXT, runs INTEGER, orders INTEGER, "
                  "messages INTEGER, PRIMARY KEY (cell, fault)"};
  for (const CellOutcome& outcome : result.cells) {
    for (std::size_t i = 0; i < outcome.faults.size(); ++i) {
      const search::FaultResult& fault = outcome.result.faults[i];
      faults.insert({sql(outcome.number + 1), sql(i + 1), sql(outcome.faults[i]), sql(fault.runs),
                     sql(fault.orders), sql(fault.messages)});
    }
  }
}

std::string_view word_for(reports::Met met) {
  switch (met) {
    case reports::Met::yes: return "yes";
    case reports::Met::no: return "no";
    case reports::Met::inconclusive: break;
  }
  return "inconclusive";
}

void add_expectations(Database& database, const ScenarioResult& result) {
  SqlTable expectations{database, "expectation",
                        "expectation INTEGER, words TEXT, condition TEXT, met TEXT, why TEXT, "
                        "PRIMARY KEY (expectation)"};
  for (const reports::Judgement& judgement : result.judgements) {
    const scenarios::Expectation& expected = result.scenario.expectations[judgement.expectation];
    expectations.insert({sql(expected.index), sql(reports::expectation_words(expected)),
                         sql(reports::where_words(expected.where)), sql(word_for(judgement.met)),
                         sql(expected.why)});
  }
}

}  // namespace

std::string results_database(const reports::CampaignFile& campaign, const ScenarioResult& result) {
  Database database;
  database.execute("PRAGMA user_version = 1; BEGIN");
  add_plan(database, campaign, result);
  add_cells(database, result);
  add_properties(database, result);
  add_metrics(database, result);
  add_faults(database, result);
  add_expectations(database, result);
  database.execute("COMMIT");
  return database.bytes();
}

}  // namespace indoubt::cli
