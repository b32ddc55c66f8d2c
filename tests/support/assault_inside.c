// SPDX-License-Identifier: MIT
#include "assault.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"

enum { REQUEST_MAX = 65536, OVER_ONE = 100 }; // requests over one connection

// One request over a good connection; the reply is in out. False: none.
static bool ask(attacker *x, const char *bytes, size_t len, toc_buf *out)
{
    return attacker_ask(x, bytes, len, out, ASSAULT_STEP_MS);
}

// ---- nng's protocol -------------------------------------------------------------------------------------

static void bad_headers(assault *a)
{
    static const char *const headers[] = {"\0SP\1\0\x30\0", "\0XP\0\0\x30\0",
                                          "\0SP\0\0\x31\0", "\0SP\0\0\x10\0",
                                          "HTTP/1.",        "\377\377\377\377\377\377\377"};
    SSL_CTX *pass = assault_pass(a);
    for (int i = 0; i < a->rounds; i++) {
        attacker x;
        char header[8];
        memcpy(header, headers[(size_t)i % TOC_COUNT(headers)], 8);
        if (i % 7 == 6)
            RAND_bytes((unsigned char *)header, sizeof header);
        if (attacker_reach(&x, a->scene->ports[i % 2 ? ASSAULT_DESK : ASSAULT_NORTH]) &&
            attacker_enter(&x, pass, ASSAULT_STEP_MS) &&
            attacker_say(&x, header, 1 + (size_t)i % 8, ASSAULT_STEP_MS))
            a->tried++;
        else
            assault_fall(a, "no handshake for a good certificate");
        i % 3 ? attacker_leave(&x) : attacker_reset(&x);
    }
    SSL_CTX_free(pass);
}

// A length that is claimed, and how much of it comes.
static void claim(assault *a, SSL_CTX *pass, uint64_t claimed, size_t sent)
{
    attacker x;
    char head[8];
    char *body = toc_alloc(sent + 1);
    memset(body, 'x', sent);
    for (int i = 0; i < 8; i++)
        head[i] = (char)(claimed >> (56 - 8 * i));
    if (assault_enter(a, &x, pass, ASSAULT_DESK)) {
        attacker_say(&x, head, sizeof head, ASSAULT_STEP_MS);
        attacker_say(&x, body, sent, ASSAULT_STEP_MS);
        bool is_too_long = claimed > REQUEST_MAX;
        if (is_too_long) {
            attacker_hear(&x, SIZE_MAX, ASSAULT_STEP_MS);
            if (!x.is_ended)
                assault_fall(a, "a message over the limit is waited for");
        }
    } else {
        assault_fall(a, "the desk lets nobody in");
    }
    attacker_reset(&x);
    free(body);
    a->tried++;
}

static void claims(assault *a)
{
    SSL_CTX *pass = assault_pass(a);
    for (int i = 0; i < a->rounds; i++) {
        claim(a, pass, UINT64_C(1) << 40, 100);
        claim(a, pass, UINT64_MAX, 100);
        claim(a, pass, UINT64_C(1) << 63, 0);
        claim(a, pass, REQUEST_MAX + 1, REQUEST_MAX);
        claim(a, pass, REQUEST_MAX * 8, 1000);
        claim(a, pass, REQUEST_MAX, REQUEST_MAX - 1);
        claim(a, pass, REQUEST_MAX - 1, REQUEST_MAX / 2);
        claim(a, pass, 0, 0);
        claim(a, pass, 3, 3); // shorter than a request's number
    }
    SSL_CTX_free(pass);
}

