# derive_other: the program derive, built by the compiler that did not build the rest (clang beside gcc, gcc
# beside clang), in one command from the same sources. Empty if that compiler is not installed.
set(derive_other "")
set(derive_target "")
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    find_program(TOC_OTHER_COMPILER clang)
else()
    find_program(TOC_OTHER_COMPILER gcc)
endif()

if(TOC_OTHER_COMPILER)
    set(derive_other ${CMAKE_CURRENT_BINARY_DIR}/derive_other)
    set(sources support/derive.c ${solo})
    list(TRANSFORM sources PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
    set(includes -I${CMAKE_CURRENT_SOURCE_DIR}/support -I${CMAKE_SOURCE_DIR}/engine/script)
    foreach(library base crypto record world exercise script)
        get_target_property(folder ${library} SOURCE_DIR)
        get_target_property(files ${library} SOURCES)
        foreach(file ${files})
            cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${folder})
            list(APPEND sources ${file})
        endforeach()
        list(APPEND includes -I${folder}/include)
    endforeach()
    foreach(dir ${LUA_INCLUDE_DIRS} ${CJSON_INCLUDE_DIRS} ${OPENSSL_INCLUDE_DIRS} ${NNG_INCLUDE})
        list(APPEND includes -isystem ${dir})
    endforeach()
    get_directory_property(definitions COMPILE_DEFINITIONS)
    list(TRANSFORM definitions PREPEND -D)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/*.h)
    add_custom_command(OUTPUT ${derive_other}
        COMMAND ${TOC_OTHER_COMPILER} -std=c11 -O2 -ffp-contract=off ${definitions} ${includes} ${sources}
            -Wl,--wrap=lua_newstate -o ${derive_other}
            ${LUA_LINK_LIBRARIES} ${CJSON_LINK_LIBRARIES} ${OPENSSL_LINK_LIBRARIES} ${NNG_LIBRARY} -lm
        DEPENDS ${sources} ${headers} support/solo.h support/wander.h script VERBATIM
        COMMENT "Building derive with ${TOC_OTHER_COMPILER}")
    set(derive_target derive_by_another_compiler)
    add_custom_target(${derive_target} ALL DEPENDS ${derive_other})
endif()
