#include "tests/reality/postgres.hpp"

#include <poll.h>

#include <cerrno>
#include <cstdlib>
#include <stdexcept>

#include "tests/reality/process.hpp"

namespace indoubt::reality {
namespace {

constexpr int patience_ms = 20'000;

/// That a server was killed is no news to us.
void ignore_notice(void*, const char*) {}

}  // namespace

Link::Link(const std::string& conninfo) : connection_{PQconnectStart(conninfo.c_str())} {
  if (connection_ == nullptr || PQstatus(connection_.get()) == CONNECTION_BAD) throw Gone{};
  PQsetNoticeProcessor(connection_.get(), ignore_notice, nullptr);
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;
  while (status != PGRES_POLLING_OK) {
    if (status == PGRES_POLLING_FAILED) throw Gone{};
    poll_for(status == PGRES_POLLING_READING ? POLLIN : POLLOUT);
    status = PQconnectPoll(connection_.get());
  }
}

void Link::send(const std::string& sql) {
  if (PQsendQuery(connection_.get(), sql.c_str()) == 0) throw Gone{};
  while (true) {
    const int left = PQflush(connection_.get());
    if (left < 0) throw Gone{};
    if (left == 0) return;
    poll_for(POLLOUT);
  }
}

Answer Link::wait() {
  Answer answer{.is_done = true};
  while (true) {
    while (PQisBusy(connection_.get()) != 0) {
      poll_for(POLLIN);
      if (PQconsumeInput(connection_.get()) == 0) throw Gone{};
    }
    PGresult* result = PQgetResult(connection_.get());
    if (result == nullptr) break;
    take_result(result, answer);
    PQclear(result);
  }
  if (PQstatus(connection_.get()) != CONNECTION_OK) throw Gone{};
  return answer;
}

Answer Link::demand(const std::string& sql) {
  Answer answer = ask(sql);
  if (!answer.is_done) throw std::runtime_error{sql + ": " + answer.message};
  return answer;
}

void Link::poll_for(short events) {
  pollfd what{PQsocket(connection_.get()), events, 0};
  const int ready = poll(&what, 1, patience_ms);
  go_on();
  if (ready == 0) throw Gone{};
}

/// Several statements have several answers: all must be done, and the last one's rows count.
void Link::take_result(const PGresult* result, Answer& answer) const {
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    answer.is_done = false;
    answer.state = state == nullptr ? "" : state;
    answer.message = PQresultErrorMessage(result);
    return;
  }
  answer.affected = static_cast<std::size_t>(
      std::strtoul(PQcmdTuples(const_cast<PGresult*>(result)), nullptr, 10));
  answer.rows.clear();
  for (int row = 0; row < PQntuples(result); ++row) {
    std::vector<std::string>& cells = answer.rows.emplace_back();
    for (int column = 0; column < PQnfields(result); ++column) {
      cells.emplace_back(PQgetvalue(result, row, column));
    }
  }
}

std::size_t count(const Answer& answer) {
  return static_cast<std::size_t>(std::strtoul(answer.rows.at(0).at(0).c_str(), nullptr, 10));
}

}  // namespace indoubt::reality
