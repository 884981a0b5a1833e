#include "search/run/cell_detail.hpp"

#include <algorithm>
#include <bit>

#include "properties/order_times.hpp"
#include "search/run/fault_result.hpp"

namespace indoubt::search {
namespace {

using properties::Ledger;
using sim::Duration;
using sim::OrderId;
using sim::TrueTime;

constexpr std::int64_t millisecond = 1'000'000;
constexpr unsigned octave_bits = 2;

/// The next larger of 1, 2 and 5 times a power of ten nanoseconds, so that axes have round ends.
Duration round_up(Duration value) {
  for (std::int64_t power = 1;; power *= 10) {
    for (const std::int64_t factor : {1, 2, 5}) {
      if (factor * power >= value.count()) return Duration{factor * power};
    }
  }
}

void add_order(const Ledger& ledger, OrderId order, CellDetail& detail) {
  const properties::OrderTimes times = properties::times_of(ledger, order);
  ArrivalBin& bin = detail.bin_at(times.requested);
  ++bin.orders;
  if (times.is_placed) ++bin.placed;
  if (times.answered == properties::not_yet) {
    ++detail.unanswered;
  } else {
    ++bin.answered;
    bin.latency.add(times.answered - times.requested);
    detail.answered.add(times.answered - times.requested);
  }
  if (!times.met_a_service) {
    ++detail.unmet;
  } else if (times.settled == properties::not_yet) {
    ++detail.unsettled;
  } else {
    detail.settled.add(times.settled - times.requested);
  }
}

void add_doubts(const Ledger& ledger, OrderId order, CellDetail& detail) {
  for (std::size_t service = 0; service < ledger.layout().service_count; ++service) {
    if (!ledger.was_in_doubt(order, service)) continue;
    const properties::Claim& claim = ledger.claim(order, service);
    if (claim.has_decided) {
      detail.in_doubt.add(claim.decided - ledger.pledge(order, service).in_doubt);
    } else {
      ++detail.still_in_doubt;
    }
  }
}

/// A piece of time in which some fault was in force, shared out among the bins.
void add_window(TrueTime from, TrueTime to, CellDetail& detail) {
  TrueTime start{};
  for (ArrivalBin& bin : detail.arrivals) {
    const TrueTime end = start + detail.bin_width;
    bin.faulted += std::max(Duration{}, std::min(to, end) - std::max(from, start));
    start = end;
  }
}

/// The time in which any fault was in force. What befalls messages takes no time.
void add_windows(const sim::World& world, CellDetail& detail) {
  const TrueTime quiet = world.plan().limits().quiet_after;
  TrueTime counted_to{};
  for (const sim::Occurrence& occurrence : world.occurred()) {
    const sim::Fault& fault = world.fault(occurrence.fault);
    const TrueTime from = std::max(counted_to, occurrence.at);
    const TrueTime to = end_of(fault, occurrence.at, quiet);
    if (to <= from) continue;
    add_window(from, to, detail);
    counted_to = to;
  }
}

}  // namespace

std::size_t CoarseTimes::bucket_of(Duration value) {
  const std::int64_t counted = std::max<std::int64_t>(value.count() * 4 / millisecond, 4);
  const auto quarters = static_cast<std::uint64_t>(counted);
  const auto octave = static_cast<unsigned>(std::bit_width(quarters)) - 1 - octave_bits;
  const auto place = static_cast<std::size_t>((octave << octave_bits) + ((quarters >> octave) - 4));
  return std::min(place, buckets - 1);
}

Duration CoarseTimes::upper_end(std::size_t bucket) {
  const auto octave = static_cast<std::int64_t>(bucket >> octave_bits);
  const auto mantissa = static_cast<std::int64_t>(bucket & 3u) + 5;
  return Duration{(mantissa << octave) * (millisecond / 4)};
}

void CoarseTimes::append(const CoarseTimes& other) {
  for (std::size_t i = 0; i < buckets; ++i) counts_[i] += other.counts_[i];
}

Duration CoarseTimes::value_at(std::uint64_t rank) const {
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < buckets; ++i) {
    seen += counts_[i];
    if (seen >= rank) return upper_end(i);
  }
  return upper_end(buckets - 1);
}

void ArrivalBin::append(const ArrivalBin& next) {
  orders += next.orders;
  placed += next.placed;
  answered += next.answered;
  latency.append(next.latency);
  faulted += next.faulted;
}

CellDetail::CellDetail(Duration span) {
  if (span > Duration{}) bin_width = round_up(span / static_cast<std::int64_t>(bins));
}

ArrivalBin& CellDetail::bin_at(TrueTime at) {
  if (bin_width <= Duration{}) return arrivals.front();
  const auto place = static_cast<std::size_t>(at.time_since_epoch() / bin_width);
  return arrivals[std::min(place, bins - 1)];
}

void CellDetail::append(const CellDetail& next) {
  answered.merge(next.answered);
  unanswered += next.unanswered;
  settled.merge(next.settled);
  unsettled += next.unsettled;
  unmet += next.unmet;
  in_doubt.merge(next.in_doubt);
  still_in_doubt += next.still_in_doubt;
  held += next.held;
  holds += next.holds;
  for (std::size_t i = 0; i < bins; ++i) arrivals[i].append(next.arrivals[i]);
}

void add_detail(const sim::World& world, const properties::Judge& judge, CellDetail& detail) {
  const Ledger& ledger = judge.ledger();
  for (std::uint32_t i = 0; i < ledger.layout().orders; ++i) {
    if (ledger.order({i}).requested == properties::not_yet) continue;
    add_order(ledger, {i}, detail);
    add_doubts(ledger, {i}, detail);
  }
  detail.held += judge.metrics().held;
  detail.holds += judge.metrics().holds;
  if (detail.bin_width > Duration{}) add_windows(world, detail);
}

}  // namespace indoubt::search
