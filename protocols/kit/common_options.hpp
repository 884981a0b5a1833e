#pragma once

#include <string_view>

#include "protocols/kit/messaging/consumer_groups.hpp"
#include "protocols/kit/options.hpp"
#include "protocols/kit/retry.hpp"

/// Rows of options that several families have, so that they go by one name.
namespace indoubt::kit {

/// Of a `Retry`: its first wait.
template <auto member>
auto retry_first(std::string_view doc = "first wait before trying again; it doubles") {
  return duration<member, &Retry::first>("retry", doc, Retry::shortest).at_most("retry_max");
}
/// Of a `Retry`: the longest of its waits.
template <auto member>
auto retry_longest(std::string_view doc = "longest wait before trying again") {
  return duration<member, &Retry::longest>("retry_max", doc, Retry::shortest);
}

template <auto member>
auto vote_timeout(std::string_view doc) {
  return duration<member>("vote_timeout", doc);
}

template <auto member>
auto call_timeout(std::string_view doc) {
  return duration<member>("call_timeout", doc);
}

/// How long a relay or a worker sleeps when it has found nothing.
template <auto member>
auto poll(std::string_view doc) {
  return duration<member>("poll", doc, Retry::shortest);
}

/// Where a service tells repetitions by an inbox.
template <auto member>
auto inbox_retention() {
  return duration<member>("inbox_retention",
                          "how long a service knows which messages it has had; 0s: for ever")
      .in_variants({"hardened"})
      .in_correct_code();
}

/// Of a broker.
template <auto member>
auto max_deliveries() {
  return integer<member>("max_deliveries",
                         "how often a message is delivered that nobody consumes before the broker "
                         "parks it; 0: for ever");
}
template <auto member>
auto flush_after() {
  return duration<member>("flush_after",
                          "how long after it has confirmed a message a broker writes it to its "
                          "disk, or after the last one where nobody asks for that; 0s: before "
                          "that");
}

/// How many processes of a service take messages from its queue.
inline constexpr std::int64_t most_consumers = 3;
template <auto member>
auto consumers() {
  return integer<member>("consumers",
                         "how many processes of each service take messages from its queue, at most "
                         "3; several are on nodes of their own and share its database",
                         {.least = 1, .largest = most_consumers});
}
template <auto member>
auto sharing() {
  return choice<member>("sharing", messaging::name_of,
                        "whether one of several consumers is active at a time, or each has a "
                        "message of its own")
      .in_variants({"hardened"})
      .only_with("consumers");
}

template <auto member>
auto longest_transaction() {
  return duration<member>("transaction", "the longest time that a business transaction stays open");
}

}  // namespace indoubt::kit
