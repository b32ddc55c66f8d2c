// SPDX-License-Identifier: MIT
// The engine dies at every write and every sync of a run, before, within and after it, and once more
// while it resumes. Whatever it had acknowledged is there once, what is asked for again is not done
// again, and the exercise that comes out is the one that was never interrupted. Under a sanitizer it dies at fewer (support/sampled.h).

#include "check_main.h"
#include "journal_fixture.h"
#include "process.h"
#include "sampled.h"
#include "scripted.h"
#include "seed.h"
#include "solo.h"
#include "tally.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "replays/verify.h"

#define KILLED       42 // exit codes of a child
#define DONE         0
#define RECEIPTS_MAX 512

// Where it dies. In WRITE_LOST and SYNC_LOST the power fails: what was not synced is gone.
typedef enum {
    WRITE_LOST,
    WRITE_HALF,
    WRITE_AFTER,
    SYNC_BEFORE,
    SYNC_LOST,
    SYNC_AFTER,
    WHERE_COUNT
} where;
static const char *const where_names[] = {"losing power before write",
                                          "in the middle of write",
                                          "after write",
                                          "before sync",
                                          "losing power at sync",
                                          "after sync"};

typedef struct {
    where where;
    int n; // of the writes or syncs; 0: never
} death;

// What a child told before it died.
typedef struct {
    bool is_begun;                // a start or a resume was done
    bool is_acknowledged[64];     // by number of the input
    char *receipts[RECEIPTS_MAX]; // newest last
    size_t receipt_count;
    long synced; // bytes of the journal that are safe
} told;

typedef struct {
    journal_fixture disk;
    toc_files *files;
    toc_buf reference; // what is derived without any death
} world;

static world w;

// ---- the disk that kills -------------------------------------------------------------------------

typedef struct {
    death death;
    int writes, syncs, pipe;
} deadly;

static void say(int fd, char what, const char *text)
{
    char line[128];
    int n = snprintf(line, sizeof line, "%c %s\n", what, text);
    if (write(fd, line, (size_t)n) != n)
        _exit(1);
}

static int write_whole(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);
        if (n <= 0)
            return errno ? errno : EIO;
        data += n;
        len -= (size_t)n;
    }
    return 0;
}

static int deadly_write(void *context, int fd, const void *data, size_t len)
{
    deadly *d = context;
    bool is_last = ++d->writes == d->death.n && d->death.where <= WRITE_AFTER;
    if (is_last && d->death.where == WRITE_LOST)
        _exit(KILLED);
    int sys = write_whole(fd, data, is_last && d->death.where == WRITE_HALF ? len / 2 : len);
    if (is_last)
        _exit(KILLED);
    return sys;
}

static int deadly_sync(void *context, int fd)
{
    deadly *d = context;
    struct stat st, journal;
    char size[32];
    bool is_last = ++d->syncs == d->death.n && d->death.where >= SYNC_BEFORE;
    if (is_last && d->death.where != SYNC_AFTER)
        _exit(KILLED);
    if (fsync(fd) != 0 || fstat(fd, &st) != 0)
        return errno;
    snprintf(size, sizeof size, "%ld", (long)st.st_size);
    if (stat(w.disk.path, &journal) == 0 &&
        st.st_ino == journal.st_ino) // no folder, no torn end put aside
        say(d->pipe, 'S', size);
    if (is_last)
        _exit(KILLED);
    return 0;
}

// ---- a child -------------------------------------------------------------------------------------

static void on_input(void *context, const char *id)
{
    say(((deadly *)context)->pipe, 'I', id);
}

static void on_receipt(void *context, const char *receipt)
{
    say(((deadly *)context)->pipe, 'R', receipt);
}

typedef enum { FROM_START, ONLY_RESUME } task;