// Requests at the limit are answered, those of one byte a record too.
static void limits_and_crumbs(assault *a)
{
    SSL_CTX *pass = assault_pass(a);
    toc_buf reply = {0}, frame = {0};
    for (int i = 0; i < a->rounds; i++) {
        attacker x;
        size_t len =
            i % 2 ? REQUEST_MAX - 4 : REQUEST_MAX - 5; // with its number 64 KiB, and one less
        char *body = toc_alloc(len + 1);
        memset(body, ' ', len);
        memcpy(body, "{\"op\":1}", 8);
        if (!assault_enter(a, &x, pass, ASSAULT_DESK) || !ask(&x, body, len, &reply) ||
            !strstr(reply.data + 4, "bad-request"))
            assault_fall(a, "a request of 64 KiB is not answered");
        toc_buf_clear(&frame);
        attacker_frame(&frame, 9, "{\"op\":2}", 8);
        for (size_t at = 0; at < frame.len; at++)
            attacker_say(&x, frame.data + at, 1, ASSAULT_STEP_MS);
        if (!attacker_message(&x, &reply, ASSAULT_STEP_MS) ||
            !strstr(reply.data + 4, "bad-request"))
            assault_fall(a, "a request in crumbs is not answered");
        attacker_leave(&x);
        free(body);
        a->tried += 2;
    }
    toc_buf_fini(&reply);
    toc_buf_fini(&frame);
    SSL_CTX_free(pass);
}

// ---- requests -----------------------------------------------------------------------------------------------

// A connection over which no seat has spoken is a stray, which the engine ends after ten seconds; on a slow machine that is
// before thousands of requests are answered. So every so many a new one is made.
static void enter_anew(assault *a, attacker *x, SSL_CTX *pass)
{
    attacker_leave(x);
    if (!assault_enter(a, x, pass, ASSAULT_DESK))
        assault_fall(a, "the desk lets nobody in");
}

// Each request gets a refusal with one of these codes, and the connection goes on.
static void must_refuse(assault *a, attacker *x, const char *bytes, size_t len)
{
    toc_buf reply = {0};
    a->tried++;
    if (!ask(x, bytes, len, &reply))
        assault_fall(a, "no answer to a bad request");
    else if (!strstr(reply.data + 4, "\"ok\":false"))
        assault_fall(a, reply.data + 4);
    toc_buf_fini(&reply);
}

static void must_refuse_text(assault *a, attacker *x, char *text)
{
    must_refuse(a, x, text, strlen(text));
    free(text);
}

static void bad_tokens(assault *a)
{
    SSL_CTX *pass = assault_pass(a);
    attacker x = ATTACKER_NONE;
    for (int i = 0; i < a->rounds && !x.is_ended; i++) {
        if (i % OVER_ONE == 0)
            enter_anew(a, &x, pass);
        char token[33];
        snprintf(token, sizeof token, "%016llx%016llx", (unsigned long long)toc_random_next(&a->r),
                 (unsigned long long)toc_random_next(&a->r));
        if (i % 4 == 1) // nearly
            snprintf(token, sizeof token, "%.31s%c", a->scene->north.token,
                     a->scene->north.token[31] == '0' ? '1' : '0');
        if (i % 4 == 2)
            snprintf(token, sizeof token, "%.*s", i % 32, a->scene->north.token);
        if (i % 4 == 3) // of a ticket that was revoked
            snprintf(token, sizeof token, "%s", a->scene->revoked.token);
        must_refuse_text(
            a, &x, toc_sprintf("{\"op\":\"join\",\"token\":\"%s\",\"id\":\"%016x-0\"}", token, i));
    }
    attacker_leave(&x);
    SSL_CTX_free(pass);
}

static void read_tickets(const assault *a, const char *const *seats, toc_ticket *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        toc_error e = {0};
        char *path = toc_sprintf("%s/tickets/%s.ticket", a->scene->folder, seats[i]);
        TOC_OK_OR_FAIL(toc_ticket_read(&out[i], path, NULL, &e), e);
        free(path);
    }
}

