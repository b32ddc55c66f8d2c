// SPDX-License-Identifier: MIT
#ifndef TOC_BADNET_H
#define TOC_BADNET_H

// Two machines on a bad network: network namespaces, each with a tun device, and a process between them that loses,
// delays, doubles and reorders their packets. Real TCP over it, without a module of the kernel's. Root only.

#include <stdbool.h>

typedef struct badnet badnet;

typedef struct {
    unsigned delay_ms, jitter_ms; // of a packet, each way; jitter reorders them
    unsigned loss_ppm, double_ppm;
} badnet_weather;

#define BADNET_ENGINE "10.77.0.1" // address of the machine 0; 10.77.0.2 is that of 1

// badnet_open: NULL where this machine does not allow it, and why.
badnet *badnet_open(const badnet_weather *weather, const char **why);
void badnet_close(badnet *n);

// badnet_enter: whatever this process opens and starts from now on is on that machine.
void badnet_enter(badnet *n, int machine);

// badnet_cable pulls the cable, or puts it back: meanwhile nothing arrives, and nobody is told.
void badnet_cable(badnet *n, bool is_in);

typedef struct {
    unsigned long long carried, lost, doubled, late; // late: behind one that was sent after it
} badnet_toll;
badnet_toll badnet_tell(const badnet *n);

#endif
