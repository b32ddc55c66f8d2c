// SPDX-License-Identifier: MIT
// A disk that fails, fills up or is slow, under the real engine with real seats (support/shim.c): whatever was
// acknowledged is in the recording after a resume, everybody is told, and the engine's words say what to do.

#include "check_main.h"
#include "company.h"
#include "run_harness.h"
#include "seed.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define START "\"k\":\"start\""
#define CLOSE "\"k\":\"close\""

enum {
    LANES = 4,     // runs at a time: they mostly wait
    PATIENCE = 60, // seconds
};

// ---- a fault -------------------------------------------------------------------------------------

typedef struct {
    const char *what; // as the table has it
    const char *after, *call;
    int n, times;
    const char *how, *part;
} fault;

// The programs that are started from now on have it; NULL: none.
static void set_fault(const fault *f, const char *folder)
{
    if (!f) {
        unsetenv("LD_PRELOAD");
        return;
    }
    char *orders = toc_sprintf("%s\t%s\t%s\t%d\t%d\t%s\t%s", folder, f->after, f->call, f->n,
                               f->times, f->how, f->part);
    const char *asan = getenv("ASAN_OPTIONS");
    char *options = toc_sprintf("%s%sverify_asan_link_order=0", asan ? asan : "", asan ? ":" : "");
    setenv("TOC_SHIM", orders, 1);
    setenv("ASAN_OPTIONS", options, 1); // our library is loaded before the sanitizer's
    setenv("LD_PRELOAD", getenv("TOC_SHIM_LIBRARY"), 1);
    free(options);
    free(orders);
}

static bool has_struck(const process *p)
{
    return strstr(toc_buf_text(&p->said), "shim: ") != NULL;
}

static void must_say(const process *p, const char *words, const fault *f)
{
    ck_assert_msg(strstr(toc_buf_text(&p->said), words), "%s at %d: no \"%s\" in\n%.6000s", f->what,
                  f->n, words, toc_buf_text(&p->said));
}

// ---- a run ---------------------------------------------------------------------------------------

typedef struct {
    const fault *fault;
    char *runs, *folder;
    process engine, seat[COMPANY];
    bool is_struck;
} show;

static void open_show(show *s, const fault *f)
{
    *s = (show){.fault = f, .runs = folder_new()};
    set_fault(f, s->runs);
    company_begin(&s->engine, s->runs, NULL, "2s");
    set_fault(NULL, NULL);
}

static void take_seats(show *s, unsigned seed)
{
    s->folder = company_ready(&s->engine);
    ck_assert_msg(s->folder, "%s", toc_buf_text(&s->engine.said));
    for (size_t i = 0; i < COMPANY; i++)
        company_sit(&s->seat[i], s->folder, i, seed + (unsigned)i);
}

// The engine says that it cannot record, what to do, and so do all seats; then it is ended, as it asked.
static void break_down(show *s)
{
    static const char told[] = "recording-failed: the engine cannot record";
    bool is_told = process_until(&s->engine, "recording failed (", NULL, PATIENCE);
    s->is_struck = is_told;
    ck_assert_msg(is_told || !has_struck(&s->engine), "%s at %d: nothing was said\n%.6000s",
                  s->fault->what, s->fault->n, toc_buf_text(&s->engine.said));
    if (!is_told) // play was over before the fault's turn came
        return;
    must_say(&s->engine,
             "play stands still: mend the disk, end this engine (Ctrl-C), and take the "
             "run up again with --resume ",
             s->fault);
    must_say(&s->engine, s->folder, s->fault);
    for (size_t i = 0; i < COMPANY; i++) {
        // Where the seal of the close was struck, the close is on the disk, and whoever heard of it has left.
        bool is_heard = process_until(&s->seat[i], told, NULL, PATIENCE) ||
                        strstr(toc_buf_text(&s->seat[i].said), "] CLOSED: ");
        ck_assert_msg(is_heard, "%s at %d, %s:\n%.4000s", s->fault->what, s->fault->n,
                      company_seats[i], toc_buf_text(&s->seat[i].said));
    }
    process_kill(&s->engine, SIGINT);
    ck_assert_int_eq(process_end(&s->engine, PATIENCE), 3);
    must_say(&s->engine, "recording failed: ", s->fault);
    process_free(&s->engine);
}

