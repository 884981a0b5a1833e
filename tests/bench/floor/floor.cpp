#include "tests/bench/floor/floor.hpp"

#include <memory>

#include "tests/bench/floor/heap_queue.hpp"
#include "tests/bench/floor/wheel_queue.hpp"
#include "tests/bench/floor/workloads.hpp"

namespace indoubt::bench {

namespace {

// A message lives on until its handler returns, so one slot more than what is under way.
constexpr std::uint32_t pingpong_slots = 2;
constexpr std::uint32_t phold_slots = phold_nodes * phold_initial + 1;
constexpr std::uint32_t churn_slots = churn_nodes + 1;

// Wheels are too large for the stack.
template <typename Queue>
std::unique_ptr<Workload<Queue>> workload(std::uint32_t nodes, std::uint32_t slots) {
  return std::make_unique<Workload<Queue>>(nodes, slots);
}

/// Calls `run` with a null pointer to the queue's type.
template <typename Run>
FloorResult with_queue(QueueKind queue, Run run) {
  switch (queue) {
    case QueueKind::heap: return run(static_cast<HeapQueue*>(nullptr));
    case QueueKind::wheel_4096: return run(static_cast<WheelQueue<4096>*>(nullptr));
    case QueueKind::wheel_8192: return run(static_cast<WheelQueue<8192>*>(nullptr));
    case QueueKind::wheel_16384: return run(static_cast<WheelQueue<16384>*>(nullptr));
  }
  return {};
}

}  // namespace

FloorResult run_pingpong(QueueKind queue, std::uint64_t messages) {
  return with_queue(queue, [&]<typename Queue>(Queue*) {
    return workload<Queue>(2, pingpong_slots)->pingpong(messages);
  });
}

FloorResult run_phold(QueueKind queue, std::uint64_t events) {
  return with_queue(queue, [&]<typename Queue>(Queue*) {
    return workload<Queue>(phold_nodes, phold_slots)->phold(events);
  });
}

FloorResult run_churn(QueueKind queue, std::uint64_t rpcs) {
  return with_queue(queue, [&]<typename Queue>(Queue*) {
    return workload<Queue>(churn_nodes, churn_slots)->churn(rpcs);
  });
}

// Chosen by measurement (`indoubt_bench --queues`; one Sapphire Rapids guest, ns for each event):
//             heap   wheel 4096   8192   16384
//   pingpong    14           15     15      15
//   phold       71           30     29      28
//   churn      174           87     84      84
// One pending event needs no wheel. From 1000 pending on a wheel wins by far, whatever its size
// where delays fit; the heap behind it keeps what does not fit: the timers of churn.
FloorResult run_pingpong(std::uint64_t messages) { return run_pingpong(QueueKind::heap, messages); }
FloorResult run_phold(std::uint64_t events) { return run_phold(QueueKind::wheel_16384, events); }
FloorResult run_churn(std::uint64_t rpcs) { return run_churn(QueueKind::wheel_8192, rpcs); }

}  // namespace indoubt::bench
