// SPDX-License-Identifier: MIT
// The desk without its sockets: request bytes in, reply bytes out.

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "conduct_fixture.h"
#include "hub/desk.h"
#include "record/json.h"
#include "seed.h"

#define OPS1  "11111111111111111111111111111111"
#define OPS2  "22222222222222222222222222222222"
#define PRESS "33333333333333333333333333333333"
#define EXCON "44444444444444444444444444444444"
#define EVAL  "55555555555555555555555555555555"
#define BOARD "66666666666666666666666666666666"

static conduct_fixture f;
static toc_roster *roster;
static toc_desk *desk;
static toc_buf said;   // the newest reply
static toc_buf alarms; // one line each
static toc_buf revoked, issued;
static const char *shown; // over which certificate is asked, by its serial; NULL: the token's own

static void on_alarm(void *context, const char *what, const char *text, const char *by)
{
    (void)context;
    toc_buf_printf(&alarms, "%s by %s: %s\n", what, by ? by : "-", text ? text : "");
}

static void on_revoked(void *context, const char *seat, const char *serial)
{
    (void)context;
    toc_buf_printf(&revoked, "%s %s\n", seat, serial ? serial : "-");
}

static toc_err issue(void *context, const char *seat, toc_error *e)
{
    (void)context, (void)e;
    toc_buf_printf(&issued, "%s\n", seat);
    toc_roster_put(roster, seat, "77777777777777777777777777777777", "07");
    return TOC_OK;
}

static void begin(void)
{
    static const toc_desk_host host = {NULL, on_alarm, on_revoked, issue};
    static const char *const seats[][3] = {{"ops-1", OPS1, "01"},       {"ops-2", OPS2, "02"},
                                           {"press-1", PRESS, "03"},    {"excon-1", EXCON, "04"},
                                           {"evaluator-1", EVAL, "05"}, {"board-1", BOARD, "06"}};
    roster = toc_roster_new();
    for (size_t i = 0; i < TOC_COUNT(seats); i++)
        toc_roster_put(roster, seats[i][0], seats[i][1], seats[i][2]);
    desk = toc_desk_new(f.c, roster, &host);
}

static void end(void)
{
    toc_desk_free(desk);
    toc_roster_free(roster);
}

static void setup(void)
{
    conduct_setup(&f, "");
    conduct_start(&f);
    begin();
}

static void teardown(void)
{
    end();
    conduct_teardown(&f);
    toc_buf_fini(&said);
    toc_buf_fini(&alarms);
    toc_buf_fini(&revoked);
    toc_buf_fini(&issued);
}

// A token of this file is one digit again and again, and its ticket's serial ends with that digit.
static const char *serial_for(const char *bytes)
{
    static const char *const serials[] = {"01", "02", "03", "04", "05", "06", "07"};
    const char *at = strstr(bytes, "\"token\":\"");
    const char *digit = at ? strchr("1234567", at[9]) : NULL;
    return shown ? shown : digit && *digit ? serials[*digit - '1'] : "00";
}

// Answers request bytes (a NUL follows them), commits, and puts the finished reply into said. Every reply must be whole JSON.
static void ask_bytes(const char *bytes, size_t len)
{
    toc_reply reply;
    toc_json *json;
    toc_error e = {0};
    toc_desk_handle(desk, f.mono, serial_for(bytes), bytes, len, &reply);
    conduct_commit(&f);
    toc_reply_finish(&reply, f.c);
    toc_buf_clear(&said);
    toc_buf_add(&said, reply.text.data, reply.text.len);
    toc_buf_fini(&reply.text);
    ck_assert_msg(toc_json_read(&json, said.data, said.len, TOC_JSON_REPLY, &e) == TOC_OK,
                  "%s in %s", e.msg, said.data);
    toc_json_free(json);
}

static const char *ask(const char *format, ...) TOC_PRINTF(1, 2);
static const char *ask(const char *format, ...)
{
    char text[65536 + 4096];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    ask_bytes(text, strlen(text));
    return said.data;
}

static void must_say(const char *text)
{
    ck_assert_msg(strstr(said.data, text) != NULL, "no %s in %s", text, said.data);
}

static void must_not_say(const char *text)
{
    ck_assert_msg(strstr(said.data, text) == NULL, "%s in %s", text, said.data);
}

static int nonce;

// Joins with a token; the session's name is in session.
static void join(const char *token, char session[16])
{
    ask("{\"op\":\"join\",\"token\":\"%s\",\"id\":\"%016x-0\"}", token, (unsigned)++nonce);
    must_say("\"ok\":true");
    const char *at = strstr(said.data, "\"session\":\"") + 11;
    snprintf(session, 16, "%.*s", (int)strcspn(at, "\""), at);
}

// ---- who asks ------------------------------------------------------------------------------------

START_TEST(strangers_get_no_receipt_and_learn_nothing)
{
    static const char *const bad[] = {
        "{\"op\":\"join\",\"token\":\"00\",\"id\":\"0123456789abcdef-0\"}",
        "{\"op\":\"join\",\"token\":\"\",\"id\":\"0123456789abcdef-0\"}",
        "{\"op\":\"join\",\"token\":17,\"id\":\"0123456789abcdef-0\"}",
        "{\"op\":\"status\",\"id\":\"s1-1\"}",
    };
    for (size_t i = 0; i < TOC_COUNT(bad); i++) {
        ask("%s", bad[i]);
        must_say("\"ok\":false,\"error\":{\"code\":\"no-seat\"");
        must_not_say("receipt");
        must_not_say("clock");
    }
}
END_TEST

// Whoever has a seat's token and a certificate, but not of one ticket, is told what a stranger is told, to the
// byte; and the seat goes on.
START_TEST(a_token_over_another_certificate_is_none)
{
    static const char *const tokens[] = {OPS1, OPS2, PRESS, EXCON, EVAL, BOARD};
    static const char *const serials[] = {"01", "02", "03", "04", "05", "06", "07", "00", ""};
    static const char *const ops[] = {"join", "ping", "status", "feed", "say", "revoke"};
    char sessions[TOC_COUNT(tokens)][16];
    for (size_t i = 0; i < TOC_COUNT(tokens); i++)
        join(tokens[i], sessions[i]);
    ask("{\"op\":\"ping\",\"token\":\"00\",\"id\":\"s1-1\"}");
    char *to_strangers = toc_strdup(strstr(said.data, "\"ok\""));
    int64_t head = toc_conduct_head(f.c);
    for (size_t i = 0; i < TOC_COUNT(tokens); i++)
        for (size_t k = 0; k < TOC_COUNT(serials); k++)
            for (size_t o = 0; o < TOC_COUNT(ops) && k != i; o++) {
                shown = serials[k];
                if (o == 0)
                    ask("{\"op\":\"join\",\"token\":\"%s\",\"id\":\"%016x-0\"}", tokens[i],
                        (unsigned)++nonce);
                else
                    ask("{\"op\":\"%s\",\"token\":\"%s\",\"id\":\"%s-7\"}", ops[o], tokens[i],
                        sessions[i]);
                ck_assert_str_eq(strstr(said.data, "\"ok\""), to_strangers);
            }
    shown = NULL;
    ck_assert_int_eq(toc_conduct_head(f.c), head);
    for (size_t i = 0; i < TOC_COUNT(tokens); i++) {
        ask("{\"op\":\"ping\",\"token\":\"%s\",\"id\":\"%s-7\"}", tokens[i], sessions[i]);
        must_say("\"ok\":true");
    }
    free(to_strangers);
}
END_TEST

