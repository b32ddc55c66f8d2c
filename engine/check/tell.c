// SPDX-License-Identifier: MIT
#include <stdarg.h>
#include <stdio.h>

#include "pass.h"

toc_problem *toc_pass_tell(toc_pass *p, const char *code, const char *word, const char *id,
                           const toc_place *place, const char *key, const char *format, ...)
{
    char text[1024];
    toc_spot spot;
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const toc_where where = {.kind = key ? TOC_WHERE_VALUE : TOC_WHERE_HEAD, .key = key};
    bool is_found = toc_locate(p->locator, place->file, place->line, word, id, 0, where, &spot);
    toc_problem *problem = toc_problems_add(p->problems, code, place->file,
                                            is_found ? spot.line : place->line, "%s", text);
    return is_found ? toc_problem_at(problem, spot.column, spot.width) : problem;
}

toc_problem *toc_pass_tell_use(toc_pass *p, const char *code, const toc_use_place *at,
                               const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    toc_problem *problem = toc_problems_add(p->problems, code, at->file, at->line, "%s", text);
    return toc_problem_at(problem, at->column, at->width);
}

// To the minute where that is all there is.
const char *toc_pass_time(char out[32], int64_t play_ms)
{
    int64_t s = play_ms / 1000;
    if (s % 60)
        snprintf(out, 32, "T+%lld:%02lld:%02lld", (long long)(s / 3600), (long long)(s / 60 % 60),
                 (long long)(s % 60));
    else
        snprintf(out, 32, "T+%lld:%02lld", (long long)(s / 3600), (long long)(s / 60 % 60));
    return out;
}
