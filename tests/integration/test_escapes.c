// SPDX-License-Identifier: MIT
// Ways out of the sandbox (fixtures/escape, an idea a file), tried while an exercise goes on: in a storyline, a condition, a callback,
// a text, and while the scenario is read. Each is refused or ends within its budget; the other storylines go on, what a seat sends
// is answered, and the recording verifies, which plays every one of them a second time. Each says that it ran, through `ran`.
//
// A file's second line says what becomes of it: `refused` when it is read, `ends` in play, by itself or not, `halts` if it is called
// often enough: it fills the memory, and the scripts are stopped for good. A way out that works calls `escaped`.

#include "attacker.h"
#include "check_main.h"
#include "run_harness.h"
#include "tally.h"

#include <dirent.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"

enum { ANSWER_S = 120, ANSWER_MS = ANSWER_S * 1000, FILE_MAX = 1 << 20, CALLS = 300 };
#define OUT                                                                                        \
    "GOT"                                                                                          \
    "OUT" // what `escaped` says; put together there, so that it stands in no source

typedef struct {
    char *name, *ends, *body;
} escape;

typedef struct {
    escape *at;
    size_t count, capacity;
} escapes;

typedef struct {
    const char *name;
    // Writes what calls E[n], the k-th of all, once, or CALLS times.
    void (*write)(toc_buf *out, size_t n, bool is_often);
} place;

static char *dir;
static escapes all;
static toc_error e;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const escape *)a)->name, ((const escape *)b)->name);
}

static void read_all(void)
{
    char *path = source_path("tests/fixtures/escape");
    DIR *folder = opendir(path);
    ck_assert_msg(folder != NULL, "%s", path);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        toc_buf text = {0};
        if (!strstr(entry->d_name, ".lua"))
            continue;
        char *file = toc_sprintf("%s/%s", path, entry->d_name);
        TOC_OK_OR_FAIL(toc_file_slurp(&text, file, FILE_MAX, &e), e);
        char *mark = strstr(text.data, "\n--! ");
        ck_assert_msg(mark != NULL, "%s does not say what becomes of it", file);
        char *end = strchr(mark + 5, '\n');
        TOC_GROW(all.at, all.count, all.capacity);
        all.at[all.count++] =
            (escape){toc_strdup(entry->d_name), toc_strndup(mark + 5, (size_t)(end - mark - 5)),
                     toc_strdup(end + 1)};
        toc_buf_fini(&text);
        free(file);
    }
    closedir(folder);
    free(path);
    ck_assert_uint_ge(all.count, 40);
    qsort(all.at, all.count, sizeof *all.at, by_name);
}

static void set_up(void)
{
    signal(SIGPIPE, SIG_IGN);
    dir = folder_new();
    read_all();
}

static void tear_down(void)
{
    folder_remove(dir);
    for (size_t i = 0; i < all.count; i++) {
        free(all.at[i].name);
        free(all.at[i].ends);
        free(all.at[i].body);
    }
    free(all.at);
}

// ---- scenarios -------------------------------------------------------------------------------------------

static void write_head(toc_buf *out)
{
    toc_buf_str(out,
                "exercise \"escape\" { title = \"Escape\", startex = \"2026-03-01 06:00Z\", "
                "length = \"10h\" }\n"
                "team \"ops\" { name = \"Ops\", contacts = { \"world\" } }\n"
                "party \"world\" { name = \"World\" }\n"
                "inject \"INJ-50\" { to = \"ops\", title = \"Fifty\", text = \"Fifty.\" }\n"
                "local E, kept, ran = {}, {}, {}\n"
                "storyline \"honest\" (function () for i = 1, 1000 do wait \"1s\" "
                "note(\"honest \" .. i .. \".\") for n, what in pairs(ran) do "
                "if what == \"now\" then ran[n] = \"told\" note(\"ran \" .. n .. \".\") end end "
                "end end)\n"
                "local function escaped(what) note(\"GOT\" .. \"OUT \" .. what) error(\"GOT\" "
                ".. \"OUT \" .. what, 0) end\n");
}