// To the end: everybody leaves by the close, and nothing is missing. Gives what was lost.
static unsigned finish(show *s, unsigned *acknowledged)
{
    unsigned lost = 0;
    int code = process_end(&s->engine, PATIENCE);
    ck_assert_msg(code == 0, "%s at %d: exit %d\n%.6000s", s->fault->what, s->fault->n, code,
                  toc_buf_text(&s->engine.said));
    kept k;
    company_kept(&k, s->folder);
    for (size_t i = 0; i < COMPANY; i++) {
        code = company_leave(&s->seat[i], PATIENCE);
        ck_assert_msg(code == 0, "%s at %d, %s: exit %d\n%.4000s", s->fault->what, s->fault->n,
                      company_seats[i], code, toc_buf_text(&s->seat[i].said));
        *acknowledged += company_told(&k, &s->seat[i], company_seats[i], &lost);
        process_free(&s->seat[i]);
    }
    lost += k.doubled + k.missing;
    kept_fini(&k);
    process_free(&s->engine);
    free(s->folder);
    return lost;
}

static unsigned finish_and_remove(show *s, unsigned *acknowledged)
{
    unsigned lost = finish(s, acknowledged);
    folder_remove(s->runs);
    return lost;
}

// ---- while play goes on --------------------------------------------------------------------------

static const fault broken[] = {
    {"writes that fail (EIO)", START, "write", 0, 0, "EIO", "journal"},
    {"a full disk (ENOSPC)", START, "write", 0, 0, "ENOSPC", "journal"},
    {"a full quota (EDQUOT)", START, "write", 0, 0, "EDQUOT", "journal"},
    {"half a write, then a full disk", START, "write", 0, 0, "torn", "journal"},
    {"a write that fails once, after it was done", START, "write", 0, 1, "lost", "journal"},
    {"a sync that fails once (EIO)", START, "sync", 0, 1, "EIO", "journal"},
    {"a sync that fails once, after it was done", START, "sync", 0, 1, "lost", "journal"},
    {"syncs that fail (ENOSPC)", START, "sync", 0, 0, "ENOSPC", "journal"},
};

START_TEST(a_disk_that_fails_in_play_stops_it_and_takes_nothing_that_was_acknowledged)
{
    toc_random r;
    seed_random(&r, "disk");
    unsigned struck = 0, acknowledged = 0, all = 0;
    int rounds = getenv("TOC_LONG") ? 12 : 2;
    unsigned tried[TOC_COUNT(broken)] = {0}, lost[TOC_COUNT(broken)] = {0};
    int reach = 23; // how many calls there are: fewer and larger ones where the machine is busy
    for (int round = 0; round < rounds; round++)
        for (size_t first = 0; first < TOC_COUNT(broken); first += LANES) {
            fault f[LANES];
            show s[LANES];
            for (size_t i = 0; i < LANES; i++) {
                f[i] = broken[first + i];
                f[i].n = 2 + (int)toc_random_below(&r, (uint64_t)reach); // all sit by then
                open_show(&s[i], &f[i]);
            }
            for (size_t i = 0; i < LANES; i++)
                take_seats(&s[i], (unsigned)toc_random_below(&r, 1000) + 1);
            for (size_t i = 0; i < LANES; i++) {
                break_down(&s[i]);
                if (s[i].is_struck)
                    company_resume(&s[i].engine, s[i].folder);
            }
            for (size_t i = 0; i < LANES; i++, all++) {
                lost[first + i] += finish_and_remove(&s[i], &acknowledged);
                tried[first + i] += s[i].is_struck;
                if (!s[i].is_struck && f[i].n < reach + 2)
                    reach = 1 + (f[i].n - 2) / 2;
            }
        }
    unsigned sum = 0;
    for (size_t i = 0; i < TOC_COUNT(broken); i++) {
        char *what = toc_sprintf("disk, in play: %s", broken[i].what);
        tally(what, tried[i], lost[i]);
        struck += tried[i];
        sum += lost[i];
        free(what);
    }
    printf("%u faults in %u runs, %u acknowledged decisions\n", struck, all, acknowledged);
    ck_assert_uint_eq(sum, 0);
    ck_assert_uint_gt(struck * 2, all); // else little was tried
}
END_TEST

