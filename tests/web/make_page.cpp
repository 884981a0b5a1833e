// make_page ENTRY TITLE: writes a page with the JSON that standard input has. For tests of pages
// with data that no run of the program would give.
#include <iostream>
#include <iterator>
#include <string>

#include "reports/html/page.hpp"

int main(int count, char** words) {
  if (count != 3) return 2;
  const std::string data{std::istreambuf_iterator<char>{std::cin}, {}};
  std::cout << indoubt::reports::html_page({.title = words[2], .entry = words[1], .data = data});
  return std::cout.good() ? 0 : 1;
}