START_TEST(hostile_bytes_are_answered_and_change_nothing)
{
    static const char *const bad[] = {
        "",
        "{",
        "null",
        "[]",
        "[1,2]",
        "\"x\"",
        "17",
        "{}",
        "{\"op\":1}",
        "{\"op\":\"join\"}",
        "{\"op\":\"join\",\"op\":\"close\",\"token\":\"" EXCON "\",\"id\":\"0123456789abcdef-0\"}",
        "{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"0123456789abcdef-0\"}{}",
        "{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"0123456789abcdef-0\",\"as\":\"excon-1\"}",
        "{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"0123456789abcdeF-0\"}",
        "{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"0123456789abcdef-1\"}",
        "{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"-0\"}",
        "{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"\"}",
        "{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"0123456789abcdef-0\",\"session\":7}",
        "{\"op\":\"join\",\"token\":\"" OPS1 "\\u0000\",\"id\":\"0123456789abcdef-0\"}",
        "{\"op\":\"j\xc3\",\"token\":\"" OPS1 "\",\"id\":\"0123456789abcdef-0\"}",
        "{\"op\":\"say\",\"token\":\"" OPS1 "\",\"id\":\"s1\"}",
        "{\"op\":\"say\",\"token\":\"" OPS1 "\",\"id\":\"s1-\"}",
        "{\"op\":\"say\",\"token\":\"" OPS1 "\",\"id\":\"s1-0\"}",
        "{\"op\":\"say\",\"token\":\"" OPS1 "\",\"id\":\"s1-007\"}",
        "{\"op\":\"say\",\"token\":\"" OPS1 "\",\"id\":\"s99999999999999999999999999-1\"}",
        "{\"op\":\"say\",\"token\":\"" OPS1 "\",\"id\":\"s1-99999999999999999999999999\"}",
    };
    int64_t head = toc_conduct_head(f.c);
    for (size_t i = 0; i < TOC_COUNT(bad); i++) {
        ask("%s", bad[i]);
        must_say("\"ok\":false,\"error\":{\"code\":\"bad-request\"");
    }
    ck_assert_int_eq(toc_conduct_head(f.c), head);
}
END_TEST

START_TEST(random_bytes_and_mutated_requests_never_break_the_desk)
{
    toc_random r;
    seed_random(&r, "desk");
    char session[16];
    join(OPS1, session);
    char *good = toc_sprintf("{\"op\":\"say\",\"token\":\"%s\",\"id\":\"%s-1\",\"to\":[\"press\"],"
                             "\"re\":1,\"text\":\"hello\"}",
                             OPS1, session);
    size_t len = strlen(good);
    for (int i = 0; i < 20000; i++) {
        char *bytes = toc_alloc(len + 8);
        memcpy(bytes, good, len);
        size_t size = len;
        for (uint64_t m = toc_random_below(&r, 4) + 1; m > 0; m--) {
            size_t at = (size_t)toc_random_below(&r, size);
            if (toc_random_below(&r, 3) == 0)
                bytes[at] = (char)toc_random_next(&r);
            else if (toc_random_below(&r, 2) == 0)
                bytes[at] = "{}[]\",:\\0-9"[toc_random_below(&r, 11)];
            else
                size = at + 1;
        }
        ask_bytes(bytes, size);
        free(bytes);
    }
    free(good);
    conduct_verify(&f);
}
END_TEST

START_TEST(sessions_are_numbered_and_an_older_one_is_told_that_it_was_taken_over)
{
    char a[16], b[16], c[16];
    join(OPS1, a);
    join(OPS2, b);
    join(OPS1, c);
    ck_assert_str_eq(a, "s1");
    ck_assert_str_eq(b, "s2");
    ck_assert_str_eq(c, "s3");
    ask("{\"op\":\"ping\",\"token\":\"" OPS1 "\",\"id\":\"s3-1\"}");
    must_say("{\"id\":\"s3-1\",\"ok\":true,\"receipt\":\"");
    ask("{\"op\":\"ping\",\"token\":\"" OPS1 "\",\"id\":\"s1-1\"}");
    must_say("taken-over");
    ask("{\"op\":\"ping\",\"token\":\"" OPS1 "\",\"id\":\"s2-1\"}"); // another seat's
    must_say("no-session");
    ask("{\"op\":\"ping\",\"token\":\"" OPS1 "\",\"id\":\"s9-1\"}");
    must_say("no-session");
}
END_TEST

START_TEST(a_repeated_join_opens_one_session_and_a_session_can_go_on)
{
    ask("{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"0123456789abcdef-0\"}");
    must_say("\"session\":\"s1\",\"head\":");
    int64_t head = toc_conduct_head(f.c);
    ask("{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"0123456789abcdef-0\"}");
    must_say("\"session\":\"s1\"");
    ask("{\"op\":\"join\",\"token\":\"" OPS1
        "\",\"id\":\"1123456789abcdef-0\",\"session\":\"s1\"}");
    must_say("\"session\":\"s1\"");
    ck_assert_int_eq(toc_conduct_head(f.c), head);
    ask("{\"op\":\"join\",\"token\":\"" OPS1
        "\",\"id\":\"2123456789abcdef-0\",\"session\":\"s7\"}");
    must_say("\"session\":\"s2\""); // not its newest: a new one
    ask("{\"op\":\"join\",\"token\":\"" OPS2 "\",\"id\":\"0123456789abcdef-0\"}");
    must_say("bad-request"); // another seat's id
}
END_TEST

START_TEST(a_seat_that_left_is_back_with_its_next_request)
{
    char s[16];
    toc_error e = {0};
    join(OPS1, s);
    TOC_OK_OR_FAIL(conduct_put(&f, "engine", "leave", &e, "seat", "ops-1", NULL), e);
    const toc_exercise *x = toc_conduct_exercise(f.c);
    size_t i = toc_exercise_seat_find(x, "ops-1");
    ck_assert(!toc_exercise_seat(x, i).is_present);
    ask("{\"op\":\"ping\",\"token\":\"" OPS1 "\",\"id\":\"s1-1\"}");
    must_say("\"ok\":true");
    ck_assert(toc_exercise_seat(x, i).is_present);
    ck_assert_str_eq(toc_exercise_seat(x, i).session, "s1");
}
END_TEST

START_TEST(a_receipt_that_the_journal_does_not_hold_raises_an_alarm)
{
    toc_buf receipt = {0};
    join(OPS1, (char[16]){0});
    toc_buf_add(&receipt, strstr(said.data, "\"receipt\":\"") + 11, 64);
    ask("{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"aaaaaaaaaaaaaaaa-0\",\"receipt\":\"%s\"}",
        receipt.data);
    must_say("\"ok\":true");
    ck_assert_uint_eq(alarms.len, 0);
    receipt.data[5] = receipt.data[5] == '0' ? '1' : '0';
    ask("{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"bbbbbbbbbbbbbbbb-0\",\"receipt\":\"%s\"}",
        receipt.data);
    must_say("\"ok\":true");
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&alarms), "unknown-receipt by ops-1"));
    toc_buf_fini(&receipt);
}
END_TEST

// ---- inputs --------------------------------------------------------------------------------------

START_TEST(roles_may_send_only_what_is_theirs)
{
    static const struct {
        const char *token, *allowed;
    } roles[] = {
        {OPS1, " read ack decide say forward submit sign-in sign-out emergency "},
        {EXCON,
         " start pause resume speed pace jump phase fire hold release skip move edit adhoc deliver "
         "drop wake extend intervene rule aware claim unclaim promise kept open-seat revoke "
         "reassign end close decide say forward observe mark-action rate sign-in sign-out "
         "emergency "},
        {EVAL, " aware observe mark-action rate sign-in sign-out emergency "},
        {BOARD, " sign-in sign-out emergency "},
    };
    for (size_t i = 0; i < TOC_COUNT(roles); i++) {
        char s[16];
        int counter = 0;
        join(roles[i].token, s);
        for (toc_kind k = 0; k < TOC_K_INJECT; k++) {
            char padded[40];
            if (k == TOC_K_JOIN)
                continue;
            snprintf(padded, sizeof padded, " %s ", toc_kind_name(k));
            // An unknown field keeps whatever is allowed from being done.
            ask("{\"op\":\"%s\",\"token\":\"%s\",\"id\":\"%s-%d\",\"nothing\":1}", toc_kind_name(k),
                roles[i].token, s, ++counter);
            must_say(strstr(roles[i].allowed, padded) ? "bad-request" : "not-allowed");
        }
        ask("{\"op\":\"inject\",\"token\":\"%s\",\"id\":\"%s-%d\"}", roles[i].token, s, ++counter);
        must_say("unknown-op");
        ask("{\"op\":\"sit\",\"token\":\"%s\",\"id\":\"%s-%d\"}", roles[i].token, s, ++counter);
        must_say("unknown-op");
    }
}
END_TEST

