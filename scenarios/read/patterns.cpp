#include "scenarios/read/patterns.hpp"

#include <array>

#include "scenarios/read/names.hpp"
#include "scenarios/read/scalars.hpp"
#include "scenarios/read/table.hpp"
#include "scenarios/vocabulary.hpp"

namespace indoubt::scenarios {
namespace {

using sim::NamedFault;
using FactPattern = NamedFault::FactPattern;
using MessagePattern = NamedFault::MessagePattern;
using Handling = NamedFault::Handling;

std::optional<sim::FactKind> read_fact(Reader& reader, const Value& value) {
  const auto index = read_choice(reader, value, "fact", fact_names());
  if (!index) return std::nullopt;
  return sim::scenario_fact(value.text);
}

constexpr std::array<Key<FactPattern>, 4> fact_keys{{
    {"fact", required, shape::choice("fact"), "What must happen.",
     into<&FactPattern::fact, read_fact>},
    {"at", optional, shape::text, "The node at which it happens. Default: any.",
     into<&FactPattern::at, read_endpoint>},
    {"order", optional, order_shape, "The order that it is about. Default: any.",
     into<&FactPattern::order, read_order_number>},
    {"nth", optional, nth_shape, "Which of the facts that fit. Default: 1.",
     into<&FactPattern::nth, read_nth>},
}};

constexpr std::array<Key<MessagePattern>, 5> message_keys{{
    {"from", optional, shape::text, "The sender. Default: any.",
     into<&MessagePattern::from, read_endpoint>},
    {"to", optional, shape::text, "The receiver. Default: any.",
     into<&MessagePattern::to, read_endpoint>},
    {"kind", optional, shape::choice("kind"), "The kind of message. Default: any.",
     into<&MessagePattern::kind, read_kind>},
    {"order", optional, order_shape, "The order that it is about. Default: any.",
     into<&MessagePattern::order, read_order_number>},
    {"nth", optional, nth_shape, "Which of the sendings that fit. Default: every one.",
     into<&MessagePattern::nth, read_nth>},
}};

constexpr std::array<Key<Handling>, 3> handling_keys{{
    {"kind", required, shape::choice("kind"), "The kind of message or timer that is handled.",
     into<&Handling::kind, read_kind>},
    {"order", optional, order_shape, "The order that it is about. Default: none.",
     into<&Handling::order, read_order_number>},
    {"nth", optional, nth_shape, "Which of the handlings that fit. Default: 1.",
     into<&Handling::nth, read_nth>},
}};

}  // namespace

void read_fact_pattern(Reader& reader, const Value& value, NamedFault& fault) {
  read_object<FactPattern>(reader, value, fact_keys, fault.when, "'when'");
}

void read_message_pattern(Reader& reader, const Value& value, NamedFault& fault) {
  read_object<MessagePattern>(reader, value, message_keys, fault.match, "'match'");
}

void read_handling(Reader& reader, const Value& value, NamedFault& fault) {
  Handling handling;
  read_object<Handling>(reader, value, handling_keys, handling, "'handling'");
  fault.place.handling = handling;
}

std::vector<TableDoc> pattern_tables() {
  return {document<FactPattern>("when", fact_keys), document<MessagePattern>("match", message_keys),
          document<Handling>("handling", handling_keys)};
}

}  // namespace indoubt::scenarios
