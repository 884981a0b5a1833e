#include "reports/html/page.hpp"

#include <algorithm>
#include <cassert>

#include "reports/html/assets.hpp"

namespace indoubt::reports {
namespace {

/// What the page's own code may do: nothing but style, script and pictures that are in it.
std::string policy(bool runs_worlds) {
  std::string text =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
      "form-action 'none'; script-src 'unsafe-inline'";
  if (runs_worlds) text += " 'wasm-unsafe-eval' blob:; worker-src blob:";
  return text;
}

const PageAssets& assets_of(std::string_view entry) {
  const auto pages = page_assets();
  const auto found = std::find_if(pages.begin(), pages.end(),
                                  [&](const PageAssets& page) { return page.entry == entry; });
  assert(found != pages.end() && "cmake/web.cmake lists every page");
  return *found;
}

std::string script(std::string_view attributes, std::string_view text) {
  return "<script" + std::string{attributes} + ">" + std::string{text} + "</script>\n";
}

}  // namespace

std::string json_in_page(std::string_view json) {
  std::string text;
  text.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      text += "\\u003c";
    } else {
      text += c;
    }
  }
  return text;
}

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string html_page(const Page& page) {
  const PageAssets& assets = assets_of(page.entry);
  std::string html =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
      policy(page.runs_worlds) +
      "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"generator\" content=\"indoubt " INDOUBT_VERSION "\">\n<title>" +
      html_text(page.title) + "</title>\n<style>\n" + std::string{assets.style} +
      "</style>\n</head>\n<body>\n<noscript>This page is drawn by its script.</noscript>\n";
  html += script(" type=\"application/json\" id=\"data\"", json_in_page(page.data));
  if (assets.has_charts && !charts_script().empty()) html += script("", charts_script());
  // A module has names of its own, and says so if one of them is there twice.
  html += script(" type=\"module\"", assets.script);
  return html + "</body>\n</html>\n";
}

}  // namespace indoubt::reports