START_TEST(who_and_when_are_never_the_requests_to_say)
{
    static const char *const fields[] = {"\"by\":\"excon-1\"", "\"wall\":\"2000\"",
                                         "\"seq\":1",          "\"t\":5",
                                         "\"cause\":1",        "\"serial\":\"00\""};
    char s[16];
    join(EXCON, s);
    for (size_t i = 0; i < TOC_COUNT(fields); i++) {
        ask("{\"op\":\"revoke\",\"token\":\"" EXCON "\",\"id\":\"%s-%zu\",\"seat\":\"ops-1\",%s}",
            s, i + 1, fields[i]);
        must_say("bad-request");
    }
}
END_TEST

START_TEST(fields_have_their_types_and_limits)
{
    char s[16];
    join(OPS1, s);
    static const char *const bad[] = {
        "\"to\":\"press\",\"text\":\"x\"",
        "\"to\":[1],\"text\":\"x\"",
        "\"to\":{\"a\":1},\"text\":\"x\"",
        "\"to\":[\"press\"],\"text\":7",
        "\"to\":[\"press\"],\"text\":null",
        "\"to\":[\"press\"]",
        "\"text\":\"x\"",
        "\"to\":[\"press\"],\"text\":\"\\u001b[2J\"",
        "\"to\":[\"press\"],\"text\":\"\\u007f\"",
        "\"to\":[\"press\"],\"text\":\"x\",\"re\":1.5",
        "\"to\":[\"press\"],\"text\":\"x\",\"re\":-1",
        "\"to\":[\"press\"],\"text\":\"x\",\"re\":\"1\"",
    };
    int counter = 0;
    for (size_t i = 0; i < TOC_COUNT(bad); i++) {
        ask("{\"op\":\"say\",\"token\":\"" OPS1 "\",\"id\":\"%s-%d\",%s}", s, ++counter, bad[i]);
        must_say("bad-request");
    }
    char *text = toc_alloc(16386);
    memset(text, 'x', 16385);
    ask("{\"op\":\"say\",\"token\":\"" OPS1
        "\",\"id\":\"%s-%d\",\"to\":[\"press\"],\"text\":\"%s\"}",
        s, ++counter, text);
    must_say("bad-request");
    text[16384] = '\0';
    ask("{\"op\":\"say\",\"token\":\"" OPS1
        "\",\"id\":\"%s-%d\",\"to\":[\"press\"],\"text\":\"%s\"}",
        s, ++counter, text);
    must_say("\"ok\":true");
    free(text);
    ask("{\"op\":\"say\",\"token\":\"" OPS1 "\",\"id\":\"%s-%d\",\"to\":[\"press\"],\"text\":\"x\","
        "\"re\":99}",
        s, ++counter);
    must_say("not-found");
}
END_TEST

START_TEST(items_are_named_by_the_numbers_of_ones_own_feed)
{
    char a[16], b[16];
    join(OPS1, a);
    join(PRESS, b);
    conduct_do(&f, "excon-1", "start");
    conduct_run(&f, 11 * CONDUCT_MIN);
    // In ops' feed the inject has another number than its seq.
    const toc_feed *ops = toc_conduct_feed(f.c, 1);
    int64_t n = toc_feed_head(ops);
    while (n > 0 && !strstr(toc_feed_line(ops, n), "\"inject\":\"I-1\""))
        n--;
    ck_assert_int_gt(n, 0);
    ask("{\"op\":\"read\",\"token\":\"" OPS1 "\",\"id\":\"%s-1\",\"item\":%lld}", a, (long long)n);
    must_say("\"ok\":true");
    toc_events events;
    conduct_read(&f, &events);
    ck_assert_int_eq(toc_event_int(&events.at[events.count - 1], TOC_F_ITEM), toc_feed_seq(ops, n));
    toc_events_fini(&events);
    ask("{\"op\":\"read\",\"token\":\"" PRESS "\",\"id\":\"%s-1\",\"item\":%lld}", b,
        (long long)toc_feed_seq(ops, n)); // the seq is no number of press' feed
    must_say("\"ok\":false");
}
END_TEST

START_TEST(a_repeated_id_gets_its_first_answer_even_after_a_resume)
{
    char s[16];
    join(OPS1, s);
    ask("{\"op\":\"say\",\"token\":\"" OPS1
        "\",\"id\":\"s1-1\",\"to\":[\"press\"],\"text\":\"once\"}");
    must_say("\"ok\":true");
    int64_t head = toc_conduct_head(f.c);
    ask("{\"op\":\"say\",\"token\":\"" OPS1
        "\",\"id\":\"s1-1\",\"to\":[\"press\"],\"text\":\"once\"}");
    must_say("\"ok\":true");
    ask("{\"op\":\"decide\",\"token\":\"" OPS1
        "\",\"id\":\"s1-2\",\"decision\":\"D-1\",\"option\":\"yes\"}");
    must_say("\"code\":\"refused\"");
    char *first = toc_strdup(strstr(said.data, "\"text\""));
    *strstr(first, "}") = '\0';
    ck_assert_int_eq(toc_conduct_head(f.c), head);
    conduct_do(&f, "excon-1", "start");
    conduct_run(&f, 6 * CONDUCT_MIN);
    // It would be taken by now, but it was refused; and again after it was answered.
    ask("{\"op\":\"decide\",\"token\":\"" OPS1
        "\",\"id\":\"s1-2\",\"decision\":\"D-1\",\"option\":\"yes\"}");
    must_say(first);
    free(first);
    conduct_run(&f, 10 * CONDUCT_MIN);
    ask("{\"op\":\"decide\",\"token\":\"" OPS1
        "\",\"id\":\"s1-3\",\"decision\":\"D-1\",\"option\":\"yes\"}");
    must_say("\"code\":\"late\"");
    end();
    conduct_kill(&f);
    conduct_resume(&f);
    begin();
    head = toc_conduct_head(f.c);
    ask("{\"op\":\"say\",\"token\":\"" OPS1
        "\",\"id\":\"s1-1\",\"to\":[\"press\"],\"text\":\"once\"}");
    must_say("\"ok\":true");
    ask("{\"op\":\"decide\",\"token\":\"" OPS1
        "\",\"id\":\"s1-3\",\"decision\":\"D-1\",\"option\":\"yes\"}");
    must_say("\"code\":\"late\"");
    ck_assert_int_eq(toc_conduct_head(f.c), head);
}
END_TEST

START_TEST(a_real_emergency_is_called_out_at_once)
{
    char s[16];
    join(BOARD, s);
    ask("{\"op\":\"emergency\",\"token\":\"" BOARD
        "\",\"id\":\"%s-1\",\"text\":\"fire in the hall\"}",
        s);
    must_say("\"ok\":true");
    ck_assert_str_eq(alarms.data, "emergency by board-1: fire in the hall\n");
    ask("{\"op\":\"emergency\",\"token\":\"" BOARD
        "\",\"id\":\"%s-1\",\"text\":\"fire in the hall\"}",
        s);
    ck_assert_str_eq(alarms.data, "emergency by board-1: fire in the hall\n"); // once
    toc_buf_clear(&alarms);
    join(OPS1, s);
    ask("{\"op\":\"sign-in\",\"token\":\"" OPS1 "\",\"id\":\"%s-1\",\"name\":\"R. Lind\"}", s);
    ask("{\"op\":\"emergency\",\"token\":\"" OPS1 "\",\"id\":\"%s-2\"}", s);
    ck_assert_str_eq(alarms.data, "emergency by R. Lind, Operations (ops-1): \n");
}
END_TEST

