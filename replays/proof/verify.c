// SPDX-License-Identifier: MIT
// Verification goes from the bytes inward: the chain, the seals and receipts, then the exercise itself.
// The first thing that is wrong is the verdict, the outermost first: what stands in a damaged file
// proves nothing about the exercise.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crypto/crypto.h"
#include "record/journal.h"
#include "rehearse/rerun.h"
#include "verify_inside.h"

// What one pass over the good lines gathers.
typedef struct {
    toc_verdict *v;
    const toc_verify_options *options;
    toc_header header;
    bool *is_held;   // by receipt
    toc_line *lines; // borrowed
    size_t count, capacity;
    int64_t bad_seal; // seq of the first seal that does not hold, 0 for none
} pass;

static void on_line(void *context, int64_t seq, const toc_line *line);
static toc_err read_header(pass *p, toc_error *e);
static void compare_key(pass *p);
static bool is_run_key(const pass *p);
static void look_at_line(pass *p, size_t seq);
static void check_seal(pass *p, size_t at, const toc_line *line);
static bool is_signature(const char *sig);
static bool is_kind(const toc_line *line, const char *kind);
static bool skip(const char **at, const char *end, const char *text);
static bool skip_number(const char **at, const char *end, const char *name);
static void say(toc_verdict *v, toc_verdict_kind kind, int64_t line, const char *what);
static void judge_outside(pass *p, const toc_chain_report *report);
static bool is_sealed_at_its_end(const pass *p);
static bool is_late(const pass *p);
static int64_t time_of(const toc_line *line);
static void judge_receipts(pass *p, const toc_chain_report *report);
static void judge_key(pass *p);
static void measure_tail(toc_verdict *v, const toc_chain_report *report, const char *data,
                         size_t len);
static void rerun(pass *p);
static void say_difference(pass *p, toc_rerun *r, toc_err err, size_t seq, const char *why);
static void say_missing(pass *p, toc_rerun *r, const toc_events *missing);
static const char *without_line(const char *message);

toc_err toc_verify(toc_verdict *out, const char *data, size_t len,
                   const toc_verify_options *options, toc_error *e)
{
    memset(out, 0, sizeof *out);
    pass p = {.v = out, .options = options};
    toc_chain_report report;
    toc_chain_scan(data, len, &report, on_line, &p);
    out->lines = report.lines;
    toc_copy_text(out->last_hash, sizeof out->last_hash, report.hash);
    toc_err err = TOC_OK;
    if (p.count > 0)
        err = read_header(&p, e);
    else if (report.state != TOC_CHAIN_DAMAGED || report.witness == 0)
        err = toc_fail(e, TOC_EFORMAT,
                       "this is not a tocsin journal, or not as it was written: line 1: %s",
                       report.why);
    if (!err) {
        p.is_held = toc_alloc(options->receipt_count + 1);
        out->receipts = options->receipt_count;
        for (size_t i = 0; i < p.count; i++)
            look_at_line(&p, i);
        judge_outside(&p, &report);
        if (report.state == TOC_CHAIN_TORN)
            measure_tail(out, &report, data, len);
        bool is_sound = out->kind == TOC_VERDICT_VERIFIED || out->kind == TOC_VERDICT_OPEN ||
                        out->kind == TOC_VERDICT_TORN || out->kind == TOC_VERDICT_STRANGER;
        if (is_sound && out->semantics == TOC_SEMANTICS)
            rerun(&p);
    }
    free(p.lines);
    free(p.is_held);
    toc_header_fini(&p.header);
    return err;
}

void toc_verdict_fini(toc_verdict *v)
{
    free(v->recorded);
    free(v->came_out);
    v->recorded = v->came_out = NULL;
    toc_difference_fini(&v->told);
}

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    (void)seq; // the line's place
    pass *p = context;
    TOC_GROW(p->lines, p->count, p->capacity);
    p->lines[p->count++] = *line;
}

