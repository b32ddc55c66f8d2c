// SPDX-License-Identifier: MIT
// Who waits for an answer: until what it tells is durable, until what it asks for is found out, until the
// host takes it. Previews are run one at a time, on a worker, while play goes on; commits do not wait
// for them. Of those that wait there is one a seat at most, and no line is copied for one before its turn.
#include <stdlib.h>

#include "base/mem.h"
#include "switchboard_inside.h"

#define REQUEST_COST 256  // bytes that a request counts for, beside its own
#define LONG_REPLY   4096 // bytes. An act's answer is shorter: none is ever held back

static void see(toc_switchboard *s, const toc_reply *reply, uint32_t pipe);
static bool is_too_much(toc_switchboard *s, const toc_reply *reply);
static void meet_previews(toc_switchboard *s);
static void drop_waiting(toc_switchboard *s, size_t i);
static bool release_reply(toc_switchboard *s, toc_waiting *w);

// Whoever floods the desk is not answered for a moment, so that the others are. Its terminal asks again.
bool toc_switchboard_may_ask(toc_switchboard *s, const toc_packet *packet)
{
    bool is_first;
    if (toc_rations_take(s->asked, packet->serial, packet->len + REQUEST_COST,
                         toc_switchboard_mono(s), &is_first))
        return true;
    const char *seat = toc_roster_bearer(s->roster, packet->serial);
    if (is_first)
        toc_switchboard_notice(s,
                               "%s sends more than anybody types, and is answered in part until it "
                               "stops; EXCON can revoke the seat",
                               seat ? seat : "a certificate of no seat");
    return false;
}

void toc_switchboard_ask(toc_switchboard *s, const toc_packet *packet)
{
    TOC_GROW(s->waiting, s->waiting_count, s->waiting_capacity);
    toc_waiting *w = &s->waiting[s->waiting_count++];
    *w = (toc_waiting){.packet = *packet};
    toc_switchboard_count(s);
    toc_desk_handle(s->desk, toc_switchboard_mono(s), packet->serial, packet->bytes, packet->len,
                    &w->reply);
    see(s, &w->reply, packet->pipe);
    if (is_too_much(s, &w->reply))
        drop_waiting(s, s->waiting_count - 1); // a terminal asks again after a while
    else
        meet_previews(s);
}

void toc_switchboard_start_preview(toc_switchboard *s)
{
    for (size_t i = 0; i < s->waiting_count && !s->preview; i++) {
        const toc_waiting *w = &s->waiting[i];
        if (!w->reply.preview || w->is_previewed)
            continue;
        s->preview = w->reply.preview;
        toc_preview_begin(s->preview, s->conduct);
        s->host.preview(s->host.context, s->preview);
    }
}

void toc_switchboard_previewed(toc_switchboard *s, toc_preview *p)
{
    for (size_t i = 0; i < s->waiting_count; i++)
        s->waiting[i].is_previewed |= s->waiting[i].reply.preview == p;
    if (s->is_preview_ours)
        toc_preview_free(p);
    s->is_preview_ours = false;
    s->preview = NULL;
}

bool toc_switchboard_release(toc_switchboard *s)
{
    size_t kept = 0;
    bool retry = false;
    for (size_t i = 0; i < s->waiting_count; i++) {
        toc_waiting *w = &s->waiting[i];
        bool is_ready =
            w->reply.waits <= toc_conduct_durable(s->conduct) || toc_conduct_has_failed(s->conduct);
        is_ready = is_ready && (!w->reply.preview || w->is_previewed);
        if (is_ready && release_reply(s, w))
            continue;
        retry |= is_ready;
        s->waiting[kept++] = *w;
    }
    s->waiting_count = kept;
    return retry;
}

void toc_switchboard_drop_all(toc_switchboard *s)
{
    while (s->waiting_count > 0)
        drop_waiting(s, s->waiting_count - 1);
    free(s->waiting);
    s->waiting = NULL;
    s->waiting_capacity = 0;
}

static void see(toc_switchboard *s, const toc_reply *reply, uint32_t pipe)
{
    uint32_t left = 0;
    const char *seat = reply->seat;
    const bool is_new = !seat[0] || toc_presence_pipe(s->presence, seat) != pipe;
    if (seat[0] && !toc_presence_seen(s->presence, seat, pipe, reply->sits_down, &left))
        toc_switchboard_leave(s, seat); // its connection closed before it was heard
    // After recording failed nobody sits down any more, and those who wait for that may wait.
    if (is_new && (seat[0] || (reply->has_receipt && toc_conduct_has_failed(s->conduct))))
        s->host.know_pipe(s->host.context, pipe);
    if (left)
        s->host.close_pipe(s->host.context, left); // each holds replies that nobody reads
}

// nng keeps what a connection does not take. A seat that asks for page after page and reads none would
// fill the machine's memory.
static bool is_too_much(toc_switchboard *s, const toc_reply *reply)
{
    bool is_first;
    return reply->seat[0] && reply->text.len > LONG_REPLY &&
           !toc_rations_take(s->sent, reply->seat, reply->text.len, toc_switchboard_mono(s),
                             &is_first);
}

// The newest reply may be a preview, and another of the same seat may wait.
static void meet_previews(toc_switchboard *s)
{
    if (!s->waiting[s->waiting_count - 1].reply.preview)
        return;
    for (size_t i = 0; i + 1 < s->waiting_count; i++) {
        toc_waiting *older = &s->waiting[i], *newer = &s->waiting[s->waiting_count - 1];
        toc_preview *spare = NULL;
        toc_meeting meeting = toc_reply_meet(&older->reply, &newer->reply, &spare);
        if (meeting == TOC_MEETING_SAME) {
            newer->is_previewed = older->is_previewed;
            drop_waiting(s, i); // the way back is that of the newer one
            return;
        }
        if (spare && spare == s->preview)
            s->is_preview_ours = true; // the worker has it: freed when it comes back
        else
            toc_preview_free(spare);
    }
}

static void drop_waiting(toc_switchboard *s, size_t i)
{
    toc_reply_drop(&s->waiting[i].reply);
    s->host.drop(s->host.context, &s->waiting[i].packet);
    for (size_t k = i; k + 1 < s->waiting_count; k++)
        s->waiting[k] = s->waiting[k + 1];
    s->waiting_count--;
}

static bool release_reply(toc_switchboard *s, toc_waiting *w)
{
    if (!w->is_finished)
        toc_reply_finish(&w->reply, s->conduct);
    w->is_finished = true;
    if (!s->host.reply(s->host.context, &w->packet, w->reply.text.data, w->reply.text.len))
        return false;
    toc_buf_fini(&w->reply.text);
    return true;
}