START_TEST(seats_are_revoked_and_opened_again_with_new_tickets)
{
    char s[16], x[16];
    join(EXCON, x);
    join(OPS1, s);
    ask("{\"op\":\"open-seat\",\"token\":\"" EXCON "\",\"id\":\"%s-1\",\"seat\":\"ops-1\"}", x);
    must_say("is open already");
    ck_assert_uint_eq(issued.len, 0);
    ask("{\"op\":\"revoke\",\"token\":\"" EXCON "\",\"id\":\"%s-2\",\"seat\":\"ops-1\"}", x);
    must_say("\"ok\":true");
    ck_assert_str_eq(revoked.data, "ops-1 01\n");
    ask("{\"op\":\"ping\",\"token\":\"" OPS1 "\",\"id\":\"%s-1\"}", s);
    must_say("no-seat");
    toc_events events;
    conduct_read(&f, &events);
    ck_assert_str_eq(toc_event_str(&events.at[events.count - 1], TOC_F_SERIAL), "01");
    toc_events_fini(&events);
    ask("{\"op\":\"open-seat\",\"token\":\"" EXCON "\",\"id\":\"%s-3\",\"seat\":\"ops-1\"}", x);
    must_say("\"ok\":true,\"ticket_file\":\"tickets/ops-1.ticket\"");
    ck_assert_str_eq(issued.data, "ops-1\n");
    ask("{\"op\":\"open-seat\",\"token\":\"" EXCON "\",\"id\":\"%s-3\",\"seat\":\"ops-1\"}", x);
    must_say("\"ticket_file\":\"tickets/ops-1.ticket\"");
    ck_assert_str_eq(issued.data, "ops-1\n");
    ask("{\"op\":\"open-seat\",\"token\":\"" EXCON "\",\"id\":\"%s-4\",\"seat\":\"mayor-1\"}", x);
    must_say("\"code\":\"refused\"");
    join("77777777777777777777777777777777", s);
    conduct_verify(&f);
}
END_TEST

START_TEST(a_closed_exercise_takes_nothing_but_tells_its_state)
{
    char x[16];
    join(EXCON, x);
    ask("{\"op\":\"close\",\"token\":\"" EXCON "\",\"id\":\"%s-1\"}", x);
    must_say("\"ok\":true");
    ask("{\"op\":\"say\",\"token\":\"" EXCON "\",\"id\":\"%s-2\",\"to\":[\"ops\"],\"text\":\"x\"}",
        x);
    must_say("\"code\":\"closed\"");
    ask("{\"op\":\"status\",\"token\":\"" EXCON "\",\"id\":\"%s-3\"}", x);
    must_say("\"state\":\"closed\"");
}
END_TEST

// ---- what is read --------------------------------------------------------------------------------

START_TEST(status_tells_a_team_its_own_and_nothing_else)
{
    char s[16];
    join(PRESS, s);
    conduct_do(&f, "excon-1", "start");
    conduct_run(&f, 6 * CONDUCT_MIN);
    ask("{\"op\":\"status\",\"token\":\"" PRESS "\",\"id\":\"%s-1\"}", s);
    must_say("\"clock\":{\"t\":360000,\"state\":\"running\",\"emergency\":false,\"speed\":1000,"
             "\"pace\":1000,\"story\":\"2026-01-01 08:06Z\",\"length\":3600000}");
    must_say("\"exercise\":{\"id\":\"fixture\",\"title\":\"Fixture\",\"marking\":\"TLP:CLEAR\"}");
    must_say("\"team\":{\"id\":\"press\",\"name\":\"Press office\",");
    must_say("\"contacts\":[[\"ops\",\"Operations\"]]");
    must_say("\"seats\":[{\"seat\":\"press-1\",\"team\":\"press\",\"present\":true}]");
    must_not_say("decisions"); // none of its own was asked
    must_not_say("msel");
    must_not_say("D-1");
    must_not_say("I-3");
    must_not_say("excon-1");
}
END_TEST

START_TEST(status_tells_control_everything)
{
    char s[16];
    join(EVAL, s);
    conduct_do(&f, "excon-1", "start");
    conduct_run(&f, 21 * CONDUCT_MIN);
    ask("{\"op\":\"status\",\"token\":\"" EVAL "\",\"id\":\"%s-1\"}", s);
    must_say(
        "{\"inject\":\"I-1\",\"title\":\"Fog\",\"to\":[\"ops\"],\"state\":\"sent\",\"sent\":600000,"
        "\"channel\":\"phone\",\"readers\":0,\"acks\":0");
    must_say(
        "{\"inject\":\"I-2\",\"title\":\"More fog\",\"to\":[\"ops\",\"press\"],\"state\":\"held\"");
    must_say("{\"decision\":\"D-1\",\"title\":\"Close the "
             "harbour?\",\"team\":\"ops\",\"state\":\"overdue\"");
    must_say("{\"seat\":\"evaluator-1\",\"team\":\"control\",\"present\":true,\"session\":\"s1\","
             "\"silent\":0}");
    must_say("\"parties\":[[\"police\",\"Police\"]]");
    must_say("\"objectives\":[[\"OBJ-1\",\"Warn the press office\"]]");
    must_not_say("more");
}
END_TEST

START_TEST(a_long_msel_comes_in_pages)
{
    end();
    conduct_teardown(&f);
    conduct_setup(&f, "for i = 1, 60 do inject(\"X-\" .. i) { to = { \"ops\" }, from = \"X\","
                      " channel = \"email\", title = \"T\", text = \"t\","
                      " notes = (\"n\"):rep(8000) } end\n");
    conduct_start(&f);
    begin();
    char s[16];
    join(EXCON, s);
    ask("{\"op\":\"status\",\"token\":\"" EXCON "\",\"id\":\"%s-1\"}", s);
    ck_assert_uint_le(said.len, 256 * 1024);
    must_say("\"more\":");
    size_t seen = 0;
    for (int page = 2; page < 20; page++) {
        for (const char *at = said.data; (at = strstr(at, "{\"inject\":")); at++)
            seen++;
        const char *more = strstr(said.data, "\"more\":");
        if (!more)
            break;
        ask("{\"op\":\"status\",\"token\":\"" EXCON "\",\"id\":\"%s-%d\",\"from\":%d}", s, page,
            atoi(more + 7));
    }
    ck_assert_uint_eq(seen, 63);
}
END_TEST

static const char world[] =
    "service 'grid' { domain = 'energy', name = 'Grid', users = 10, seen_by = 'ops', public = true,"
    " notes = 'secret' }\n"
    "service 'voice' { domain = 'cyber', name = 'Voice', seen_by = { 'press' },"
    " needs = { { 'grid', strength = 60, autonomy = '1h', source = 'assumption' } } }\n"
    "service 'hidden' { domain = 'space', name = 'Hidden', needs = { { 'voice' } } }\n"
    "repair 'lines' { service = 'grid', name = 'Lines', work = '2h', needs = { { 'voice', level = "
    "30 } } }\n"
    "repair 'later' { service = 'grid', name = 'Later', work = '2h' }\n"
    "phase 'day-2' { title = 'Day 2', story = '2026-01-02 07:00' }\n"
    "expect 'EXP-1' { team = 'press', text = 'Warn', by = 'T+2m', product = 'warning',"
    " contingency = 'I-3', release = 'manual' }\n"
    "expect 'EXP-2' { team = 'press', text = 'Again', by = 'T+50m', product = 'warning' }\n"
    "expect 'EXP-3' { team = 'press', text = 'Third', by = 'aware I-3 +10m' }\n"
    "storyline 'w' (function () wait '1m' set('grid', 50) start_repair 'lines' end)\n";

static void begin_world(void)
{
    end();
    conduct_teardown(&f);
    conduct_setup(&f, world);
    conduct_start(&f);
    begin();
    conduct_do(&f, "excon-1", "start");
    conduct_run(&f, 3 * CONDUCT_MIN);
}

