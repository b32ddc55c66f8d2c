// SPDX-License-Identifier: MIT
// `tocsin report` at the real binary: what it writes, for whom, and that it is the same whenever it is written.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "acted.h"
#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "grown.h"
#include "poor_morning.h"
#include "process.h"

enum { ARGUMENTS = 14, LIMIT = 16 << 20 };
enum { OPEN = 1 }; // how a report of a recording ends that was not closed, as verify does

static toc_error e;
static toc_buf said;
static char *dir;

static void set_up(void)
{
    dir = folder_new();
}

static void tear_down(void)
{
    toc_buf_fini(&said);
    folder_remove(dir);
}

// ---- what stands where ------------------------------------------------------------------------------------

// A path in the test's folder, for the caller to free.
static char *at(const char *name)
{
    return toc_sprintf("%s/%s", dir, name);
}

static char *read_text(const char *name)
{
    toc_buf out = {0};
    char *path = at(name);
    TOC_OK_OR_FAIL(toc_file_slurp(&out, path, LIMIT, &e), e);
    free(path);
    return toc_buf_take(&out);
}

static bool is_there(const char *name)
{
    char *path = at(name);
    bool is = access(path, F_OK) == 0;
    free(path);
    return is;
}

static void write_journal(const acted *a, const char *name, size_t bytes_less)
{
    toc_buf journal = {0};
    char *path = at(name);
    acted_journal(a, 0, &journal);
    TOC_OK_OR_FAIL(toc_file_write_private(path, journal.data, journal.len - bytes_less, &e), e);
    toc_buf_fini(&journal);
    free(path);
}

static void write_poor(const char *name, size_t bytes_less)
{
    acted a;
    poor_morning(&a);
    write_journal(&a, name, bytes_less);
    acted_end(&a);
}

// Runs `tocsin report` in the test's folder; words are separated by spaces.
static int report(const char *options)
{
    char *words = toc_strdup(options), *rest = words, *word;
    const char *argv[ARGUMENTS + 2] = {"sh", "-c",     "cd \"$0\" && exec \"$@\"",
                                       dir,  binary(), "report"};
    for (size_t i = 6; i + 1 < ARGUMENTS + 2 && (word = strtok_r(rest, " ", &rest)); i++)
        argv[i] = word;
    toc_buf_clear(&said);
    int code = process_run(argv, &said, 120);
    free(words);
    return code;
}

static void says(const char *words)
{
    ck_assert_msg(strstr(toc_buf_text(&said), words), "\"%s\" is missing in:\n%.2000s", words,
                  toc_buf_text(&said));
}

static void has(const char *name, const char *words, bool is_wanted)
{
    char *text = read_text(name);
    ck_assert_msg((strstr(text, words) != NULL) == is_wanted, "%s: \"%s\" %s", name, words,
                  is_wanted ? "is missing" : "must not be there");
    free(text);
}

static void is_private(const char *name, mode_t mode)
{
    struct stat st;
    char *path = at(name);
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_msg((st.st_mode & 0777) == mode, "%s is %o", name, (unsigned)(st.st_mode & 0777));
    free(path);
}

static void is_tidy(const char *name)
{
    char *path = at(name);
    toc_buf found = {0};
    const char *argv[] = {"tidy", "-q", "-e", path, NULL};
    int code = process_run(argv, &found, 60);
    ck_assert_msg(code == 0 && found.len == 0, "%s (install tidy if it is not there): %d\n%.2000s",
                  name, code, toc_buf_text(&found));
    toc_buf_fini(&found);
    free(path);
}

// Without the cover's hash and engine: they change with every word of the scenario, and with Lua.
static void cut_line(char *text, const char *beginning)
{
    char *line = strstr(text, beginning);
    if (line)
        memmove(line, strchr(line, '\n') + 1, strlen(strchr(line, '\n')));
}

