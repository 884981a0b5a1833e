#include "search/shrink/fault_forms.hpp"

#include <algorithm>
#include <array>

#include "search/shrink/rounding.hpp"

namespace indoubt::search {
namespace {

using sim::Action;
using sim::Duration;
using sim::Keep;
using sim::NamedFault;
using sim::Trigger;

/// Collects changed copies of a fault.
struct Forms {
  const NamedFault& fault;
  std::vector<NamedFault> all{};

  template <typename Change>
  void add(Change&& change) {
    change(all.emplace_back(fault));
    if (all.back() == fault) all.pop_back();
  }
  /// The durations that are rounder than this one; `set(form, duration)` puts them in.
  template <typename Set>
  void add_rounder(Duration duration, Set&& set) {
    for (const Duration rounder : rounder_durations(duration)) {
      add([&](NamedFault& form) { set(form, rounder); });
    }
  }
};

void add_milder_messages(Forms& forms) {
  const Action action = forms.fault.action;
  if (action == Action::corrupt || action == Action::delay) {
    forms.add([](NamedFault& form) {
      form.action = Action::drop;
      form.by = {};
    });
  }
  if (action == Action::duplicate) forms.add([](NamedFault& form) { form.by = {}; });
}

void add_fewer_nodes(Forms& forms) {
  if (forms.fault.nodes.size() > 1) {
    for (const std::string& node : forms.fault.nodes) {
      forms.add([&](NamedFault& form) { form.nodes = {node}; });
    }
  }
  const auto& groups = forms.fault.groups;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups.size() > 2) {
      forms.add([&](NamedFault& form) {
        form.groups.erase(form.groups.begin() + static_cast<std::ptrdiff_t>(i));
      });
    }
    for (std::size_t k = 0; k < groups[i].size() && groups[i].size() > 1; ++k) {
      forms.add([&](NamedFault& form) {
        form.groups[i].erase(form.groups[i].begin() + static_cast<std::ptrdiff_t>(k));
      });
    }
  }
}

/// The first of its kind, and no more said than is needed to find it.
void add_shorter_patterns(Forms& forms) {
  const NamedFault& fault = forms.fault;
  if (fault.trigger == Trigger::when) {
    forms.add([](NamedFault& form) { form.when.order.reset(); });
    forms.add([](NamedFault& form) { form.when.at.reset(); });
    if (fault.when.nth > 1) forms.add([](NamedFault& form) { form.when.nth = 1; });
  }
  if (fault.trigger == Trigger::match) {
    forms.add([](NamedFault& form) { form.probability = sim::Probability::certain(); });
    if (befalls_messages(fault.action)) {
      forms.add([](NamedFault& form) {
        form.window = sim::Window::always;
        form.at = {};
        form.every = {};
        form.lasts.reset();
      });
    }
    if (!fault.match.nth) forms.add([](NamedFault& form) { form.match.nth = 1; });
    forms.add([](NamedFault& form) { form.match.order.reset(); });
    if (fault.match.kind) {
      forms.add([](NamedFault& form) { form.match.to.reset(); });
      forms.add([](NamedFault& form) { form.match.from.reset(); });
    }
    if (fault.match.nth.value_or(1) > 1) forms.add([](NamedFault& form) { form.match.nth = 1; });
  }
  if (fault.trigger == Trigger::place && fault.place.handling && fault.place.handling->nth > 1) {
    forms.add([](NamedFault& form) { form.place.handling->nth = 1; });
  }
}

/// Without one harm each, and a backup of a rounder age.
void add_harmless_crashes(Forms& forms) {
  const auto without = [&](auto member) {
    forms.add([&](NamedFault& form) { form.damage.*member = sim::Damage{}.*member; });
  };
  without(&sim::Damage::wipe);
  without(&sim::Damage::rollback);
  without(&sim::Damage::rot);
  without(&sim::Damage::lost_sends);
  without(&sim::Damage::clock_restarts);
  if (!forms.fault.damage.rollback) return;
  forms.add_rounder(*forms.fault.damage.rollback,
                    [](NamedFault& form, Duration age) { form.damage.rollback = age; });
}

