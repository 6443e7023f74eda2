# Writes the page into a C++ source as a raw string literal; an empty one if `page` is empty.
set(content "")
if(page)
  file(READ ${page} content)
endif()
file(WRITE ${output} "// Generated from viz/web. Do not edit.\n#include \"viz/page.hpp\"\n\nnamespace onward {\n\nstd::string_view page_template() {\n  return R\"onward_page(${content})onward_page\";\n}\n\n}  // namespace onward\n")
