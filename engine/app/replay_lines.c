// SPDX-License-Identifier: MIT
// tocsin replay --plain: what happened as lines, for screen readers, pipes and scripts.
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "command.h"
#include "replay_command.h"
#include "replays/player.h"
#include "replays/tell.h"
#include "replays/viewpoint.h"

enum { FOLLOW_MS = 250 };

typedef struct {
    toc_replay_command *c;
    toc_viewpoint *eyes;
    char *marking;
    int64_t said;  // the newest line that was
    int64_t known; // the line at which "not read yet" is judged; 0: not at all
    size_t note;   // the next one
} lines;

static void say_up_to(lines *l, int64_t seq, int64_t t);
static void say_line(lines *l, int64_t seq);
static void say_notes(lines *l, int64_t seq, int64_t t);
static void say(const lines *l, int64_t t, const char *words);
static void say_branch(const lines *l, const toc_header *header);
static void say_jumped(const lines *l);
static void say_head(const lines *l);
static void play(lines *l, int64_t last);
static int follow(lines *l, toc_error *e);
static toc_err begin_anew(lines *l, const toc_recording *old, toc_error *e);
static void say_damage(const lines *l, int64_t *told);
static void wait_ms(int64_t ms);

int toc_replay_lines(toc_replay_command *c, toc_error *e)
{
    lines l = {.c = c};
    const toc_plan *plan = toc_recording_plan(c->r, NULL);
    toc_err err = toc_viewpoint_new(&l.eyes, c->r, c->as ? c->as : "all", e);
    if (err)
        return toc_error_exit(err);
    toc_buf marking = {0};
    if (plan && plan->marking && plan->marking[0]) {
        toc_text_visible(&marking, plan->marking, strlen(plan->marking), false);
        toc_buf_char(&marking, ' ');
    }
    const toc_header *header = toc_recording_header(c->r);
    if (header->parent)
        toc_buf_str(&marking, "BRANCH ");
    l.marking = toc_buf_take(&marking);
    int64_t last = c->until >= 0 ? toc_recording_by(c->r, c->until) : toc_recording_count(c->r);
    if (c->is_json)
        say_head(&l);
    else if (header->parent)
        say_branch(&l, header);
    if (c->from > 0) // those before are not said
        l.said = toc_recording_by(c->r, c->from - 1);
    if (c->speed > 0) {
        play(&l, last);
    } else {
        l.known = last;
        say_up_to(&l, last, c->until >= 0 ? c->until : INT64_MAX);
        say_jumped(&l);
    }
    int code = c->is_following && c->until < 0 ? follow(&l, e) : 0;
    toc_viewpoint_free(l.eyes);
    free(l.marking);
    return code;
}

static void say_up_to(lines *l, int64_t seq, int64_t t)
{
    while (l->said < seq) {
        l->said++;
        if (toc_viewpoint_shows(l->eyes, l->said, false))
            say_line(l, l->said);
        say_notes(l, l->said, l->said == seq ? t : INT64_MAX);
    }
}

static void say_line(lines *l, int64_t seq)
{
    const toc_event *ev = toc_recording_at(l->c->r, seq);
    bool is_unread = l->known && toc_viewpoint_is_unread(l->eyes, seq, l->known);
    toc_buf words = {0}, out = {0};
    toc_viewpoint_tell(l->eyes, seq, &words);
    if (l->c->is_json) {
        toc_buf_char(&out, '{');
        toc_json_put_int(&out, "seq", seq);
        toc_json_put_int(&out, "t", ev->t);
        toc_json_put_str(&out, "k", toc_kind_name(ev->kind));
        toc_json_put_str(&out, "wall", toc_event_str(ev, TOC_F_WALL));
        toc_json_put_str(&out, "told", toc_buf_text(&words));
        toc_buf_str(&out, is_unread ? ",\"unread\":true}\n" : "}\n");
        fputs(toc_buf_text(&out), stdout);
    } else {
        toc_buf_printf(&out, "%s%s", is_unread ? "[not read yet] " : "", toc_buf_text(&words));
        say(l, ev->t, toc_buf_text(&out));
    }
    toc_buf_fini(&words);
    toc_buf_fini(&out);
}

