// SPDX-License-Identifier: MIT
// Scripts of keys: room.h says what their lines mean.
#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "room.h"
#include "view/keys.h"

typedef struct {
    const char *path;
    char *name; // of the script, for its golden screens
    int line;
    room *room;
    char scenario[256];
    char *control[16];
    size_t control_count;
    char seat[64];
    int64_t recall_ms;
    bool is_ascii;
} script;

static void give_up(const script *s, const char *what, const char *about)
{
    toc_buf screen = {0};
    if (s->room && s->seat[0])
        room_screen(s->room, s->seat, &screen, false);
    fprintf(stderr, "%s\n", toc_buf_text(&screen));
    ck_abort_msg("%s:%d: %s %.200s", s->path, s->line, what, about);
}

static const char *skip(const char *at)
{
    while (*at == ' ')
        at++;
    return at;
}

static char *take_word(const char **at)
{
    *at = skip(*at);
    size_t len = strcspn(*at, " ");
    char *word = toc_strndup(*at, len);
    *at = skip(*at + len);
    return word;
}

// ESC, \n and \xHH stand for bytes.
static char *unescape(const char *text)
{
    toc_buf out = {0};
    for (const char *at = text; *at; at++) {
        unsigned byte;
        if (strncmp(at, "ESC", 3) == 0) {
            toc_buf_char(&out, '\x1b');
            at += 2;
        } else if (strncmp(at, "\\n", 2) == 0) {
            toc_buf_char(&out, '\n');
            at++;
        } else if (strncmp(at, "\\x", 2) == 0 && sscanf(at + 2, "%2x", &byte) == 1) {
            toc_buf_char(&out, (char)byte);
            at += 3;
        } else {
            toc_buf_char(&out, *at);
        }
    }
    return toc_buf_take(&out);
}

static void begin(script *s)
{
    if (!s->room)
        s->room = room_open(s->scenario, (const char *const *)s->control, s->control_count);
}

static void press(script *s, const char *rest)
{
    while (*rest) {
        char *word = take_word(&rest);
        uint32_t key = toc_key_find(word);
        if (key == TOC_KEY_NONE)
            give_up(s, "no key is called", word);
        room_key(s->room, s->seat, key);
        free(word);
    }
}

static int64_t duration(script *s, const char *rest)
{
    char *end;
    long n = strtol(rest, &end, 10);
    int64_t unit = strcmp(end, "ms") == 0  ? 1
                   : strcmp(end, "s") == 0 ? 1000
                   : strcmp(end, "m") == 0 ? 60000
                                           : 0;
    if (unit == 0)
        give_up(s, "no duration:", rest);
    return n * unit;
}

static void see(script *s, const char *text, bool is_wanted)
{
    toc_buf screen = {0};
    room_screen(s->room, s->seat, &screen, false);
    if ((strstr(toc_buf_text(&screen), text) != NULL) != is_wanted)
        give_up(s, is_wanted ? "not on the screen:" : "on the screen:", text);
    toc_buf_fini(&screen);
}

static void compare(script *s, const char *rest)
{
    char *name = take_word(&rest);
    char *folder = toc_sprintf("%s/tests/fixtures/screens/%s", getenv("TOC_SOURCE_DIR"), s->name);
    char *path = toc_sprintf("%s/%s.txt", folder, name);
    toc_buf screen = {0}, golden = {0};
    toc_error e = {0};
    room_screen(s->room, s->seat, &screen, strcmp(rest, "plain") != 0);
    if (getenv("TOC_UPDATE_GOLDEN")) {
        mkdir(folder, 0755);
        FILE *f = fopen(path, "wb");
        ck_assert_msg(f && fwrite(screen.data, 1, screen.len, f) == screen.len && fclose(f) == 0,
                      "%s", path);
    } else if (toc_file_slurp(&golden, path, 1 << 20, &e)) {
        give_up(s, "no golden screen; make it with TOC_UPDATE_GOLDEN=1, and read it:", path);
    } else if (strcmp(toc_buf_text(&golden), toc_buf_text(&screen)) != 0) {
        // Check's own messages are too short for a screen.
        fprintf(stderr, "%s:%d: the screen differs from %s. Is:\n%s\nShould be:\n%s\n", s->path,
                s->line, path, toc_buf_text(&screen), toc_buf_text(&golden));
        ck_abort_msg("%s:%d: the screen differs from %s", s->path, s->line, path);
    }
    toc_buf_fini(&screen);
    toc_buf_fini(&golden);
    free(name);
    free(folder);
    free(path);
}