static void is_golden(const char *name, const char *fixture)
{
    char *text = read_text(name), *relative = toc_sprintf("tests/fixtures/report/%s", fixture);
    char *path = source_path(relative);
    cut_line(text, "- **Hash:**");
    cut_line(text, "- **Engine:**");
    if (getenv("TOC_UPDATE_GOLDEN"))
        TOC_OK_OR_FAIL(toc_file_write_private(path, text, strlen(text), &e), e);
    toc_buf want = {0};
    TOC_OK_OR_FAIL(toc_file_slurp(&want, path, LIMIT, &e), e);
    ck_assert_msg(strcmp(toc_buf_text(&want), text) == 0,
                  "%s is not what is written now; TOC_UPDATE_GOLDEN=1 writes it anew", path);
    toc_buf_fini(&want);
    free(path);
    free(relative);
    free(text);
}

// ---- what is written ----------------------------------------------------------------------------------------

START_TEST(a_run_folder_gets_its_report_private_and_never_over_an_older_one)
{
    char *folder = at("run");
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    write_poor("run/journal.jsonl", 0);
    ck_assert_int_eq(report("run"), OPEN);
    says("Wrote run/report/report.html");
    is_private("run/report", 0700);
    is_private("run/report/report.html", 0600);
    is_private("run/report/report.md", 0600);
    is_private("run/report/log.csv", 0600);
    ck_assert_int_eq(report("run"), 1);
    says("is there already; --force replaces it");
    ck_assert_int_eq(report("run/journal.jsonl --force"), OPEN);
    says("Wrote run/report/report.html");
    free(folder);
}
END_TEST

START_TEST(two_reports_of_one_recording_are_the_same_bytes)
{
    static const char *const names[] = {"report.html", "report.md", "log.csv", "timeline.csv",
                                        "decisions.csv"};
    write_poor("a.jsonl", 0);
    ck_assert_int_eq(report("a.jsonl -o one"), OPEN);
    ck_assert_int_eq(setenv("TZ", "Pacific/Auckland", 1), 0);
    ck_assert_int_eq(setenv("COLUMNS", "40", 1), 0);
    ck_assert_int_eq(report("a.jsonl -o two"), OPEN);
    for (size_t i = 0; i < TOC_COUNT(names); i++) {
        char *first = toc_sprintf("one/%s", names[i]), *second = toc_sprintf("two/%s", names[i]);
        char *one = read_text(first), *two = read_text(second);
        ck_assert_msg(strcmp(one, two) == 0, "%s", names[i]);
        free(one);
        free(two);
        free(first);
        free(second);
    }
}
END_TEST

START_TEST(the_report_of_a_poor_morning_is_as_it_was_read_over)
{
    write_poor("a.jsonl", 0);
    ck_assert_int_eq(report("a.jsonl -o out"), OPEN);
    is_golden("out/report.md", "first-light.md");
}
END_TEST

START_TEST(every_page_is_valid_and_needs_nothing_from_outside)
{
    write_poor("a.jsonl", 0);
    write_poor("torn.jsonl", 700);
    static const char *const pages[][2] = {{"a.jsonl", "whole"},
                                           {"a.jsonl --team watch", "team"},
                                           {"a.jsonl --team ferry --anonymise", "ferry"},
                                           {"a.jsonl --anonymise --no-alternatives", "nobody"},
                                           {"torn.jsonl", "torn"},
                                           {"a.jsonl torn.jsonl a.jsonl", "beside"}};
    for (size_t i = 0; i < TOC_COUNT(pages); i++) {
        char *words = toc_sprintf("%s -o %s", pages[i][0], pages[i][1]),
             *page = toc_sprintf("%s/report.html", pages[i][1]);
        ck_assert_msg(report(words) == OPEN, "%s: %s", words, toc_buf_text(&said));
        is_tidy(page);
        has(page, "<script", false);
        has(page, " src=", false);
        has(page, "@import", false);
        has(page, "url(", false);
        has(page, "href=\"http", false);
        has(page, "default-src 'none'", true);
        has(page, "EXERCISE EXERCISE EXERCISE", true);
        free(words);
        free(page);
    }
}
END_TEST