static toc_err read_header(pass *p, toc_error *e)
{
    char *text = toc_sprintf("%.*s}", (int)p->lines[0].body_len, p->lines[0].bytes);
    toc_err err = toc_header_parse(&p->header, text, strlen(text), e);
    free(text);
    if (err)
        return err;
    toc_verdict *v = p->v;
    const toc_header *h = &p->header;
    toc_copy_text(v->key, sizeof v->key, h->key);
    toc_copy_text(v->exercise, sizeof v->exercise, h->exercise);
    toc_copy_text(v->run, sizeof v->run, h->run);
    toc_copy_text(v->engine, sizeof v->engine, h->engine);
    toc_copy_text(v->parent, sizeof v->parent, h->parent ? h->parent : "");
    toc_copy_text(v->parent_hash, sizeof v->parent_hash, h->parent ? h->parent_hash : "");
    v->parent_seq = h->parent_seq;
    v->semantics = h->semantics;
    compare_key(p);
    return TOC_OK;
}

static void compare_key(pass *p)
{
    toc_verdict *v = p->v;
    const toc_verify_options *given = p->options;
    v->is_fingerprint = given->key && strlen(given->key) < sizeof v->given;
    if (v->is_fingerprint)
        toc_copy_text(v->given, sizeof v->given, given->key);
    else if (given->key)
        toc_key_fingerprint(given->key, v->given);
    v->is_key_known = given->key != NULL;
    v->is_other_run = given->run && strcmp(given->run, p->header.run) != 0;
    v->is_foreign = v->is_other_run || (given->key && !is_run_key(p));
}

// Is the header's key the one that was given?
static bool is_run_key(const pass *p)
{
    char its[20];
    if (!p->v->is_fingerprint)
        return strcmp(p->options->key, p->header.key) == 0;
    toc_key_fingerprint(p->header.key, its);
    return strcmp(p->v->given, its) == 0;
}

static void look_at_line(pass *p, size_t seq)
{
    const toc_line *line = &p->lines[seq];
    for (size_t i = 0; i < p->options->receipt_count; i++) {
        if (strlen(p->options->receipts[i]) != TOC_HASH_HEX ||
            memcmp(p->options->receipts[i], line->hash, TOC_HASH_HEX) != 0)
            continue;
        p->v->held += !p->is_held[i];
        p->is_held[i] = true;
        p->v->held_line = (int64_t)seq + 1;
    }
    if (seq == 0)
        return;
    if (is_kind(line, "close"))
        p->v->is_closed = true;
    if (is_kind(line, "seal"))
        check_seal(p, seq, line);
}

static void check_seal(pass *p, size_t at, const toc_line *line)
{
    int64_t seq = (int64_t)at;
    char *json = toc_sprintf("%.*s}", (int)line->body_len, line->bytes);
    char hash[TOC_HASH_HEX + 1] = "";
    toc_buf text = {0};
    toc_event ev;
    bool is_good = false;
    if (toc_event_parse(&ev, json, strlen(json), NULL) == TOC_OK) {
        memcpy(hash, p->lines[at - 1].hash, TOC_HASH_HEX);
        toc_seal_text(&text, p->header.run, seq - 1, hash);
        const char *sig = toc_event_str(&ev, TOC_F_SIG);
        is_good = sig && is_signature(sig) && toc_seal_verify(p->v->key, text.data, text.len, sig);
        toc_event_fini(&ev);
    }
    if (is_good)
        p->v->sealed = seq - 1;
    else if (p->bad_seal == 0)
        p->bad_seal = seq;
    toc_buf_fini(&text);
    free(json);
}

// In the one form that the page on the journal gives it: toc_seal_verify would take upper case, too.
static bool is_signature(const char *sig)
{
    return strlen(sig) == 128 && strspn(sig, "0123456789abcdef") == 128;
}

// Every line begins with these three: {"seq":12,"t":34,"k":"seal"
static bool is_kind(const toc_line *line, const char *kind)
{
    const char *at = line->bytes, *end = line->bytes + line->len;
    return skip_number(&at, end, "{\"seq\":") && skip_number(&at, end, ",\"t\":") &&
           skip(&at, end, ",\"k\":\"") && skip(&at, end, kind) && skip(&at, end, "\"");
}

static bool skip(const char **at, const char *end, const char *text)
{
    size_t len = strlen(text);
    if ((size_t)(end - *at) < len || memcmp(*at, text, len) != 0)
        return false;
    *at += len;
    return true;
}

