// SPDX-License-Identifier: MIT
#define _GNU_SOURCE // memmem, in POSIX only since 2024
#include "sim_mark.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const audiences_of_feeds[SIM_FEEDS] = {"control", "north", "south", "west",
                                                          "board"};

static const char *value_of(const char *json, const char *key);

const char *sim_mark_next(const char *at, const char *end, char audiences[96], int64_t *number)
{
    while ((at = memmem(at, (size_t)(end - at), "m!", 2))) {
        at += 2;
        const char *bang = memchr(at, '!', (size_t)(end - at));
        size_t len = bang ? (size_t)(bang - at) : 96;
        if (len >= 96 || strspn(at, "abcdefghijklmnopqrstuvwxyz+") != len)
            continue;
        char *stop;
        *number = strtoll(bang + 1, &stop, 10);
        if (stop == bang + 1 || *stop != ';')
            continue;
        memcpy(audiences, at, len);
        audiences[len] = '\0';
        return stop;
    }
    return NULL;
}

bool sim_mark_names(const char *audiences, const char *audience)
{
    if (strcmp(audience, "control") == 0)
        return true;
    while (*audiences) {
        size_t len = strcspn(audiences, "+");
        if ((len == strlen(audience) && strncmp(audiences, audience, len) == 0) ||
            (len == 3 && strncmp(audiences, "all", 3) == 0))
            return true;
        audiences += len + (audiences[len] == '+');
    }
    return false;
}

bool sim_text_of(const char *json, const char *key, char *out, size_t size)
{
    const char *at = value_of(json, key);
    size_t len = at && *at == '"' ? strcspn(at + 1, "\"") : 0;
    out[0] = '\0';
    if (!at || *at != '"' || len >= size)
        return false;
    memcpy(out, at + 1, len);
    out[len] = '\0';
    return true;
}

bool sim_number_of(const char *json, const char *key, int64_t *out)
{
    const char *at = value_of(json, key);
    char *end;
    if (!at)
        return false;
    *out = strtoll(at, &end, 10);
    return end > at;
}

bool sim_list_has(const char *json, const char *key, const char *item)
{
    const char *at = value_of(json, key);
    if (!at || *at != '[')
        return false;
    const char *end = strchr(at, ']');
    char quoted[80];
    snprintf(quoted, sizeof quoted, "\"%s\"", item);
    return end && memmem(at, (size_t)(end - at), quoted, strlen(quoted));
}

size_t sim_feed_index(const char *audience)
{
    size_t i = 0;
    while (i + 1 < SIM_FEEDS && strcmp(audiences_of_feeds[i], audience) != 0)
        i++;
    return i;
}

const char *sim_feed_audience(size_t i)
{
    return audiences_of_feeds[i];
}

static const char *value_of(const char *json, const char *key)
{
    char quoted[40];
    snprintf(quoted, sizeof quoted, "\"%s\":", key);
    const char *at = strstr(json, quoted);
    return at ? at + strlen(quoted) : NULL;
}
