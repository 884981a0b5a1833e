#pragma once

namespace indoubt::reality {

/// A connection is broken, or its server has not answered in time.
struct Gone {};

}  // namespace indoubt::reality