START_TEST(status_tells_each_audience_the_services_it_may_see)
{
    char s[16];
    begin_world();
    join(OPS1, s);
    ask("{\"op\":\"status\",\"token\":\"" OPS1 "\",\"id\":\"%s-1\"}", s);
    must_say("\"services\":[{\"service\":\"grid\",\"name\":\"Grid\",\"domain\":\"energy\","
             "\"users\":10,\"level\":500000,\"why\":\"own\",\"since\":\"2026-01-01 08:01Z\","
             "\"trend\":\"improving\",\"next\":{\"at\":\"2026-01-01 10:01Z\",\"level\":1000000,"
             "\"why\":\"repaired\"},\"needs\":[]}]");
    must_say("\"repairs\":[{\"repair\":\"lines\",\"name\":\"Lines\",\"service\":\"grid\","
             "\"state\":\"running\",\"left\":118,\"crews\":1,\"done_at\":\"2026-01-01 10:01Z\"}]");
    must_not_say("oice");
    must_not_say("ater"); // a repair that was not begun
    must_not_say("secret");
    must_not_say("EXP-");
    must_not_say("warning");
    must_not_say("day-2");
    join(PRESS, s);
    ask("{\"op\":\"status\",\"token\":\"" PRESS "\",\"id\":\"%s-1\"}", s);
    must_say("\"needs\":[{\"strength\":600000,\"autonomy\":60,");
    must_say("\"source\":\"assumption\"}]");
    must_say("\"products\":[\"warning\"]");
    must_not_say("rid\"");
    must_not_say("idden");
    must_not_say("EXP-");
    join(BOARD, s);
    ask("{\"op\":\"status\",\"token\":\"" BOARD "\",\"id\":\"%s-1\"}", s);
    must_say("\"service\":\"grid\"");
    must_not_say("needs");
    must_not_say("oice");
}
END_TEST

// A time is an answer to "why" too: whoever may not know the cause is not told when it ends.
START_TEST(what_hangs_on_a_hidden_cause_has_no_outlook)
{
    static const char hidden_cause[] =
        "service 'root' { domain = 'energy', name = 'Root' }\n"
        "service 'ferry' { domain = 'transport', name = 'Ferry', seen_by = { 'press', 'ops' },"
        " needs = { { 'root' } } }\n"
        "service 'kiosk' { domain = 'transport', name = 'Kiosk', seen_by = 'press',"
        " needs = { { 'ferry' } } }\n"
        "service 'pump' { domain = 'energy', name = 'Pump', seen_by = 'press' }\n"
        "repair 'lines' { service = 'root', name = 'Lines', work = '2h' }\n"
        "repair 'seal' { service = 'pump', name = 'Seal', work = '3h' }\n"
        "storyline 'w' (function () wait '1m' set('root', 0) set('pump', 50)"
        " start_repair 'lines' start_repair 'seal' end)\n";
    char s[16];
    end();
    conduct_teardown(&f);
    conduct_setup(&f, hidden_cause);
    conduct_start(&f);
    begin();
    conduct_do(&f, "excon-1", "start");
    conduct_run(&f, 3 * CONDUCT_MIN);
    join(PRESS, s);
    ask("{\"op\":\"status\",\"token\":\"" PRESS "\",\"id\":\"%s-1\"}", s);
    must_say("\"service\":\"ferry\",\"name\":\"Ferry\",\"domain\":\"transport\",\"users\":0,"
             "\"level\":0,\"why\":\"provider\",\"since\":\"2026-01-01 08:01Z\",\"needs\"");
    must_say("\"because\":\"ferry\",\"why\":\"provider\",\"since\":\"2026-01-01 08:01Z\",\"needs\"");
    must_not_say("10:01");
    must_say("\"trend\":\"improving\",\"next\":{\"at\":\"2026-01-01 11:01Z\""); // of its own
    join(EXCON, s);
    ask("{\"op\":\"status\",\"token\":\"" EXCON "\",\"id\":\"%s-1\"}", s);
    must_say("\"next\":{\"at\":\"2026-01-01 10:01Z\",\"level\":1000000,\"why\":\"provider\"}");
}
END_TEST

START_TEST(status_tells_control_the_world_the_phases_and_what_is_expected)
{
    char s[16];
    begin_world();
    join(EVAL, s);
    ask("{\"op\":\"status\",\"token\":\"" EVAL "\",\"id\":\"%s-1\"}", s);
    must_say("\"own\":500000,\"notes\":\"secret\"");
    must_say("\"needs\":[{\"provider\":\"grid\",\"strength\":600000");
    must_say("\"service\":\"hidden\"");
    must_say("\"repair\":\"later\"");
    must_say(
        "\"phases\":[{\"phase\":\"day-2\",\"title\":\"Day 2\",\"story\":\"2026-01-02 07:00Z\"}]");
    must_say("\"expectations\":[{\"expectation\":\"EXP-1\",\"team\":\"press\",\"text\":\"Warn\","
             "\"state\":\"overdue\",\"deadline\":120000,\"product\":\"warning\","
             "\"contingency\":\"I-3\",\"manual\":true,\"then\":\"held\"}");
    must_say("\"state\":\"planned\",\"due\":300000}");
    must_say("\"expectation\":\"EXP-3\",\"team\":\"press\",\"text\":\"Third\",\"state\":\"planned\","
             "\"starts\":\"aware\",\"hangs_on\":\"I-3\"}");
    must_not_say("products");
    toc_error e = {0};
    TOC_OK_OR_FAIL(conduct_put(&f, "excon-1", "phase", &e, "phase", "day-2", NULL), e);
    ask("{\"op\":\"status\",\"token\":\"" EVAL "\",\"id\":\"%s-2\"}", s);
    must_say("\"story\":\"2026-01-02 07:00Z\",\"current\":true}]");
}
END_TEST

// Who counts its way through the pages must not learn how much there is that it may not see.
START_TEST(what_an_audience_may_not_see_is_not_counted_on_its_pages)
{
    char s[16];
    begin_world();
    join(OPS1, s); // sees the grid and a repair of it; two services stand between them
    ask("{\"op\":\"status\",\"token\":\"" OPS1 "\",\"id\":\"%s-1\",\"from\":1}", s);
    must_not_say("services");
    must_say("\"repairs\":[{\"repair\":\"lines\"");
    must_say("\"left\":118"); // of this minute, though no service was asked for
    ask("{\"op\":\"status\",\"token\":\"" OPS1 "\",\"id\":\"%s-2\",\"from\":2}", s);
    must_not_say("repairs");
}
END_TEST

START_TEST(a_deadlock_is_control_s_to_know)
{
    end();
    conduct_teardown(&f);
    conduct_setup(&f,
                  "service 'a' { domain = 'd', name = 'A', seen_by = 'all', needs = { { 'b' } } }\n"
                  "service 'b' { domain = 'd', name = 'B', seen_by = 'all', needs = { { 'a' } } }\n"
                  "storyline 'w' (function () set('a', 0) set('a', 100) wait '1m'"
                  " set('b', 0) wait '1m' set('b', 100) end)\n");
    conduct_start(&f);
    begin();
    conduct_do(&f, "excon-1", "start");
    conduct_run(&f, 3 * CONDUCT_MIN);
    char s[16];
    join(EVAL, s);
    ask("{\"op\":\"status\",\"token\":\"" EVAL "\",\"id\":\"%s-1\"}", s);
    must_say("\"deadlocked\":true");
    join(PRESS, s);
    ask("{\"op\":\"status\",\"token\":\"" PRESS "\",\"id\":\"%s-1\"}", s);
    must_say("\"service\":\"a\"");
    must_not_say("deadlock");
}
END_TEST

START_TEST(services_and_injects_share_the_pages)
{
    end();
    conduct_teardown(&f);
    conduct_setup(&f, "for i = 1, 60 do service(\"s\" .. i) { domain = \"d\", name = \"S\","
                      " notes = (\"n\"):rep(8000) } end\n"
                      "for i = 1, 30 do inject(\"X-\" .. i) { to = \"ops\", from = \"X\","
                      " title = \"T\", text = \"t\", notes = (\"n\"):rep(8000) } end\n");
    conduct_start(&f);
    begin();
    char s[16];
    join(EXCON, s);
    ask("{\"op\":\"status\",\"token\":\"" EXCON "\",\"id\":\"%s-1\"}", s);
    size_t services = 0, injects = 0;
    int pages = 1;
    for (;; pages++) {
        ck_assert_uint_le(said.len, 256 * 1024);
        for (const char *at = said.data; (at = strstr(at, "{\"inject\":")); at++)
            injects++;
        for (const char *at = said.data; (at = strstr(at, "{\"service\":")); at++)
            services++;
        const char *more = strstr(said.data, "\"more\":");
        if (!more)
            break;
        ask("{\"op\":\"status\",\"token\":\"" EXCON "\",\"id\":\"%s-%d\",\"from\":%d}", s,
            pages + 1, atoi(more + 7));
    }
    ck_assert_int_ge(pages, 3);
    ck_assert_uint_eq(services, 60);
    ck_assert_uint_eq(injects, 33);
}
END_TEST

