// SPDX-License-Identifier: MIT
// What the switchboard wishes, done: over nng, on libuv's workers and timer, in the run's folder. The net is
// not open yet while the lines of a run are read that is taken up again.
#include <errno.h>

#include "crypto/tls.h"
#include "hub_inside.h"

#define LENT 8 // files at a time

static int64_t mono(void *context);
static bool reply(void *context, toc_packet *p, const char *bytes, size_t len);
static void drop(void *context, toc_packet *p);
static void publish(void *context, size_t feed, const char *bytes, size_t len);
static void know_pipe(void *context, uint32_t pipe);
static void close_pipe(void *context, uint32_t pipe);
static void close_feed(void *context, size_t feed);
static void shut_out(void *context, const char *serial);
static size_t listeners(void *context);
static void commit(void *context, toc_batch *b);
static void on_commit(uv_work_t *work);
static void on_committed(uv_work_t *work, int status);
static void preview(void *context, toc_preview *p);
static void on_preview(uv_work_t *work);
static void on_previewed(uv_work_t *work, int status);
static void wake(void *context, int64_t at);
static void on_due(uv_timer_t *timer);
static void end(void *context, toc_hub_end how);
static toc_err issue(void *context, const char *seat, toc_error *e);
static toc_err drop_ticket(void *context, const char *seat, toc_error *e);
static toc_err close_run(void *context, toc_error *e);
static void event(void *context, const toc_event *ev);
static void notice(void *context, const char *text);

toc_switchboard_host toc_hub_host(toc_hub *h)
{
    return (toc_switchboard_host){.context = h,
                                  .folder = toc_run_folder_path(h->folder),
                                  .mono = mono,
                                  .reply = reply,
                                  .drop = drop,
                                  .publish = publish,
                                  .know_pipe = know_pipe,
                                  .close_pipe = close_pipe,
                                  .close_feed = close_feed,
                                  .shut_out = shut_out,
                                  .listeners = listeners,
                                  .commit = commit,
                                  .preview = preview,
                                  .wake = wake,
                                  .end = end,
                                  .issue = issue,
                                  .drop_ticket = drop_ticket,
                                  .close_run = close_run,
                                  .event = event,
                                  .notice = notice};
}

static int64_t mono(void *context)
{
    (void)context;
    return toc_hub_mono();
}

static bool reply(void *context, toc_packet *p, const char *bytes, size_t len)
{
    const toc_hub *h = context;
    return toc_net_reply(h->net, p, bytes, len);
}

static void drop(void *context, toc_packet *p)
{
    (void)context;
    toc_net_drop(p);
}

static void publish(void *context, size_t feed, const char *bytes, size_t len)
{
    const toc_hub *h = context;
    toc_net_publish(h->net, feed, bytes, len);
}

static void know_pipe(void *context, uint32_t pipe)
{
    const toc_hub *h = context;
    toc_net_know(h->net, pipe);
}

static void close_pipe(void *context, uint32_t pipe)
{
    const toc_hub *h = context;
    toc_net_close_pipe(h->net, pipe);
}

static void close_feed(void *context, size_t feed)
{
    const toc_hub *h = context;
    toc_net_close_feed(h->net, feed);
}

static void shut_out(void *context, const char *serial)
{
    (void)context;
    toc_tls_revoke(serial);
}

static size_t listeners(void *context)
{
    const toc_hub *h = context;
    return toc_net_count(h->net) + toc_players_count(h->players);
}

static void commit(void *context, toc_batch *b)
{
    toc_hub *h = context;
    h->batch = b;
    h->commit.data = h;
    uv_queue_work(&h->loop, &h->commit, on_commit, on_committed);
}

// On a worker: the disk may take its time.
static void on_commit(uv_work_t *work)
{
    toc_hub *h = work->data;
    h->outcome = toc_batch_commit(h->batch, &h->why);
}

static void on_committed(uv_work_t *work, int status)
{
    toc_hub *h = work->data;
    toc_batch *batch = h->batch;
    h->batch = NULL;
    (void)status; // never cancelled
    toc_switchboard_committed(h->switchboard, batch, h->outcome, &h->why);
    toc_hub_turn(h);
}

static void preview(void *context, toc_preview *p)
{
    toc_hub *h = context;
    h->preview = p;
    h->preview_work.data = h;
    uv_queue_work(&h->loop, &h->preview_work, on_preview, on_previewed);
}

static void on_preview(uv_work_t *work)
{
    const toc_hub *h = work->data;
    toc_preview_run(h->preview);
}

static void on_previewed(uv_work_t *work, int status)
{
    toc_hub *h = work->data;
    (void)status; // never cancelled
    toc_preview *done = h->preview;
    h->preview = NULL;
    toc_switchboard_previewed(h->switchboard, done);
    toc_hub_turn(h);
}

static void wake(void *context, int64_t at)
{
    toc_hub *h = context;
    int64_t now = toc_hub_mono();
    // Not 0: libuv runs timers until none is due, and looks at sockets and signals only then.
    uv_timer_start(&h->due, on_due, at > now ? (uint64_t)(at - now) : 1, 0);
}

static void on_due(uv_timer_t *timer)
{
    toc_hub_turn(timer->data);
}

static void end(void *context, toc_hub_end how)
{
    toc_hub *h = context;
    h->end = how;
    h->is_over = true;
    uv_stop(&h->loop);
}

static toc_err issue(void *context, const char *seat, toc_error *e)
{
    toc_error why = {0};
    toc_err err = toc_hub_issue(context, seat, &why);
    // nng may take for a stranger what is lent for a ticket: then some more is.
    for (size_t lent = LENT; err && why.sys == EMFILE && lent <= TOC_HUB_KEPT; lent += LENT) {
        toc_hub_lend(lent);
        err = toc_hub_issue(context, seat, &why);
    }
    toc_hub_lend(0);
    if (err && e)
        *e = why;
    return err;
}

static toc_err drop_ticket(void *context, const char *seat, toc_error *e)
{
    const toc_hub *h = context;
    return toc_run_folder_drop_ticket(h->folder, seat, e);
}

static toc_err close_run(void *context, toc_error *e)
{
    const toc_hub *h = context;
    return toc_run_folder_close(h->folder, e);
}

static void event(void *context, const toc_event *ev)
{
    const toc_hub *h = context;
    if (h->o->on_event)
        h->o->on_event(h->o->context, ev);
}

static void notice(void *context, const char *text)
{
    toc_hub_notice(context, "%s", text);
}