// One request with that token; what the reply says after its id, NULL for no reply. round: another id each time.
static const char *answer_to(attacker *x, const char *op, const char *token, int round,
                             toc_buf *out)
{
    static const char *const fields[][2] = {{"say", ",\"to\":[\"south\"],\"text\":\"forged\""},
                                            {"revoke", ",\"seat\":\"south-1\""},
                                            {"feed", ",\"from\":1"}};
    const char *more = "";
    for (size_t i = 0; i < TOC_COUNT(fields); i++)
        more = strcmp(op, fields[i][0]) == 0 ? fields[i][1] : more;
    char *id = strcmp(op, "join") == 0 ? toc_sprintf("%016x-0", 0xb0000000u + (unsigned)round)
                                       : toc_sprintf("s%d-%d", 1 + round % 6, 1 + round);
    char *text =
        toc_sprintf("{\"op\":\"%s\",\"token\":\"%s\",\"id\":\"%s\"%s}", op, token, id, more);
    const char *at = ask(x, text, strlen(text), out) ? strstr(out->data + 4, "\"ok\":") : NULL;
    free(id);
    free(text);
    return at;
}

// Everybody has everybody's tokens, and their own certificate. What they hear is, to the byte, what one hears whose token is
// nobody's; those who sit there go on, and so does a seat that is asked for all the while.
static void borrowed_tokens(assault *a)
{
    static const char *const seats[] = {"excon-1", "north-1", "north-2",
                                        "south-1", "west-1",  "board-1"};
    static const char *const ops[] = {"join", "status", "feed", "say", "end", "revoke"};
    static const char nobodys[] = "0123456789abcdef0123456789abcdef";
    enum { SEATS = TOC_COUNT(seats) };
    toc_ticket tickets[SEATS];
    toc_buf reply = {0}, to_strangers = {0};
    guest g;
    read_tickets(a, seats, tickets, SEATS);
    guest_sit(&g, a->scene->folder, "north-2");
    guest_join(&g);
    for (int round = 0; round < a->rounds; round++)
        for (size_t own = 0; own < SEATS; own++) {
            attacker x;
            SSL_CTX *pass = attacker_pass(tickets[own].certificate, tickets[own].key, 0);
            if (!assault_enter(a, &x, pass, ASSAULT_DESK))
                assault_fall(a, "the desk lets nobody in");
            const char *said = answer_to(&x, "ping", nobodys, round, &reply);
            toc_buf_clear(&to_strangers);
            toc_buf_str(&to_strangers, said && strstr(said, "\"no-seat\"") ? said : "no refusal");
            for (size_t k = 0; k < SEATS * TOC_COUNT(ops) && !x.is_ended; k++) {
                const char *op = ops[k % TOC_COUNT(ops)];
                size_t other = k / TOC_COUNT(ops);
                if (other == own)
                    continue;
                said = answer_to(&x, op, tickets[other].token, round, &reply);
                if (!said || strcmp(said, toc_buf_text(&to_strangers)) != 0)
                    assault_fall(a, said ? said : "no answer to another's token");
                a->tried++;
            }
            if (!strstr(guest_ask(&g, "status", ""), "\"ok\":true"))
                assault_fall(a, "a seat is disturbed by others who have its token");
            attacker_leave(&x);
            SSL_CTX_free(pass);
        }
    for (size_t i = 0; i < SEATS; i++)
        toc_ticket_fini(&tickets[i]);
    toc_buf_fini(&reply);
    toc_buf_fini(&to_strangers);
    guest_leave(&g);
}

// A request's number ends with a word whose top bit is set. REP looks for that word until the message ends, through what the engine
// adds to it, too: whoever sends none is to be cut off and not to be heard with half a certificate.
static void no_number(assault *a)
{
    SSL_CTX *pass = assault_pass(a);
    for (int i = 0; i < a->rounds; i++) {
        attacker x;
        toc_buf frame = {0};
        char body[16] = {0};
        for (size_t k = 0; k < sizeof body; k++)
            body[k] = i % 2 && k % 4 ? (char)toc_random_next(&a->r) : 0;
        attacker_frame(&frame, 0, body, (size_t)i % 13);
        if (!assault_enter(a, &x, pass, ASSAULT_DESK) ||
            !attacker_say(&x, frame.data, frame.len, ASSAULT_STEP_MS))
            assault_fall(a, "the desk lets nobody in");
        size_t heard = x.heard.len;
        attacker_hear(&x, SIZE_MAX, ASSAULT_STEP_MS);
        if (!x.is_ended || x.heard.len > heard)
            assault_fall(a, "a request without a number is heard");
        attacker_leave(&x);
        toc_buf_fini(&frame);
        a->tried++;
    }
    SSL_CTX_free(pass);
}