START_TEST(a_feed_is_fetched_in_pages_without_gaps)
{
    char s[16];
    join(OPS1, s);
    ask("{\"op\":\"feed\",\"token\":\"" OPS1 "\",\"id\":\"%s-1\",\"from\":9}", s);
    must_say("\"lines\":[],\"head\":");
    toc_error e = {0};
    char *text = toc_alloc(16001);
    memset(text, 'x', 16000);
    for (int i = 0; i < 40; i++)
        TOC_OK_OR_FAIL(conduct_put(&f, "press-1", "say", &e, "to", "ops", "text", text, NULL), e);
    free(text);
    conduct_commit(&f);
    int64_t from = 1, head = toc_feed_head(toc_conduct_feed(f.c, 1));
    for (int page = 2; from <= head; page++) {
        toc_json *json;
        ck_assert_int_lt(page, 20);
        ask("{\"op\":\"feed\",\"token\":\"" OPS1 "\",\"id\":\"%s-%d\",\"from\":%lld}", s, page,
            (long long)from);
        ck_assert_uint_le(said.len, 256 * 1024);
        TOC_OK_OR_FAIL(toc_json_read(&json, said.data, said.len, TOC_JSON_REPLY, &e), e);
        const toc_json *line = toc_json_first(toc_json_get(json, "lines"));
        ck_assert_ptr_nonnull(line);
        for (; line; line = toc_json_next(line)) {
            int64_t n;
            ck_assert(toc_json_int(toc_json_get(line, "n"), &n));
            ck_assert_int_eq(n, from++);
        }
        toc_json_free(json);
    }
    ask("{\"op\":\"feed\",\"token\":\"" OPS1 "\",\"id\":\"%s-90\",\"from\":0}", s);
    must_say("bad-request");
    ask("{\"op\":\"feed\",\"token\":\"" OPS1 "\",\"id\":\"%s-91\"}", s);
    must_say("bad-request");
}
END_TEST

START_TEST(attachments_go_to_those_who_received_them_in_whole)
{
    char a[16], b[16], x[16];
    join(OPS1, a);
    join(PRESS, b);
    join(EXCON, x);
    ask("{\"op\":\"attachment\",\"token\":\"" OPS1 "\",\"id\":\"%s-1\",\"path\":\"files/map.bin\","
        "\"part\":1}",
        a);
    must_say("not-found"); // not sent yet
    conduct_do(&f, "excon-1", "start");
    conduct_run(&f, 11 * CONDUCT_MIN);
    toc_buf whole = {0};
    for (int part = 1; part <= 5; part++) {
        ask("{\"op\":\"attachment\",\"token\":\"" OPS1
            "\",\"id\":\"%s-%d\",\"path\":\"files/map.bin\","
            "\"part\":%d}",
            a, part + 1, part);
        must_say("\"size\":600000");
        must_say("\"parts\":5,");
        const char *data = strstr(said.data, "\"data\":\"") + 8;
        toc_error e = {0};
        TOC_OK_OR_FAIL(toc_base64_decode(&whole, data, strcspn(data, "\""), &e), e);
    }
    const toc_file *file = toc_files_find(f.files, "files/map.bin");
    ck_assert_uint_eq(whole.len, file->size);
    ck_assert(memcmp(whole.data, file->data, file->size) == 0);
    toc_buf_fini(&whole);
    static const char *const bad[] = {"\"path\":\"files/map.bin\",\"part\":6",
                                      "\"path\":\"files/map.bin\",\"part\":9007199254740991",
                                      "\"path\":\"scenario.lua\",\"part\":1",
                                      "\"path\":\"../seal.key\",\"part\":1"};
    for (size_t i = 0; i < TOC_COUNT(bad); i++) {
        ask("{\"op\":\"attachment\",\"token\":\"" EXCON "\",\"id\":\"%s-%zu\",%s}", x, i + 1,
            bad[i]);
        must_say("not-found");
    }
    ask("{\"op\":\"attachment\",\"token\":\"" PRESS "\",\"id\":\"%s-1\",\"path\":\"files/map.bin\","
        "\"part\":1}",
        b);
    must_say("not-found"); // not theirs
    ask("{\"op\":\"attachment\",\"token\":\"" EXCON "\",\"id\":\"%s-9\",\"path\":\"files/map.bin\","
        "\"part\":1}",
        x);
    must_say("\"ok\":true");
}
END_TEST

// ---- durability ----------------------------------------------------------------------------------

START_TEST(a_reply_waits_for_what_it_was_made_from)
{
    toc_reply reply;
    const char *request = "{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"0123456789abcdef-0\"}";
    toc_desk_handle(desk, f.mono, "01", request, strlen(request), &reply);
    ck_assert_int_eq(reply.waits, toc_conduct_head(f.c));
    ck_assert_int_gt(reply.waits, toc_conduct_durable(f.c));
    ck_assert_str_eq(reply.seat, "ops-1");
    conduct_commit(&f);
    ck_assert_int_le(reply.waits, toc_conduct_durable(f.c));
    toc_buf_fini(&reply.text);
}
END_TEST

START_TEST(a_reply_whose_lines_were_not_recorded_says_so)
{
    toc_reply reply;
    const char *request = "{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"0123456789abcdef-0\"}";
    toc_desk_handle(desk, f.mono, "01", request, strlen(request), &reply);
    toc_error why = {TOC_EIO, 0, "the disk is full"};
    toc_conduct_done(f.c, f.mono, toc_conduct_batch(f.c), TOC_EIO, &why);
    toc_reply_finish(&reply, f.c);
    ck_assert_ptr_nonnull(strstr(reply.text.data, "{\"id\":\"0123456789abcdef-0\",\"ok\":false,"
                                                  "\"error\":{\"code\":\"recording-failed\""));
    ck_assert_ptr_null(strstr(reply.text.data, "session"));
    toc_buf_fini(&reply.text);
    toc_desk_handle(desk, f.mono, "02",
                    "{\"op\":\"join\",\"token\":\"" OPS2 "\",\"id\":\"1123456789abcdef-0\"}",
                    strlen(request), &reply);
    ck_assert_int_eq(reply.waits, 0);
    toc_reply_finish(&reply, f.c);
    ck_assert_ptr_nonnull(strstr(reply.text.data, "recording-failed"));
    toc_buf_fini(&reply.text);
}
END_TEST

// Answers without a commit: there is none any more.
static const char *ask_failed(const char *op, const char *session, int counter, const char *fields)
{
    toc_reply reply;
    char *text = toc_sprintf("{\"op\":\"%s\",\"token\":\"" OPS1 "\",\"id\":\"%s-%d\"%s}", op,
                             session, counter, fields);
    toc_desk_handle(desk, f.mono, "01", text, strlen(text), &reply);
    toc_reply_finish(&reply, f.c);
    toc_buf_clear(&said);
    toc_buf_add(&said, reply.text.data, reply.text.len);
    toc_buf_fini(&reply.text);
    free(text);
    return said.data;
}

// A terminal that heard nothing asks again; a screen asks how things stand.
START_TEST(nothing_that_was_not_recorded_is_told_after_recording_failed)
{
    static const char fog[] = ",\"to\":[\"press\"],\"text\":\"Fog\"";
    char session[16];
    toc_reply lost;
    toc_error why = {TOC_EIO, 0, "the disk is full"};
    join(OPS1, session);
    char *say = toc_sprintf("{\"op\":\"say\",\"token\":\"" OPS1 "\",\"id\":\"%s-1\"%s}", session, fog);
    toc_desk_handle(desk, f.mono, "01", say, strlen(say), &lost);
    free(say);
    toc_conduct_done(f.c, f.mono, toc_conduct_batch(f.c), TOC_EIO, &why);
    toc_reply_drop(&lost); // its connection is gone
    ck_assert_ptr_nonnull(strstr(ask_failed("say", session, 1, fog), "\"recording-failed\""));
    ck_assert_ptr_nonnull(strstr(ask_failed("status", session, 2, ""), "\"recording-failed\""));
    ck_assert_ptr_nonnull(strstr(ask_failed("feed", session, 3, ",\"from\":1"), "\"ok\":true"));
    ck_assert_ptr_nonnull(strstr(ask_failed("ping", session, 4, ""), "\"ok\":true"));
}
END_TEST