static void child(task what, death d, int fd)
{
    deadly disk_context = {.death = d, .pipe = fd};
    toc_disk disk = {&disk_context, deadly_write, deadly_sync, NULL};
    scripted s = {.journal = w.disk.path,
                  .seal_pem = w.disk.private_pem,
                  .files = w.files,
                  .disk = &disk,
                  .context = &disk_context,
                  .on_input = on_input,
                  .on_receipt = on_receipt};
    toc_error e = {0};
    toc_err err = what == FROM_START ? scripted_start(&s, &e) : scripted_resume(&s, &e);
    if (err)
        _exit(err == TOC_EREFUSED || err == TOC_EDAMAGED ? DONE : 1); // there is nothing to resume
    say(fd, 'B', "");
    if (what == FROM_START)
        scripted_go(&s);
    _exit(DONE);
}

static void hear(told *t, char *line)
{
    if (line[0] == 'B') {
        t->is_begun = true;
    } else if (line[0] == 'S') {
        t->synced = strtol(line + 2, NULL, 10);
    } else if (line[0] == 'I') {
        size_t i = (size_t)strtol(strchr(line, '-') + 1, NULL, 10) - 1;
        ck_assert_uint_lt(i, scripted_count());
        t->is_acknowledged[i] = true;
    } else {
        ck_assert_uint_lt(t->receipt_count, RECEIPTS_MAX);
        t->receipts[t->receipt_count++] = toc_strdup(line + 2);
    }
}

static void forget(told *t)
{
    for (size_t i = 0; i < t->receipt_count; i++)
        free(t->receipts[i]);
    *t = (told){0};
}

// Runs a child that dies as told, and adds what it told. False if it came to its end.
static bool dies(task what, death d, told *t)
{
    int ends[2], status;
    char line[128];
    ck_assert_int_eq(pipe(ends), 0);
    fflush(NULL);
    pid_t pid = fork();
    ck_assert_int_ge(pid, 0);
    if (pid == 0) {
        close(ends[0]);
        child(what, d, ends[1]);
    }
    close(ends[1]);
    FILE *in = fdopen(ends[0], "r");
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        hear(t, line);
    }
    fclose(in);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_msg(
        WIFEXITED(status) && (WEXITSTATUS(status) == KILLED || WEXITSTATUS(status) == DONE),
        "%s %d: the child ended with status %x", where_names[d.where], d.n, (unsigned)status);
    bool is_killed = WEXITSTATUS(status) == KILLED;
    struct stat st;
    bool is_power = d.where == WRITE_LOST || d.where == SYNC_LOST;
    if (is_killed && is_power && stat(w.disk.path, &st) == 0 && st.st_size > t->synced)
        ck_assert_int_eq(truncate(w.disk.path, t->synced), 0);
    return is_killed;
}

// ---- afterwards ----------------------------------------------------------------------------------

// The journal as a run without deaths would have it: derived lines, without numbers of lines.
typedef struct {
    toc_buf derived;
    int ids[64];
} outcome;

static void strip(toc_event *ev)
{
    ev->seq = ev->cause = 1;
    for (size_t f = 0; f < ev->count; f++)
        if (toc_field_type(ev->values[f].field) == TOC_TYPE_REF)
            ev->values[f].number = 1;
}

static void count_line(void *context, int64_t seq, const toc_line *line)
{
    outcome *t = context;
    toc_event ev;
    toc_error e = {0};
    if (seq == 0)
        return;
    char *json = toc_sprintf("%.*s}", (int)line->body_len, line->bytes);
    TOC_OK_OR_FAIL(toc_event_parse(&ev, json, strlen(json), &e), e);
    const char *id = toc_event_str(&ev, TOC_F_ID);
    for (size_t i = 0; id && i < scripted_count(); i++) {
        char wanted[16];
        scripted_id(i, wanted);
        t->ids[i] += strcmp(id, wanted) == 0;
    }
    if (toc_kind_class(ev.kind) == TOC_CLASS_DERIVED) {
        strip(&ev);
        toc_event_body(&t->derived, &ev);
        toc_buf_char(&t->derived, '\n');
    }
    toc_event_fini(&ev);
    free(json);
}

