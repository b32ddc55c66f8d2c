// SPDX-License-Identifier: MIT
#ifndef TOC_STRAYS_H
#define TOC_STRAYS_H

// Strays: connections that were accepted and never become anything. nng 1.5.2 waits for ever for the rest of a
// TLS handshake, and each such connection holds a descriptor and about 50 KiB. So the engine looks through its
// own descriptors for connections at its ports that are no open pipe of nng's, and ends those that had their time.
//
// A stray is shut down and never closed: its descriptor is nng's, which sees the end and closes it. Between the
// look and the shutdown nng may have given the descriptor to a newcomer, or let the stray in: that costs a seat one
// more dial, which its terminal does by itself.
//
// Thread: the loop's.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

// Which connection it is: address (IPv4 as IPv6 has it) and port of both ends, in the network's order of bytes.
typedef struct {
    uint8_t local[18], peer[18];
} toc_ends;

// toc_ends_put puts an address in one end; false: it is neither IPv4 nor IPv6.
bool toc_ends_put(uint8_t end[18], const struct sockaddr *address);

// How long a stray may stay, in ms: by how much of the room is taken, which is the larger share of limit (descriptors
// that the process may have) and of crowd (strays that there may be).
typedef struct {
    int64_t patience_ms; // ordinarily
    int64_t hurried_ms;  // beyond half of the room
    int64_t scarce_ms; // beyond 80 %: also between two looks. Who was there at the look before goes
    int64_t every_ms;  // between two looks otherwise
    size_t crowd;
    bool (*list)(void *context, int *bound); // see toc_strays_new
    void *context;
} toc_strays_rule;

#define TOC_STRAYS_RULE                                                                            \
    ((toc_strays_rule){.patience_ms = 10000,                                                       \
                       .hurried_ms = 2000,                                                         \
                       .scarce_ms = 250,                                                           \
                       .every_ms = 2000,                                                           \
                       .crowd = 8192})

typedef struct toc_strays toc_strays;

// toc_strays_new looks at connections to these ports. rule->list says below which number all open descriptors are,
// false if it does not know; NULL asks Linux' /proc. While that is not known nothing is ended.
toc_strays *toc_strays_new(const toc_strays_rule *rule, const int *ports, size_t port_count);
void toc_strays_free(toc_strays *s);

// An open pipe of nng's, and its end. It must have been told of before its connection's time is over.
void toc_strays_met(toc_strays *s, uint32_t pipe, const toc_ends *ends);
void toc_strays_parted(toc_strays *s, uint32_t pipe, const toc_ends *ends);

// toc_strays_look does a piece of a look, of some tenths of a millisecond, and gives in how many ms to call again.
// limit: descriptors that the process may have, 0 if there is none.
int64_t toc_strays_look(toc_strays *s, int64_t now, size_t limit);

bool toc_strays_is_blind(const toc_strays *s);  // nothing can be known
size_t toc_strays_in_use(const toc_strays *s);  // descriptors, at the newest look
bool toc_strays_is_scarce(const toc_strays *s); // at the newest look more than 80 % of limit were
unsigned long long toc_strays_ended(const toc_strays *s); // so far

// toc_strays_tell puts in words, once a minute at most, how many were ended and where they came from. False:
// there is nothing to say.
bool toc_strays_tell(toc_strays *s, int64_t now, char *out, size_t size);

#endif
