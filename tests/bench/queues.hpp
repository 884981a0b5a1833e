#pragma once

namespace indoubt::bench {

/// Prints what the floor costs on each queue: what its choice of queues rests on.
void print_queues();

/// True when all queues give the same events, times and digests: their order is the same.
bool check_queues();

}  // namespace indoubt::bench
