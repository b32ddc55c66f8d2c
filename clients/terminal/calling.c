// SPDX-License-Identifier: MIT
// A call for help, from whoever types: STOP goes out at once, in any case and without a word more; what
// has happened is asked when it is out. What may be no call is asked about once.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "plain.h"

static void send_call(toc_plain *t, const char *text);
static bool is_word(const char *line, const char *word);

void toc_plain_call(toc_plain *t, const char *text, bool is_stop)
{
    toc_writing *w = &t->writing;
    text += strspn(text, " \t,:!");
    if (is_stop) {
        w->is_calling = false;
        send_call(t, text);
        return;
    }
    free(w->call);
    w->call = toc_strdup(text[0] ? text : NULL);
    w->is_calling = true;
    toc_lines_loud(&t->lines,
                   "is it real? `yes` stops the exercise for everybody, at once; anything else "
                   "is no call, and play goes on");
}

bool toc_plain_called(toc_plain *t, const char *line)
{
    toc_writing *w = &t->writing;
    line += strspn(line, " \t");
    if (w->is_telling) {
        w->is_telling = false;
        if (*line)
            send_call(t, line);
        return true;
    }
    w->is_calling = false;
    if (is_word(line, "yes") || is_word(line, "y")) {
        char *call = w->call;
        w->call = NULL;
        send_call(t, call ? call : "");
        free(call);
        return true;
    }
    toc_lines_say(&t->lines, "no call went out");
    return !*line || is_word(line, "no") || is_word(line, "n");
}

bool toc_plain_is_call(const char *line)
{
    static const char *const words[] = {"emergency", "stop"};
    size_t len;
    line += strspn(line, " \t");
    len = strcspn(line, " \t,:!.");
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (len == strlen(words[i]) && strncasecmp(line, words[i], len) == 0)
            return true;
    return false;
}

// Without words it goes out all the same; they follow.
static void send_call(toc_plain *t, const char *text)
{
    toc_event input;
    toc_event_init(&input, TOC_K_EMERGENCY, 0);
    if (text[0])
        toc_event_set_str(&input, TOC_F_TEXT, text);
    toc_plain_act(t, &input, 0);
    toc_event_fini(&input);
    if (text[0])
        return;
    t->writing.is_telling = true;
    toc_lines_loud(&t->lines,
                   "your call is on its way. What has happened, and where? Type it, or only Enter");
}

static bool is_word(const char *line, const char *word)
{
    size_t len = strlen(word);
    return strncasecmp(line, word, len) == 0 && line[len + strspn(line + len, " \t.!")] == '\0';
}