// Notes about a line, up to a time.
static void say_notes(lines *l, int64_t seq, int64_t t)
{
    const toc_notes *notes = &l->c->notes;
    for (; l->note < notes->count && notes->at[l->note].seq <= seq; l->note++) {
        const toc_note *n = &notes->at[l->note];
        toc_buf words = {0};
        if (n->seq < seq || n->t > t)
            continue; // it is about what was left out
        if (l->c->is_json) {
            toc_buf_char(&words, '{');
            toc_json_put_int(&words, "seq", n->seq);
            toc_json_put_int(&words, "t", n->t);
            toc_json_put_str(&words, "k", "note-made-in-replay");
            toc_json_put_str(&words, "by", n->by);
            toc_json_put_str(&words, "text", n->text);
            toc_buf_str(&words, "}\n");
            fputs(toc_buf_text(&words), stdout);
        } else {
            toc_buf_str(&words, "reviewer's note");
            if (n->by[0]) {
                toc_buf_str(&words, ", ");
                toc_text_visible(&words, n->by, strlen(n->by), false);
            }
            toc_buf_str(&words, ": ");
            toc_text_visible(&words, n->text, strlen(n->text), false);
            say(l, n->t, toc_buf_text(&words));
        }
        toc_buf_fini(&words);
    }
}

static void say(const lines *l, int64_t t, const char *words)
{
    toc_buf time = {0};
    toc_play_text(&time, t);
    printf("EXERCISE %s%s  %s\n", l->marking, toc_buf_text(&time), words);
    toc_buf_fini(&time);
}

// Whoever reads or hears only the lines is told once which run it is not.
static void say_branch(const lines *l, const toc_header *header)
{
    toc_buf run = {0}, time = {0};
    const int64_t seq = header->parent_seq, count = toc_recording_count(l->c->r);
    toc_text_visible(&run, header->parent, strlen(header->parent), false);
    toc_play_text(&time, seq > 0 && seq <= count ? toc_recording_at(l->c->r, seq)->t : 0);
    printf("EXERCISE %sOF %s: what follows its line %lld, at %s, is not what happened there\n",
           l->marking, toc_buf_text(&run), (long long)seq + 1, toc_buf_text(&time));
    toc_buf_fini(&run);
    toc_buf_fini(&time);
}

// The moment that was asked for may be one that play never was at.
static void say_jumped(const lines *l)
{
    toc_buf words = {0};
    if (!l->c->is_json && l->c->until >= 0 && toc_tell_jumped(&words, l->c->r, l->c->until))
        say(l, l->c->until, toc_buf_text(&words));
    toc_buf_fini(&words);
}

static void say_head(const lines *l)
{
    const toc_header *header = toc_recording_header(l->c->r);
    static const char *const states[] = {
        [TOC_CHAIN_WHOLE] = "whole", [TOC_CHAIN_TORN] = "torn", [TOC_CHAIN_DAMAGED] = "damaged"};
    toc_buf out = {0};
    toc_buf_char(&out, '{');
    toc_json_put_str(&out, "schema", "tocsin.replay/1");
    toc_json_put_str(&out, "exercise", header->exercise);
    toc_json_put_str(&out, "run", header->run);
    if (header->parent) {
        toc_json_put_str(&out, "parent", header->parent);
        toc_json_put_int(&out, "parent_seq", header->parent_seq);
    }
    toc_json_put_str(&out, "as", toc_viewpoint_id(l->eyes));
    toc_json_put_str(&out, "chain", states[toc_recording_chain(l->c->r)->state]);
    toc_json_put_int(&out, "lines", toc_recording_count(l->c->r));
    toc_json_put_int(&out, "end", toc_recording_end(l->c->r));
    toc_buf_str(&out, "}\n");
    fputs(toc_buf_text(&out), stdout);
    toc_buf_fini(&out);
}

