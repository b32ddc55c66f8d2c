// SPDX-License-Identifier: MIT
#include "assault.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void assault_fall(assault *a, const char *why)
{
    a->fallen++;
    snprintf(a->why, sizeof a->why, "%s", why);
}

SSL_CTX *assault_pass(const assault *a)
{
    return attacker_pass(a->scene->north.certificate, a->scene->north.key, 0);
}

bool assault_enter(const assault *a, attacker *x, SSL_CTX *pass, int port)
{
    int protocol = port == ASSAULT_DESK ? ATTACKER_REQ : ATTACKER_SUB;
    return attacker_reach(x, a->scene->ports[port]) && attacker_enter(x, pass, ASSAULT_STEP_MS) &&
           attacker_greet(x, protocol, ASSAULT_STEP_MS);
}

// one: false if it did not come about.
static void for_each_port(assault *a, bool (*one)(assault *a, int port, int round))
{
    for (int round = 0; round < a->rounds; round++)
        for (int i = 0; i < ASSAULT_PORTS; i++)
            a->tried += one(a, i, round);
}

static bool reach(assault *a, attacker *x, int port)
{
    bool is_reached = attacker_reach(x, a->scene->ports[port]);
    if (!is_reached)
        assault_fall(a, "a port takes no connections");
    return is_reached;
}

// ---- what is done to a port ---------------------------------------------------------------------------

static bool touch(assault *a, int port, int round)
{
    attacker x;
    (void)round;
    bool is_reached = reach(a, &x, port);
    attacker_leave(&x);
    return is_reached;
}

static bool reset(assault *a, int port, int round)
{
    attacker x;
    (void)round;
    bool is_reached = reach(a, &x, port);
    attacker_reset(&x);
    return is_reached;
}

static bool drop(assault *a, int port, int round)
{
    attacker x;
    (void)round;
    bool is_reached = reach(a, &x, port);
    attacker_drop(&x);
    return is_reached;
}

static bool babble(assault *a, int port, int round)
{
    attacker x;
    unsigned char noise[4096];
    RAND_bytes(noise, sizeof noise);
    size_t len = 1 + toc_random_below(&a->r, sizeof noise);
    if (round % 2 == 0) // as if it were TLS
        memcpy(noise, "\x16\x03\x01\x10\x00\x01", 6);
    bool is_reached = reach(a, &x, port);
    if (is_reached)
        attacker_say(&x, noise, len, ASSAULT_STEP_MS); // it may be closed before all is said
    round % 3 ? attacker_leave(&x) : attacker_reset(&x);
    return is_reached;
}

static bool cut_hello(assault *a, int port, int round)
{
    attacker x;
    toc_buf hello = {0};
    attacker_hello(&hello);
    size_t len = ((size_t)round * 5 + 1) % hello.len;
    if (round % 4 == 3) // all of it, one byte wrong
        hello.data[len] ^= 0x20, len = hello.len;
    bool is_reached = reach(a, &x, port);
    if (is_reached)
        attacker_say(&x, hello.data, len, ASSAULT_STEP_MS);
    round % 2 ? attacker_drop(&x) : attacker_leave(&x);
    toc_buf_fini(&hello);
    return is_reached;
}

// Whoever has no certificate of an audience hears not one byte of its feed, and no nng at the desk.
static void knock(assault *a, SSL_CTX *pass, int port)
{
    attacker x;
    int64_t end = attacker_now() + ASSAULT_STEP_MS;
    if (!reach(a, &x, port))
        return;
    if (attacker_enter(&x, pass, ASSAULT_STEP_MS)) {
        attacker_greet(&x, port == ASSAULT_DESK ? ATTACKER_REQ : ATTACKER_SUB, ASSAULT_STEP_MS);
        if (!x.is_ended)
            assault_fall(a, "a stranger's connection was kept");
    } else if (attacker_now() >= end) {
        assault_fall(a, "a stranger has no answer");
    }
    if (x.heard.len > 0)
        assault_fall(a, "a stranger heard something");
    attacker_leave(&x);
    a->tried++;
}

static void knock_everywhere(assault *a, const char *certificate, const char *key, bool is_insider)
{
    SSL_CTX *pass = attacker_pass(certificate, key, 0);
    for (int round = 0; round < a->rounds; round++)
        for (int i = 0; i < ASSAULT_PORTS; i++)
            if (!is_insider || (i != ASSAULT_DESK && i != ASSAULT_NORTH))
                knock(a, pass, i);
    SSL_CTX_free(pass);
}

static void no_certificate(assault *a)
{
    knock_everywhere(a, NULL, NULL, false);
}

static void foreign_certificate(assault *a)
{
    knock_everywhere(a, a->scene->foreign.data, a->scene->foreign_key.data, false);
}

static void expired_certificate(assault *a)
{
    knock_everywhere(a, a->scene->expired.data, a->scene->expired_key.data, false);
}

static void revoked_certificate(assault *a)
{
    knock_everywhere(a, a->scene->revoked.certificate, a->scene->revoked.key, false);
}

static void other_audience(assault *a)
{
    knock_everywhere(a, a->scene->north.certificate, a->scene->north.key, true);
}

static void close_at_once(assault *a)
{
    for_each_port(a, touch);
}

static void reset_at_once(assault *a)
{
    for_each_port(a, reset);
}

static void fin_then_reset(assault *a)
{
    for_each_port(a, drop);
}

static void garbage(assault *a)
{
    for_each_port(a, babble);
}

static void half_handshakes(assault *a)
{
    for_each_port(a, cut_hello);
}

// ---- what is held open --------------------------------------------------------------------------------

