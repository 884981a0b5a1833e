#include "tests/reality/order_database.hpp"

namespace indoubt::reality {

OrderDatabase::OrderDatabase(const std::string& folder) : server_{folder, "orders"} {
  server_.start();
  connect().demand(
      "CREATE TABLE orders(ord int PRIMARY KEY, is_placed boolean NOT NULL DEFAULT true);"
      "CREATE TABLE rows(id serial PRIMARY KEY, service text NOT NULL, ord int NOT NULL,"
      "                  lease int NOT NULL DEFAULT 0,"
      "                  is_done boolean NOT NULL DEFAULT false)");
}

void OrderDatabase::reset() const {
  Link link = connect();
  await_silence(link);
  link.demand("DELETE FROM orders; DELETE FROM rows");
}

std::size_t OrderDatabase::rows_left() const {
  Link link = connect();
  await_silence(link);
  return count(link.demand("SELECT count(*) FROM rows WHERE NOT is_done"));
}

}  // namespace indoubt::reality
