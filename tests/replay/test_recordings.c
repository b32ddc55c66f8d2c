// SPDX-License-Identifier: MIT
// The recordings in replays/recordings, all of them: each verifies with its key, shows what everybody saw at any moment, says why each
// inject came, and gives a report; whatever is altered in one is found. Those that are listed in of-older-semantics are not executed, and all
// else is the same.

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/text.h"
#include "check_main.h"
#include "process.h"
#include "record/event.h"
#include "replays/compare.h"
#include "replays/report.h"
#include "replays/verify.h"
#include "replays/viewpoint.h"
#include "replays/why.h"
#include "sampled.h"
#include "seed.h"

#define FOLDER "replays/recordings"

enum { MAX = 64, SECONDS = 60, BYTES_MAX = 3 << 19, ROWS = 24, LEAST = 3 };

#define MOMENTS sampled_some(20)
#define FLIPS   sampled_some(12)

static char *names[MAX];
static int name_count;

// One folder, read; all of it owned.
typedef struct {
    const char *name;
    char *path; // of its journal
    char key[65];
    int64_t older; // semantics that it is listed with; 0: it is not
    toc_buf journal;
    toc_recording *r;
} sample;

static toc_error e;

static char *path_of(const char *name, const char *file)
{
    char *relative = toc_sprintf("%s/%s%s%s", FOLDER, name, *name ? "/" : "", file);
    char *path = source_path(relative);
    free(relative);
    return path;
}

static void slurp(toc_buf *out, const char *name, const char *file)
{
    char *path = path_of(name, file);
    TOC_OK_OR_FAIL(toc_file_slurp(out, path, BYTES_MAX, &e), e);
    free(path);
}

static int64_t listed_as(const char *name)
{
    toc_buf list = {0};
    int64_t semantics = 0;
    slurp(&list, "", "of-older-semantics");
    for (const char *at = toc_buf_text(&list); *at;) {
        size_t len = strcspn(at, "\n"), word = strcspn(at, " \n");
        if (*at != '#' && word == strlen(name) && strncmp(at, name, word) == 0)
            semantics = strtoll(at + word, NULL, 10);
        at += len + (at[len] != '\0');
    }
    toc_buf_fini(&list);
    return semantics;
}

static sample open_sample(int i)
{
    sample s = {
        .name = names[i], .path = path_of(names[i], "journal.jsonl"), .older = listed_as(names[i])};
    toc_buf key = {0};
    slurp(&s.journal, s.name, "journal.jsonl");
    slurp(&key, s.name, "key");
    ck_assert_msg(key.len == 65 && key.data[64] == '\n',
                  "%s: the key is 64 hex digits and a newline", s.name);
    memcpy(s.key, key.data, 64);
    toc_buf_fini(&key);
    TOC_OK_OR_FAIL(toc_recording_read(&s.r, s.journal.data, s.journal.len, &e), e);
    return s;
}

static void close_sample(sample *s)
{
    toc_recording_free(s->r);
    toc_buf_fini(&s->journal);
    free(s->path);
}

static toc_verdict verify(const sample *s, const char *key)
{
    toc_verdict v;
    TOC_OK_OR_FAIL(
        toc_verify(&v, s->journal.data, s->journal.len, &(toc_verify_options){.key = key}, &e), e);
    return v;
}

// ---- what it is ---------------------------------------------------------------------------------------------

START_TEST(it_verifies_with_its_own_key_and_with_no_other)
{
    sample s = open_sample(_i);
    toc_verdict v = verify(&s, s.key);
    toc_verdict_kind expected = s.older ? TOC_VERDICT_NOT_RERUN : TOC_VERDICT_VERIFIED;
    ck_assert_msg(v.kind == expected, "%s: %s, line %lld: %s", s.name, toc_verdict_name(v.kind),
                  (long long)v.difference, v.what);
    ck_assert(v.is_closed && v.is_key_known && !v.is_foreign);
    ck_assert_int_eq(v.semantics, s.older ? s.older : TOC_SEMANTICS);
    ck_assert_int_eq(v.sealed, v.lines - 2); // all but the seal itself; the header has no seq
    toc_verdict_fini(&v);
    s.key[0] = s.key[0] == '0' ? '1' : '0';
    v = verify(&s, s.key);
    ck_assert_str_eq(toc_verdict_name(v.kind), "forged");
    toc_verdict_fini(&v);
    close_sample(&s);
}
END_TEST