// All are ended in their time.
static void see_ended(assault *a, attacker *all, int count)
{
    for (int i = attacker_ended(all, count, 3 * ASSAULT_STEP_MS); i < count; i++)
        assault_fall(a, "a connection that never became anything was kept");
}

// depth 0: bare TCP; 1: the beginning of a handshake; 2: through the handshake, and silent; 3: at the desk as a terminal is, and no seat
// ever speaks through it.
static void hold_open(assault *a, int count, int depth)
{
    attacker *all = toc_alloc((size_t)count * sizeof *all);
    SSL_CTX *pass = assault_pass(a);
    toc_buf hello = {0};
    attacker_hello(&hello);
    for (int i = 0; i < count; i++) {
        int port = depth < 2 ? i % ASSAULT_PORTS : ASSAULT_DESK;
        if (depth == 2 && i % 2 == 0)
            port = ASSAULT_NORTH;
        if (!attacker_reach(&all[i], a->scene->ports[port]))
            assault_fall(a, "a port takes no connections");
        else if (depth == 1)
            attacker_say(&all[i], hello.data, hello.len / 2, ASSAULT_STEP_MS);
        else if (depth >= 2 && !attacker_enter(&all[i], pass, ASSAULT_STEP_MS))
            assault_fall(a, "no handshake for a good certificate");
        else if (depth == 3)
            attacker_greet(&all[i], ATTACKER_REQ, ASSAULT_STEP_MS);
        a->tried++;
    }
    // Somebody comes in all the same.
    attacker one;
    if (!assault_enter(a, &one, pass, ASSAULT_DESK))
        assault_fall(a, "the desk lets nobody in");
    attacker_leave(&one);
    if (depth != 2)
        see_ended(a, all, count);
    for (int i = 0; i < count; i++)
        attacker_leave(&all[i]);
    SSL_CTX_free(pass);
    toc_buf_fini(&hello);
    free(all);
}

static void idle(assault *a)
{
    hold_open(a, a->rounds, 0);
}

static void begun(assault *a)
{
    hold_open(a, a->rounds, 1);
}

static void silent(assault *a)
{
    hold_open(a, a->rounds, 2);
}

static void seatless(assault *a)
{
    hold_open(a, a->rounds, 3);
}

// ---- TLS --------------------------------------------------------------------------------------------------

static void old_tls(assault *a)
{
    for (int i = 0; i < a->rounds; i++) {
        bool is_older = i % 2;
        SSL_CTX *pass = attacker_pass(a->scene->north.certificate, a->scene->north.key,
                                      is_older ? TLS1_1_VERSION : TLS1_2_VERSION);
        attacker x;
        bool is_in = assault_enter(a, &x, pass, ASSAULT_DESK);
        if (is_older && is_in)
            assault_fall(a, "TLS 1.1 is spoken");
        if (!is_older && !is_in)
            assault_fall(a, "a client of TLS 1.2 is not let in");
        attacker_leave(&x);
        SSL_CTX_free(pass);
        a->tried++;
    }
}

// New keys are wanted again and again, from a request that never ends.
static void new_keys(assault *a)
{
    SSL_CTX *pass = assault_pass(a);
    attacker x;
    if (!assault_enter(a, &x, pass, ASSAULT_DESK) || !attacker_say(&x, "", 1, ASSAULT_STEP_MS))
        assault_fall(a, "the desk lets nobody in");
    for (int i = 0; i < a->rounds && !x.is_ended; i++) {
        SSL_key_update(x.ssl, SSL_KEY_UPDATE_REQUESTED);
        SSL_do_handshake(x.ssl);
        attacker_hear(&x, SIZE_MAX, 0);
        a->tried++;
    }
    attacker_reset(&x);
    SSL_CTX_free(pass);
}

// TLS 1.2 knows a second handshake within the first connection. It is declined, by an alert or by the end of the connection.
static void renegotiations(assault *a)
{
    SSL_CTX *pass = attacker_pass(a->scene->north.certificate, a->scene->north.key, TLS1_2_VERSION);
    for (int i = 0; i < a->rounds && a->fallen < 3; i++) {
        attacker x;
        if (!assault_enter(a, &x, pass, ASSAULT_DESK)) {
            assault_fall(a, "the desk lets nobody in");
        } else if (SSL_renegotiate(x.ssl) != 1) {
            assault_fall(a, "a second handshake could not be asked for");
        } else {
            SSL_do_handshake(x.ssl);
            attacker_hear(&x, SIZE_MAX, ASSAULT_STEP_MS);
            if (!x.is_ended)
                assault_fall(a, SSL_renegotiate_pending(x.ssl) ? "a second handshake has no answer"
                                                               : "a second handshake was done");
            a->tried++;
        }
        attacker_reset(&x);
    }
    SSL_CTX_free(pass);
}

const attack assaults_outside[] = {
    {"connections closed at once", close_at_once, 1000},
    {"connections reset at once", reset_at_once, 1000},
    {"connections half closed, then reset", fin_then_reset, 300},
    {"connections of garbage", garbage, 60},
    {"TLS handshakes cut short or bent", half_handshakes, 100},
    {"connections without a certificate", no_certificate, 8},
    {"connections with a foreign certificate", foreign_certificate, 8},
    {"connections with an expired certificate", expired_certificate, 8},
    {"connections with a revoked certificate", revoked_certificate, 8},
    {"connections with another audience's certificate", other_audience, 10},
    {"TLS 1.2 and older", old_tls, 10},
    {"key updates in a flood", new_keys, 2000},
    {"second handshakes within a connection", renegotiations, 50},
    {"connections held open and idle", idle, 2000},
    {"handshakes begun and held", begun, 1000},
    {"handshakes done, and silence", silent, 300},
    {"connections of a ticket that no seat speaks through", seatless, 40},
    {0},
};
