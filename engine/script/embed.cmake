# Writes a C file that holds the modules of scripts/: cmake -DOUT=… -DFILES=a.lua,b.lua -P embed.cmake
string(REPLACE "," ";" FILES "${FILES}")
set(arrays "")
set(rows "")
set(number 0)
foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME)
    file(READ ${file} hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    string(REGEX REPLACE "(................................................................................)"
        "\\1\n    " bytes "${bytes}")
    string(APPEND arrays "static const unsigned char file_${number}[] = {\n    ${bytes}\n    0};\n\n")
    string(APPEND rows "    {\"tocsin/${name}\", file_${number}, sizeof file_${number} - 1},\n")
    math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUT} "// Made by embed.cmake from scripts/*.lua.\n#include \"library.h\"\n\n${arrays}"
    "const toc_library_file toc_library_files[] = {\n${rows}};\n"
    "const size_t toc_library_file_count = ${number};\n")
