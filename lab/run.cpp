#include "lab/questions.hpp"
#include "reports/trace/trace_json.hpp"
#include "reports/trace/trace_run.hpp"
#include "reports/words.hpp"
#include "search/run/cell_result.hpp"

namespace indoubt::lab {
namespace {

/// Which orders the trace tells: those that are asked for, or else those that it is most about.
reports::TraceRequest request_for(const Json& question, const Subject& subject) {
  reports::TraceRequest request{
      .scenario = subject.scenario, .cell = subject.cell, .seed = subject.seed};
  const auto orders = question.find("orders");
  if (orders == question.end() || orders->is_null()) return request;
  if (orders->is_string()) {
    request.followed = reports::Followed::all;
    return request;
  }
  for (const Json& order : *orders) {
    if (!order.is_number_unsigned()) throw BadQuestion{"'orders' is a list of numbers, or 'all'"};
    request.orders.push_back(order.get<std::uint32_t>());
  }
  return request;
}

}  // namespace

Answer run(const Json& question, const Subject& subject) {
  const auto trace = reports::trace_run(request_for(question, subject));
  if (!trace) throw BadQuestion{"the run has no such order"};
  Answer made{Json::object()};
  made.json["digest"] = reports::digest_text(search::fold_digest(0, trace->digest));
  made.trace = reports::trace_json(*trace);
  return made;
}

}  // namespace indoubt::lab