// ---- faults that are none --------------------------------------------------------------------------

static const fault harmless[] = {
    {"short writes, all of them", START, "write", 1, 0, "short", "journal"},
    {"writes that are interrupted (EINTR)", START, "write", 4, 3, "EINTR", "journal"},
    {"syncs that take 100 ms, all of them", START, "sync", 1, 0, "slow", "journal"},
    {"short writes, from the first file on", "-", "write", 1, 0, "short", "-"},
};

START_TEST(short_interrupted_and_slow_writes_are_nobodys_business)
{
    show s[TOC_COUNT(harmless)];
    unsigned acknowledged = 0, lost[TOC_COUNT(harmless)], sum = 0;
    for (size_t i = 0; i < TOC_COUNT(harmless); i++)
        open_show(&s[i], &harmless[i]);
    for (size_t i = 0; i < TOC_COUNT(harmless); i++)
        take_seats(&s[i], 40 + (unsigned)i);
    for (size_t i = 0; i < TOC_COUNT(harmless); i++) {
        ck_assert(process_until(&s[i].engine, "The exercise is closed", NULL, PATIENCE));
        must_say(&s[i].engine, "shim: ", &harmless[i]);
        ck_assert_ptr_null(strstr(toc_buf_text(&s[i].engine.said), "ALARM"));
        lost[i] = finish_and_remove(&s[i], &acknowledged);
        sum += lost[i];
    }
    for (size_t i = 0; i < TOC_COUNT(harmless); i++) {
        char *what = toc_sprintf("disk, in play: %s", harmless[i].what);
        tally(what, 1, lost[i]);
        free(what);
    }
    ck_assert_uint_eq(sum, 0);
    ck_assert_uint_gt(acknowledged, 0);
}
END_TEST

// ---- at the close --------------------------------------------------------------------------------

static const fault closing[] = {
    {"the close cannot be written", CLOSE, "write", 1, 0, "ENOSPC", "journal"},
    {"the close cannot be synced", CLOSE, "sync", 1, 1, "EIO", "journal"},
    {"its seal cannot be written", CLOSE, "write", 2, 0, "torn", "journal"},
    {"its seal cannot be synced", CLOSE, "sync", 2, 1, "lost", "journal"},
};

// EXCON comes with the resume and closes, in words of its own, unless that is done already.
static unsigned close_again(show *s)
{
    unsigned lost = 0, told = 0;
    process excon;
    ck_assert_msg(process_until(&s->engine, "recording failed (", NULL, PATIENCE), "%s\n%.6000s",
                  s->fault->what, toc_buf_text(&s->engine.said));
    process_kill(&s->engine, SIGINT);
    ck_assert_int_eq(process_end(&s->engine, PATIENCE), 3);
    ck_assert_ptr_null(strstr(toc_buf_text(&s->engine.said), "The exercise is closed"));
    process_free(&s->engine);
    company_resume(&s->engine, s->folder);
    char *ticket = toc_sprintf("%s/tickets/excon-1.ticket", s->folder);
    process_start(&excon, (const char *const[]){binary(), "join", ticket, NULL});
    process_write(&excon, "close\n");
    int code = process_end(&s->engine, PATIENCE);
    ck_assert_msg(code == 0, "%s: exit %d\n%.6000s\n%.4000s", s->fault->what, code,
                  toc_buf_text(&s->engine.said), toc_buf_text(&excon.said));
    must_say(&s->engine, "The exercise is closed", s->fault);
    char *key = toc_sprintf("%s/keys/seal.key", s->folder);
    lost += access(key, F_OK) == 0;
    kept k;
    company_kept(&k, s->folder);
    for (size_t i = 0; i < COMPANY; i++) {
        process_kill(&s->seat[i], SIGTERM); // whoever heard of the close has left
        process_end(&s->seat[i], PATIENCE);
        unsigned own = company_told(&k, &s->seat[i], company_seats[i], &lost);
        // One answer may have been on its way when the disk failed: that it is recorded its seat was not told.
        bool is_untold = company_answers(&k, company_seats[i]) > own + 1;
        if (is_untold)
            printf("%s was not told of its answers:\n%s\n", company_seats[i],
                   toc_buf_text(&s->seat[i].said));
        lost += is_untold;
        told += own;
        process_free(&s->seat[i]);
    }
    lost += k.doubled + k.missing;
    if (lost > 0)
        printf("%s: %u lost, %u missing, %u doubled, %u told of\n%s\n%s\n", s->fault->what, lost,
               k.missing, k.doubled, told, toc_buf_text(&k.answers), toc_buf_text(&s->engine.said));
    kept_fini(&k);
    process_free(&excon);
    process_free(&s->engine);
    folder_remove(s->runs);
    free(s->folder);
    free(ticket);
    free(key);
    return lost;
}