// What stands in the file; fails if it is not a closed exercise that verifies and holds the receipts.
static outcome judge(const told *t)
{
    toc_buf data = {0};
    toc_chain_report report;
    outcome sum = {0};
    toc_verdict v;
    toc_error e = {0};
    toc_verify_options options = {.key = w.disk.header.key,
                                  .receipts = t ? (const char *const *)t->receipts : NULL,
                                  .receipt_count = t ? t->receipt_count : 0};
    fixture_read(&data, w.disk.path);
    TOC_OK_OR_FAIL(toc_verify(&v, data.data, data.len, &options, &e), e);
    ck_assert_msg(v.kind == TOC_VERDICT_VERIFIED, "%s at line %lld: %s\n%s\n%s",
                  toc_verdict_name(v.kind), (long long)v.difference, v.what,
                  v.recorded ? v.recorded : "", v.came_out ? v.came_out : "");
    toc_verdict_fini(&v);
    toc_chain_scan(data.data, data.len, &report, count_line, &sum);
    toc_buf_fini(&data);
    for (size_t i = 0; i < scripted_count(); i++)
        ck_assert_msg(sum.ids[i] == 1, "input %zu stands %d times in the journal", i + 1,
                      sum.ids[i]);
    return sum;
}

// The first line in which two texts differ.
static void must_be_same(const char *a, const char *b)
{
    size_t at = 0, line = 0;
    if (strcmp(a, b) == 0)
        return;
    while (a[at] == b[at]) {
        if (a[at++] == '\n')
            line = at;
    }
    ck_abort_msg("without a death:\n%.*s\nafter one:\n%.*s", (int)strcspn(a + line, "\n"), a + line,
                 (int)strcspn(b + line, "\n"), b + line);
}

// Resumes what a dead child left, or starts anew if that one had promised nothing; plays to the end and
// looks whether all is well.
static void go_on(const told *t)
{
    scripted s = {.journal = w.disk.path, .seal_pem = w.disk.private_pem, .files = w.files};
    toc_error e = {0};
    toc_err err = scripted_resume(&s, &e);
    if (err && !t->is_begun) {
        bool is_there = access(w.disk.path, F_OK) == 0;
        bool is_said = is_there ? err == TOC_EREFUSED || err == TOC_EDAMAGED : err == TOC_EIO;
        ck_assert_msg(is_said, "%d: %s", err, e.msg);
        fixture_empty_folder(&w.disk);
        TOC_OK_OR_FAIL(scripted_start(&s, &e), e);
    } else {
        TOC_OK_OR_FAIL(err, e);
    }
    for (size_t i = 0; i < scripted_count(); i++) {
        char id[16];
        toc_answer a;
        scripted_id(i, id);
        ck_assert_msg(!t->is_acknowledged[i] ||
                          toc_sessions_answer(toc_conduct_sessions(s.c), id, &a),
                      "%s was acknowledged and is gone", id);
    }
    scripted_go(&s);
    scripted_end(&s);
    outcome sum = judge(t);
    must_be_same(w.reference.data, sum.derived.data);
    toc_buf_fini(&sum.derived);
}

static void setup(void)
{
    toc_error e = {0};
    char *dir = source_path("tests/fixtures/relay");
    memset(&w, 0, sizeof w);
    fixture_setup(&w.disk);
    TOC_OK_OR_FAIL(scenario_files(&w.files, dir, &e), e);
    free(dir);
    ck_assert_uint_le(scripted_count(), 64);

    scripted s = {.journal = w.disk.path, .seal_pem = w.disk.private_pem, .files = w.files};
    TOC_OK_OR_FAIL(scripted_start(&s, &e), e);
    scripted_go(&s);
    scripted_end(&s);
    w.reference = judge(NULL).derived;
    fixture_empty_folder(&w.disk);
}

static void teardown(void)
{
    toc_buf_fini(&w.reference);
    toc_files_free(w.files);
    fixture_teardown(&w.disk);
}