static bool skip_number(const char **at, const char *end, const char *name)
{
    if (!skip(at, end, name))
        return false;
    const char *first = *at;
    while (*at < end && **at >= '0' && **at <= '9')
        ++*at;
    return *at > first;
}

static void say(toc_verdict *v, toc_verdict_kind kind, int64_t line, const char *what)
{
    v->kind = kind;
    v->difference = line;
    toc_copy_text(v->what, sizeof v->what, what);
}

static void judge_outside(pass *p, const toc_chain_report *report)
{
    toc_verdict *v = p->v;
    if (report->state == TOC_CHAIN_DAMAGED) {
        char what[sizeof v->what];
        snprintf(what, sizeof what, "%s; line %lld shows that it was on the disk before",
                 report->why, (long long)report->witness);
        bool is_told = report->witness > report->bad_line;
        say(v, TOC_VERDICT_DAMAGED, report->bad_line, is_told ? what : report->why);
        return;
    }
    judge_key(p);
    if (v->kind == TOC_VERDICT_VERIFIED)
        judge_receipts(p, report);
    if (v->kind != TOC_VERDICT_VERIFIED)
        return;
    if (report->state == TOC_CHAIN_TORN)
        say(v, TOC_VERDICT_TORN, report->bad_line, report->why);
    else if (p->header.semantics != TOC_SEMANTICS)
        say(v, TOC_VERDICT_NOT_RERUN, 0, "it was made by an engine with other semantics");
    else if (!is_sealed_at_its_end(p))
        say(v, TOC_VERDICT_OPEN, 0,
            v->is_closed ? "the last line is not a seal"
                         : "the exercise was not closed, or its end was cut off");
}

// Of the lines that hold: what is torn behind them is another matter.
static bool is_sealed_at_its_end(const pass *p)
{
    return p->v->is_closed && p->v->sealed == (int64_t)p->count - 2;
}

// No seal signs the time of the last one. A line that cannot be read is found when it is executed.
static bool is_late(const pass *p)
{
    int64_t last = time_of(&p->lines[p->count - 1]), before = time_of(&p->lines[p->count - 2]);
    return last >= 0 && before >= 0 && last != before;
}

// -1: it cannot be read.
static int64_t time_of(const toc_line *line)
{
    char *json = toc_sprintf("%.*s}", (int)line->body_len, line->bytes);
    toc_event ev;
    int64_t t = -1;
    if (toc_event_parse(&ev, json, strlen(json), NULL) == TOC_OK) {
        t = ev.t;
        toc_event_fini(&ev);
    }
    free(json);
    return t;
}

// A receipt of no line: something is gone, unless the run's own key sealed the end. Then it is the receipt that is another's.
static void judge_receipts(pass *p, const toc_chain_report *report)
{
    toc_verdict *v = p->v;
    char what[sizeof v->what];
    const bool is_whole =
        v->is_key_known && report->state == TOC_CHAIN_WHOLE && is_sealed_at_its_end(p);
    for (size_t i = 0; i < p->options->receipt_count; i++) {
        if (p->is_held[i])
            continue;
        const size_t others = v->receipts - v->held - 1;
        if (!is_whole)
            snprintf(what, sizeof what, "the line with receipt %.64s is not in this journal",
                     p->options->receipts[i]);
        else if (others == 0)
            snprintf(what, sizeof what, "The receipt %.64s is not of this recording",
                     p->options->receipts[i]);
        else
            snprintf(what, sizeof what,
                     "The receipt %.64s, and %zu of the others given, are not of this recording",
                     p->options->receipts[i], others);
        say(v, is_whole ? TOC_VERDICT_STRANGER : TOC_VERDICT_TRUNCATED,
            is_whole ? 0 : report->lines + 1, what);
        return;
    }
}

