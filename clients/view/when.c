// SPDX-License-Identifier: MIT
// Times of play as people type them: "5:30" is hours and minutes, and often minutes and seconds were meant.
#include "view/when.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "conduct.h"
#include "record/verb.h"

static char *time_in(const char *line);
static const char *behind(const char *at, const char *word);
static const char *skip_words(const char *at, size_t count);

toc_err toc_when_read(const char *text, int64_t base, int64_t *ms, toc_error *e)
{
    toc_err err;
    text += strspn(text, " ");
    if (text[0] == '+' || text[0] == '-') {
        int64_t by;
        err = toc_duration_parse(text + 1, &by, e);
        if (err)
            return err;
        *ms = text[0] == '+' ? base + by : base - by;
        return *ms >= 0 ? TOC_OK : toc_fail(e, TOC_EUSAGE, "that is before STARTEX");
    }
    char *play = text[0] == 'T' || text[0] == 't' ? toc_strdup(text) : toc_sprintf("T+%s", text);
    if (play[0])
        play[0] = 'T';
    err = toc_play_parse(play, ms, e);
    free(play);
    return err ? toc_fail(e, TOC_EUSAGE, "write a time such as T+1:20, +10m or -5m") : TOC_OK;
}

toc_err toc_when_typed(const toc_view *v, const char *text, int64_t base, int64_t *ms, toc_error *e)
{
    toc_err err = toc_when_read(text, base, ms, e);
    return err ? err : toc_when_meant(text, v->lines.clock.length, e);
}

toc_err toc_when_meant(const char *text, int64_t length, toc_error *e)
{
    const char *at = text + strspn(text, " Tt+");
    const size_t hours_len = strspn(at, "0123456789");
    const char *tail = at + hours_len;
    bool is_clock = hours_len > 0 && hours_len <= 4 && tail[0] == ':' &&
                    strspn(tail + 1, "0123456789") == 2 && tail[3 + strspn(tail + 3, " ")] == '\0';
    if (!is_clock || length <= 0)
        return TOC_OK;
    const int64_t hours = strtol(at, NULL, 10), minutes = strtol(tail + 1, NULL, 10);
    // Neither reading is within the exercise, or the plain one is: no slip.
    if (minutes > 59 || (hours * 60 + minutes) * 60000 <= length ||
        (hours * 60 + minutes) * 1000 > length)
        return TOC_OK;
    toc_buf meant = {0};
    toc_play_text(&meant, (hours * 60 + minutes) * 1000);
    toc_fail(e, TOC_EUSAGE,
             "%.*s is %" PRId64 " hour%s %02" PRId64 " minutes, after ENDEX; %" PRId64
             " minute%s %02" PRId64 " seconds are %s",
             (int)(hours_len + 3), at, hours, hours == 1 ? "" : "s", minutes, hours,
             hours == 1 ? "" : "s", minutes, toc_buf_text(&meant));
    toc_buf_fini(&meant);
    return TOC_EUSAGE;
}

toc_err toc_when_line(const char *line, int64_t length, toc_error *e)
{
    char *time = time_in(line);
    toc_err err = time ? toc_when_meant(time, length, e) : TOC_OK;
    free(time);
    return err;
}

const char *toc_when_examples(const toc_view *v)
{
    const int64_t length = v->lines.clock.length;
    return length > 0 && length < 3600000 ? "T+0:12:30, +2m" : "T+1:20, +10m";
}

// The word that says when something is to be, of an act that has such a one; the caller's, or NULL.
static char *time_in(const char *line)
{
    static const struct {
        const char *verb;
        size_t words;       // that stand before it; 0: it stands
        const char *behind; // this one
    } places[] = {{"jump", 1, NULL},   {"preview", 1, NULL}, {"move", 2, NULL},
                  {"extend", 2, NULL}, {"adhoc", 0, "at"},   {"promise", 0, "by"}};
    const char *at = skip_words(line, 0);
    char *word = toc_strndup(at, strcspn(at, " \t"));
    const toc_verb *verb = toc_verb_find(word);
    const char *name = verb ? verb->name : word, *time = NULL;
    for (size_t i = 0; i < TOC_COUNT(places); i++)
        if (strcmp(places[i].verb, name) == 0)
            time =
                places[i].behind ? behind(at, places[i].behind) : skip_words(at, places[i].words);
    free(word);
    return time && *time ? toc_strndup(time, strcspn(time, " \t")) : NULL;
}

// What follows the word, if it is a time of play: the text may have the word too.
static const char *behind(const char *at, const char *word)
{
    while (*at) {
        const char *next = skip_words(at, 1);
        if (strcspn(at, " \t") == strlen(word) && strncmp(at, word, strlen(word)) == 0)
            return (next[0] == 'T' || next[0] == 't') && next[1] == '+' ? next : NULL;
        at = next;
    }
    return NULL;
}

static const char *skip_words(const char *at, size_t count)
{
    at += strspn(at, " \t");
    for (; count > 0; count--) {
        at += strcspn(at, " \t");
        at += strspn(at, " \t");
    }
    return at;
}