static bool has_pairs(const toc_event *ev, const char *rest)
{
    bool ok = true;
    while (ok && *rest) {
        char *pair = take_word(&rest), *is = strchr(pair, '=');
        toc_field f = TOC_F_COUNT;
        if (is) {
            *is = '\0';
            f = toc_field_find(pair);
        }
        const toc_value *v = f == TOC_F_COUNT ? NULL : toc_event_value(ev, f);
        char number[24] = "";
        if (v && !v->text)
            snprintf(number, sizeof number, "%lld", (long long)v->number);
        ok = v && (v->list ? v->count > 0 && strcmp(v->list[0], is + 1) == 0
                           : strcmp(v->text ? v->text : number, is + 1) == 0);
        free(pair);
    }
    return ok;
}

static void journal(script *s, const char *rest)
{
    const char *all = rest;
    char *kind = take_word(&rest);
    toc_kind k = toc_kind_find(kind);
    toc_events lines = {0};
    bool found = false;
    if (k == TOC_K_UNKNOWN)
        give_up(s, "no kind is called", kind);
    conduct_read(room_fixture(s->room), &lines);
    for (size_t i = 0; i < lines.count; i++)
        found |= lines.at[i].kind == k && has_pairs(&lines.at[i], rest);
    if (!found)
        give_up(s, "the journal holds no", all);
    toc_events_fini(&lines);
    free(kind);
}

static void do_line(script *s, const char *line)
{
    const char *rest = line;
    char *word = take_word(&rest);
    if (strcmp(word, "scenario") == 0) {
        snprintf(s->scenario, sizeof s->scenario, "%s", rest);
    } else if (strcmp(word, "control") == 0) {
        while (*rest && s->control_count < TOC_COUNT(s->control))
            s->control[s->control_count++] = take_word(&rest);
    } else if (strcmp(word, "recall") == 0) {
        s->recall_ms = strtol(rest, NULL, 10);
    } else if (strcmp(word, "ascii") == 0) {
        s->is_ascii = true;
    } else if (strcmp(word, "sit") == 0) {
        begin(s);
        snprintf(s->seat, sizeof s->seat, "%s", rest);
        room_sit(s->room, rest, s->is_ascii, s->recall_ms);
    } else if (strcmp(word, "at") == 0) {
        snprintf(s->seat, sizeof s->seat, "%s", rest);
    } else if (strcmp(word, "size") == 0) {
        char *end;
        long w = strtol(rest, &end, 10), h = strtol(end, NULL, 10);
        room_size(s->room, s->seat, (int)w, (int)h);
    } else if (strcmp(word, "keys") == 0) {
        press(s, rest);
    } else if (strcmp(word, "type") == 0) {
        room_type(s->room, s->seat, rest);
    } else if (strcmp(word, "paste") == 0) {
        char *text = unescape(rest);
        room_paste(s->room, s->seat, text);
        free(text);
    } else if (strcmp(word, "pass") == 0) {
        room_pass(s->room, duration(s, rest));
    } else if (strcmp(word, "cut") == 0 || strcmp(word, "mend") == 0) {
        room_link(s->room, s->seat, word[0] == 'm');
    } else if (strcmp(word, "editor") == 0) {
        char *text = unescape(rest);
        room_edited(s->room, text);
        free(text);
    } else if (strcmp(word, "file") == 0) {
        char *name = take_word(&rest), *text = unescape(rest);
        room_file(s->room, name, text);
        free(name);
        free(text);
    } else if (strcmp(word, "see") == 0 || strcmp(word, "unseen") == 0) {
        see(s, rest, word[0] == 's');
    } else if (strcmp(word, "rang") == 0) {
        int bells = room_bells(s->room, s->seat);
        char *count = toc_sprintf("%d", bells);
        if (strcmp(count, rest) != 0)
            give_up(s, "bells rang:", count);
        free(count);
    } else if (strcmp(word, "title") == 0) {
        const char *title = room_title(s->room, s->seat);
        if (!title || !strstr(title, rest))
            give_up(s, "the title is", title ? title : "not set");
    } else if (strcmp(word, "screen") == 0) {
        compare(s, rest);
    } else if (strcmp(word, "journal") == 0) {
        journal(s, rest);
    } else {
        give_up(s, "no line begins with", word);
    }
    free(word);
}

void room_run(const char *path)
{
    script s = {.path = path, .recall_ms = 5000};
    toc_buf text = {0};
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_file_slurp(&text, path, 1 << 20, &e), e);
    const char *slash = strrchr(path, '/');
    s.name = toc_strdup(slash ? slash + 1 : path);
    *strrchr(s.name, '.') = '\0';
    for (char *at = text.data; at && *at;) {
        char *end = strchr(at, '\n');
        if (end)
            *end = '\0';
        s.line++;
        at += strspn(at, " ");
        if (*at && *at != '#')
            do_line(&s, at);
        at = end ? end + 1 : NULL;
    }
    if (s.room) {
        conduct_verify(room_fixture(s.room));
        room_close(s.room);
    }
    for (size_t i = 0; i < s.control_count; i++)
        free(s.control[i]);
    free(s.name);
    toc_buf_fini(&text);
}
