#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/listing.hpp"
#include "reports/text/style.hpp"

namespace indoubt::cli {

/// A page of `explain`: what there is to know of one name. All of it comes from the tables that the
/// rest of the program is made from.
struct Page {
  /// More that is told one by one, under a title: the options of a protocol.
  struct Part {
    std::string title;
    std::vector<Entry> entries;
  };
  std::string_view kind;  ///< "option", one of `page_kinds`
  std::string owner;      ///< what has it, where several may have one of this name; or empty
  Entry entry;
  std::vector<Part> parts{};

  /// "two-phase-commit.participants".
  std::string full_name() const { return owner.empty() ? entry.name : owner + "." + entry.name; }
};

/// A kind of page, and what many of them are called.
struct PageKind {
  std::string_view name;
  std::string_view plural;
};
/// All kinds, in the order in which they are listed.
std::span<const PageKind> page_kinds();

/// All pages, in the order of their kinds.
const std::vector<Page>& pages();

// One file for each.
void add_property_pages(std::vector<Page>& all);
void add_protocol_pages(std::vector<Page>& all);
void add_fault_pages(std::vector<Page>& all);
void add_format_pages(std::vector<Page>& all);

/// A page for people, and some of them as one JSON object on one line.
std::string page_text(const Page& page, const reports::Style& style);
std::string pages_json(const std::vector<const Page*>& some);

}  // namespace indoubt::cli
