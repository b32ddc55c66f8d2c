# cmake -DFROM=feed.c -DTO=leaky.c -DOLD=line -DNEW=line -P leak.cmake: a copy in which one line is another. The line must be there
# exactly once: a leak that is none any more, or another one than was meant, is a mistake of the build.
file(READ ${FROM} text)
string(FIND "${text}" "${OLD}" first)
string(FIND "${text}" "${OLD}" last REVERSE)
if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR "${FROM} does not have exactly once: ${OLD}")
endif()
string(REPLACE "${OLD}" "${NEW}" text "${text}")
file(WRITE ${TO} "${text}")