START_TEST(a_disk_that_fails_at_the_close_is_closed_by_a_resume)
{
    show s[TOC_COUNT(closing)];
    unsigned lost = 0;
    for (size_t i = 0; i < TOC_COUNT(closing); i++)
        open_show(&s[i], &closing[i]);
    for (size_t i = 0; i < TOC_COUNT(closing); i++)
        take_seats(&s[i], 60 + (unsigned)i);
    for (size_t i = 0; i < TOC_COUNT(closing); i++)
        lost += close_again(&s[i]);
    tally("disk, at the close: write or sync of it or of its seal", TOC_COUNT(closing), lost);
    ck_assert_uint_eq(lost, 0);
}
END_TEST

START_TEST(a_seal_key_that_cannot_be_deleted_is_told_and_deleted_by_a_resume)
{
    static const fault f = {"the seal key stays", "-", "unlink", 1, 0, "EIO", "seal.key"};
    show s;
    toc_buf said = {0};
    unsigned acknowledged = 0;
    open_show(&s, &f);
    take_seats(&s, 80);
    ck_assert(process_until(&s.engine, "The exercise is closed", NULL, PATIENCE));
    char *words = toc_sprintf("the seal key %s/keys/seal.key could not be deleted", s.folder);
    char *key = toc_sprintf("%s/keys/seal.key", s.folder);
    must_say(&s.engine, words, &f);
    must_say(&s.engine, ": delete it", &f);
    ck_assert_int_eq(access(key, F_OK), 0);
    ck_assert_int_eq(run_verify(s.folder, NULL, NULL), 0);
    process_end(&s.engine, PATIENCE); // with it go its ports
    int code = process_run((const char *const[]){binary(), "run", "--resume", s.folder, NULL},
                           &said, PATIENCE);
    ck_assert_msg(code == 0, "%s", toc_buf_text(&said));
    ck_assert_int_ne(access(key, F_OK), 0);
    unsigned lost = finish_and_remove(&s, &acknowledged);
    tally("disk, at the close: the seal key cannot be deleted", 1, lost);
    ck_assert_uint_eq(lost, 0);
    toc_buf_fini(&said);
    free(words);
    free(key);
}
END_TEST

// ---- before play ---------------------------------------------------------------------------------

// The one folder in a run directory, NULL if there is none.
static char *only_run(const char *runs)
{
    char *path = NULL;
    DIR *dir = opendir(runs);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.' && !path)
            path = toc_sprintf("%s/%s", runs, entry->d_name);
    if (dir)
        closedir(dir);
    return path;
}

// What a start that failed has left: it says what it is, or it is a run. Gives 1 if it lies.
static unsigned judge_remains(const char *runs, const fault *f)
{
    char *folder = only_run(runs);
    unsigned lies = 0;
    if (!folder)
        return 0;
    process p;
    toc_buf json = {0};
    company_resume(&p, folder);
    char *run = company_ready(&p);
    if (run) {
        process_kill(&p, SIGINT);
        process_end(&p, PATIENCE);
        run_verify(folder, &json, NULL);
        lies = !strstr(toc_buf_text(&json), "\"verdict\":\"open\"");
    } else {
        const char *said = toc_buf_text(&p.said);
        process_end(&p, PATIENCE);
        lies = !strstr(said, "is not the folder of a run") && !strstr(said, "start a new run") &&
               !strstr(said, "starting a new one");
        lies += run_verify(folder, &json, NULL) == 0;
    }
    if (lies)
        printf("%s at %d: what is left of the start lies\n%s\n%s\n", f->how, f->n,
               toc_buf_text(&p.said), toc_buf_text(&json));
    toc_buf_fini(&json);
    process_free(&p);
    free(folder);
    free(run);
    return lies;
}

