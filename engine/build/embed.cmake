# Writes a C file that holds files byte for byte (toc_embed in toc.cmake):
# cmake -DOUT=… -DNOUN=… -DROOT=… -DLIST=a file with one path below ROOT a line -P embed.cmake
# As text of \x41, since a number a byte takes compilers ten times as long.
file(STRINGS ${LIST} files)
set(texts "")
set(rows "")
set(number 0)
foreach(name IN LISTS files)
    file(READ ${ROOT}/${name} hex HEX)
    string(REGEX REPLACE "(................................................)" "\\1\n" hex "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
    string(REPLACE "\n" "\"\n    \"" hex "${hex}")
    string(APPEND texts "static const char file_${number}[] =\n    \"${hex}\";\n")
    string(APPEND rows "    {\"${name}\", file_${number}, sizeof file_${number} - 1},\n")
    math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUT} "// Made by embed.cmake.\n#include \"base/embedded.h\"\n\n"
    "extern const toc_embedded toc_${NOUN}_files[];\nextern const size_t toc_${NOUN}_count;\n\n"
    "${texts}\nconst toc_embedded toc_${NOUN}_files[] = {\n${rows}};\n"
    "const size_t toc_${NOUN}_count = ${number};\n")