// ---- who is there --------------------------------------------------------------------------------

// So many seconds go by, in which these sessions ping every five; the engine looks at the seats every two.
static void let_pass(int seconds, const char *token, const char *session)
{
    static int counter = 1000;
    for (int i = 1; i <= seconds; i++) {
        f.mono += 1000;
        if (token && i % 5 == 0)
            ask("{\"op\":\"ping\",\"token\":\"%s\",\"id\":\"%s-%d\"}", token, session, ++counter);
        if (i % 2 == 0)
            toc_desk_watch(desk, f.mono);
        conduct_commit(&f);
    }
}

static bool is_present(const char *seat)
{
    const toc_exercise *x = toc_conduct_exercise(f.c);
    return toc_exercise_seat(x, toc_exercise_seat_find(x, seat)).is_present;
}

START_TEST(a_terminal_that_is_not_heard_has_left_once_and_is_back_when_it_is_heard)
{
    char a[16], b[16];
    join(OPS1, a);
    join(OPS2, b);
    let_pass(18, OPS1, a);
    ck_assert(is_present("ops-2"));
    let_pass(60, OPS1, a);
    ck_assert(is_present("ops-1"));
    ck_assert(!is_present("ops-2"));
    ck_assert_uint_eq(conduct_count(&f, "leave"), 1);
    ck_assert_int_ge(conduct_t(&f, "leave", TOC_F_REASON, "not heard for 20 s"), 0);
    ask("{\"op\":\"ping\",\"token\":\"" OPS2 "\",\"id\":\"%s-1\"}", b);
    must_say("\"ok\":true");
    ck_assert(is_present("ops-2"));
    ck_assert_uint_eq(conduct_count(&f, "join"), 3);
    conduct_verify(&f);
}
END_TEST

START_TEST(pings_write_no_lines)
{
    char s[16];
    join(OPS1, s);
    int64_t head = toc_conduct_head(f.c);
    let_pass(120, OPS1, s);
    ck_assert_int_eq(toc_conduct_head(f.c), head);
}
END_TEST

START_TEST(an_engine_that_stood_still_itself_takes_nobody_for_gone)
{
    char s[16];
    join(OPS1, s);
    let_pass(4, NULL, NULL);
    f.mono += 3600000; // stopped, and continued
    toc_desk_watch(desk, f.mono);
    ck_assert(is_present("ops-1"));
    let_pass(18, NULL, NULL);
    ck_assert(is_present("ops-1"));
    let_pass(4, NULL, NULL);
    ck_assert(!is_present("ops-1"));
}
END_TEST

START_TEST(seats_tells_control_who_sits_where_and_how_long_they_are_silent)
{
    char a[16], x[16];
    join(OPS1, a);
    join(EXCON, x);
    ask("{\"op\":\"sign-in\",\"token\":\"" OPS1 "\",\"id\":\"%s-1\",\"name\":\" R. Lind \"}", a);
    must_say("\"ok\":true");
    f.mono += 7300;
    ask("{\"op\":\"ping\",\"token\":\"" OPS1 "\",\"id\":\"%s-2\"}", a);
    f.mono += 3900;
    ask("{\"op\":\"seats\",\"token\":\"" EXCON "\",\"id\":\"%s-1\"}", x);
    must_say(
        "\"seats\":[{\"seat\":\"ops-1\",\"team\":\"ops\",\"present\":true,\"name\":\"R. Lind\","
        "\"since\":\"2026-11-21T18:16:40.000Z\",\"session\":\"s1\",\"silent\":3,\"idle\":11}");
    must_say("{\"seat\":\"ops-2\",\"team\":\"ops\",\"present\":false}");
    must_say("\"clock\":{");
    must_not_say("msel");
    ask("{\"op\":\"seats\",\"token\":\"" OPS1 "\",\"id\":\"%s-3\"}", a);
    must_say("not-allowed");
    ask("{\"op\":\"status\",\"token\":\"" OPS1 "\",\"id\":\"%s-4\"}", a);
    must_say("{\"seat\":\"ops-1\",\"team\":\"ops\",\"present\":true,\"name\":\"R. "
             "Lind\",\"since\":\"2026");
    must_not_say("silent");
    must_not_say("idle");
}
END_TEST

START_TEST(of_two_terminals_with_one_ticket_the_newer_stays_and_nothing_flaps)
{
    char a[16], b[16];
    join(OPS1, a);
    join(OPS1, b);
    ck_assert_uint_eq(conduct_count(&f, "join"), 2); // EXCON's feed shows it
    for (int i = 1; i < 40; i++) {
        f.mono += 5000;
        ask("{\"op\":\"ping\",\"token\":\"" OPS1 "\",\"id\":\"%s-%d\"}", a, i);
        must_say("taken-over");
        // It was away, and comes back by itself.
        ask("{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"%016x-0\",\"session\":\"%s\"}",
            (unsigned)++nonce, a);
        must_say("taken-over");
        ask("{\"op\":\"ping\",\"token\":\"" OPS1 "\",\"id\":\"%s-%d\"}", b, i);
        must_say("\"ok\":true");
        toc_desk_watch(desk, f.mono);
    }
    ck_assert_uint_eq(conduct_count(&f, "join"), 2);
    // The old one's pings are no sign of life of the new one.
    for (int i = 40; i < 48; i++) {
        f.mono += 5000;
        ask("{\"op\":\"ping\",\"token\":\"" OPS1 "\",\"id\":\"%s-%d\"}", a, i);
        toc_desk_watch(desk, f.mono);
    }
    ck_assert(!is_present("ops-1"));
    // Nobody sits there now: whoever comes back may.
    ask("{\"op\":\"join\",\"token\":\"" OPS1 "\",\"id\":\"%016x-0\",\"session\":\"%s\"}",
        (unsigned)++nonce, a);
    must_say("\"session\":\"s3\"");
}
END_TEST

START_TEST(a_reassigned_seat_gets_a_ticket_of_the_other_team_and_its_terminal_is_told)
{
    char a[16], x[16];
    join(OPS2, a);
    join(EXCON, x);
    ask("{\"op\":\"reassign\",\"token\":\"" EXCON
        "\",\"id\":\"%s-1\",\"seat\":\"ops-2\",\"team\":\"pres\"}",
        x);
    must_say("there is no team pres; did you mean press?");
    ask("{\"op\":\"reassign\",\"token\":\"" EXCON
        "\",\"id\":\"%s-2\",\"seat\":\"ops-2\",\"team\":\"press\",\"new_seat\":\"press-9\"}",
        x);
    must_say("bad-request");
    ck_assert_uint_eq(issued.len, 0);
    for (int i = 0; i < 2; i++) { // the second time it is the first answer again
        ask("{\"op\":\"reassign\",\"token\":\"" EXCON
            "\",\"id\":\"%s-3\",\"seat\":\"ops-2\",\"team\":\"press\"}",
            x);
        must_say("\"ok\":true,\"ticket_file\":\"tickets/press-2.ticket\"");
    }
    ck_assert_str_eq(issued.data, "press-2\n");
    ck_assert_str_eq(revoked.data, "ops-2 02\n");
    ask("{\"op\":\"ping\",\"token\":\"" OPS2 "\",\"id\":\"%s-1\"}", a);
    must_say("no-seat");
    must_say("your seat was reassigned: ask EXCON for the ticket of press-2");
    must_not_say("receipt");
    shown = "01"; // their neighbour's certificate: it is not they who ask
    ask("{\"op\":\"ping\",\"token\":\"" OPS2 "\",\"id\":\"%s-1\"}", a);
    must_say("no-seat");
    must_not_say("reassigned");
    shown = NULL;
    ask("{\"op\":\"join\",\"token\":\"77777777777777777777777777777777\",\"id\":\"%016x-0\"}",
        (unsigned)++nonce);
    must_say("\"session\":\"s3\"");
    conduct_verify(&f);
}
END_TEST

