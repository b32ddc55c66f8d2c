// SPDX-License-Identifier: MIT
// What takes long, done on another thread: a job owns what it works on until it is given back.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "replay_inside.h"

typedef enum { MAKES_STAGE, GOES_ON, PROVES } job_kind;

struct toc_replay_job {
    job_kind kind;
    const toc_recording *r;
    char *seat;
    bool is_ascii;
    int64_t seq, t;
    toc_stage *stage;
    toc_past *past;
    toc_verdict verdict;
    toc_err err;
    toc_error e;
};

static toc_replay_job *new_job(toc_replay *p, job_kind kind);
static void take_stage(toc_replay *p, toc_replay_job *job);
static void take_past(toc_replay *p, toc_replay_job *job);
static void take_verdict(toc_replay *p, toc_replay_job *job);

toc_replay_job *toc_replay_next_job(toc_replay *p)
{
    if (p->is_job_out)
        return NULL;
    if (!p->stage && toc_recording_count(p->r) > 0)
        return new_job(p, MAKES_STAGE);
    if (p->wants_proof)
        return new_job(p, PROVES);
    int64_t seq = toc_player_seq(p->player);
    bool has_past = seq > 0 && (p->no_past_from == 0 || seq < p->no_past_from);
    bool wants_past = p->stage && has_past && (!p->past || toc_past_seq(p->past) != seq);
    return wants_past ? new_job(p, GOES_ON) : NULL;
}

void toc_replay_job_run(toc_replay_job *job)
{
    const toc_verify_options anything = {0};
    size_t len;
    const char *bytes;
    switch (job->kind) {
    case MAKES_STAGE:
        job->stage = toc_stage_new(job->r, job->seat, job->is_ascii);
        toc_stage_go(job->stage, job->seq, job->t);
        return;
    case GOES_ON:
        if (job->past && toc_past_seq(job->past) > job->seq) {
            toc_past_free(job->past);
            job->past = NULL;
        }
        if (!job->past)
            job->err = toc_past_new(&job->past, job->r, &job->e);
        if (!job->err)
            job->err = toc_past_go(job->past, job->seq, &job->e);
        return;
    case PROVES:
        bytes = toc_recording_bytes(job->r, &len);
        job->err = toc_verify(&job->verdict, bytes, len, &anything, &job->e);
        return;
    }
}

void toc_replay_job_done(toc_replay *p, toc_replay_job *job)
{
    p->is_job_out = false;
    switch (job->kind) {
    case MAKES_STAGE:
        take_stage(p, job);
        break;
    case GOES_ON:
        take_past(p, job);
        break;
    case PROVES:
        take_verdict(p, job);
        break;
    }
    free(job->seat);
    free(job);
}

void toc_replay_settle(toc_replay *p)
{
    toc_replay_job *job;
    while ((job = toc_replay_next_job(p))) {
        toc_replay_job_run(job);
        toc_replay_job_done(p, job);
    }
}

static toc_replay_job *new_job(toc_replay *p, job_kind kind)
{
    toc_replay_job *job = toc_alloc(sizeof *job);
    job->kind = kind;
    job->r = p->r;
    job->seat = toc_strdup(toc_viewpoint_seat(p->eyes));
    job->is_ascii = p->is_ascii;
    job->seq = toc_player_seq(p->player);
    job->t = toc_player_t(p->player);
    if (kind == GOES_ON) {
        job->past = p->past;
        p->past = NULL;
    }
    p->wants_proof = p->wants_proof && kind != PROVES;
    p->is_job_out = true;
    return job;
}

static void take_stage(toc_replay *p, toc_replay_job *job)
{
    // Somebody chose other eyes meanwhile.
    if (p->stage || strcmp(job->seat, toc_viewpoint_seat(p->eyes)) != 0) {
        toc_stage_free(job->stage);
        return;
    }
    p->stage = job->stage;
    p->stage_seat = toc_strdup(job->seat);
    p->stage_seq = 0;
    p->stage_w = p->stage_h = 0;
}

static void take_past(toc_replay *p, toc_replay_job *job)
{
    p->is_told = false;
    if (!job->err) {
        p->past = job->past;
        return;
    }
    p->no_past_from = job->past ? toc_past_seq(job->past) + 1 : 1;
    toc_past_free(job->past);
    toc_replay_notice(p, TOC_STYLE_WARN,
                      "lists and levels that only the engine knows are missing: %s", job->e.msg);
}

static void take_verdict(toc_replay *p, toc_replay_job *job)
{
    const toc_verdict *v = &job->verdict;
    if (job->err) {
        toc_replay_notice(p, TOC_STYLE_BAD, "it cannot be verified: %s", job->e.msg);
        return;
    }
    bool is_good = v->kind == TOC_VERDICT_VERIFIED || v->kind == TOC_VERDICT_OPEN;
    toc_style style = is_good ? TOC_STYLE_NOTICE : TOC_STYLE_BAD;
    if (is_good)
        toc_replay_notice(p, style,
                          "%s: %lld inputs executed again, %lld lines came out the same%s",
                          toc_verdict_name(v->kind), (long long)v->inputs, (long long)v->derived,
                          v->kind == TOC_VERDICT_OPEN ? "; it was not closed" : "");
    else
        toc_replay_notice(p, style, "%s: %s", toc_verdict_name(v->kind), v->what);
    toc_verdict_fini(&job->verdict);
}
