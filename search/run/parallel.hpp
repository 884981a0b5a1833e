#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace indoubt::search {

/// Does `units` independent pieces of work on `jobs` threads and takes their results in order, so
/// that the outcome does not depend on the number of threads. Each thread has a worker of its own,
/// made by `make_worker()`; `worker(unit)` gives a result, `take(unit, result)` gets them one by one,
/// in order, and may return false to stop early. Memory is bounded: threads that run ahead wait.
template <typename MakeWorker, typename Take>
void for_units_in_order(std::uint64_t units, unsigned jobs, MakeWorker&& make_worker, Take&& take,
                        const std::atomic<bool>* stop = nullptr) {
  using Worker = decltype(make_worker());
  using Result = decltype(std::declval<Worker&>()(std::uint64_t{}));
  std::mutex mutex;
  std::condition_variable taken;
  std::map<std::uint64_t, Result> early;  // results whose predecessors are not done yet
  std::uint64_t next_to_take = 0;
  std::atomic<std::uint64_t> next_to_do{0};
  std::atomic<bool> is_over{false};
  const std::uint64_t window = std::uint64_t{jobs} * 8;

  const auto finish = [&](std::uint64_t unit, Result result) {
    std::unique_lock lock{mutex};
    taken.wait(lock, [&] { return is_over || unit < next_to_take + window; });
    early.emplace(unit, std::move(result));
    while (!is_over && !early.empty() && early.begin()->first == next_to_take) {
      if (!take(next_to_take, early.begin()->second)) is_over = true;
      early.erase(early.begin());
      ++next_to_take;
    }
    taken.notify_all();
  };
  const auto work = [&] {
    Worker worker = make_worker();
    while (!is_over && (stop == nullptr || !*stop)) {
      const std::uint64_t unit = next_to_do++;
      if (unit >= units) return;
      finish(unit, worker(unit));
    }
  };
  if (jobs <= 1) return work();
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < jobs; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace indoubt::search