static void write_escape(toc_buf *out, size_t n, const escape *x)
{
    toc_buf_printf(out, "E[%zu] = function () ran[%zu] = ran[%zu] or \"now\"\n%send\n", n, n, n,
                   x->body);
}

static void put_scenario(toc_buf *text)
{
    char *path = toc_sprintf("%s/scenario.lua", dir);
    TOC_OK_OR_FAIL(toc_file_write_private(path, text->data, text->len, &e), e);
    free(path);
}

static void in_storyline(toc_buf *out, size_t n, bool is_often)
{
    toc_buf_printf(out,
                   "storyline \"escape %zu\" (function () wait \"%zus\" for i = 1, %d do E[%zu]() "
                   "wait \"1s\" end "
                   "note \"done %zu.\" end)\n",
                   n, n + 1, is_often ? CALLS : 1, n, n);
}

static void in_condition(toc_buf *out, size_t n, bool is_often)
{
    (void)is_often; // it is asked often
    toc_buf_printf(
        out,
        "when(function () if now() > %zu then E[%zu]() end return false end, function () end)\n", n,
        n);
}

static void in_callback(toc_buf *out, size_t n, bool is_often)
{
    toc_buf_printf(out,
                   "on(\"message\", function (ev) if ev.text == \"act %zu.\" or %s then E[%zu]() "
                   "note \"done %zu.\" end end)\n",
                   n, is_often ? "true" : "false", n, n);
}

static void in_text(toc_buf *out, size_t n, bool is_often)
{
    for (size_t i = 0; i < (is_often ? CALLS : 1); i++)
        toc_buf_printf(out,
                       "inject \"T-%zu-%zu\" { at = \"T+%zus\", to = \"ops\", title = \"Text\", "
                       "text = function () E[%zu]() "
                       "return \"done %zu.\" end }\n",
                       n, i, n + 1 + i, n, n);
}

static const place places[] = {{"a storyline", in_storyline},
                               {"a condition", in_condition},
                               {"a callback", in_callback},
                               {"a text", in_text}};

// ---- runs ------------------------------------------------------------------------------------------------

// How often a line of the journal has both.
static int count_lines(const toc_buf *journal, const char *kind, const char *text)
{
    int count = 0;
    for (const char *at = toc_buf_text(journal), *end; *at; at = end + (*end != '\0')) {
        end = at + strcspn(at, "\n");
        char *line = toc_strndup(at, (size_t)(end - at));
        count += strstr(line, kind) && strstr(line, text);
        free(line);
    }
    return count;
}

// How many of the first escapes said that they ran; the others are named.
static size_t count_ran(const toc_buf *journal, const place *p, size_t count)
{
    size_t ran = 0;
    for (size_t i = 0; i < count; i++) {
        char *mark = toc_sprintf("\"ran %zu.\"", i);
        bool has_run = count_lines(journal, "\"k\":\"note\"", mark) == 1;
        if (!has_run)
            printf("%s: number %zu did not run\n", p->name, i);
        ran += has_run;
        free(mark);
    }
    return ran;
}