// ---- what is proven -------------------------------------------------------------------------------------------

START_TEST(a_recording_that_is_not_proven_gets_a_report_that_says_so)
{
    write_poor("torn.jsonl", 700);
    ck_assert_int_eq(report("torn.jsonl -o out"), OPEN);
    says("TORN");
    says("tocsin verify");
    has("out/report.md", "Not everything in this recording is proven", true);
    has("out/report.html", "class=\"box\"", true);
}
END_TEST

START_TEST(what_is_asked_for_wrongly_is_said_with_a_way_on)
{
    write_poor("a.jsonl", 0);
    ck_assert_int_eq(report(""), 2);
    says("tocsin report runs/");
    ck_assert_int_eq(report("a.jsonl --team wathc -o out"), 2);
    says("did you mean watch");
    ck_assert_int_eq(report("missing.jsonl -o out"), 3);
    ck_assert_int_eq(report("a.jsonl --previous a.jsonl -o out"), 1);
    says("no improvement plan");
    ck_assert(!is_there("out"));
}
END_TEST

// ---- what is nobody's words ---------------------------------------------------------------------------------------

START_TEST(what_a_branch_was_told_to_answer_is_no_reason_of_people)
{
    write_poor("a.jsonl", 0);
    char *from = at("a.jsonl"), *to = at("b"), *notes = at("b/journal.notes.jsonl");
    static const char note[] = "{\"seq\":12,\"t\":90000,\"wall\":\"\",\"by\":\"A. Dahlberg\","
                               "\"text\":\"Who told them?\"}\nno note\n";
    const char *argv[] = {binary(),   "branch",    from, "--at", "T+0:04",
                          "--decide", "D-01=mast", "-o", to,     NULL};
    ck_assert_int_eq(process_run(argv, &said, 120), 0);
    TOC_OK_OR_FAIL(toc_file_write_private(notes, note, strlen(note), &e), e);
    ck_assert_int_eq(report("b -o out"), 0);
    says("1 lines of the notes are no notes");
    has("out/report.md", "answered by the branch", true);
    has("out/report.md", "in their words:** \"what if\"", false);
    has("out/report.md", "T+0:01:30, A. Dahlberg: \"Who told them?\"", true);
    has("out/log.csv", "Who told them", false);
    ck_assert_int_eq(report("b --team watch -o watch"), 0);
    has("watch/report.md", "Who told them", false);
    free(from);
    free(to);
    free(notes);
}
END_TEST

START_TEST(notes_that_were_kept_elsewhere_come_into_the_report)
{
    write_poor("a.jsonl", 0);
    char *from = at("a.jsonl"), *notes = at("mine.jsonl");
    char *none = at("none.jsonl"), *out = at("out");
    static const char note[] = "{\"seq\":12,\"t\":90000,\"wall\":\"\",\"by\":\"A. Dahlberg\","
                               "\"text\":\"Who told them?\"}\n";
    TOC_OK_OR_FAIL(toc_file_write_private(notes, note, strlen(note), &e), e);
    const char *argv[] = {binary(), "report", from, "--notes", none, "-o", out, NULL};
    ck_assert_int_eq(process_run(argv, &said, 120), 3);
    says("cannot be read");
    ck_assert(!is_there("out"));
    argv[4] = notes;
    ck_assert_int_le(process_run(argv, &said, 120), OPEN);
    has("out/report.md", "T+0:01:30, A. Dahlberg: \"Who told them?\"", true);
    free(from);
    free(notes);
    free(none);
    free(out);
}
END_TEST

// ---- who may read what ------------------------------------------------------------------------------------------