static void judge_key(pass *p)
{
    toc_verdict *v = p->v;
    char what[sizeof v->what];
    if (v->is_other_run) {
        snprintf(what, sizeof what, "the ticket is of another run: %.120s", p->options->run);
        say(v, TOC_VERDICT_FORGED, 1, what);
    } else if (v->is_key_known && !is_run_key(p)) {
        say(v, TOC_VERDICT_FORGED, 1, "the key in the header is not the run's key that was given");
    } else if (p->bad_seal) {
        say(v, TOC_VERDICT_FORGED, p->bad_seal + 1,
            "this seal was not made with the run's key over the line before it");
    } else if (is_sealed_at_its_end(p) && is_late(p)) {
        say(v, TOC_VERDICT_FORGED, (int64_t)p->count,
            "this seal, the last line, has another time than the line before it: time stands still "
            "when the exercise is closed");
    }
}

// An unfinished last line counts as one.
static void measure_tail(toc_verdict *v, const toc_chain_report *report, const char *data,
                         size_t len)
{
    const char *at = data + report->good_bytes, *end = data + len;
    v->torn_bytes = (int64_t)(end - at);
    for (; at < end; v->torn_lines++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
}

static void rerun(pass *p)
{
    toc_verdict *v = p->v;
    toc_rerun *r = toc_rerun_new(&p->header);
    toc_error e = {0};
    toc_events missing = {0};
    toc_err err = TOC_OK;
    size_t seq = 0;
    while (!err && ++seq < p->count)
        err = toc_rerun_line(r, p->lines[seq].bytes, p->lines[seq].body_len, &e);
    if (!err && toc_rerun_exercise(r)) // cut among its sources, it played nothing yet
        err = toc_rerun_finish(r, &missing, &e);
    toc_rerun_count count = toc_rerun_counted(r);
    v->inputs = count.inputs;
    v->derived = count.derived;
    v->unknown = count.unknown;
    if (err)
        say_difference(p, r, err, seq < p->count ? seq : p->count - 1, e.msg);
    else if (missing.count > 0)
        say_missing(p, r, &missing);
    toc_events_fini(&missing);
    toc_rerun_free(r);
}

static void say_difference(pass *p, toc_rerun *r, toc_err err, size_t seq, const char *why)
{
    toc_verdict *v = p->v;
    const toc_scenario *scenario = toc_rerun_scenario(r);
    bool is_header = err == TOC_EDIVERGED && !toc_rerun_exercise(r);
    if (is_header)
        seq = 0;
    say(v, TOC_VERDICT_DIVERGED, (int64_t)seq + 1, without_line(why));
    v->recorded = is_header ? toc_strdup(toc_rerun_recorded(r))
                            : toc_strndup(p->lines[seq].bytes, p->lines[seq].body_len);
    v->came_out = toc_strdup(err == TOC_EDIVERGED ? toc_rerun_came_out(r) : "");
    toc_difference_find(v, &(toc_verify_lines){p->lines, p->count},
                        scenario ? toc_scenario_plan(scenario) : NULL);
}

// The last step gives more than was recorded.
static void say_missing(pass *p, toc_rerun *r, const toc_events *missing)
{
    toc_verdict *v = p->v;
    if (v->kind == TOC_VERDICT_OPEN)
        say(v, TOC_VERDICT_OPEN, 0,
            "the exercise was not closed, or its end was cut off; its last step is incomplete, and "
            "`tocsin run --resume` completes it");
    if (v->kind != TOC_VERDICT_VERIFIED && v->kind != TOC_VERDICT_STRANGER)
        return;
    toc_buf body = {0};
    say(v, TOC_VERDICT_DIVERGED, (int64_t)p->count + 1,
        "the last step gives more lines than were recorded");
    toc_event_body(&body, &missing->at[0]);
    v->recorded = toc_strdup("");
    v->came_out = toc_buf_take(&body);
    toc_difference_find(v, &(toc_verify_lines){p->lines, p->count},
                        toc_scenario_plan(toc_rerun_scenario(r)));
}

// What is said of a line, without the "line 412" in front: a verdict says that itself.
static const char *without_line(const char *message)
{
    if (strncmp(message, "line ", 5) != 0)
        return message;
    const char *rest = message + 5 + strspn(message + 5, "0123456789");
    if (strncmp(rest, " differs: ", 10) == 0)
        return rest + 10;
    return strncmp(rest, ": ", 2) == 0 ? rest + 2 : rest + strspn(rest, " ");
}
