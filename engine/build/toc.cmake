# The helpers every folder is built with, and the compiler's settings for all of them.
include_guard()

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
add_compile_definitions(_POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64 TOC_VERSION="${PROJECT_VERSION}")
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes
    -Wmissing-prototypes -Wformat=2 -Wvla -fno-common -ffp-contract=off)

option(TOC_WERROR "warnings are errors" OFF)
if(TOC_WERROR)
    add_compile_options(-Werror)
endif()

set(TOC_SANITIZE "" CACHE STRING "sanitizers, for example address,undefined")
if(TOC_SANITIZE)
    add_compile_options(-fsanitize=${TOC_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${TOC_SANITIZE})
endif()

find_package(PkgConfig REQUIRED)
pkg_check_modules(LUA REQUIRED IMPORTED_TARGET lua5.4)
pkg_check_modules(UV REQUIRED IMPORTED_TARGET libuv)
pkg_check_modules(NCURSES REQUIRED ncursesw)
pkg_check_modules(CJSON REQUIRED IMPORTED_TARGET libcjson)
pkg_check_modules(OPENSSL REQUIRED IMPORTED_TARGET openssl)
find_library(NNG_LIBRARY nng REQUIRED)
find_path(NNG_INCLUDE nng/nng.h REQUIRED)
add_library(toc_nng INTERFACE)
target_link_libraries(toc_nng INTERFACE ${NNG_LIBRARY})
target_include_directories(toc_nng SYSTEM INTERFACE ${NNG_INCLUDE})

# toc_library(NAME [SOURCES file…] [USES target…] [HIDES target…])
#   the library of the folder it is called from. Its public headers are include/NAME/*.h.
#   USES    libraries whose headers its own headers show
#   HIDES   libraries that only its .c files know: third-party ones above all
function(toc_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;USES;HIDES" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES OUTPUT_NAME toc_${name}) # crypto is a name of others too
    target_include_directories(${name} PUBLIC include)
    target_link_libraries(${name} PUBLIC ${arg_USES} PRIVATE ${arg_HIDES})
endfunction()

# toc_embed(TARGET NOUN ROOT FILE…) makes files, paths below ROOT, a part of a target: base/embedded.h.
function(toc_embed target noun root)
    set(files ${ARGN})
    list(SORT files)
    list(JOIN files "\n" lines)
    set(list ${CMAKE_CURRENT_BINARY_DIR}/${noun}.txt)
    set(out ${CMAKE_CURRENT_BINARY_DIR}/${noun}_files.c)
    file(CONFIGURE OUTPUT ${list} CONTENT "${lines}\n" @ONLY)
    list(TRANSFORM files PREPEND ${root}/)
    set(script ${CMAKE_SOURCE_DIR}/engine/build/embed.cmake)
    add_custom_command(OUTPUT ${out}
        COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNOUN=${noun} -DROOT=${root} -DLIST=${list} -P ${script}
        DEPENDS ${files} ${list} ${script} VERBATIM)
    set_source_files_properties(${out} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
    target_sources(${target} PRIVATE ${out})
endfunction()