START_TEST(one_bit_that_is_changed_is_found_in_its_line)
{
    sample s = open_sample(_i);
    toc_random random;
    seed_random(&random, s.name);
    for (int i = 0; i < FLIPS; i++) {
        size_t at = (size_t)toc_random_below(&random, s.journal.len - 1), line = 1;
        char was = s.journal.data[at];
        for (size_t k = 0; k < at; k++)
            line += s.journal.data[k] == '\n';
        s.journal.data[at] = (char)(was ^ 1);
        toc_verdict v = verify(&s, s.key);
        ck_assert_msg(v.kind == TOC_VERDICT_DAMAGED || v.kind == TOC_VERDICT_TORN,
                      "%s, byte %zu: %s", s.name, at, toc_verdict_name(v.kind));
        ck_assert_msg(v.difference == (int64_t)line,
                      "%s, byte %zu: line %zu, and line %lld is named", s.name, at, line,
                      (long long)v.difference);
        toc_verdict_fini(&v);
        s.journal.data[at] = was;
    }
    close_sample(&s);
}
END_TEST

static bool is_kept(const char *file)
{
    return strcmp(file, "journal.jsonl") == 0 || strcmp(file, "key") == 0 ||
           strcmp(file, "README.md") == 0;
}

START_TEST(nothing_secret_is_kept_with_it)
{
    sample s = open_sample(_i);
    char *path = path_of(s.name, "");
    DIR *dir = opendir(path);
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *at; (at = readdir(dir));)
        ck_assert_msg(at->d_name[0] == '.' || is_kept(at->d_name), "%s: %s is not one of its files",
                      s.name, at->d_name);
    closedir(dir);
    ck_assert_ptr_null(strstr(toc_buf_text(&s.journal), "PRIVATE KEY"));
    ck_assert_ptr_null(strstr(toc_buf_text(&s.journal), "\"token\""));
    free(path);
    close_sample(&s);
}
END_TEST

static int count_of(const sample *s, toc_kind kind)
{
    int count = 0;
    for (int64_t seq = 1; seq <= toc_recording_count(s->r); seq++)
        count += toc_recording_at(s->r, seq)->kind == kind;
    return count;
}

START_TEST(there_is_something_to_review_in_it)
{
    sample s = open_sample(_i);
    ck_assert_int_ge(count_of(&s, TOC_K_RATE), LEAST);
    ck_assert_int_ge(count_of(&s, TOC_K_OBSERVE), LEAST);
    ck_assert_int_ge(count_of(&s, TOC_K_SIGN_IN), LEAST);
    ck_assert_int_ge(count_of(&s, TOC_K_DECIDE), LEAST);
    close_sample(&s);
}
END_TEST

START_TEST(there_are_some_that_this_engine_executes)
{
    int count = 0;
    for (int i = 0; i < name_count; i++)
        count += listed_as(names[i]) == 0;
    ck_assert_msg(count >= LEAST, "%d recordings of semantics %d: tests/support/record makes them",
                  count, TOC_SEMANTICS);
}
END_TEST

// ---- what it shows --------------------------------------------------------------------------------------------

// What is said besides of one that is not executed goes to another place than what is shown.
static void replay(const sample *s, toc_buf *out, const char *const *more)
{
    const char *argv[16] = {"sh",     "-c",   "exec \"$@\" 2>/dev/null", "sh", binary(),
                            "replay", s->path};
    for (size_t i = 0; more[i]; i++)
        argv[7 + i] = more[i];
    toc_buf_clear(out);
    int code = process_run(s->older ? argv : argv + 4, out, SECONDS);
    ck_assert_msg(code == 0, "%s: %d\n%.2000s", s->name, code, toc_buf_text(out));
    ck_assert(toc_utf8_valid(toc_buf_text(out), out->len, NULL));
}

START_TEST(everybody_is_shown_what_happened_line_by_line)
{
    sample s = open_sample(_i);
    toc_buf out = {0};
    const char *as;
    for (size_t i = 0; (as = toc_viewpoint_at(s.r, i)); i++) {
        size_t lines = 0;
        replay(&s, &out, (const char *const[]){"--plain", "--as", as, NULL});
        for (const char *at = toc_buf_text(&out); *at; at += strcspn(at, "\n") + 1, lines++)
            ck_assert_msg(strncmp(at, "EXERCISE ", 9) == 0, "%s as %s: %.80s", s.name, as, at);
        ck_assert_msg(lines >= LEAST, "%s as %s: %zu lines", s.name, as, lines);
    }
    toc_buf_fini(&out);
    close_sample(&s);
}
END_TEST

