# Writes a C file that holds the pages of scripts/errors: cmake -DOUT=… -DFILES=a.md,b.md -P embed_pages.cmake
string(REPLACE "," ";" FILES "${FILES}")
set(arrays "")
set(rows "")
set(number 0)
foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    string(REGEX REPLACE "(................................................................................)"
        "\\1\n    " bytes "${bytes}")
    string(APPEND arrays "static const unsigned char page_${number}[] = {\n    ${bytes}\n    0};\n\n")
    string(APPEND rows "    {\"${name}\", (const char *)page_${number}},\n")
    math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUT} "// Made by embed_pages.cmake from scripts/errors/*.md.\n#include \"pages.h\"\n\n${arrays}"
    "const toc_page toc_pages[] = {\n${rows}    {\"\", \"\"},\n};\n"
    "const size_t toc_page_count = ${number};\n")
