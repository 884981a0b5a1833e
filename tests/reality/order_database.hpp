#pragma once

#include <string>

#include "tests/reality/server.hpp"

namespace indoubt::reality {

/// The database of an order service: its orders, and rows for what others must do.
class OrderDatabase {
 public:
  explicit OrderDatabase(const std::string& folder);

  Link connect() const { return server_.connect(); }
  /// No orders and no rows.
  void reset() const;
  /// Rows that are not done with, once the sessions of clients have ended.
  std::size_t rows_left() const;

 private:
  Postgres server_;
};

}  // namespace indoubt::reality
