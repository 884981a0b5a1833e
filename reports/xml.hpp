#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace indoubt::reports {

/// Text inside XML: markup is escaped, and what XML 1.0 cannot hold is left out.
std::string xml_text(std::string_view text);

/// `name key="value" ...`: what stands between the brackets of a tag.
std::string xml_tag(std::string_view name,
                    std::initializer_list<std::pair<std::string_view, std::string>> attributes);

}  // namespace indoubt::reports
