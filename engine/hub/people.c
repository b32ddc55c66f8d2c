// SPDX-License-Identifier: MIT
#include "hub/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static const char *next_name(const char **at, size_t *len);
static toc_err refuse_name(const char *name, const char *const *seats, size_t count, toc_error *e);

bool toc_people_has(const char *people, const char *seat)
{
    const char *name;
    size_t len;
    while (people && (name = next_name(&people, &len)))
        if (len == strlen(seat) && strncmp(name, seat, len) == 0)
            return true;
    return false;
}

toc_err toc_people_check(const char *people, const char *const *seats, size_t count, toc_error *e)
{
    toc_err err = TOC_OK;
    const char *at = people, *name;
    size_t len, named = 0;
    while (at && !err && (name = next_name(&at, &len))) {
        char *seat = toc_strndup(name, len);
        size_t i = 0;
        while (i < count && strcmp(seats[i], seat) != 0)
            i++;
        if (i == count)
            err = refuse_name(seat, seats, count, e);
        free(seat);
        named++;
    }
    if (people && named == 0)
        return toc_fail(e, TOC_EUSAGE,
                        "--people names no seat: write those at which people sit down, as in "
                        "--people %s",
                        count > 0 ? seats[0] : "excon-1");
    return err;
}

// Without the spaces around it; NULL: no more. What is empty between commas is no name.
static const char *next_name(const char **at, size_t *len)
{
    const char *name = *at + strspn(*at, ", ");
    *len = strcspn(name, ",");
    *at = name + *len;
    while (*len > 0 && name[*len - 1] == ' ')
        --*len;
    return *len > 0 ? name : NULL;
}

static toc_err refuse_name(const char *name, const char *const *seats, size_t count, toc_error *e)
{
    const char *near = toc_text_near(name, seats, count);
    if (strchr(name, ' '))
        return toc_fail(e, TOC_EUSAGE,
                        "--people: \"%.80s\" is no seat of this run; put a comma between two seats",
                        name);
    if (near)
        return toc_fail(e, TOC_EUSAGE,
                        "--people: \"%.80s\" is no seat of this run; did you mean %s?", name, near);
    toc_buf all = {0};
    for (size_t i = 0; i < count && all.len < 120; i++)
        toc_buf_printf(&all, "%s%s", i > 0 ? ", " : "", seats[i]);
    toc_fail(e, TOC_EUSAGE, "--people: \"%.80s\" is no seat of this run; its seats begin with %s",
             name, toc_buf_text(&all));
    toc_buf_fini(&all);
    return TOC_EUSAGE;
}
