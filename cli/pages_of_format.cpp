#include <algorithm>

#include "cli/knowledge.hpp"
#include "cli/page.hpp"
#include "scenarios/tables.hpp"
#include "scenarios/vocabulary.hpp"
#include "search/run/cell_result.hpp"

// Keys of scenario files, and the metrics that they may bound.
namespace indoubt::cli {
namespace {

using scenarios::Shape;

std::string words_of(std::string_view vocabulary) {
  for (const scenarios::Vocabulary& known : scenarios::vocabularies()) {
    if (known.name == vocabulary) return "one of " + joined_words(known.words);
  }
  return "the name of a " + std::string{vocabulary};
}

/// What may stand there.
std::string values_of(const Shape& shape) {
  using Form = Shape::Form;
  switch (shape.form) {
    case Form::text: return "text";
    case Form::boolean: return "true, false";
    case Form::whole_number:
      return "a whole number from " + std::to_string(shape.least) + " to " +
             std::to_string(shape.most);
    case Form::probability: return "a number from 0 to 1";
    case Form::duration: return "a duration, as \"1500ms\"";
    case Form::signed_duration: return "a duration, as \"-1500ms\"";
    case Form::drift: return "a rate, as \"200ppm\"";
    case Form::rate: return "a rate, as \"20/s\"";
    case Form::distribution: return "a duration, or a distribution of them";
    case Form::arrivals: return "a duration, or a distribution of them, also by its rate";
    case Form::choice: return words_of(shape.of);
    case Form::object: return "an object; its keys are those of '" + std::string{shape.of} + "'";
    case Form::list: return "a list; each item is of the form '" + std::string{shape.of} + "'";
    case Form::map: return "an object; by name, things of the form '" + std::string{shape.of} + "'";
    case Form::reference: return "the form '" + std::string{shape.of} + "' of the schema";
  }
  return {};
}

std::string unit_text(sim::Unit unit) {
  switch (unit) {
    case sim::Unit::things: return "a count";
    case sim::Unit::nanoseconds: return "a duration, as \"450ms\"";
    case sim::Unit::milli_things_per_second: return "a rate, as \"12.5/s\"";
  }
  return {};
}

void add_metric_pages(std::vector<Page>& all) {
  for (const search::MetricInfo& metric : search::metric_infos()) {
    all.push_back(
        {"metric",
         "",
         {std::string{metric.name},
          std::string{metric.doc},
          {{"bounds", unit_text(metric.unit)},
           {"summed",
            metric.is_sum ? "over all runs; \"per\": \"run\" bounds the mean instead" : ""}}}});
  }
}

}  // namespace

void add_format_pages(std::vector<Page>& all) {
  add_metric_pages(all);
  for (const scenarios::TableDoc& table : scenarios::all_tables()) {
    for (const scenarios::KeyDoc& key : table.keys) {
      all.push_back(
          {"key",
           std::string{table.name},
           {std::string{key.name},
            std::string{key.doc},
            {{"values", values_of(key.shape)}, {"required", key.is_required ? "yes" : ""}}}});
    }
  }
}

}  // namespace indoubt::cli
