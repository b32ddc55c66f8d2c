// SPDX-License-Identifier: MIT
// Previews on their way: one is run at a time, on a worker, while play goes on; commits do not wait
// for it. Of those that wait there is one a seat at most, and no line is copied for one before its
// turn.
#include <stdlib.h>

#include "hub_inside.h"

static void drop_waiting(toc_hub *h, size_t i);
static void on_preview(uv_work_t *work);
static void on_previewed(uv_work_t *work, int status);

void toc_previews_take(toc_hub *h)
{
    for (size_t i = 0; i + 1 < h->waiting_count; i++) {
        toc_waiting *older = &h->waiting[i], *newer = &h->waiting[h->waiting_count - 1];
        toc_preview *spare = NULL;
        toc_meeting meeting = toc_reply_meet(&older->reply, &newer->reply, &spare);
        if (meeting == TOC_MEETING_SAME) {
            newer->is_previewed = older->is_previewed;
            drop_waiting(h, i);
            return;
        }
        if (spare && spare == h->preview)
            h->is_preview_ours = true; // the worker has it: freed when it comes back
        else
            toc_preview_free(spare);
    }
}

void toc_previews_start(toc_hub *h)
{
    for (size_t i = 0; i < h->waiting_count && !h->preview; i++) {
        toc_waiting *w = &h->waiting[i];
        if (!w->reply.preview || w->is_previewed)
            continue;
        h->preview = w->reply.preview;
        h->preview_work.data = h;
        toc_preview_begin(h->preview, h->conduct);
        uv_queue_work(&h->loop, &h->preview_work, on_preview, on_previewed);
    }
}

// The request came a second time: the way back is that of the newer one.
static void drop_waiting(toc_hub *h, size_t i)
{
    toc_reply_drop(&h->waiting[i].reply);
    toc_net_drop(&h->waiting[i].packet);
    for (size_t k = i; k + 1 < h->waiting_count; k++)
        h->waiting[k] = h->waiting[k + 1];
    h->waiting_count--;
}

static void on_preview(uv_work_t *work)
{
    toc_hub *h = work->data;
    toc_preview_run(h->preview);
}

static void on_previewed(uv_work_t *work, int status)
{
    toc_hub *h = work->data;
    (void)status; // never cancelled
    for (size_t i = 0; i < h->waiting_count; i++)
        h->waiting[i].is_previewed |= h->waiting[i].reply.preview == h->preview;
    if (h->is_preview_ours)
        toc_preview_free(h->preview);
    h->is_preview_ours = false;
    h->preview = NULL;
    toc_hub_turn(h);
}
