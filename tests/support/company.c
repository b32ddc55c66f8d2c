// SPDX-License-Identifier: MIT
#include "company.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "record/chain.h"
#include "record/event.h"
#include "run_harness.h"

enum {
    READY_S = 60,
    DIALS_S = 5, // more than a terminal needs to find an engine, or none
    TIMED = 18,  // injects of the relay that come by themselves
    JOURNAL_MAX = 1 << 28,
};

const char *const company_seats[COMPANY] = {"excon-1", "north-1", "north-2", "south-1", "west-1"};

static unsigned told_as(const kept *k, const process *seat, const char *name, const char *words,
                        unsigned *lost);
static void on_line(void *context, int64_t seq, const toc_line *line);
static void add_id(kept *k, toc_buf *list, const char *id);
static void add_answer(kept *k, const toc_event *ev);

void company_begin(process *engine, const char *runs, const char *address, const char *in)
{
    char *scenario = source_path("tests/fixtures/relay");
    char *listen = address ? toc_sprintf("%s:0", address) : own_listen(runs);
    process_start(engine,
                  (const char *const[]){binary(), "run", scenario, "--run-dir", runs, "--listen",
                                        listen, "--auto-start", "--in", in, "--seed", "26", NULL});
    free(listen);
    free(scenario);
}

void company_resume(process *engine, const char *folder)
{
    process_start(engine, (const char *const[]){binary(), "run", "--resume", folder, NULL});
}

char *company_ready(process *engine)
{
    return process_until(engine, "sits down with", NULL, READY_S) ? run_folder_of(engine) : NULL;
}

void company_sit(process *seat, const char *folder, size_t i, unsigned seed)
{
    char *ticket = toc_sprintf("%s/tickets/%s.ticket", folder, company_seats[i]);
    char *policy = toc_sprintf("random:%u", seed);
    process_start(seat, (const char *const[]){binary(), "join", ticket, "--auto", policy, NULL});
    free(ticket);
    free(policy);
}

int company_leave(process *seat, int seconds)
{
    if (!process_until(seat, NULL, NULL, DIALS_S)) {
        const char *away = toc_buf_text(&seat->said), *next = away;
        while ((next = strstr(next, "the link to the engine dropped")))
            away = next++;
        if (strstr(away, "no engine answers") && !strstr(away, "the link is back") &&
            !strstr(away, ": you sit at ")) {
            process_kill(seat, SIGTERM);
            process_end(seat, seconds);
            return 0;
        }
    }
    return process_end(seat, seconds);
}

bool company_closed(const process *engine)
{
    return strstr(toc_buf_text(&engine->said), "The exercise is closed") != NULL;
}

void company_kept(kept *k, const char *folder)
{
    toc_buf json = {0}, journal = {0};
    toc_chain_report report;
    toc_error e;
    char *path = toc_sprintf("%s/journal.jsonl", folder);
    *k = (kept){0};
    ck_assert_msg(run_verify(folder, &json, NULL) == 0, "%s", toc_buf_text(&json));
    TOC_OK_OR_FAIL(toc_file_slurp(&journal, path, JOURNAL_MAX, &e), e);
    toc_chain_scan(journal.data, journal.len, &report, on_line, k);
    for (int i = 1; i <= TIMED; i++) {
        char *id = toc_sprintf(",INJ-%02d,", i);
        k->missing += !strstr(toc_buf_text(&k->injects), id);
        free(id);
    }
    toc_buf_fini(&json);
    toc_buf_fini(&journal);
    free(path);
}

void kept_fini(kept *k)
{
    toc_buf_fini(&k->injects);
    toc_buf_fini(&k->decided);
    toc_buf_fini(&k->answers);
}

unsigned company_told(const kept *k, const process *seat, const char *name, unsigned *lost)
{
    return told_as(k, seat, name, ": your answer is recorded: ", lost) +
           told_as(k, seat, name, ": your answer waits for EXCON's ruling: ", lost);
}

unsigned company_answers(const kept *k, const char *name)
{
    char *end = toc_sprintf(" by %s,", name);
    unsigned count = 0;
    for (const char *at = toc_buf_text(&k->answers); (at = strstr(at, end)); at++)
        count++;
    free(end);
    return count;
}

// "D-01: your answer is recorded: cut"
static unsigned told_as(const kept *k, const process *seat, const char *name, const char *words,
                        unsigned *lost)
{
    unsigned count = 0;
    for (const char *at = toc_buf_text(&seat->said); (at = strstr(at, words)); at++) {
        const char *answer = at + strlen(words);
        const char *id = at;
        while (id > seat->said.data && id[-1] != ' ')
            id--;
        char *entry = toc_sprintf(",%.*s: %.*s by %s,", (int)(at - id), id,
                                  (int)strcspn(answer, "\r\n"), answer, name);
        *lost += !strstr(toc_buf_text(&k->answers), entry);
        free(entry);
        count++;
    }
    return count;
}

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    kept *k = context;
    toc_event ev;
    char *json = toc_sprintf("%.*s}", (int)line->body_len, line->bytes);
    if (seq > 0 && toc_event_parse(&ev, json, strlen(json), NULL) == TOC_OK) {
        k->inject_count += ev.kind == TOC_K_INJECT;
        if (ev.kind == TOC_K_INJECT)
            add_id(k, &k->injects, toc_event_str(&ev, TOC_F_INJECT));
        if (ev.kind == TOC_K_DECIDED)
            add_id(k, &k->decided, toc_event_str(&ev, TOC_F_DECISION));
        if (ev.kind == TOC_K_PROPOSED ||
            (ev.kind == TOC_K_DECIDED && !toc_event_str(&ev, TOC_F_RULING)))
            add_answer(k, &ev);
        toc_event_fini(&ev);
    }
    free(json);
}

static void add_id(kept *k, toc_buf *list, const char *id)
{
    char *entry = toc_sprintf(",%s,", id);
    k->doubled += strstr(toc_buf_text(list), entry) != NULL;
    toc_buf_str(list, entry);
    free(entry);
}

// In words of their own, on which EXCON is to rule, or by the option's name.
static void add_answer(kept *k, const toc_event *ev)
{
    const char *text = toc_event_str(ev, TOC_F_TEXT), *option = toc_event_str(ev, TOC_F_OPTION);
    toc_buf_printf(&k->answers, ",%s: %s by %s,", toc_event_str(ev, TOC_F_DECISION),
                   text     ? text
                   : option ? option
                            : "",
                   toc_event_str(ev, TOC_F_BY));
}