// Each secret stands where another team, or EXCON, wrote it.
static void write_secrets(const char *name)
{
    acted a;
    acted_begin(&a, "scenarios/first-light");
    acted_put(&a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&a, "T+0", "ferry-1", "join", "seat", "ferry-1", "session", "f", NULL);
    acted_put(&a, "T+0", "watch-1", "join", "seat", "watch-1", "session", "w", NULL);
    acted_put(&a, "T+0", "ferry-1", "sign-in", "name", "Secretname Ferrywoman", NULL);
    acted_put(&a, "T+0", "watch-1", "sign-in", "name", "Own Watchman", NULL);
    acted_put(&a, "T+0", "excon-1", "sign-in", "name", "Secretname Director", NULL);
    acted_put(&a, "T+0", "excon-1", "start", NULL);
    acted_put(&a, "T+0:03:10", "ferry-1", "say", "to", "excon", "text",
              "secret message of the ferry", NULL);
    acted_put(&a, "T+0:03:20", "watch-1", "say", "to", "excon", "text",
              "own message, says Own Watchman", NULL);
    acted_put(&a, "T+0:03:30", "excon-1", "adhoc", "to", "ferry", "title", "secret title", "text",
              "secret text", NULL);
    acted_put(&a, "T+0:03:40", "excon-1", "observe", "text", "secret note of EXCON", NULL);
    acted_put(&a, "T+0:03:50", "excon-1", "observe", "team", "ferry", "text",
              "secret note on the ferry", NULL);
    acted_put(&a, "T+0:04", "excon-1", "skip", "inject", "INJ-04", "reason",
              "secret reason to skip", NULL);
    acted_put(&a, "T+0:07:10", "ferry-1", "decide", "decision", "D-02", "option", "south", "reason",
              "secret reason to sail", NULL);
    acted_put(&a, "T+0:08", "excon-1", "rate", "objective", "OBJ-2", "team", "ferry", "rating", "U",
              "text", "secret rating", NULL);
    acted_put(&a, "T+0:09", "watch-1", "decide", "decision", "D-03", "text",
              "own words on the radio", NULL);
    acted_put(&a, "T+0:10", "excon-1", "promise", "to", "ferry", "text", "secret promise", NULL);
    acted_put(&a, "T+0:12", "excon-1", "end", NULL);
    acted_put(&a, "T+0:12", "excon-1", "close", NULL);
    write_journal(&a, name, 0);
    acted_end(&a);
}

// Is the word in any file of a report?
static bool is_in(const char *folder, const char *word)
{
    char *path = at(folder);
    const char *argv[] = {"grep", "-rqi", word, path, NULL};
    int code = process_run(argv, NULL, 60);
    ck_assert_int_le(code, 1);
    free(path);
    return code == 0;
}

START_TEST(a_teams_report_has_its_own_and_nothing_of_others)
{
    write_secrets("a.jsonl");
    ck_assert_int_eq(report("a.jsonl -o all"), OPEN);
    ck_assert_int_eq(report("a.jsonl --team watch -o watch"), OPEN);
    ck_assert(is_in("all", "secret message"));
    ck_assert(is_in("all", "secret note of EXCON"));
    ck_assert(is_in("all", "secret reason to sail"));
    ck_assert(is_in("all", "secret rating"));
    ck_assert(is_in("watch", "own message"));
    ck_assert(is_in("watch", "own words on the radio"));
    char *path = at("watch");
    toc_buf found = {0};
    const char *argv[] = {"grep", "-rio", ".\\{60\\}secret.\\{30\\}", path, NULL};
    process_run(argv, &found, 60);
    ck_assert_msg(!is_in("watch", "secret"), "%.2000s", toc_buf_text(&found));
    toc_buf_fini(&found);
    free(path);
}
END_TEST

START_TEST(an_anonymous_report_has_no_name_that_anybody_signed_in_with)
{
    write_secrets("a.jsonl");
    ck_assert_int_eq(report("a.jsonl -o all"), OPEN);
    ck_assert_int_eq(report("a.jsonl --anonymise -o nobody"), OPEN);
    ck_assert(is_in("all", "Watchman"));
    ck_assert(is_in("all", "Ferrywoman"));
    ck_assert(!is_in("nobody", "Watchman"));
    ck_assert(!is_in("nobody", "Ferrywoman"));
    ck_assert(!is_in("nobody", "Secretname"));
    ck_assert(is_in("nobody", "says \\[name\\]") || is_in("nobody", "says .\\[name"));
}
END_TEST

