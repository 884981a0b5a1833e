#include "tests/reality/two_phase_commit.hpp"

#include <filesystem>
#include <map>
#include <stdexcept>

#include "tests/reality/record_log.hpp"

namespace indoubt::reality {
namespace {

/// The lock is the transaction's until it ends, prepared or not.
constexpr const char* work =
    "BEGIN; UPDATE units SET state = 'assigned', ord = 1 WHERE id = (SELECT id FROM units "
    "WHERE state = 'free' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)";

constexpr const char* decision = "commit_decision";

}  // namespace

/// What the coordinator knows of the order, and what it can do about it.
class TwoPhaseCommit::Transaction {
 public:
  Transaction(Services& services, const std::string& log_path, Steps& steps, const Client& whom)
      : step{steps}, client{whom}, log{log_path} {
    for (const std::string& name : service_names) connect(services, name);
  }

  /// Everybody is asked before the first answer is waited for.
  void ask(const std::string& what, const std::string& sql) {
    for (const auto& name : service_names) {
      step("send " + what + " to " + name);
      is_asked_[name] = send(name, sql);
    }
  }

  /// Whether all have done it, and changed so many rows.
  bool await(std::size_t rows = 0) {
    bool all = true;
    for (const auto& name : service_names) all = is_asked_[name] && wait(name, rows) && all;
    return all;
  }

  /// Told once; whoever does not hear it is found by the recovery.
  void abort(const std::string& sql) {
    step("send not_placed to client");
    client.reply("not placed");
    ask("abort", sql);
    await();
  }

  void tell_commit() { ask("commit", "COMMIT PREPARED 'order-1'"); }
  void end() {
    if (!await()) return;
    step("append end");
    log.append("end");
  }

  Steps& step;
  const Client& client;
  RecordLog log;

 private:
  /// Who cannot be reached has not done the work.
  void connect(Services& services, const std::string& name) {
    try {
      links_.emplace(name, services.connect(name));
    } catch (const Gone&) {
    }
  }

  bool send(const std::string& name, const std::string& sql) {
    try {
      if (links_.count(name) == 0) return false;
      links_.at(name).send(sql);
      return true;
    } catch (const Gone&) {
      return false;
    }
  }

  bool wait(const std::string& name, std::size_t rows) {
    try {
      const Answer answer = links_.at(name).wait();
      return answer.is_done && answer.affected >= rows;
    } catch (const Gone&) {
      return false;
    }
  }

  std::map<std::string, Link> links_;
  std::map<std::string, bool> is_asked_;
};

void TwoPhaseCommit::reset() {
  std::filesystem::remove(log_);
  services_.reset();
}

void TwoPhaseCommit::place_order(Steps& step, const Client& client) {
  Transaction transaction{services_, log_, step, client};
  transaction.ask("work", work);
  step("arm vote_timeout");
  if (!transaction.await(1)) return transaction.abort("ROLLBACK");
  transaction.ask("prepare", "PREPARE TRANSACTION 'order-1'");
  step("arm vote_timeout");
  if (!transaction.await()) return transaction.abort("ROLLBACK PREPARED 'order-1'");
  commit(transaction);
}

void TwoPhaseCommit::commit(Transaction& transaction) const {
  transaction.step("append commit_decision");
  transaction.log.append(decision);
  transaction.step("force commit_decision");
  transaction.log.force();
  transaction.step("send placed to client");
  transaction.client.reply("placed");
  transaction.tell_commit();
  transaction.step("arm resend_due");
  transaction.end();
}

void TwoPhaseCommit::recover(const Client&) {
  while (scan()) pause_for(2);
}

/// A session of the coordinator that crashed may still prepare what it had been sent.
bool TwoPhaseCommit::scan() const {
  const bool is_committed = RecordLog::has(log_, decision);
  bool may_find_more = false;
  for (const std::string& name : service_names) {
    Link link = services_.at(name).connect();
    const bool has_sessions = has_other_sessions(link);
    for (const std::string& branch : prepared_at(link)) {
      const Answer answer =
          link.ask((is_committed ? "COMMIT PREPARED '" : "ROLLBACK PREPARED '") + branch + "'");
      // Who is not there any more has ended meanwhile, as it should.
      if (!answer.is_done && answer.state != no_such_object && answer.state != in_use) {
        throw std::runtime_error{answer.message};
      }
      may_find_more = true;
    }
    may_find_more = may_find_more || has_sessions;
  }
  return may_find_more;
}

void RepliesBeforeForce::commit(Transaction& transaction) const {
  transaction.step("append commit_decision");
  transaction.log.keep_in_memory(decision);
  transaction.step("send placed to client");
  transaction.client.reply("placed");
  transaction.tell_commit();
  transaction.step("arm resend_due");
  transaction.step("force commit_decision");
  transaction.log.force();
  transaction.end();
}

void ForcesNothing::commit(Transaction& transaction) const {
  transaction.step("append commit_decision");
  transaction.log.append(decision);
  transaction.step("send placed to client");
  transaction.client.reply("placed");
  transaction.tell_commit();
  transaction.step("arm resend_due");
  transaction.end();
}

void ScansOnce::recover(const Client&) { scan(); }

}  // namespace indoubt::reality