// One start under a fault. False if its turn never came.
static bool start_badly(process *p, const char *runs, const fault *f, unsigned *lost)
{
    char *run = company_ready(p);
    bool is_struck = has_struck(p);
    if (!run) {
        int code = process_end(p, PATIENCE);
        ck_assert_msg(is_struck && code == 3, "%s at %d: exit %d\n%s", f->how, f->n, code,
                      toc_buf_text(&p->said));
        must_say(p, runs, f); // which file
        must_say(p, strcmp(f->how, "EIO") == 0 ? "Input/output error" : "No space left on device",
                 f);
    } else {
        process_kill(p, SIGINT);
        process_end(p, PATIENCE);
    }
    if (is_struck)
        *lost += judge_remains(runs, f);
    free(run);
    process_free(p);
    return is_struck;
}

static void start_under(const char *how, const char *what, int times)
{
    unsigned tried = 0, lost = 0;
    int step = getenv("TOC_LONG") ? 1 : 5;
    bool goes_on = true;
    for (int n = 1; goes_on; n += LANES * step) {
        fault f[LANES];
        process p[LANES];
        char *runs[LANES];
        for (int i = 0; i < LANES; i++) {
            f[i] = (fault){what, "-", "any", n + i * step, times, how, "-"};
            runs[i] = folder_new();
            set_fault(&f[i], runs[i]);
            company_begin(&p[i], runs[i], NULL, "2s");
            set_fault(NULL, NULL);
        }
        for (int i = 0; i < LANES; i++) {
            goes_on = start_badly(&p[i], runs[i], &f[i], &lost);
            tried += goes_on;
            folder_remove(runs[i]);
        }
    }
    tally(what, tried, lost);
    ck_assert_uint_eq(lost, 0);
    ck_assert_uint_gt(tried * (unsigned)step, 60);
}

START_TEST(a_start_that_fails_says_why_and_leaves_nothing_that_looks_like_a_run)
{
    start_under("EIO", "disk, at the start: any one call fails", 1);
    start_under("torn", "disk, at the start: full from any call on", 0);
}
END_TEST

// ---- taking up again -----------------------------------------------------------------------------

START_TEST(a_resume_that_fails_changes_nothing_and_the_next_one_goes_on)
{
    static const fault first = {"half a write", START, "write", 6, 0, "torn", "journal"};
    static const fault later[] = {
        {"opening", "-", "open", 1, 1, "EIO", "journal.jsonl"},
        {"saving the torn end: open", "-", "open", 1, 1, "ENOSPC", ".cut"},
        {"saving the torn end: write", "-", "write", 1, 0, "torn", ".cut"},
        {"saving the torn end: sync", "-", "sync", 1, 1, "EIO", ".cut"},
        {"cutting the torn end", "-", "cut", 1, 1, "EIO", "journal.jsonl"},
        {"writing over the last lines", "-", "write", 1, 1, "EIO", "journal.jsonl"},
        {"writing over half the last lines", "-", "write", 1, 0, "torn", "journal.jsonl"},
        {"syncing the last lines", "-", "sync", 2, 1, "EIO", "journal.jsonl"},
    };
    show s;
    unsigned acknowledged = 0, tried = 0;
    open_show(&s, &first);
    take_seats(&s, 90);
    break_down(&s);
    ck_assert(s.is_struck);
    for (size_t i = 0; i < TOC_COUNT(later); i++) {
        process p;
        set_fault(&later[i], s.runs);
        company_resume(&p, s.folder);
        set_fault(NULL, NULL);
        char *run = company_ready(&p);
        if (run) { // once the torn end is cut off, there is none to save
            process_kill(&p, SIGKILL);
        } else {
            must_say(&p, "shim: ", &later[i]);
            must_say(&p, s.folder, &later[i]);
            ck_assert_int_eq(process_end(&p, PATIENCE), 3);
            tried++;
        }
        process_free(&p);
        free(run);
    }
    company_resume(&s.engine, s.folder);
    unsigned lost = finish_and_remove(&s, &acknowledged);
    tally("disk, at a resume: opening, saving and cutting a torn end, writing, syncing", tried,
          lost);
    ck_assert_uint_eq(lost, 0);
    ck_assert_uint_ge(tried, 4);
}
END_TEST