// A run in which each escape is tried once, or one often; how many acts, escapes or storylines were lost. ran: how many escapes
// were tried; NULL: it is the one that halts.
static unsigned long long play(const place *p, size_t acts, size_t *ran)
{
    bool is_often = !ran;
    process engine;
    guest ops, excon;
    toc_buf journal = {0}, json = {0};
    int64_t slowest = 0;
    unsigned long long lost = 0;
    process_start(&engine, (const char *const[]){binary(), "run", dir, "--run-dir", dir, "--listen",
                                                 "127.0.0.1:0", "--quiet", "--speed",
                                                 is_often ? "100" : "20", NULL});
    ck_assert_msg(process_until(&engine, "sits down with", NULL, ANSWER_S), "%s: %.2000s", p->name,
                  toc_buf_text(&engine.said));
    char *folder = run_folder_of(&engine);
    guest_sit(&ops, folder, "ops-1");
    guest_sit(&excon, folder, "excon-1");
    guest_join(&ops);
    guest_join(&excon);
    guest_ask(&excon, "start", "");
    for (size_t i = 0; i < acts; i++) {
        // Each about when its escape is tried.
        char *mark = toc_sprintf("honest %zu.", i + 2),
             *fields = toc_sprintf(",\"to\":[\"world\"],\"text\":\"act %zu.\"", i);
        if (!is_often)
            ck_assert_msg(strstr(toc_buf_text(&excon.all), mark) ||
                              guest_hear(&excon, mark, ANSWER_MS),
                          "%s: no \"%s\"", p->name, mark);
        int64_t asked = attacker_now();
        const char *reply = guest_ask(&ops, "say", fields);
        ck_assert_msg(strstr(reply, "\"ok\":true"), "%s: %s: %s", p->name, fields, reply);
        int64_t took = attacker_now() - asked;
        slowest = took > slowest ? took : slowest;
        free(mark);
        free(fields);
    }
    if (!is_often) { // the honest storyline has told all that ran, the last too: its act may have come late
        char *marks[] = {toc_sprintf("\"honest %zu.\"", acts + 4),
                         toc_sprintf("\"ran %zu.\"", acts - 1)};
        for (size_t i = 0; i < TOC_COUNT(marks); i++) {
            ck_assert_msg(strstr(toc_buf_text(&excon.all), marks[i]) ||
                              guest_hear(&excon, marks[i], ANSWER_MS),
                          "%s: no %s", p->name, marks[i]);
            free(marks[i]);
        }
    } else {
        ck_assert_msg(strstr(toc_buf_text(&excon.all), "\"k\":\"halt\"") ||
                          guest_hear(&excon, "\"k\":\"halt\"", ANSWER_MS),
                      "%s: the memory was not filled", p->name);
    }
    ck_assert_ptr_nonnull(strstr(
        guest_ask(&ops, "say", ",\"to\":[\"world\"],\"text\":\"the last.\""), "\"ok\":true"));
    guest_ask(&excon, "end", "");
    guest_ask(&excon, "close", "");
    guest_leave(&ops);
    guest_leave(&excon);
    ck_assert_msg(process_end(&engine, ANSWER_S) == 0, "%s: %.2000s", p->name,
                  toc_buf_text(&engine.said));
    ck_assert_msg(run_verify(folder, &json, NULL) == 0, "%s: %.2000s", p->name,
                  toc_buf_text(&json));
    char *path = toc_sprintf("%s/journal.jsonl", folder);
    TOC_OK_OR_FAIL(toc_file_slurp(&journal, path, 1 << 28, &e), e);
    for (size_t i = 0; i < acts; i++) {
        char *act = toc_sprintf("\"text\":\"act %zu.\"", i),
             *honest = toc_sprintf("\"honest %zu.\"", i + 2);
        lost += count_lines(&journal, "\"k\":\"say\"", act) != 1 ||
                count_lines(&journal, "\"k\":\"message\"", act) != 1;
        lost += !is_often && count_lines(&journal, "\"k\":\"note\"", honest) != 1;
        free(act);
        free(honest);
    }
    lost += (unsigned long long)(count_lines(&journal, "\"k\":\"note\"", OUT) +
                                 count_lines(&journal, "\"k\":\"error\"", OUT));
    lost += count_lines(&journal, "\"k\":\"halt\"", "") != is_often;
    lost += count_lines(&journal, "\"k\":\"say\"", "the last.") != 1;
    if (ran)
        *ran = count_ran(&journal, p, acts);
    printf("%s: %zu acts, the slowest answered after %lld ms; %d came to their end, %d errors\n",
           p->name, acts, (long long)slowest,
           count_lines(&journal, "", "done ") - count_lines(&journal, "\"k\":\"source\"", "done "),
           count_lines(&journal, "\"k\":\"error\"", ""));
    process_free(&engine);
    toc_buf_fini(&journal);
    toc_buf_fini(&json);
    free(path);
    free(folder);
    return lost;
}

