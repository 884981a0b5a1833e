#include "protocols/kit/messaging/message_log.hpp"

#include <algorithm>

namespace indoubt::messaging {

void MessageLog::store(const Copy& copy) {
  const std::uint32_t offset = size();
  Chain& chain = chains[copy.order];
  if (chain.length++ == 0) {
    chain.first = offset;
  } else {
    copies[chain.last].next = offset;
  }
  chain.last = offset;
  copies.push_back(copy);
}

void MessageLog::consume(std::uint64_t offset) {
  Copy& copy = copies[static_cast<std::size_t>(offset)];
  copy.is_waiting = false;
  copy.is_held = false;
  Chain& chain = chains[copy.order];
  while (chain.length != 0 && !copies[chain.first].is_waiting) {
    chain.first = copies[chain.first].next;
    --chain.length;
  }
}

void MessageLog::hold(sim::OrderId order) {
  for_each_waiting(order, [&](std::uint32_t offset) { copies[offset].is_held = true; });
}

void MessageLog::release(sim::OrderId order) {
  for_each_waiting(order, [&](std::uint32_t offset) { copies[offset].is_held = false; });
}

void MessageLog::discard(sim::OrderId order) {
  for_each_waiting(order, [&](std::uint32_t offset) {
    if (copies[offset].is_held) consume(offset);
  });
}

bool MessageLog::has_held(sim::OrderId order) {
  bool is_any = false;
  for_each_waiting(order, [&](std::uint32_t offset) { is_any |= copies[offset].is_held; });
  return is_any;
}

void MessageLog::lose_memory() {
  for (Copy& copy : copies) copy.deliveries = 0;
  chains.lose_memory([](Chain& chain) { chain.attempts = 0; });
  fronts.clear();
}

void MessageLog::hash_into(sim::StateHash& hash) const {
  if (!hash.first_position()) hash.number_from(first_waiting());
  for (std::uint32_t offset = first_waiting(); offset < size(); ++offset) {
    const auto& [topic, publisher, consumer, order, next, deliveries, is_waiting, is_held] =
        copies[offset];
    if (!is_waiting) continue;
    hash.add_position(offset);
    hash.add(topic);
    hash.add(std::uint64_t{publisher.index} | std::uint64_t{consumer.index} << 16 |
             std::uint64_t{order.index} << 32);
    hash.add(std::uint64_t{deliveries} << 1 | std::uint64_t{is_held});
  }
  hash.add_position(size());
}

std::uint32_t MessageLog::first_waiting() const {
  const auto waits = [](const Copy& copy) { return copy.is_waiting; };
  return static_cast<std::uint32_t>(std::find_if(copies.begin(), copies.end(), waits) -
                                    copies.begin());
}

/// What was consumed never waits again, so the search goes on where it ended.
std::uint32_t MessageLog::front(sim::NodeId consumer) {
  if (consumer.index >= fronts.size()) fronts.resize(consumer.index + std::size_t{1});
  std::uint32_t& offset = fronts[consumer.index];
  offset = next_waiting(consumer, offset);
  return offset;
}

std::uint32_t MessageLog::next_waiting(sim::NodeId consumer, std::uint32_t offset) const {
  while (offset < size() && (!copies[offset].is_waiting || copies[offset].consumer != consumer)) {
    ++offset;
  }
  return offset;
}

bool MessageLog::is_among_first(std::uint32_t offset, std::size_t count) {
  const sim::NodeId consumer = copies[offset].consumer;
  std::uint32_t waiting = front(consumer);
  for (std::size_t i = 1; i < count && waiting < offset && !copies[waiting].is_held; ++i)
    waiting = next_waiting(consumer, waiting + 1);
  return waiting == offset && !copies[offset].is_held;
}

}  // namespace indoubt::messaging