// In time: each line when it would come.
static void play(lines *l, int64_t last)
{
    toc_player *player = toc_player_new(l->c->r);
    int64_t *seqs = toc_alloc(((size_t)last + 1) * sizeof *seqs);
    size_t count = 0;
    for (int64_t seq = 1; seq <= last; seq++)
        if (toc_viewpoint_shows(l->eyes, seq, false))
            seqs[count++] = seq;
    toc_player_show(player, seqs, count);
    toc_player_set_idle(player, l->c->idle);
    toc_player_set_speed(player, l->c->speed);
    if (l->c->from >= 0)
        toc_player_go_time(player, l->c->from);
    toc_player_play(player, true);
    for (;;) {
        int64_t seq = toc_player_seq(player);
        say_up_to(l, seq < last ? seq : last, toc_player_t(player));
        fflush(stdout);
        int64_t ms = toc_player_wait(player);
        if (seq >= last || ms < 0)
            break;
        wait_ms(ms > 0 ? ms : 1);
        toc_player_pass(player, ms > 0 ? ms : 1);
    }
    free(seqs);
    toc_player_free(player);
}

// Until the exercise is closed.
static int follow(lines *l, toc_error *e)
{
    toc_err err = TOC_OK;
    int64_t told = toc_recording_chain(l->c->r)->bad_line;
    l->known = 0;
    while (!err && !toc_recording_is_closed(l->c->r)) {
        bool more = false;
        toc_recording *old = NULL;
        fflush(stdout);
        if (ferror(stdout)) // whoever read this went away
            return toc_said_all(0);
        wait_ms(FOLLOW_MS);
        err = toc_replay_grow(l->c, &more, &old, e);
        if (old)
            err = begin_anew(l, old, e);
        toc_recording_free(old);
        say_damage(l, &told);
        if (more && !err)
            say_up_to(l, toc_recording_count(l->c->r), INT64_MAX);
    }
    return err ? toc_error_exit(err) : 0;
}

// Lines that were said and still stand there are not said again.
static toc_err begin_anew(lines *l, const toc_recording *old, toc_error *e)
{
    const toc_recording *now = l->c->r;
    toc_viewpoint *eyes;
    toc_err err = toc_viewpoint_new(&eyes, now, toc_viewpoint_as(l->eyes), e);
    if (err)
        return err;
    toc_viewpoint_free(l->eyes);
    l->eyes = eyes;
    int64_t same = -1;
    size_t before, len;
    for (; same < l->said && same < toc_recording_count(now); same++) {
        const char *a = toc_recording_body(old, same + 1, &before),
                   *b = toc_recording_body(now, same + 1, &len);
        if (!a || !b || before != len || memcmp(a, b, len) != 0)
            break;
    }
    l->said = same < 0 ? 0 : same < l->said ? same : l->said;
    fprintf(stderr, "tocsin: %s\n", TOC_REPLAY_ANEW);
    return TOC_OK;
}

// Once for each line that is none. A half one may be on its way.
static void say_damage(const lines *l, int64_t *told)
{
    const toc_chain_report *chain = toc_recording_chain(l->c->r);
    if (chain->state != TOC_CHAIN_DAMAGED || chain->bad_line == *told)
        return;
    *told = chain->bad_line;
    fprintf(stderr,
            "tocsin: the recording is damaged at line %lld of the file (%s); what stands before it "
            "is shown\n",
            (long long)chain->bad_line, chain->why);
}

static void wait_ms(int64_t ms)
{
    enum { MOST = 1 << 30 };
    poll(NULL, 0, ms < MOST ? (int)ms : MOST);
}