// ---- preview -------------------------------------------------------------------------------------

START_TEST(a_preview_tells_what_a_jump_would_do_and_does_nothing)
{
    char x[16], a[16];
    join(EXCON, x);
    join(OPS1, a);
    conduct_do(&f, "excon-1", "start");
    conduct_run(&f, 6 * CONDUCT_MIN);
    int64_t head = toc_conduct_head(f.c);
    ask("{\"op\":\"preview\",\"token\":\"" EXCON "\",\"id\":\"%s-1\",\"until\":1500000}", x);
    must_say("\"preview\":[{\"t\":600000,\"k\":\"inject\",\"inject\":\"I-1\",\"title\":\"Fog\","
             "\"to\":[\"ops\"]},"
             "{\"t\":900000,\"k\":\"overdue\",\"decision\":\"D-1\",\"team\":\"ops\"},"
             "{\"t\":1200000,\"k\":\"held\",\"inject\":\"I-2\",\"reason\":\"waits for release by "
             "EXCON\"}],"
             "\"levels\":0");
    ask("{\"op\":\"preview\",\"token\":\"" EXCON
        "\",\"id\":\"%s-2\",\"until\":1500000,\"skip\":[\"I-1\"],\"keep\":[\"D-1\"]}",
        x);
    must_say("\"preview\":[{\"t\":1200000,\"k\":\"held\"");
    ask("{\"op\":\"preview\",\"token\":\"" EXCON
        "\",\"id\":\"%s-3\",\"until\":1500000,\"skip\":[\"I-9\"]}",
        x);
    must_say("\"code\":\"refused\"");
    ask("{\"op\":\"preview\",\"token\":\"" EXCON "\",\"id\":\"%s-4\",\"until\":60000}", x);
    must_say("jumps forward only");
    ask("{\"op\":\"preview\",\"token\":\"" EXCON "\",\"id\":\"%s-5\"}", x);
    must_say("needs \\\"until\\\"");
    ask("{\"op\":\"preview\",\"token\":\"" OPS1 "\",\"id\":\"%s-1\",\"until\":1500000}", a);
    must_say("not-allowed");
    ck_assert_int_eq(toc_conduct_head(f.c), head);
}
END_TEST

static void wait_for(toc_reply *out, const char *token, const char *session, int number)
{
    char *text = toc_sprintf("{\"op\":\"preview\",\"token\":\"%s\",\"id\":\"%s-%d\",\"until\":%d}",
                             token, session, number, 1500000 + number);
    toc_desk_handle(desk, f.mono, serial_for(text), text, strlen(text), out);
    ck_assert_ptr_nonnull(out->preview);
    free(text);
}

START_TEST(one_preview_a_seat_waits_and_the_newest_is_the_one)
{
    char x[16];
    toc_reply older, newer;
    toc_preview *spare, *first;
    join(EXCON, x);
    conduct_do(&f, "excon-1", "start");
    conduct_commit(&f);
    wait_for(&older, EXCON, x, 1);
    first = older.preview;
    wait_for(&newer, EXCON, x, 1); // it was sent again
    ck_assert_int_eq(toc_reply_meet(&older, &newer, &spare), TOC_MEETING_SAME);
    ck_assert_ptr_null(spare);
    ck_assert_ptr_null(older.preview);
    ck_assert_ptr_eq(newer.preview, first);
    toc_reply_drop(&older);
    older = newer;
    wait_for(&newer, EXCON, x, 2);
    ck_assert_int_eq(toc_reply_meet(&older, &newer, &spare), TOC_MEETING_NEWER);
    ck_assert_ptr_eq(spare, first);
    toc_preview_free(spare);
    toc_reply_finish(&older, f.c);
    char *head = toc_sprintf("{\"id\":\"%s-1\",\"ok\":false,\"error\":{\"code\":\"superseded\"", x);
    ck_assert_msg(strncmp(older.text.data, head, strlen(head)) == 0, "%s", older.text.data);
    ck_assert_ptr_nonnull(strstr(older.text.data, "\"receipt\""));
    free(head);
    toc_buf_fini(&older.text);
    older = newer; // somebody else's stays
    snprintf(newer.seat, sizeof newer.seat, "excon-2");
    ck_assert_int_eq(toc_reply_meet(&older, &newer, &spare), TOC_MEETING_APART);
    toc_reply_finish(&newer, f.c);
    ck_assert_ptr_nonnull(strstr(newer.text.data, "\"preview\":[{"));
    toc_buf_fini(&newer.text);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, strangers_get_no_receipt_and_learn_nothing);
    tcase_add_test(tc, a_token_over_another_certificate_is_none);
    tcase_add_test(tc, hostile_bytes_are_answered_and_change_nothing);
    tcase_add_test(tc, random_bytes_and_mutated_requests_never_break_the_desk);
    tcase_add_test(tc, sessions_are_numbered_and_an_older_one_is_told_that_it_was_taken_over);
    tcase_add_test(tc, a_repeated_join_opens_one_session_and_a_session_can_go_on);
    tcase_add_test(tc, a_seat_that_left_is_back_with_its_next_request);
    tcase_add_test(tc, a_receipt_that_the_journal_does_not_hold_raises_an_alarm);
    tcase_add_test(tc, roles_may_send_only_what_is_theirs);
    tcase_add_test(tc, who_and_when_are_never_the_requests_to_say);
    tcase_add_test(tc, fields_have_their_types_and_limits);
    tcase_add_test(tc, items_are_named_by_the_numbers_of_ones_own_feed);
    tcase_add_test(tc, a_repeated_id_gets_its_first_answer_even_after_a_resume);
    tcase_add_test(tc, a_real_emergency_is_called_out_at_once);
    tcase_add_test(tc, seats_are_revoked_and_opened_again_with_new_tickets);
    tcase_add_test(tc, a_closed_exercise_takes_nothing_but_tells_its_state);
    tcase_add_test(tc, status_tells_a_team_its_own_and_nothing_else);
    tcase_add_test(tc, status_tells_control_everything);
    tcase_add_test(tc, a_long_msel_comes_in_pages);
    tcase_add_test(tc, status_tells_each_audience_the_services_it_may_see);
    tcase_add_test(tc, what_hangs_on_a_hidden_cause_has_no_outlook);
    tcase_add_test(tc, status_tells_control_the_world_the_phases_and_what_is_expected);
    tcase_add_test(tc, what_an_audience_may_not_see_is_not_counted_on_its_pages);
    tcase_add_test(tc, a_deadlock_is_control_s_to_know);
    tcase_add_test(tc, services_and_injects_share_the_pages);
    tcase_add_test(tc, a_feed_is_fetched_in_pages_without_gaps);
    tcase_add_test(tc, attachments_go_to_those_who_received_them_in_whole);
    tcase_add_test(tc, a_reply_waits_for_what_it_was_made_from);
    tcase_add_test(tc, a_reply_whose_lines_were_not_recorded_says_so);
    tcase_add_test(tc, nothing_that_was_not_recorded_is_told_after_recording_failed);
    tcase_add_test(tc, a_terminal_that_is_not_heard_has_left_once_and_is_back_when_it_is_heard);
    tcase_add_test(tc, pings_write_no_lines);
    tcase_add_test(tc, an_engine_that_stood_still_itself_takes_nobody_for_gone);
    tcase_add_test(tc, seats_tells_control_who_sits_where_and_how_long_they_are_silent);
    tcase_add_test(tc, of_two_terminals_with_one_ticket_the_newer_stays_and_nothing_flaps);
    tcase_add_test(tc, a_reassigned_seat_gets_a_ticket_of_the_other_team_and_its_terminal_is_told);
    tcase_add_test(tc, a_preview_tells_what_a_jump_would_do_and_does_nothing);
    tcase_add_test(tc, one_preview_a_seat_waits_and_the_newest_is_the_one);
}

TOC_CHECK_MAIN("desk", add_tests)
