#include "scenarios/schema.hpp"

#include "cli/knowledge.hpp"
#include "cli/verb.hpp"

namespace indoubt::cli {
namespace {

ExitCode print_schema(const Arguments& arguments) {
  if (!arguments.operands.empty()) throw UsageError{"schema takes no operands"};
  std::string schema = scenarios::json_schema(knowledge());
  if (!schema.ends_with('\n')) schema += '\n';
  print(schema);
  return ExitCode::as_expected;
}

}  // namespace

Verb schema_verb() {
  return {.name = "schema",
          .operands = "",
          .example = "indoubt schema > indoubt.schema.json",
          .summary = "the JSON Schema of scenario files",
          .details = "Prints the JSON Schema (draft-07) of scenario files, for editors.",
          .run = print_schema};
}

}  // namespace indoubt::cli
