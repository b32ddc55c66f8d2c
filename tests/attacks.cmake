# Hostile peers, leaks, secrets, escapes: runs of the real binary that are attacked.
toc_test(integration attacks SOURCES support/attacker.c support/assault_outside.c support/assault_inside.c ${harness} USES record crypto PkgConfig::OPENSSL TIMEOUT 3600 WAITS COST 40)
add_dependencies(test_attacks tocsin)
toc_property(LABELS attacks integration/attacks)
if(TOC_SANITIZE)
    target_compile_definitions(test_attacks PRIVATE TOC_SANITIZED)
endif()

# Engines that leak on purpose: the search for leaks must find each. toc_leaky(NAME OLD NEW): record/feed.c with one line changed.
set(leaky_programs "")
function(toc_leaky name old new)
    set(copy ${CMAKE_CURRENT_BINARY_DIR}/leaky/${name}/feed.c)
    set(feed ${CMAKE_SOURCE_DIR}/engine/record/feed.c)
    add_custom_command(OUTPUT ${copy}
        COMMAND ${CMAKE_COMMAND} -DFROM=${feed} -DTO=${copy} "-DOLD=${old}" "-DNEW=${new}" -P ${CMAKE_CURRENT_SOURCE_DIR}/leak.cmake
        DEPENDS ${feed} ${CMAKE_CURRENT_SOURCE_DIR}/leak.cmake VERBATIM)
    # Its own feed comes before the library's, which is not taken then.
    add_executable(tocsin_leaky_${name} $<TARGET_OBJECTS:tocsin> ${copy})
    target_include_directories(tocsin_leaky_${name} PRIVATE ${CMAKE_SOURCE_DIR}/engine/record)
    target_link_libraries(tocsin_leaky_${name} PRIVATE hub replays terminal check)
    add_dependencies(tocsin_leaky_${name} tocsin)
    list(APPEND leaky_programs $<TARGET_FILE:tocsin_leaky_${name}>)
    set(leaky_programs ${leaky_programs} PARENT_SCOPE)
    add_dependencies(test_leaks tocsin_leaky_${name})
endfunction()
toc_test(integration leaks SOURCES support/attacker.c ${harness} USES record crypto PkgConfig::OPENSSL TIMEOUT 600 WAITS COST 20)
add_dependencies(test_leaks tocsin)
toc_leaky(addressed "return is_named(toc_event_value(ev, TOC_F_TO), f->audience)" "return !f->is_control")
toc_leaky(team "return seat && strcmp(seat, f->audience) == 0" "return seat != NULL")
toc_leaky(seat "toc_seat_audience(seat, audience);" "return true;")
toc_leaky(reason "f->is_control || rule->show == TOC_SHOW_ALL" "f->is_control || rule->show == TOC_SHOW_ALL || rule->show == TOC_SHOW_CONTROL")
list(JOIN leaky_programs ":" leaky_programs)
toc_property(ENVIRONMENT "TOC_LEAKY=${leaky_programs}" integration/leaks)
toc_property(LABELS attacks integration/leaks)

toc_test(integration secrets SOURCES ${harness} USES record TIMEOUT 600 WAITS)
add_dependencies(test_secrets tocsin)
toc_property(LABELS attacks integration/secrets)

toc_test(integration escapes SOURCES support/attacker.c ${harness} USES record crypto PkgConfig::OPENSSL TIMEOUT 1200 PARTS 4 WAITS COST 25)
add_dependencies(test_escapes tocsin)
toc_property(LABELS attacks integration/escapes)
