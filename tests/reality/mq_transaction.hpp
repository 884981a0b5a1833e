#pragma once

#include "tests/reality/outbox.hpp"

namespace indoubt::reality {

/// A transaction of the broker between two of the database: the order is pending before its
/// messages are published, and placed when the broker has committed them.
class MqTransaction : public Outbox {
 public:
  using Outbox::Outbox;
  void place_order(Steps& step, const Client& client) override;
  /// Of a transaction that the broker may have committed nobody can be asked, so it is done anew.
  void recover(const Client& client) override;

 private:
  void publish_and_place(Steps& step, const Client& client) const;
};

}  // namespace indoubt::reality