// One after the other is looked at, so that everybody has their moments early and late.
START_TEST(at_any_moment_there_is_a_screen)
{
    sample s = open_sample(_i);
    toc_buf out = {0};
    size_t seats = 0;
    while (toc_viewpoint_at(s.r, seats))
        seats++;
    int64_t end = toc_recording_end(s.r) / 1000;
    for (int i = 0; i < MOMENTS; i++) {
        char until[32];
        const char *as = toc_viewpoint_at(s.r, (size_t)i % seats);
        int64_t t = end * (i + 1) / MOMENTS;
        snprintf(until, sizeof until, "T+%d:%02d:%02d", (int)(t / 3600), (int)(t / 60 % 60),
                 (int)(t % 60));
        replay(&s, &out,
               (const char *const[]){"--as", as, "--until", until, "--snapshot", "80x24",
                                     "--no-color", NULL});
        int lines = 0;
        const char *screen = strstr(toc_buf_text(&out), "\n EXERCISE"); // before it: what stderr says
        for (const char *at = screen ? screen + 1 : ""; *at; at += strcspn(at, "\n") + 1)
            lines++;
        ck_assert_msg(lines == ROWS && strstr(toc_buf_text(&out), until),
                      "%s as %s at %s:\n%s", s.name, as, until, toc_buf_text(&out));
    }
    toc_buf_fini(&out);
    close_sample(&s);
}
END_TEST

START_TEST(every_inject_leads_back_to_a_persons_act_or_the_schedule)
{
    sample s = open_sample(_i);
    for (int64_t seq = 1; seq <= toc_recording_count(s.r); seq++) {
        toc_seqs chain = {0};
        toc_buf words = {0};
        if (toc_recording_at(s.r, seq)->kind != TOC_K_INJECT)
            continue;
        toc_why_chain(s.r, seq, &chain);
        toc_why_text(&words, s.r, seq);
        ck_assert_uint_gt(chain.count, 1);
        const toc_event *root = toc_recording_at(s.r, chain.at[chain.count - 1]);
        ck_assert_msg(toc_kind_class(root->kind) == TOC_CLASS_INPUT, "%s, line %lld:\n%s", s.name,
                      (long long)seq + 1, toc_buf_text(&words));
        const char *inject = toc_event_str(toc_recording_at(s.r, seq), TOC_F_INJECT);
        ck_assert(strstr(toc_buf_text(&words), inject) && words.data[words.len - 1] == '\n');
        toc_seqs_fini(&chain);
        toc_buf_fini(&words);
    }
    close_sample(&s);
}
END_TEST

START_TEST(compared_with_itself_it_is_the_same_and_with_another_it_is_not)
{
    sample s = open_sample(_i);
    for (int other = 0; other < name_count; other++) {
        sample with = open_sample(other);
        toc_comparison c;
        toc_buf words = {0};
        toc_compare(&c, s.r, with.r);
        toc_comparison_text(&words, &c, s.name, with.name);
        ck_assert_msg(c.is_same == (other == _i) && (c.row_count == 0) == (other == _i), "%s",
                      toc_buf_text(&words));
        ck_assert_int_eq(c.is_same_exercise, strcmp(toc_recording_header(s.r)->exercise,
                                                    toc_recording_header(with.r)->exercise) == 0);
        toc_buf_fini(&words);
        toc_comparison_fini(&c);
        close_sample(&with);
    }
    close_sample(&s);
}
END_TEST

// ---- its report -----------------------------------------------------------------------------------------------

static void add_file(void *context, const char *name, const toc_buf *bytes)
{
    toc_buf_printf(context, "== %s\n", name);
    toc_buf_add(context, toc_buf_text(bytes), bytes->len);
}

// The page alone into html, and everything into all.
static void report(const sample *s, const char *team, bool is_anonymous, toc_buf *html,
                   toc_buf *all)
{
    toc_verdict v = verify(s, s->key);
    toc_paper *paper;
    toc_report_options o = {.team = team, .is_anonymous = is_anonymous, .verdicts = &v};
    TOC_OK_OR_FAIL(toc_report_of(&paper, s->r, &o, &e), e);
    toc_buf_clear(html);
    toc_paper_html(html, paper);
    toc_buf_add(all, toc_buf_text(html), html->len);
    toc_paper_markdown(all, paper);
    toc_paper_csv(paper, add_file, all);
    toc_paper_free(paper);
    toc_verdict_fini(&v);
}

