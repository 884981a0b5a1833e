#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/reality/child.hpp"
#include "tests/reality/outcome.hpp"
#include "tests/reality/services.hpp"
#include "tests/reality/steps.hpp"

/// One order, run again and again by real parts, with a crash at a point of one's choice.
namespace indoubt::reality {

/// The real parts of a protocol. Mistakes are derived classes.
class Protocol {
 public:
  virtual ~Protocol() = default;

  /// Everything as before the first order.
  virtual void reset() = 0;
  /// What the process does that takes the order, from the request to the end.
  virtual void place_order(Steps& step, const Client& client) = 0;
  /// What it does after its restart, or when somebody is back whom it had waited for.
  virtual void recover(const Client& client) = 0;
  /// What is left in the end, but for what the client has learnt. Looked at when all is silent.
  virtual Outcome look() = 0;
};

/// A protocol and how it is disturbed.
class Experiment {
 public:
  explicit Experiment(std::shared_ptr<Protocol> protocol) : protocol_{std::move(protocol)} {}
  virtual ~Experiment() = default;

  /// Where it can be disturbed; empty: where the case says.
  virtual std::vector<std::string> places() { return {}; }
  /// What became of the order, or of each if there are several. Throws std::runtime_error if there
  /// is no such place.
  virtual Outcomes run(const std::string& place) = 0;

 protected:
  Protocol& protocol() { return *protocol_; }
  /// Begins an order, from the beginning of all, in a process that dies before that step, or goes
  /// on to its end. `look_on` is told each step before it is taken.
  Child begin(const std::string& die_before = {},
              const std::function<void(std::string_view)>& look_on = {});
  /// Throws std::runtime_error if it has not died there.
  static void await_death(Child& child, const std::string& die_before);
  Child begin_recovery();
  /// What is left, and what these processes have told the client.
  Outcomes look(const std::vector<const Child*>& children);
  /// The same after the recovery.
  Outcomes recover_and_look(const Child& first);

 private:
  /// Between what was before the order and its beginning.
  virtual void settle() {}

  std::shared_ptr<Protocol> protocol_;
};

/// The process dies before a step, and restarts or does not.
class ProcessDies : public Experiment {
 public:
  ProcessDies(std::shared_ptr<Protocol> protocol, bool comes_back)
      : Experiment{std::move(protocol)}, comes_back_{comes_back} {}
  Outcomes run(const std::string& place) override;

 private:
  bool comes_back_;
};

/// A database dies before something that it writes, forces or sends for the order, and restarts.
class ServerDiesInside : public Experiment {
 public:
  ServerDiesInside(std::shared_ptr<Protocol> protocol, Services& services, std::string victim)
      : Experiment{std::move(protocol)}, services_{services}, victim_{std::move(victim)} {}
  std::vector<std::string> places() override;
  Outcomes run(const std::string& place) override;

 private:
  Outcomes run_to(int die_at);
  Services& services_;
  std::string victim_;
};

/// A database dies so many half milliseconds after the request, and restarts.
class ServerDiesAt : public Experiment {
 public:
  ServerDiesAt(std::shared_ptr<Protocol> protocol, Services& services, std::string victim)
      : Experiment{std::move(protocol)}, services_{services}, victim_{std::move(victim)} {}
  std::vector<std::string> places() override;
  Outcomes run(const std::string& place) override;

 private:
  Services& services_;
  std::string victim_;
};

/// The process dies with a request under way to a database that is slow: it is served only when
/// the restarted process has had the time to look.
class RequestIsLate : public Experiment {
 public:
  /// What is late is what is sent in step `request`.
  RequestIsLate(std::shared_ptr<Protocol> protocol, Services& services, std::string receiver,
                std::string request)
      : Experiment{std::move(protocol)},
        services_{services},
        receiver_{std::move(receiver)},
        request_{std::move(request)} {}
  Outcomes run(const std::string& place) override;

 private:
  Services& services_;
  std::string receiver_;
  std::string request_;
};

}  // namespace indoubt::reality
