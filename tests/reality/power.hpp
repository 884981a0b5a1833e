#pragma once

#include "tests/reality/disk.hpp"
#include "tests/reality/experiment.hpp"

/// Power failures: what a process has written is lost as far as it was not forced.
namespace indoubt::reality {

/// The process dies before a step, and with it the power of the machine that has its log.
class ProcessLosesPower : public Experiment {
 public:
  ProcessLosesPower(std::shared_ptr<Protocol> protocol, const Disk& disk)
      : Experiment{std::move(protocol)}, disk_{disk} {}
  Outcomes run(const std::string& place) override;

 private:
  /// Only the order's own writes can be lost.
  void settle() override { disk_.sync(); }

  const Disk& disk_;
};

/// The machine of store's database loses its power, so many milliseconds after the request.
class StoreLosesPower : public Experiment {
 public:
  StoreLosesPower(std::shared_ptr<Protocol> protocol, Services& services, const Disk& disk)
      : Experiment{std::move(protocol)}, services_{services}, disk_{disk} {}
  std::vector<std::string> places() override;
  Outcomes run(const std::string& place) override;

 private:
  void settle() override { disk_.sync(); }

  Services& services_;
  const Disk& disk_;
};

}  // namespace indoubt::reality
