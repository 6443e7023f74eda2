# Copies `files`, a list of paths below `from`, to the same places below `to`.
foreach(file IN LISTS files)
  get_filename_component(folder ${file} DIRECTORY)
  file(MAKE_DIRECTORY ${to}/${folder})
  file(COPY_FILE ${from}/${file} ${to}/${file} ONLY_IF_DIFFERENT)
endforeach()