START_TEST(a_teams_report_has_a_folder_of_its_own_and_force_leaves_nothing_of_an_earlier_one)
{
    write_secrets("a.jsonl");
    ck_assert_int_eq(report("a.jsonl --team watch"), OPEN);
    ck_assert(is_there("report-watch/report.html"));
    ck_assert_int_eq(report("a.jsonl --anonymise"), OPEN);
    ck_assert(is_there("report-anonymous/report.html"));
    ck_assert(!is_there("report"));
    ck_assert_int_eq(report("a.jsonl -o all"), OPEN);
    ck_assert(is_there("all/msel-as-played.csv") && is_in("all", "secret"));
    char *own = at("all/mine.csv");
    TOC_OK_OR_FAIL(toc_file_write_private(own, "mine", 4, &e), e);
    ck_assert_int_eq(report("a.jsonl --team watch -o all --force"), OPEN);
    ck_assert(!is_there("all/msel-as-played.csv") && !is_in("all", "secret"));
    ck_assert(is_there("all/mine.csv") && is_there("all/log.csv"));
    free(own);
}
END_TEST

// ---- side by side -----------------------------------------------------------------------------------------------

START_TEST(several_stand_side_by_side_and_what_is_open_is_carried_forward)
{
    write_poor("a.jsonl", 0);
    write_secrets("b.jsonl");
    ck_assert_int_eq(report("a.jsonl -o first"), OPEN);
    ck_assert(is_there("first/improvement-plan.csv"));
    ck_assert_int_eq(report("a.jsonl b.jsonl --previous first/improvement-plan.csv -o both"), OPEN);
    has("both/report.md", "First Light, 2 recordings side by side", true);
    has("both/report.md", "| Id | Team | Expected | A | B |", true);
    has("both/report.md", "Carried forward", true);
    is_golden("both/report.md", "beside.md");
    // And again: what stands there is read as it was written.
    ck_assert_int_eq(report("a.jsonl b.jsonl --previous both/improvement-plan.csv -o again"), OPEN);
    char *one = read_text("both/improvement-plan.csv"),
         *two = read_text("again/improvement-plan.csv");
    ck_assert_str_eq(one, two);
    free(one);
    free(two);
}
END_TEST

// ---- a long one ---------------------------------------------------------------------------------------------------

START_TEST(ten_thousand_lines_are_less_than_two_megabytes_of_page)
{
    recording r;
    toc_buf journal = {0};
    char *path = at("long.jsonl");
    grown_make(&r, "scenarios/silent-beams", 10000, 1000);
    recording_write(&r, r.bodies, r.count, r.private_pem, &journal);
    TOC_OK_OR_FAIL(toc_file_write_private(path, journal.data, journal.len, &e), e);
    ck_assert_int_eq(report("long.jsonl --no-alternatives -o out"), 0);
    says("VERIFIED");
    char *page = read_text("out/report.html");
    ck_assert_uint_le(strlen(page), 2000000);
    is_tidy("out/report.html");
    free(page);
    free(path);
    toc_buf_fini(&journal);
    recording_fini(&r);
}
END_TEST

// ---- whose it is, and what it is ---------------------------------------------------------------------------------

