#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace indoubt::search {

namespace shrink_detail {

/// The list without the entries from `first` up to `last`.
template <typename T>
std::vector<T> without(const std::vector<T>& list, std::size_t first, std::size_t last) {
  std::vector<T> rest;
  rest.reserve(list.size() - (last - first));
  rest.insert(rest.end(), list.begin(), list.begin() + static_cast<std::ptrdiff_t>(first));
  rest.insert(rest.end(), list.begin() + static_cast<std::ptrdiff_t>(last), list.end());
  return rest;
}

}  // namespace shrink_detail

/// Delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input",
/// 2002): leaves out ever smaller parts of a list that fails, as long as the rest fails.
/// `fails(list)` tells whether it does, and is not asked about the whole list. Parts alone are not
/// tried, as in the paper: of three parts or more, what fails alone is reached by leaving out the
/// others.
template <typename T, typename Fails>
std::vector<T> delta_debug(std::vector<T> list, Fails&& fails) {
  std::size_t parts = 2;
  while (!list.empty()) {
    parts = std::min(parts, list.size());
    bool is_smaller = false;
    for (std::size_t part = 0; part < parts && !is_smaller; ++part) {
      const std::size_t first = list.size() * part / parts;
      const std::size_t last = list.size() * (part + 1) / parts;
      std::vector<T> rest = shrink_detail::without(list, first, last);
      if (!fails(std::as_const(rest))) continue;
      list = std::move(rest);
      is_smaller = true;
    }
    if (is_smaller) {
      parts = std::max<std::size_t>(parts - 1, 2);
    } else if (parts == list.size()) {
      break;
    } else {
      parts *= 2;
    }
  }
  return list;
}

/// Leaves out single entries, the last first, until none can be left out of what remains.
template <typename T, typename Fails>
std::vector<T> leave_out_single(std::vector<T> list, Fails&& fails) {
  for (bool changes = true; changes;) {
    changes = false;
    for (std::size_t i = list.size(); i-- > 0;) {
      std::vector<T> rest = shrink_detail::without(list, i, i + 1);
      if (!fails(std::as_const(rest))) continue;
      list = std::move(rest);
      changes = true;
    }
  }
  return list;
}

/// A part of a failing list that fails and of which no single entry can be left out.
template <typename T, typename Fails>
std::vector<T> minimal_part(std::vector<T> list, Fails&& fails) {
  return leave_out_single(delta_debug(std::move(list), fails), fails);
}

}  // namespace indoubt::search