START_TEST(killed_at_any_write_or_sync_it_goes_on_as_if_nothing_was)
{
    int deaths = 0;
    for (where at = WRITE_LOST; at < WHERE_COUNT; at++)
        for (int n = 1;; n += (int)sampled(1)) {
            told t = {0};
            bool is_killed = dies(FROM_START, (death){at, n}, &t);
            go_on(&t);
            forget(&t);
            fixture_empty_folder(&w.disk);
            if (!is_killed)
                break;
            deaths++;
        }
    tally("the engine dies at each write and sync of a run", (unsigned)deaths, 0);
    ck_assert_int_gt(deaths, sampled_some(100));
}
END_TEST

// Every death of a resume, after one first death.
static int die_again(const death *first)
{
    int deaths = 0;
    for (where at = WRITE_LOST; at < WHERE_COUNT; at++) {
        bool is_killed = true;
        for (int n = 1; is_killed; n++) {
            told t = {0};
            fixture_empty_folder(&w.disk);
            if (!dies(FROM_START, *first, &t) || access(w.disk.path, F_OK) != 0) {
                forget(&t);
                return deaths;
            }
            is_killed = dies(ONLY_RESUME, (death){at, n}, &t);
            go_on(&t);
            forget(&t);
            deaths += is_killed;
        }
    }
    return deaths;
}

START_TEST(killed_again_while_it_resumes_it_goes_on_as_well)
{
    toc_random r;
    seed_random(&r, "again");
    int deaths = 0, rounds = getenv("TOC_LONG") ? 200 : sampled_some(8);
    for (int i = 0; i < rounds; i++) {
        death first = {(where)toc_random_below(&r, WHERE_COUNT), 1 + (int)toc_random_below(&r, 60)};
        deaths += die_again(&first);
    }
    tally("it dies again at each write and sync of the resume", (unsigned)deaths, 0);
    ck_assert_int_gt(deaths, 0);
    fixture_empty_folder(&w.disk);
}
END_TEST

// The lines without trailers and signatures, which tell when what was committed.
static void add_body(void *context, int64_t seq, const toc_line *line)
{
    toc_buf *out = context;
    char *body = toc_strndup(line->bytes, line->body_len), *sig = strstr(body, ",\"sig\":");
    if (sig)
        *sig = '\0';
    toc_buf_str(out, seq ? body : "");
    toc_buf_char(out, '\n');
    free(body);
}

static char *bodies_in_pieces(toc_random *pieces)
{
    scripted s = {
        .journal = w.disk.path, .seal_pem = w.disk.private_pem, .files = w.files, .pieces = pieces};
    toc_error e = {0};
    toc_buf data = {0}, bodies = {0};
    toc_chain_report report;
    TOC_OK_OR_FAIL(scripted_start(&s, &e), e);
    scripted_go(&s);
    scripted_end(&s);
    outcome sum = judge(NULL);
    toc_buf_fini(&sum.derived);
    fixture_read(&data, w.disk.path);
    toc_chain_scan(data.data, data.len, &report, add_body, &bodies);
    toc_buf_fini(&data);
    fixture_empty_folder(&w.disk);
    return toc_buf_take(&bodies);
}

START_TEST(time_and_commits_in_pieces_change_no_line)
{
    toc_random r;
    seed_random(&r, "pieces");
    char *first = bodies_in_pieces(&r);
    for (int i = 0; i < (getenv("TOC_LONG") ? 500 : sampled_some(10)); i++) {
        char *other = bodies_in_pieces(&r);
        must_be_same(first, other);
        free(other);
    }
    free(first);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, killed_at_any_write_or_sync_it_goes_on_as_if_nothing_was);
    tcase_add_test(tc, time_and_commits_in_pieces_change_no_line);
    tcase_add_test(tc, killed_again_while_it_resumes_it_goes_on_as_well);
}

TOC_CHECK_MAIN("crash_steps", add_tests)
