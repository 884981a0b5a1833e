#pragma once

#include "scenarios/knowledge.hpp"
#include "scenarios/read/shape.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::scenarios {

/// Whether "${x}" may stand for values: it may in what cells are made of, and not in what is the
/// same for all of them.
enum class Variables : std::uint8_t { allowed, not_allowed };

Value string_list(const std::vector<std::string_view>& items);
Value reference_to(std::string_view definition);
Value type_schema(std::string_view type);

/// The schema with a sentence about what it is for.
Value described(Value schema, std::string_view doc);

/// Either what `schema` says, or a variable.
Value or_variable(Value schema, Variables variables);

/// The schema of a value of this shape.
Value shape_schema(const Shape& shape, Variables variables);

/// The schema of an object that a table reads.
Value table_schema(const TableDoc& table, Variables variables);

/// Adds the definitions of everything that is no table: quantities, names, lists.
void add_basic_definitions(Value& definitions, const Knowledge& knowledge);

}  // namespace indoubt::scenarios
