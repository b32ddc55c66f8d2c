// SPDX-License-Identifier: MIT
#include "hub/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "crypto/crypto.h"

typedef struct {
    char *seat, *token, *serial;
    char *farewell; // dead: what its bearer is told, or NULL
    bool is_dead;
} ticket;

struct toc_roster {
    ticket *tickets; // every ticket there ever was
    size_t count, capacity;
    toc_map *tokens; // SHA-256 of the token → its ticket
    toc_map *seats;  // → the seat's newest ticket
    toc_map *revoked;
};

static const ticket *find_ticket(const toc_roster *r, const char *token, const char *serial);
static void hash_token(const char *token, char hash[TOC_HASH_HEX + 1]);

toc_roster *toc_roster_new(void)
{
    toc_roster *r = toc_alloc(sizeof *r);
    r->tokens = toc_map_new();
    r->seats = toc_map_new();
    r->revoked = toc_map_new();
    return r;
}

void toc_roster_free(toc_roster *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->count; i++) {
        free(r->tickets[i].seat);
        free(r->tickets[i].token);
        free(r->tickets[i].serial);
        free(r->tickets[i].farewell);
    }
    free(r->tickets);
    toc_map_free(r->tokens);
    toc_map_free(r->seats);
    toc_map_free(r->revoked);
    free(r);
}

void toc_roster_put(toc_roster *r, const char *seat, const char *token, const char *serial)
{
    int64_t old;
    if (toc_map_get(r->seats, seat, &old))
        r->tickets[old].is_dead = true;
    char hash[TOC_HASH_HEX + 1];
    hash_token(token, hash);
    toc_map_put(r->tokens, hash, (int64_t)r->count);
    toc_map_put(r->seats, seat, (int64_t)r->count);
    TOC_GROW(r->tickets, r->count, r->capacity);
    r->tickets[r->count++] = (ticket){
        .seat = toc_strdup(seat),
        .token = toc_strdup(token),
        .serial = toc_strdup(serial),
        .is_dead = toc_map_get(r->revoked, serial, NULL),
    };
}

void toc_roster_revoke(toc_roster *r, const char *serial)
{
    toc_map_put(r->revoked, serial, 1);
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->tickets[i].serial, serial) == 0)
            r->tickets[i].is_dead = true;
}

void toc_roster_bid(toc_roster *r, const char *serial, const char *text)
{
    for (size_t i = 0; i < r->count; i++) {
        ticket *t = &r->tickets[i];
        if (!t->is_dead || strcmp(t->serial, serial) != 0)
            continue;
        free(t->farewell);
        t->farewell = toc_strdup(text);
    }
}

bool toc_roster_is_bidden(const toc_roster *r, const char *serial)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->tickets[i].farewell && strcmp(r->tickets[i].serial, serial) == 0)
            return true;
    return false;
}

const char *toc_roster_farewell(const toc_roster *r, const char *token, const char *serial)
{
    const ticket *t = find_ticket(r, token, serial);
    return t ? t->farewell : NULL;
}

const char *toc_roster_find(const toc_roster *r, const char *token, const char *serial)
{
    const ticket *t = find_ticket(r, token, serial);
    return t && !t->is_dead ? t->seat : NULL;
}

const char *toc_roster_serial(const toc_roster *r, const char *seat)
{
    int64_t i;
    if (!toc_map_get(r->seats, seat, &i) || r->tickets[i].is_dead)
        return NULL;
    return r->tickets[i].serial;
}

const char *toc_roster_bearer(const toc_roster *r, const char *serial)
{
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->tickets[i].serial, serial) == 0)
            return r->tickets[i].seat;
    return NULL;
}

static const ticket *find_ticket(const toc_roster *r, const char *token, const char *serial)
{
    char hash[TOC_HASH_HEX + 1];
    hash_token(token, hash);
    int64_t i;
    if (!toc_map_get(r->tokens, hash, &i))
        return NULL;
    const ticket *t = &r->tickets[i];
    bool is_whole = toc_secret_equal(t->token, token) && toc_secret_equal(t->serial, serial);
    return is_whole ? t : NULL;
}

static void hash_token(const char *token, char hash[TOC_HASH_HEX + 1])
{
    toc_sha256_hex(hash, (toc_bytes[]){{token, strlen(token)}, {NULL, 0}});
}