// Copies a recording of the tree, with one byte changed in the middle if it shall be damaged; gives its key.
static void bring(const char *name, bool is_damaged, char key[65])
{
    toc_buf journal = {0};
    char *from = source_path("replays/recordings/silent-beams-good/journal.jsonl"), *to = at(name);
    TOC_OK_OR_FAIL(toc_file_slurp(&journal, from, LIMIT, &e), e);
    const char *in_header = strstr(toc_buf_text(&journal), "\"key\":\"");
    ck_assert_ptr_nonnull(in_header);
    toc_copy_text(key, 65, in_header + strlen("\"key\":\""));
    if (is_damaged) {
        char *middle = strstr(journal.data + journal.len / 2, "\"t\":");
        ck_assert_ptr_nonnull(middle);
        middle[1] = 'u';
    }
    TOC_OK_OR_FAIL(toc_file_write_private(to, journal.data, journal.len, &e), e);
    toc_buf_fini(&journal);
    free(from);
    free(to);
}

START_TEST(the_cover_is_green_only_with_the_key_of_the_run_and_the_exit_is_that_of_verify)
{
    char key[65], other[65], bad[65];
    bring("a.jsonl", false, key);
    bring("bad.jsonl", true, bad);
    toc_copy_text(other, sizeof other, key);
    other[0] = other[0] == '0' ? '1' : '0';
    char *known = toc_sprintf("a.jsonl --key %s --no-alternatives -o known", key),
         *wrong = toc_sprintf("a.jsonl --key %s --no-alternatives -o wrong", other);
    ck_assert_int_eq(report("a.jsonl --no-alternatives -o out"), 0);
    says("whose it is was not asked: --ticket");
    has("out/report.md", "▲ chain and execution verified**; whose recording it is was not asked",
        true);
    ck_assert_int_eq(report(known), 0);
    says(", the run's, as given");
    has("known/report.md", "**✓ verified**", true);
    has("known/report.md", "was not asked", false);
    ck_assert_int_eq(report(wrong), 1);
    says("FORGED");
    has("wrong/report.md", "**✕ forged**", true);
    ck_assert_int_eq(report("bad.jsonl --no-alternatives -o bad"), 5);
    has("bad/report.md", "**✕ damaged**", true);
    has("bad/report.md", "not sent by the end of what can be read", true);
    has("bad/report.md", "never sent", false);
    has("bad/report.md", "0 never answered", false);
    ck_assert_int_eq(report("a.jsonl --key abc -o none"), 2);
    ck_assert(!is_there("none"));
    free(known);
    free(wrong);
}
END_TEST

START_TEST(a_branch_says_so_on_its_cover_in_its_title_on_each_page_and_in_each_table)
{
    char key[65];
    bring("a.jsonl", false, key);
    char *from = at("a.jsonl"), *to = at("b");
    const char *argv[] = {binary(), "branch", from, "--at", "T+0:40", "-o", to, NULL};
    ck_assert_int_eq(process_run(argv, &said, 120), 0);
    ck_assert_int_eq(report("b --no-alternatives"), 0);
    has("b/report/report.md", "# BRANCH, what if: Silent Beams", true);
    has("b/report/report.md", " from T+0:40:00 on; it was not played by people from there", true);
    has("b/report/report.html",
        "<div class=\"bar head\">EXERCISE EXERCISE EXERCISE · BRANCH. What if", true);
    has("b/report/report.md", "▲ chain and execution verified, as a branch", true);
    has("b/report/timeline.csv", "EXERCISE / BRANCH. What if", true);
    ck_assert_int_eq(report("a.jsonl b -o both"), 0);
    has("both/report.md", "with BRANCHES, not played by people throughout", true);
    ck_assert_int_eq(report("a.jsonl --no-alternatives -o out"), 0);
    has("out/report.md", "BRANCH", false);
    free(from);
    free(to);
}
END_TEST

START_TEST(what_repeats_is_not_printed_and_numbers_in_a_table_are_numbers_in_its_file)
{
    char key[65];
    bring("a.jsonl", false, key);
    ck_assert_int_eq(report("a.jsonl --no-alternatives -o out"), 0);
    has("out/report.html", "<p class=\"printed\">The same as a table: timeline.csv.</p>", true);
    has("out/report.html", "<details class=\"apart\">", true);
    has("out/report.md", "\xE2\x80\xAF", true);
    has("out/user-hours.csv", "\xE2\x80\xAF", false);
    has("out/report.md", "×180: 3 h 00 min were played in ", true);
}
END_TEST