// With the attacker's own good token, but the sessions and ids of others: s1, s2 … are theirs.
static void others_sessions(assault *a)
{
    SSL_CTX *pass = assault_pass(a);
    attacker x = ATTACKER_NONE;
    for (int i = 0; i < a->rounds && !x.is_ended; i++) {
        if (i % OVER_ONE == 0)
            enter_anew(a, &x, pass);
        must_refuse_text(
            a, &x,
            toc_sprintf("{\"op\":\"say\",\"token\":\"%s\",\"id\":\"s%d-%d\",\"to\":[\"south\"],"
                        "\"text\":\"forged\"}",
                        a->scene->north.token, 1 + i % 4, 1 + i / 4));
    }
    attacker_leave(&x);
    SSL_CTX_free(pass);
}

static char *repeated(const char *head, const char *piece, size_t count, const char *tail)
{
    toc_buf out = {0};
    toc_buf_str(&out, head);
    for (size_t i = 0; i < count; i++)
        toc_buf_str(&out, piece);
    toc_buf_str(&out, tail);
    return toc_buf_take(&out);
}

static void bad_json(assault *a)
{
    SSL_CTX *pass = assault_pass(a);
    attacker x = ATTACKER_NONE;
    for (int i = 0; i < a->rounds && !x.is_ended; i++) {
        if (i % 5 == 0) // of a dozen requests each
            enter_anew(a, &x, pass);
        const char *t = a->scene->north.token;
        must_refuse_text(a, &x, repeated("", "[", 60000, ""));
        must_refuse_text(a, &x, repeated("{\"op\":", "{\"a\":", 10000, "1"));
        must_refuse_text(a, &x, repeated("[", "1,", 30000, "1]"));
        must_refuse_text(a, &x, repeated("{\"op\":\"ping\",\"n\":", "9", 400, "}"));
        must_refuse_text(a, &x, repeated("{\"op\":\"ping\",\"n\":1e", "9", 400, "}"));
        must_refuse_text(
            a, &x, toc_sprintf("{\"op\":\"ping\",\"token\":\"%s\\u0000x\",\"id\":\"s1-1\"}", t));
        must_refuse_text(
            a, &x,
            toc_sprintf("{\"op\":\"ping\",\"op\":\"end\",\"token\":\"%s\",\"id\":\"s1-1\"}", t));
        must_refuse_text(a, &x,
                         toc_sprintf("{\"op\":\"ping\",\"token\":\"%s\",\"id\":\"s1-1\"} {}", t));
        must_refuse_text(a, &x,
                         toc_sprintf("{\"op\":\"ping\",\"token\":[\"%s\"],\"id\":\"s1-1\"}", t));
        must_refuse(a, &x, "{\"op\":\"\377\376\"}", 12);
        must_refuse(a, &x, "{}\0{}", 5);
        must_refuse(a, &x, "", 0);
    }
    attacker_leave(&x);
    SSL_CTX_free(pass);
}

