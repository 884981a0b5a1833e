#include "scenarios/read/head.hpp"

#include <array>
#include <filesystem>

#include "scenarios/read/scalars.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/read/table.hpp"

namespace indoubt::scenarios {
namespace {

void read_format(Reader& reader, const Value& value, Scenario&) {
  if (!value.is(Value::Type::integer)) return reader.wrong_type(value, "the number 1");
  if (value.integer != 1) reader.error(value, "format " + value.text + " is not known, only 1 is");
}

void read_tags(Reader& reader, const Value& value, Scenario& scenario) {
  if (!value.is(Value::Type::array)) return reader.wrong_type(value, "a list of tags");
  for (const Value& item : value.items) {
    if (const auto tag = read_name(reader, item)) scenario.tags.push_back(*tag);
  }
}

void read_schema_reference(Reader& reader, const Value& value, Scenario&) {
  read_text(reader, value);
}

// Files have been merged by now; `sweep` and `expect` need more than this table gives them.
void read_elsewhere(Reader&, const Value&, Scenario&) {}

constexpr std::array<Key<Scenario>, 8> head_keys{{
    {"$schema", optional, shape::text, "Where editors find the JSON Schema.",
     read_schema_reference},
    {"format", required, shape::whole_number(1, 1), "The version of the format: 1.", read_format},
    {"name", optional, shape::text, "What reports call the scenario. Default: the file's name.",
     into<&Scenario::name, read_name>},
    {"description", optional, shape::text, "What it shows.",
     into<&Scenario::description, read_text>},
    {"tags", optional, shape::list("name"), "Words to choose scenarios by.", read_tags},
    {"extends", optional, shape::list("name"),
     "Files that this one is merged over, in order (RFC 7396).", read_elsewhere},
    {"sweep", optional, shape::object("sweep"), "Variables, combinations and seeds.",
     read_elsewhere},
    {"expect", optional, shape::list("expectation"), "What decides the exit code.", read_elsewhere},
}};

}  // namespace

void read_head(Reader& reader, const Value& root, Scenario& scenario) {
  std::vector<std::string_view> known = names_of<Scenario>(head_keys);
  for (const KeyDoc& key : cell_keys()) known.push_back(key.name);
  check_keys(reader, root, known, "a scenario");
  read_keys<Scenario>(reader, root, head_keys, scenario, "a scenario");
  if (scenario.name.empty()) scenario.name = std::filesystem::path{scenario.file}.stem().string();
}

std::vector<KeyDoc> top_keys() {
  std::vector<KeyDoc> all = document<Scenario>("", head_keys).keys;
  const auto last = all.end() - 2;
  const std::vector<KeyDoc> cell = cell_keys();
  all.insert(last, cell.begin(), cell.end());
  return all;
}

}  // namespace indoubt::scenarios
