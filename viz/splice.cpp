// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "viz/page.hpp"
#include "viz/report.hpp"

namespace onward {
namespace {

constexpr std::string_view place = "\"the report's document\"";

/// JSON that means the same and holds nothing that an HTML parser or a script could take for more
/// than text.
std::string escaped(const std::string& json) {
  std::string text;
  text.reserve(json.size() + json.size() / 16);
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '<')
      text += "\\u003c";
    else if (c == '>')
      text += "\\u003e";
    else if (c == '&')
      text += "\\u0026";
    else if (json.compare(i, 3, "\xE2\x80\xA8") == 0 || json.compare(i, 3, "\xE2\x80\xA9") == 0) {
      text += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

bool has_page() {
  return !page_template().empty();
}

std::string report_page(const std::string& document) {
  const std::string_view page = page_template();
  const std::size_t at = page.find(place);
  if (at == std::string_view::npos || page.find(place, at + 1) != std::string_view::npos)
    throw std::logic_error("the page has not exactly one place for its document");
  return std::string(page.substr(0, at)) + escaped(document) +
         std::string(page.substr(at + place.size()));
}

}  // namespace onward