// ---- in a browser ------------------------------------------------------------------------------------------------

START_TEST(a_browser_shows_it_without_a_word_and_prints_what_is_folded)
{
    if (!getenv("TOC_LONG") || system("command -v chromium pdftotext >/dev/null") != 0)
        return;
    write_poor("a.jsonl", 0);
    ck_assert_int_eq(report("a.jsonl -o out"), OPEN);
    char *page = toc_sprintf("file://%s/out/report.html", dir),
         *net = toc_sprintf("--log-net-log=%s/net.json", dir);
    char *pdf = toc_sprintf("--print-to-pdf=%s/out.pdf", dir),
         *home = toc_sprintf("--user-data-dir=%s/chromium", dir);
    setenv("HOME", dir, 1); // it puts things there, wherever else its data may be
    const char *argv[] = {"chromium",
                          "--headless",
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--host-resolver-rules=MAP * ~NOTFOUND",
                          "--enable-logging=stderr",
                          "--no-pdf-header-footer",
                          home,
                          net,
                          pdf,
                          page,
                          NULL};
    toc_buf out = {0};
    process_run(argv, &out, 120);
    ck_assert_msg(!strstr(toc_buf_text(&out), "CONSOLE"), "%.2000s", toc_buf_text(&out));
    // What the browser asks for by itself has "not an origin"; what a page asks for has the page's.
    has("net.json", "\"initiator\":\"null\"", false);
    has("net.json", "\"initiator\":\"file", false);
    char *path = at("out.pdf");
    const char *text[] = {"pdftotext", path, "-", NULL};
    toc_buf_clear(&out);
    ck_assert_int_eq(process_run(text, &out, 60), 0);
    ck_assert_ptr_nonnull(
        strstr(toc_buf_text(&out), "INJ-01 > watch, ferry")); // in the log, which is folded
    toc_buf_fini(&out);
    free(path);
    free(page);
    free(net);
    free(pdf);
    free(home);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_run_folder_gets_its_report_private_and_never_over_an_older_one);
    tcase_add_test(tc, two_reports_of_one_recording_are_the_same_bytes);
    tcase_add_test(tc, the_report_of_a_poor_morning_is_as_it_was_read_over);
    tcase_add_test(tc, every_page_is_valid_and_needs_nothing_from_outside);
    tcase_add_test(tc, a_recording_that_is_not_proven_gets_a_report_that_says_so);
    tcase_add_test(tc, what_a_branch_was_told_to_answer_is_no_reason_of_people);
    tcase_add_test(tc, notes_that_were_kept_elsewhere_come_into_the_report);
    tcase_add_test(tc, what_is_asked_for_wrongly_is_said_with_a_way_on);
    tcase_add_test(tc, a_teams_report_has_its_own_and_nothing_of_others);
    tcase_add_test(tc, an_anonymous_report_has_no_name_that_anybody_signed_in_with);
    tcase_add_test(tc, several_stand_side_by_side_and_what_is_open_is_carried_forward);
    tcase_add_test(tc, ten_thousand_lines_are_less_than_two_megabytes_of_page);
    tcase_add_test(tc,
                   the_cover_is_green_only_with_the_key_of_the_run_and_the_exit_is_that_of_verify);
    tcase_add_test(tc, a_branch_says_so_on_its_cover_in_its_title_on_each_page_and_in_each_table);
    tcase_add_test(tc, what_repeats_is_not_printed_and_numbers_in_a_table_are_numbers_in_its_file);
    tcase_add_test(tc, a_browser_shows_it_without_a_word_and_prints_what_is_folded);
    tcase_add_test(tc, a_teams_report_has_a_folder_of_its_own_and_force_leaves_nothing_of_an_earlier_one);
}

TOC_CHECK_MAIN("report command", add_tests)