static void is_tidy(const sample *s, const toc_buf *html)
{
    char *dir = folder_new(), *path = toc_sprintf("%s/report.html", dir);
    toc_buf found = {0};
    TOC_OK_OR_FAIL(toc_file_write_private(path, html->data, html->len, &e), e);
    int code = process_run((const char *const[]){"tidy", "-q", "-e", path, NULL}, &found, SECONDS);
    ck_assert_msg(code == 0 && found.len == 0, "%s (install tidy if it is not there): %d\n%.2000s",
                  s->name, code, toc_buf_text(&found));
    toc_buf_fini(&found);
    free(path);
    folder_remove(dir);
}

START_TEST(its_report_is_valid_and_the_same_bytes_twice)
{
    sample s = open_sample(_i);
    toc_buf html = {0}, once = {0}, twice = {0};
    report(&s, NULL, false, &html, &once);
    is_tidy(&s, &html);
    report(&s, NULL, false, &html, &twice);
    ck_assert(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    ck_assert_ptr_nonnull(strstr(once.data, s.older ? "not re-executed" : "verified"));
    ck_assert_ptr_nonnull(strstr(once.data, "== log\n"));
    toc_buf_fini(&html);
    toc_buf_fini(&once);
    toc_buf_fini(&twice);
    close_sample(&s);
}
END_TEST

START_TEST(a_teams_report_without_names_has_nobodys_name)
{
    sample s = open_sample(_i);
    toc_buf html = {0}, all = {0};
    report(&s, toc_viewpoint_at(s.r, 0), true, &html, &all);
    is_tidy(&s, &html);
    for (int64_t seq = 1; seq <= toc_recording_count(s.r); seq++) {
        const toc_event *ev = toc_recording_at(s.r, seq);
        if (ev->kind == TOC_K_SIGN_IN)
            ck_assert_msg(!strstr(all.data, toc_event_str(ev, TOC_F_NAME)), "%s: %s", s.name,
                          toc_event_str(ev, TOC_F_NAME));
    }
    toc_buf_fini(&html);
    toc_buf_fini(&all);
    close_sample(&s);
}
END_TEST

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void find_names(void)
{
    char *path = source_path(FOLDER);
    DIR *dir = opendir(path);
    for (struct dirent *at; dir && (at = readdir(dir)) && name_count < MAX;) {
        char *folder = toc_sprintf("%s/%s", path, at->d_name);
        struct stat st;
        if (at->d_name[0] != '.' && stat(folder, &st) == 0 && S_ISDIR(st.st_mode))
            names[name_count++] = toc_strdup(at->d_name);
        free(folder);
    }
    if (dir)
        closedir(dir);
    qsort(names, (size_t)name_count, sizeof *names, by_name);
    free(path);
}

static void add_tests(TCase *tc)
{
    find_names();
    tcase_add_test(tc, there_are_some_that_this_engine_executes);
    tcase_add_loop_test(tc, it_verifies_with_its_own_key_and_with_no_other, 0, name_count);
    tcase_add_loop_test(tc, one_bit_that_is_changed_is_found_in_its_line, 0, name_count);
    tcase_add_loop_test(tc, nothing_secret_is_kept_with_it, 0, name_count);
    tcase_add_loop_test(tc, there_is_something_to_review_in_it, 0, name_count);
    tcase_add_loop_test(tc, everybody_is_shown_what_happened_line_by_line, 0, name_count);
    tcase_add_loop_test(tc, at_any_moment_there_is_a_screen, 0, name_count);
    tcase_add_loop_test(tc, every_inject_leads_back_to_a_persons_act_or_the_schedule, 0,
                        name_count);
    tcase_add_loop_test(tc, compared_with_itself_it_is_the_same_and_with_another_it_is_not, 0,
                        name_count);
    tcase_add_loop_test(tc, its_report_is_valid_and_the_same_bytes_twice, 0, name_count);
    tcase_add_loop_test(tc, a_teams_report_without_names_has_nobodys_name, 0, name_count);
}

TOC_CHECK_MAIN("recordings", add_tests)
