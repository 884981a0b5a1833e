#pragma once

namespace indoubt::bench {

/// Prints what an event costs with 10 to 100,000 events pending, beside what the queue alone costs,
/// and with 3 to 10,000 nodes.
void print_growth();

}  // namespace indoubt::bench