// A seat of the north's that obeys no rule but to have a ticket: it does one thing in earnest, and what it repeats or
// forges is not done.
static void forged_and_repeated(assault *a)
{
    guest g;
    guest_sit(&g, a->scene->folder, "north-2");
    guest_join(&g);
    static const char *const forged[] = {"\"by\":\"excon-1\"", "\"seat\":\"south-1\"",
                                         "\"wall\":\"x\"",     "\"as\":\"mayor\"",
                                         "\"serial\":\"1\"",   "\"seq\":1",
                                         "\"k\":\"close\"",    "\"session\":\"s1\""};
    for (size_t i = 0; i < TOC_COUNT(forged); i++) {
        char *fields = toc_sprintf(",\"to\":[\"south\"],\"text\":\"forged\",%s", forged[i]);
        if (!strstr(guest_ask(&g, "say", fields), "\"ok\":false"))
            assault_fall(a, forged[i]);
        free(fields);
        a->tried++;
    }
    static const char *const not_theirs[] = {"start",  "pause",   "end", "close",
                                             "revoke", "preview", "fire"};
    for (size_t i = 0; i < TOC_COUNT(not_theirs); i++) {
        if (!strstr(guest_ask(&g, not_theirs[i], ""), "\"ok\":false"))
            assault_fall(a, not_theirs[i]);
        a->tried++;
    }
    char *text = toc_sprintf("{\"op\":\"say\",\"token\":\"%s\",\"id\":\"%s-%d\",\"to\":[\"south\"],"
                             "\"text\":\"said once by north-2\"}",
                             g.ticket.token, g.session, ++g.counter);
    for (int i = 0; i < a->rounds; i++) {
        const char *reply = guest_send(&g, text, strlen(text));
        if (!reply || !strstr(reply, "\"ok\":true"))
            assault_fall(a, "a repeated request has another answer");
        a->tried++;
    }
    free(text);
    guest_leave(&g);
}

// Pages of the feed are asked for over and over, and nothing is read: neither replies nor the feed itself.
static void unread(assault *a)
{
    enum { LISTENERS = 16 };
    attacker deaf[LISTENERS];
    toc_buf owed[LISTENERS] = {0}; // a request that has not gone out whole
    bool is_asked[LISTENERS] = {0};
    guest g;
    guest_sit(&g, a->scene->folder, "north-2");
    guest_join(&g);
    SSL_CTX *pass = assault_pass(a);
    for (int i = 0; i < LISTENERS; i++)
        if (!assault_enter(a, &deaf[i], pass, i % 2 ? ASSAULT_DESK : ASSAULT_NORTH))
            assault_fall(a, "the desk lets nobody in");
    for (int i = 0; i < a->rounds; i++) {
        char *text = toc_sprintf("{\"op\":\"feed\",\"token\":\"%s\",\"id\":\"%s-%d\",\"from\":1}",
                                 g.ticket.token, g.session, ++g.counter);
        for (int k = 1; k < LISTENERS; k += 2) {
            if (owed[k].len == 0)
                attacker_frame(&owed[k], (uint32_t)i + 1, text, strlen(text));
            if (!attacker_say(&deaf[k], owed[k].data, owed[k].len, 20)) // its own queue may be full
                continue;
            toc_buf_clear(&owed[k]);
            is_asked[k] = true;
            a->tried++;
        }
        free(text);
    }
    for (int i = 0; i < LISTENERS; i++) {
        if (i % 2 && !is_asked[i])
            assault_fall(a, "a page cannot be asked for");
        toc_buf_fini(&owed[i]);
        attacker_reset(&deaf[i]);
    }
    SSL_CTX_free(pass);
    guest_leave(&g);
}

const attack assaults_inside[] = {
    {"bad headers after a good handshake", bad_headers, 120},
    {"lengths claimed, from 3 bytes to 16 EiB", claims, 4},
    {"requests of 64 KiB, and in crumbs", limits_and_crumbs, 10},
    {"bad, dead and nearly right tokens", bad_tokens, 2000},
    {"tokens of others over one's own certificate", borrowed_tokens, 8},
    {"requests without a number", no_number, 130},
    {"sessions and ids of others", others_sessions, 400},
    {"deep, doubled, cut and endless JSON", bad_json, 15},
    {"forged senders, and requests repeated", forged_and_repeated, 200},
    {"requests whose replies nobody reads", unread, 100},
    {0},
};
