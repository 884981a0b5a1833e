#pragma once

#include "cli/arguments.hpp"
#include "cli/exit_code.hpp"

namespace indoubt::cli {

// The parts of `indoubt campaign`, one file for each. Their operands come without the part's name.
ExitCode plan_campaign(const Arguments& arguments);
ExitCode work_on_campaign(const Arguments& arguments);
ExitCode merge_campaign(const Arguments& arguments);
ExitCode tell_campaign_status(const Arguments& arguments);
ExitCode print_campaign_script(const Arguments& arguments);

/// The one folder that a part is about. Throws `UsageError`.
const std::string& campaign_operand(const Arguments& arguments);

}  // namespace indoubt::cli