START_TEST(ways_out_that_are_tried_in_play_lead_nowhere)
{
    const place *p = &places[_i];
    toc_buf text = {0}, calls = {0};
    size_t count = 0, ran = 0;
    write_head(&text);
    for (size_t i = 0; i < all.count; i++) {
        if (strcmp(all.at[i].ends, "ends") != 0)
            continue;
        write_escape(&text, count, &all.at[i]);
        p->write(&calls, count++, false);
    }
    toc_buf_add(&text, calls.data, calls.len);
    put_scenario(&text);
    unsigned long long lost = play(p, count, &ran);
    char *what = toc_sprintf("ways out of the sandbox, in %s", p->name);
    tally(what, ran, lost);
    ck_assert_uint_eq(lost, 0);
    ck_assert_uint_eq(ran, count);
    free(what);
    toc_buf_fini(&text);
    toc_buf_fini(&calls);
}
END_TEST

START_TEST(scripts_that_fill_the_memory_are_stopped_and_the_exercise_goes_on)
{
    const place *p = &places[_i];
    unsigned long long tried = 0, lost = 0;
    for (size_t i = 0; i < all.count; i++) {
        toc_buf text = {0};
        if (strcmp(all.at[i].ends, "halts") != 0)
            continue;
        write_head(&text);
        write_escape(&text, 0, &all.at[i]);
        p->write(&text, 0, true);
        put_scenario(&text);
        printf("%s in ", all.at[i].name);
        fflush(stdout);
        lost += play(p, CALLS, NULL);
        tried++;
        toc_buf_fini(&text);
    }
    tally("scripts that fill the memory, in play", tried, lost);
    ck_assert_uint_ge(tried, 2);
    ck_assert_uint_eq(lost, 0);
}
END_TEST

// Each by itself, at the top of a scenario: it is refused, or does no harm and the doors open.
START_TEST(ways_out_that_are_tried_when_a_scenario_is_read_lead_nowhere)
{
    unsigned long long tried = 0, lost = 0, refused = 0;
    int64_t slowest = 0;
    for (size_t i = 0; i < all.count; i++) {
        toc_buf text = {0};
        process engine;
        const escape *x = &all.at[i];
        write_head(&text);
        write_escape(&text, 0, x);
        toc_buf_str(&text, "E[0]()\n");
        put_scenario(&text);
        int64_t asked = attacker_now();
        process_start(&engine, (const char *const[]){binary(), "run", dir, "--run-dir", dir,
                                                     "--listen", "127.0.0.1:0", "--quiet", NULL});
        bool is_open = process_until(&engine, "sits down with", NULL, ANSWER_S);
        slowest = attacker_now() - asked > slowest ? attacker_now() - asked : slowest;
        if (is_open)
            process_kill(&engine, SIGTERM);
        int code = process_end(&engine, ANSWER_S);
        bool is_right =
            strcmp(x->ends, "refused") == 0 ? code == 1 : code == 1 || (is_open && code == 130);
        if (!is_right || strstr(toc_buf_text(&engine.said), OUT)) {
            printf("%s: exit %d: %s\n", x->name, code, toc_buf_text(&engine.said));
            lost++;
        }
        refused += !is_open;
        // It was read, and by itself: a refusal names a line of it.
        bool is_read = is_open || strstr(toc_buf_text(&engine.said), "scenario.lua:");
        if (!is_read)
            printf("%s was not read: %s\n", x->name, toc_buf_text(&engine.said));
        tried += is_read;
        process_free(&engine);
        toc_buf_fini(&text);
    }
    printf("%llu of %zu were refused, the slowest was judged after %lld ms\n", refused, all.count,
           (long long)slowest);
    tally("ways out of the sandbox, in a scenario that is read", tried, lost);
    ck_assert_uint_eq(lost, 0);
    ck_assert_uint_eq(tried, all.count);
    ck_assert_uint_lt(refused, all.count); // without a way out in it, the doors open
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    const int count = (int)TOC_COUNT(places);
    tcase_add_loop_test(tc, ways_out_that_are_tried_in_play_lead_nowhere, 0, count);
    tcase_add_loop_test(tc, scripts_that_fill_the_memory_are_stopped_and_the_exercise_goes_on, 0,
                        count);
    tcase_add_test(tc, ways_out_that_are_tried_when_a_scenario_is_read_lead_nowhere);
}

TOC_CHECK_MAIN("escapes", add_tests)