void add_plainer_crashes(Forms& forms) {
  constexpr std::array plainest_first{Keep::forced, Keep::all, Keep::some, Keep::torn};
  if (forms.fault.action != Action::crash) return;
  add_harmless_crashes(forms);
  for (const Keep keep : plainest_first) {
    if (keep == forms.fault.keep) break;
    forms.add([&](NamedFault& form) { form.keep = keep; });
  }
  if (forms.fault.restart_after) return;
  for (const Duration delay :
       {Duration{std::chrono::seconds{1}}, Duration{std::chrono::milliseconds{10}},
        Duration{std::chrono::seconds{10}}}) {
    forms.add([&](NamedFault& form) { form.restart_after = delay; });
  }
}

void add_smaller_clocks(Forms& forms) {
  if (forms.fault.action != Action::clock) return;
  const int parts =
      (forms.fault.offset ? 1 : 0) + (forms.fault.jump ? 1 : 0) + (forms.fault.drift_ppb ? 1 : 0);
  if (parts < 2) return;
  forms.add([](NamedFault& form) { form.drift_ppb.reset(); });
  forms.add([](NamedFault& form) { form.offset.reset(); });
  forms.add([](NamedFault& form) { form.jump.reset(); });
}

/// Fewer links, and worse in fewer ways.
void add_milder_degradations(Forms& forms) {
  if (forms.fault.action != Action::degrade) return;
  for (const NamedFault::Link& link : forms.fault.links) {
    forms.add([&](NamedFault& form) { form.links = {link}; });
  }
  const auto without = [&](auto member) {
    forms.add([&](NamedFault& form) { form.worse.*member = sim::Degradation{}.*member; });
  };
  without(&sim::Degradation::work_times);
  without(&sim::Degradation::force_times);
  without(&sim::Degradation::duplicate);
  without(&sim::Degradation::loss);
  without(&sim::Degradation::plus);
  without(&sim::Degradation::times);
  forms.add_rounder(forms.fault.worse.plus,
                    [](NamedFault& form, Duration plus) { form.worse.plus = plus; });
}

void add_rounder_times(Forms& forms) {
  const NamedFault& fault = forms.fault;
  if (fault.trigger == Trigger::at) {
    forms.add_rounder(fault.at.time_since_epoch(),
                      [](NamedFault& form, Duration at) { form.at = sim::TrueTime{at}; });
  }
  forms.add_rounder(fault.by, [](NamedFault& form, Duration by) { form.by = by; });
  const auto add_optional = [&](auto member) {
    const std::optional<Duration>& duration = fault.*member;
    if (!duration) return;
    forms.add_rounder(*duration,
                      [&](NamedFault& form, Duration rounder) { form.*member = rounder; });
  };
  add_optional(&NamedFault::restart_after);
  add_optional(&NamedFault::lasts);
  add_optional(&NamedFault::offset);
  add_optional(&NamedFault::jump);
  if (!fault.drift_ppb) return;
  forms.add_rounder(Duration{*fault.drift_ppb}, [](NamedFault& form, Duration drift) {
    const bool is_faithful = drift.count() > -1'000'000'000 && drift.count() < 1'000'000'000;
    if (is_faithful) form.drift_ppb = drift.count();
  });
}

}  // namespace

int severity(Action action) {
  constexpr std::array mildest_first{
      Action::drop,    Action::duplicate, Action::delay,     Action::corrupt, Action::pause,
      Action::degrade, Action::crash,     Action::partition, Action::clock,   Action::disk};
  return static_cast<int>(std::find(mildest_first.begin(), mildest_first.end(), action) -
                          mildest_first.begin());
}

std::vector<NamedFault> simpler_forms(const NamedFault& fault) {
  Forms forms{fault};
  add_milder_messages(forms);
  add_fewer_nodes(forms);
  add_shorter_patterns(forms);
  add_plainer_crashes(forms);
  add_smaller_clocks(forms);
  add_milder_degradations(forms);
  add_rounder_times(forms);
  return std::move(forms.all);
}

}  // namespace indoubt::search