// ---- a disk that is full -------------------------------------------------------------------------

// Fills the folder's file system to the last byte, in a file beside the runs.
static char *fill_up(const char *folder)
{
    char *path = toc_sprintf("%s/filling", folder), block[4096] = {1};
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_ge(fd, 0);
    for (size_t piece = sizeof block; piece > 0;) {
        ssize_t n = write(fd, block, piece);
        if (n <= 0)
            piece /= 2;
    }
    ck_assert_int_eq(errno, ENOSPC);
    close(fd);
    return path;
}

static bool mount_small(const char *folder)
{
    toc_buf said = {0};
    int code = process_run((const char *const[]){"mount", "-t", "tmpfs", "-o", "size=2m,mode=0700",
                                                 "tocsin", folder, NULL},
                           &said, PATIENCE);
    if (code != 0)
        printf("a really full disk was not tried: mount said %s", toc_buf_text(&said));
    toc_buf_fini(&said);
    return code == 0;
}

static void unmount(const char *folder)
{
    process_run((const char *const[]){"umount", "-l", folder, NULL}, NULL, PATIENCE);
}

// A resume on a disk that is still full may be refused, in words; it must not harm.
static void resume_while_full(const show *s)
{
    process p;
    company_resume(&p, s->folder);
    char *run = company_ready(&p);
    process_kill(&p, SIGKILL);
    if (!run)
        ck_assert_msg(strstr(toc_buf_text(&p.said), "No space left on device"), "%s",
                      toc_buf_text(&p.said));
    process_free(&p);
    free(run);
}

START_TEST(a_disk_that_is_full_and_freed_again_has_lost_nothing)
{
    static const fault f = {"a file system that is really full", "-", "none", 1, 1, "EIO", "-"};
    show s = {.fault = &f, .runs = folder_new()};
    unsigned acknowledged = 0, tried = 0, lost = 0;
    int rounds = getenv("TOC_LONG") ? 20 : 2;
    for (int i = 0; i < rounds && mount_small(s.runs); i++) {
        char *runs = toc_strdup(s.runs);
        company_begin(&s.engine, runs, NULL, "4s");
        take_seats(&s, 100 + (unsigned)i);
        ck_assert(process_until(&s.engine, "INJ-02", NULL, PATIENCE));
        char *filling = fill_up(runs);
        break_down(&s);
        resume_while_full(&s);
        unlink(filling);
        company_resume(&s.engine, s.folder);
        lost += finish(&s, &acknowledged);
        unmount(runs);
        tried++;
        free(filling);
        free(runs);
    }
    folder_remove(s.runs);
    if (tried == 0)
        return;
    tally("disk: a file system filled to the last byte in play, then freed", tried, lost);
    ck_assert_uint_eq(lost, 0);
    ck_assert_uint_gt(acknowledged, 0);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_disk_that_fails_in_play_stops_it_and_takes_nothing_that_was_acknowledged);
    tcase_add_test(tc, short_interrupted_and_slow_writes_are_nobodys_business);
    tcase_add_test(tc, a_disk_that_fails_at_the_close_is_closed_by_a_resume);
    tcase_add_test(tc, a_seal_key_that_cannot_be_deleted_is_told_and_deleted_by_a_resume);
    tcase_add_test(tc, a_start_that_fails_says_why_and_leaves_nothing_that_looks_like_a_run);
    tcase_add_test(tc, a_resume_that_fails_changes_nothing_and_the_next_one_goes_on);
    tcase_add_test(tc, a_disk_that_is_full_and_freed_again_has_lost_nothing);
}

TOC_CHECK_MAIN("disk", add_tests)
