# Writes the schemas into a C++ source as raw string literals.
# `schemas` is the list of files, `output` the source to write.
list(SORT schemas)
set(text "// Generated from scenarios/schema/. Do not edit.\n#include \"sim/scenario/embedded_schemas.hpp\"\n\nnamespace onward {\n\nconst std::vector<std::pair<std::string_view, std::string_view>>& embedded_schemas() {\n  static const std::vector<std::pair<std::string_view, std::string_view>> schemas = {\n")
foreach(schema IN LISTS schemas)
  get_filename_component(name ${schema} NAME)
  file(READ ${schema} content)
  string(APPEND text "    {\"${name}\", R\"onward_json(${content})onward_json\"},\n")
endforeach()
string(APPEND text "  };\n  return schemas;\n}\n\n}  // namespace onward\n")
file(WRITE ${output} "${text}")
