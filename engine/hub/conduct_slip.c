// SPDX-License-Identifier: MIT
// Slipping. A scenario may bring about more than the machine can do, and people must be heard all the
// same. So one call does a share of what is due, and play time waits for the rest: the clock is put just
// before it, and goes on from there. Nothing is left out and nothing changes its order; the recording
// knows only the times at which things came to be.
#include <inttypes.h>
#include <string.h>

#include "conduct_inside.h"

// The share of one call. What is performed once is never too much, whatever it is.
#define INSTANTS_MOST 1000
#define LINES_MOST    500
#define BYTES_MOST    ((size_t)1 << 20) // of lines
#define WORK_MS       50
#define REST_MS       10 // after a share, at the least; else as long as it took
// Lines that the disk has not got yet. People's own come on top, whatever there is.
#define WAITING_LINES 3000
#define WAITING_BYTES ((size_t)2 << 20)

// A jump is done in one piece, and all wait for it.
#define JUMP_INSTANTS 50000
#define JUMP_LINES    50000
#define JUMP_BYTES    ((size_t)32 << 20) // of texts
#define JUMP_MS       1000

// Of the clock on the wall.
#define OVER_MS 10000 // so long without a slip, and the next one begins anew
#define TELL_MS 1000  // less is nothing that anybody sees
#define TOLD_MS 60000

static size_t event_bytes(const toc_event *ev);
static bool is_disk_behind(const toc_conduct *c);
static int64_t mono_now(const toc_conduct *c, int64_t mono);
static void span_text(toc_buf *out, int64_t ms);

toc_share toc_conduct_share(const toc_conduct *c, int64_t mono)
{
    return (toc_share){.mono = mono,
                       .began = mono_now(c, mono),
                       .line_count = c->line_count,
                       .bytes = c->bodies.len};
}

bool toc_conduct_has_share(const toc_conduct *c, const toc_share *share)
{
    // Rebuilt without its scripts, the exercise must come back to where people saw it; little is due.
    if (c->is_halted)
        return true;
    if (share->instants == 0)
        return share->mono >= c->slip.rest_until && !is_disk_behind(c);
    return share->instants < INSTANTS_MOST && c->line_count - share->line_count < LINES_MOST &&
           c->bodies.len - share->bytes < BYTES_MOST && !is_disk_behind(c) &&
           mono_now(c, share->mono) - share->began < WORK_MS;
}

void toc_conduct_slip(toc_conduct *c, const toc_share *share, int64_t due)
{
    toc_slip *s = &c->slip;
    const int64_t mono = share->mono;
    if (mono - s->newest > OVER_MS)
        s->lost = 0;
    s->lost += toc_conduct_play(c, mono) - (due - 1);
    s->newest = mono;
    toc_live_clock_place(&c->clock, mono, due - 1);
    if (share->instants == 0)
        return;
    const int64_t ended = mono_now(c, mono), took = ended - share->began;
    s->rest_until = ended + (took > REST_MS ? took : REST_MS);
}

bool toc_conduct_may_go_on(const toc_conduct *c, int64_t *mono)
{
    if (*mono < c->slip.rest_until)
        *mono = c->slip.rest_until;
    return !is_disk_behind(c); // else a commit will end, and wake it
}

bool toc_conduct_behind(toc_conduct *c, int64_t mono, toc_buf *out)
{
    toc_slip *s = &c->slip;
    const int64_t speed = c->clock.speed;
    bool is_over = s->lost == 0 || mono - s->newest > OVER_MS;
    if (is_over || c->has_failed || s->lost < TELL_MS * speed / 1000 ||
        (s->is_told && mono - s->told_at < TOLD_MS))
        return false;
    s->is_told = true;
    s->told_at = mono;
    toc_buf_str(out, "play is ");
    span_text(out, s->lost);
    toc_buf_printf(out,
                   " behind what speed %g asks for: the scenario brings about more than this "
                   "machine can do; a lower speed helps",
                   (double)speed / 1000);
    return true;
}

toc_jump_share toc_conduct_jump_share(const toc_conduct_host *host)
{
    toc_jump_share s = {.mono = host->mono, .context = host->context};
    s.began = s.mono ? s.mono(s.context) : 0;
    return s;
}

bool toc_jump_is_enough(void *jump_share, size_t instants, const toc_events *derived)
{
    toc_jump_share *s = jump_share;
    for (; s->seen < derived->count; s->seen++)
        s->bytes += event_bytes(&derived->at[s->seen]);
    return instants >= JUMP_INSTANTS || derived->count >= JUMP_LINES || s->bytes >= JUMP_BYTES ||
           (s->mono && s->mono(s->context) - s->began >= JUMP_MS);
}

static size_t event_bytes(const toc_event *ev)
{
    size_t bytes = 0;
    for (size_t i = 0; i < ev->count; i++)
        bytes += ev->values[i].text ? strlen(ev->values[i].text) : 0;
    return bytes;
}

static bool is_disk_behind(const toc_conduct *c)
{
    const int64_t durable = toc_journal_durable(c->journal);
    const size_t waiting = c->line_count - (size_t)durable; // lines[0] is line 1
    if (waiting == 0 || durable == 0)
        return false;
    const toc_span_of_bytes *last = &c->lines[durable - 1];
    return waiting >= WAITING_LINES || c->bodies.len - last->from - last->len >= WAITING_BYTES;
}

static int64_t mono_now(const toc_conduct *c, int64_t mono)
{
    return c->host.mono ? c->host.mono(c->host.context) : mono;
}

static void span_text(toc_buf *out, int64_t ms)
{
    const int64_t s = ms / 1000;
    if (s < 120)
        toc_buf_printf(out, "%" PRId64 " s", s > 0 ? s : 1);
    else if (s < 2 * 3600)
        toc_buf_printf(out, "%" PRId64 " min", s / 60);
    else
        toc_buf_printf(out, "%" PRId64 " h", s / 3600);
}
