#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/reality/gone.hpp"

/// Conversations with a PostgreSQL server.
namespace indoubt::reality {

/// What a server said to a query.
struct Answer {
  bool is_done = false;      ///< otherwise it refused, and `state` says why
  std::string state{};       ///< SQLSTATE of what went wrong
  std::string message{};     ///< the same in words
  std::size_t affected = 0;  ///< rows, by the last statement
  std::vector<std::vector<std::string>> rows{};
};

/// Undefined object: there is no such prepared transaction.
inline constexpr const char* no_such_object = "42704";
/// Somebody else is at that prepared transaction just now.
inline constexpr const char* in_use = "55000";

/// One session. What is sent leaves at once, and its answer is waited for apart: so something is
/// under way when the process dies that sent it.
class Link {
 public:
  /// Throws Gone if nobody answers there.
  explicit Link(const std::string& conninfo);

  /// Throws Gone.
  void send(const std::string& sql);
  /// The answer to what was sent last. Throws Gone.
  Answer wait();
  Answer ask(const std::string& sql) {
    send(sql);
    return wait();
  }
  /// The same where a refusal is nothing to go on with: throws std::runtime_error.
  Answer demand(const std::string& sql);
  /// Process of the server that serves this session.
  pid_t backend() const { return PQbackendPID(connection_.get()); }

 private:
  void poll_for(short events);
  void take_result(const PGresult* result, Answer& answer) const;

  struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  std::unique_ptr<PGconn, Close> connection_;
};

/// One number in one row.
std::size_t count(const Answer& answer);

}  // namespace indoubt::reality
