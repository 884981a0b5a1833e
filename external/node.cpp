#include "external/node.hpp"

#include "external/consent.hpp"
#include "external/effects.hpp"
#include "external/mistake.hpp"
#include "scenarios/text/value.hpp"

namespace indoubt::external {
namespace {

using scenarios::json_string;

/// Numbers of JSON are exact up to here in every language.
constexpr unsigned exact_bits = 53;

std::string number_json(std::string_view key, std::uint64_t number) {
  return "\"" + std::string{key} + "\":" + std::to_string(number);
}

std::string text_json(std::string_view key, std::string_view text) {
  return "\"" + std::string{key} + "\":" + json_string(text);
}

/// What every line ends with: the time by the node's clock, and a random number of its own.
std::string moment_json(Context& ctx) {
  const std::uint64_t random = ctx.draw("external") >> (64 - exact_bits);
  return "\"now\":" + std::to_string(ctx.now().time_since_epoch().count()) + "," +
         number_json("random", random);
}

/// What the order is about, as far as this node has to do with it.
std::string order_json(const Seat& seat, Context& ctx) {
  std::string json = number_json("order", ctx.order_number()) + ",";
  if (!seat.is_service) return json + seat.services_json(ctx.order());
  json += seat.takes_json(ctx.order());
  if (seat.stock.declines(ctx)) json += ",\"declines\":true";
  return json;
}

std::string record_json(const Recovered& record, Context& ctx) {
  const Context about = ctx.about(record.order);
  return "{" + number_json("order", about.order_number()) +
         ",\"record\":" + text_of(record.content) + "}";
}

std::string name_of(sim::NodeId node, const Seat& seat) {
  return node.index < seat.company.nodes.size() ? seat.company.nodes[node.index] : "client";
}

/// Where nothing counts any more, nothing more is asked, so that the end comes soon.
void stop_if_void() {
  if (const auto why = why_void()) throw Mistake{*why};
}

}  // namespace

void Node::begin(bool is_restart, Context& ctx) {
  std::string records;
  for (const Recovered& record : recovered)
    records += (records.empty() ? "" : ",") + record_json(record, ctx);
  recovered.clear();
  std::string line = "{\"type\":\"begin\"," + text_json("node", seat->name) + "," +
                     text_json("role", seat->is_service ? "service" : "coordinator") +
                     ",\"restart\":" + (is_restart ? "true" : "false") + ",\"records\":[" +
                     records + "],";
  if (seat->is_service) line += seat->stock_json() + ",";
  if (is_restart) twins_of(seat->program, seat->name).forget();
  const Answer answer = ask(line + moment_json(ctx) + "}");
  if (answer.can_begin) twins_of(seat->program, seat->name).note_can_begin();
  let_take_place(answer, *seat, ctx);
}

void Node::handle_message(TextId content, Context& ctx) {
  handle("\"type\":\"message\"," + text_json("from", name_of(ctx.sender(), *seat)) +
             ",\"message\":" + text_of(content),
         ctx);
}

void Node::handle_timer(std::size_t timer, Context& ctx) {
  handle("\"type\":\"timer\"," + text_json("timer", seat->company.timers[timer]), ctx);
}

void Node::handle(const std::string& what, Context& ctx) {
  std::string line = "{" + what + "," + order_json(*seat, ctx) + ",";
  if (ctx.disk_is_full()) line += "\"disk_full\":true,";
  const Answer answer = ask(line + moment_json(ctx) + "}");
  if (answer.can_begin) throw Mistake{"only the answer to begin says what a node can"};
  let_take_place(answer, *seat, ctx);
}

/// The transcript grows before the effects take place: a crash in the middle of them loses it with
/// all that the process knew.
Answer Node::ask(const std::string& line) {
  stop_if_void();
  std::string text = twins_of(seat->program, seat->name).ask(transcript, line);
  Answer answer = read_answer(text);
  transcript.add({line, std::move(text)});
  return answer;
}

}  // namespace indoubt::external
