#include "protocols/mq_transaction/options.hpp"

#include "protocols/kit/common_options.hpp"
#include "protocols/kit/settings.hpp"

namespace indoubt::mq_transaction {
namespace {

std::string_view name_of(Options::Mode mode) {
  using enum Options::Mode;
  switch (mode) {
    case broker: return "broker";
    case half_message: return "half-message";
  }
  return {};
}

std::string_view name_of(Options::CommitRecord record) {
  using enum Options::CommitRecord;
  switch (record) {
    case one: return "one";
    case per_message: return "per-message";
    case marker: return "marker";
  }
  return {};
}

/// What the broker waits for is the end of a business transaction.
sim::Duration fair_patience(const kit::Deployment& deployment, sim::Duration trip) {
  return 2 * trip + kit::duration_in_force(deployment.protocol, "transaction");
}

}  // namespace

const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::choice<&Options::mode>(
          "mode", name_of,
          "a transaction of the broker, or a half message around a local transaction")
          .in_variants({"hardened"}),
      kit::choice<&Options::commit_record>(
          "commit_record", name_of,
          "how the broker commits: one record with all messages, message by message, or a marker "
          "behind messages that are on its log already, as in Kafka")
          .in_variants({"hardened"})
          .only_with("mode", "broker")
          .in_correct_code(),
      kit::duration<&Options::transaction_timeout>(
          "transaction_timeout",
          "how long the broker keeps a transaction open of which it hears nothing")
          .only_with("mode", "broker")
          .fair(fair_patience),
      kit::longest_transaction<&Options::transaction>(),
      kit::duration<&Options::check_after>(
          "check_after",
          "how long the broker waits before it asks about a half message (RocketMQ: 6s)")
          .only_with("mode", "half-message")
          .fair(fair_patience),
      kit::duration<&Options::check_every>(
          "check_every", "how long it waits between two such questions (RocketMQ: 30s)")
          .only_with("mode", "half-message"),
      kit::integer<&Options::check_max>("check_max",
                                        "how often it asks before it parks the half message")
          .only_with("mode", "half-message"),
      kit::retry_first<&Options::retry>(
          "first wait before sending or delivering again; it doubles"),
      kit::retry_longest<&Options::retry>(),
      kit::inbox_retention<&Options::inbox_retention>(),
      kit::consumers<&Options::consumers>(),
      kit::sharing<&Options::sharing>(),
      kit::max_deliveries<&Options::max_deliveries>(),
      kit::flush_after<&Options::flush_after>()
          .in_variants({"hardened"})
          .only_with("mode", "broker")
          .in_correct_code(),
  };
  return rows;
}

}  // namespace indoubt::mq_transaction
