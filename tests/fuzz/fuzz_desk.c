// SPDX-License-Identifier: MIT
// Whatever a seat sends, in a lobby or in play, the desk answers with whole JSON; what it says it took is in the journal;
// and the recording that comes of it all is one that verify finds no fault with.
//
// An input is lines. "lobby", as the first, says that play has not begun. "+" and more characters let ten seconds pass
// for each. A digit of a seat and an operation, with fields or without (1say "to":["press"],"text":"x"), is that seat's next
// request. Anything else is what somebody sends, as it is.
#include "fuzz.h"

#include <stdio.h>

#include "base/mem.h"
#include "hub/desk.h"
#include "record/json.h"
#include "small.h"

#define LINES 24

typedef struct {
    small s;
    toc_roster *roster;
    toc_desk *desk;
    char sessions[SMALL_SEATS][24];
    int counter;
} room;

static void token_of(size_t seat, char token[33])
{
    memset(token, '1' + (int)seat, 32);
    token[32] = '\0';
}

static toc_err issue(void *context, const char *seat, toc_error *e)
{
    (void)e;
    toc_roster_put(((room *)context)->roster, seat, "77777777777777777777777777777777", "07");
    return TOC_OK;
}

// Is it an input that was not taken before? If it is taken now, the journal must have grown. A join is apart: whoever sits there
// already, in that session, sits there still.
static bool is_new_input(room *r, const char *bytes, size_t len)
{
    toc_json *json;
    toc_answer first;
    bool is_new = false;
    if (toc_json_read(&json, bytes, len, TOC_JSON_DESK, NULL))
        return false;
    const char *op = toc_json_text(toc_json_get(json, "op"));
    const char *id = toc_json_text(toc_json_get(json, "id"));
    toc_kind kind = op ? toc_kind_find(op) : TOC_K_UNKNOWN;
    if (id && kind != TOC_K_UNKNOWN && kind != TOC_K_JOIN)
        is_new = toc_kind_class(kind) == TOC_CLASS_INPUT &&
                 !toc_sessions_answer(toc_conduct_sessions(r->s.c), id, &first);
    toc_json_free(json);
    return is_new;
}

// Whoever names a seat's token shows that seat's certificate.
static void serial_for(const char *bytes, size_t len, char serial[3])
{
    static const char key[] = "\"token\":\"";
    const size_t key_len = sizeof key - 1;
    memcpy(serial, "00", 3);
    for (size_t at = 0; at + key_len < len && serial[1] == '0'; at++)
        if (memcmp(bytes + at, key, key_len) == 0)
            serial[1] = bytes[at + key_len];
}

// Asks, and looks at the answer. The session that it names, if any, goes into session.
static void ask(room *r, const char *bytes, size_t len, char session[24])
{
    toc_reply reply;
    toc_json *json = NULL;
    toc_error e = {0};
    bool is_new = is_new_input(r, bytes, len);
    int64_t head = toc_conduct_head(r->s.c);
    char serial[3];
    serial_for(bytes, len, serial);
    toc_desk_handle(r->desk, r->s.mono, serial, bytes, len, &reply);
    assert(!reply.has_receipt || reply.waits == toc_conduct_head(r->s.c));
    int64_t grown = toc_conduct_head(r->s.c) - head;
    small_go(&r->s, 0);
    toc_reply_finish(&reply, r->s.c);
    toc_err err =
        toc_json_read(&json, toc_buf_text(&reply.text), reply.text.len, TOC_JSON_REPLY, &e);
    assert(!err && toc_json_get(json, "ok"));
    (void)err;
    bool is_taken = is_new && toc_json_true(toc_json_get(json, "ok"));
    assert(!is_taken || grown > 0);
    (void)is_taken, (void)grown;
    const char *named = toc_json_text(toc_json_get(json, "session"));
    if (session && named)
        snprintf(session, 24, "%s", named);
    toc_json_free(json);
    toc_buf_fini(&reply.text);
}

static void ask_as(room *r, size_t seat, const char *op, size_t op_len, const char *fields,
                   size_t fields_len)
{
    toc_buf text = {0};
    char token[33];
    token_of(seat, token);
    toc_buf_printf(&text, "{\"op\":\"%.*s\",\"token\":\"%s\",\"id\":\"%s-%d\"", (int)op_len, op,
                   token, r->sessions[seat], ++r->counter);
    if (fields_len > 0)
        toc_buf_char(&text, ',');
    toc_buf_add(&text, fields, fields_len);
    toc_buf_char(&text, '}');
    ask(r, text.data, text.len, NULL);
    toc_buf_fini(&text);
}

static void take_line(room *r, const char *line, size_t len)
{
    if (len > 0 && line[0] == '+') {
        small_go(&r->s, (int64_t)len * 10000);
    } else if (len > 1 && line[0] >= '1' && line[0] < '1' + SMALL_SEATS) {
        const char *space = memchr(line, ' ', len);
        size_t op = space ? (size_t)(space - line) : len, rest = space ? op + 1 : len;
        ask_as(r, (size_t)(line[0] - '1'), line + 1, op - 1, line + rest, len - rest);
    } else {
        ask(r, line, len, NULL);
    }
}

static void open_room(room *r, bool is_lobby)
{
    *r = (room){0};
    small_open(&r->s);
    r->roster = toc_roster_new();
    toc_desk_host host = {.context = r, .issue = issue};
    for (size_t i = 0; i < SMALL_SEATS; i++) {
        char token[33], serial[3] = {'0', (char)('1' + i), '\0'};
        token_of(i, token);
        toc_roster_put(r->roster, small_seats[i], token, serial);
    }
    r->desk = toc_desk_new(r->s.c, r->roster, &host);
    for (size_t i = 0; i < SMALL_SEATS; i++) {
        char token[33];
        token_of(i, token);
        char *join =
            toc_sprintf("{\"op\":\"join\",\"token\":\"%s\",\"id\":\"%016zx-0\"}", token, i);
        ask(r, join, strlen(join), r->sessions[i]);
        free(join);
    }
    if (!is_lobby)
        ask_as(r, 2, "start", 5, NULL, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    room r;
    const char *at = (const char *)data, *end = at + size;
    bool is_lobby = size >= 6 && memcmp(at, "lobby\n", 6) == 0;
    open_room(&r, is_lobby);
    at += is_lobby ? 6 : 0;
    for (int i = 0; i < LINES && at < end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t len = (size_t)((newline ? newline : end) - at);
        take_line(&r, at, len);
        at += len + 1;
    }
    if (size % 4 == 0) // it takes as long as all the rest
        small_judge(&r.s);
    toc_desk_free(r.desk);
    toc_roster_free(r.roster);
    small_close(&r.s);
    return 0;
}
