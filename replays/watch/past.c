// SPDX-License-Identifier: MIT
#include "past_inside.h"

#include <stdlib.h>

#include "base/mem.h"
#include "hub/past.h"

struct toc_past {
    const toc_recording *recording;
    toc_conduct *conduct;
    int64_t seq;
};

toc_err toc_past_new(toc_past **out, const toc_recording *r, toc_error *e)
{
    toc_conduct *c;
    *out = NULL;
    toc_err err = toc_conduct_past(&c, toc_recording_header(r), e);
    if (err)
        return err;
    *out = toc_alloc(sizeof **out);
    **out = (toc_past){.recording = r, .conduct = c};
    return TOC_OK;
}

void toc_past_free(toc_past *p)
{
    if (p)
        toc_conduct_free(p->conduct);
    free(p);
}

toc_err toc_past_go(toc_past *p, int64_t seq, toc_error *e)
{
    if (seq < p->seq)
        return toc_fail(e, TOC_EUSAGE, "the past was executed to line %lld and does not go back",
                        (long long)p->seq);
    toc_err err = TOC_OK;
    while (!err && p->seq < seq) {
        size_t len;
        const char *body = toc_recording_body(p->recording, p->seq + 1, &len);
        if (!body)
            return toc_fail(e, TOC_EUSAGE, "the recording has no line %lld", (long long)seq);
        err = toc_conduct_past_line(p->conduct, body, len, e);
        p->seq += !err;
    }
    return err;
}

int64_t toc_past_seq(const toc_past *p)
{
    return p->seq;
}

toc_conduct *toc_past_at(toc_past *p, int64_t t)
{
    const toc_event *next = toc_recording_at(p->recording, p->seq + 1);
    if (!toc_conduct_plan(p->conduct))
        return NULL;
    // An instant of the next line's own time may be the one that brings it about.
    if (next->seq > 0 && t >= next->t)
        t = next->t - 1;
    if (next->seq > 0)
        toc_conduct_past_wait(p->conduct, t, NULL);
    return p->conduct;
}

toc_err toc_past_open(toc_past *p, toc_error *e)
{
    toc_err err = TOC_OK;
    while (!err &&
           toc_kind_class(toc_recording_at(p->recording, p->seq + 1)->kind) == TOC_CLASS_RECORD)
        err = toc_past_go(p, p->seq + 1, e);
    return err ? err : toc_conduct_past_open(p->conduct, e);
}
