// SPDX-License-Identifier: MIT
// What if: a branch to which nothing is changed is the original; one to which something is changed is a recording like any other,
// and differs by that. Under a sanitizer fewer are made (support/sampled.h).

#include "check_main.h"
#include "recording.h"
#include "sampled.h"
#include "seed.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/time.h"
#include "process.h"
#include "replays/branch.h"
#include "replays/compare.h"
#include "replays/verify.h"
#include "tape.h"

static const char *const wandered[] = {"scenarios/first-light", "tests/fixtures/relay",
                                       "tests/fixtures/worldly", "scenarios/silent-beams",
                                       "scenarios/cold-corridor"};

static bool is_long(void)
{
    return getenv("TOC_LONG") != NULL;
}

// ---- a branch, and what it must be -----------------------------------------------------------------

static char *written(toc_branch *b, const char *folder)
{
    char *path = toc_sprintf("%s/%s.jsonl", folder, b->header.run), public_hex[65];
    toc_buf pem = {0};
    toc_error e = {0};
    unlink(path);
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, public_hex, &e), e);
    TOC_OK_OR_FAIL(toc_branch_write(b, path, pem.data, &e), e);
    toc_buf_fini(&pem);
    return path;
}

static toc_recording *read_back(toc_branch *b)
{
    char *folder = folder_new(), *path = written(b, folder);
    toc_recording *r;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_recording_open(&r, path, &e), e);
    free(path);
    folder_remove(folder);
    return r;
}

static void must_verify(const toc_recording *r, toc_verdict_kind kind)
{
    toc_verdict v;
    toc_error e = {0};
    size_t len;
    const char *bytes = toc_recording_bytes(r, &len);
    TOC_OK_OR_FAIL(toc_verify(&v, bytes, len, &(toc_verify_options){0}, &e), e);
    ck_assert_msg(v.kind == kind, "%s: %s\n%s\n%s", toc_verdict_name(v.kind), v.what,
                  v.recorded ? v.recorded : "", v.came_out ? v.came_out : "");
    toc_verdict_fini(&v);
}

// Its header says of which line of whom it is a branch.
static void must_name(const toc_recording *branch, const toc_recording *parent)
{
    const toc_header *h = toc_recording_header(branch);
    ck_assert_str_eq(h->parent, toc_recording_header(parent)->run);
    ck_assert_str_ne(h->run, h->parent);
    size_t len;
    const char *bytes = toc_recording_bytes(parent, &len);
    char *hash = toc_sprintf("\"hash\":\"%s\"}\n", h->parent_hash);
    const char *line = bytes;
    for (int64_t i = 0; i < h->parent_seq; i++)
        line = strchr(line, '\n') + 1;
    const char *found = strstr(line, hash);
    ck_assert_msg(found && !memchr(line, '\n', (size_t)(found - line)),
                  "that is not the hash of line %lld", (long long)h->parent_seq);
    free(hash);
}

static toc_branch *branch_of(const toc_recording *r, const toc_branch_options *o)
{
    toc_branch *b;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_branch_make(&b, r, o, &e), e);
    return b;
}

static toc_branch_options options_at(int64_t at)
{
    return (toc_branch_options){.run = "branched-1", .at = at, .until = -1};
}

static char *body_of(const toc_event *ev)
{
    toc_buf body = {0};
    toc_event_body(&body, ev);
    return toc_buf_take(&body);
}

// Line for line; signatures are of another key.
static void must_be_the_original(const toc_branch *b, const toc_recording *parent, const char *what)
{
    int64_t count = toc_recording_count(parent);
    for (int64_t seq = 1; seq <= count && seq <= (int64_t)b->lines.count; seq++) {
        size_t len;
        const char *there = toc_recording_body(parent, seq, &len);
        char *here = body_of(&b->lines.at[seq - 1]);
        bool is_seal = b->lines.at[seq - 1].kind == TOC_K_SEAL;
        char *sig = is_seal ? strstr(here, "\"sig\"") : NULL;
        size_t same = sig ? (size_t)(sig - here) : strlen(here);
        ck_assert_msg((is_seal || len == same) && len >= same && memcmp(there, here, same) == 0,
                      "%s, seq %lld of %lld:\n%.*s\n%s\n%s", what, (long long)seq, (long long)count,
                      (int)len, there, here, b->left_count ? b->left[0].why : "");
        free(here);
    }
    ck_assert_msg((int64_t)b->lines.count == count, "%s: %zu lines, not %lld: %s", what,
                  b->lines.count, (long long)count, toc_buf_text(&b->notes));
    ck_assert_uint_eq(b->left_count, 0);
    ck_assert_int_eq(b->later, 0);
    ck_assert_int_eq(b->made, 0);
}

static toc_recording *wandered_through(const char *scenario, uint64_t seed, int inputs)
{
    recording made;
    toc_buf journal = {0};
    toc_recording *r;
    toc_error e = {0};
    recording_make(&made, scenario, seed, inputs);
    recording_write(&made, made.bodies, made.count, made.private_pem, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal.data, journal.len, &e), e);
    toc_buf_fini(&journal);
    recording_fini(&made);
    return r;
}

typedef void (*with_recording)(const toc_recording *r, const char *name, toc_random *random);

static void on_wandered(const char *what, int inputs, with_recording f)
{
    toc_random random;
    seed_random(&random, what);
    for (size_t i = 0; i < TOC_COUNT(wandered); i++) {
        uint64_t seed = toc_random_below(&random, 1000000);
        printf("%s: %s, seed %llu\n", what, wandered[i], (unsigned long long)seed);
        fflush(stdout);
        toc_recording *r = wandered_through(wandered[i], seed, inputs);
        f(r, wandered[i], &random);
        toc_recording_free(r);
    }
}

// The recordings that the project keeps, made by real runs.
static void on_kept(with_recording f)
{
    char *folder = source_path("replays/recordings");
    DIR *dir = opendir(folder);
    toc_random random;
    seed_random(&random, "kept");
    for (struct dirent *one; dir && (one = readdir(dir));) {
        char *path = toc_sprintf("%s/%s/journal.jsonl", folder, one->d_name);
        toc_recording *r;
        if (toc_recording_open(&r, path, NULL) == TOC_OK) {
            if (toc_recording_header(r)->semantics == TOC_SEMANTICS)
                f(r, one->d_name, &random);
            toc_recording_free(r);
        }
        free(path);
    }
    if (dir)
        closedir(dir);
    free(folder);
}

// ---- the same inputs -------------------------------------------------------------------------------

// Behind each line (of a long recording: some of them), and at its time.
static void branch_everywhere(const toc_recording *r, const char *name, toc_random *random)
{
    int64_t count = toc_recording_count(r), first = 1;
    while (first < count && toc_kind_class(toc_recording_at(r, first)->kind) == TOC_CLASS_RECORD)
        first++;
    uint64_t stride = is_long() ? 1 : sampled((uint64_t)(count - first) / 10 + 1);
    for (int64_t seq = first; seq <= count;
         seq += 1 + (int64_t)toc_random_below(random, 2 * stride - 1)) {
        toc_branch_options o = options_at(-1);
        char *what = toc_sprintf("%s behind %lld", name, (long long)seq);
        o.seq = seq;
        toc_branch *b = branch_of(r, &o);
        must_be_the_original(b, r, what);
        ck_assert_int_ge(b->parent_seq, seq);
        toc_branch_free(b);
        free(what);
        o = options_at(toc_recording_at(r, seq)->t);
        what = toc_sprintf("%s at %lld ms", name, (long long)o.at);
        b = branch_of(r, &o);
        must_be_the_original(b, r, what);
        toc_branch_free(b);
        free(what);
    }
}

START_TEST(a_branch_to_which_nothing_is_changed_is_the_original)
{
    on_wandered("unchanged", 60, branch_everywhere);
    on_kept(branch_everywhere);
}
END_TEST

// As a real run leaves it: seals at pauses and marks, and sessions.
static void branch_between(const toc_recording *r, const char *name, toc_random *random)
{
    int64_t end = toc_recording_end(r);
    for (int i = 0; i < sampled_some(4); i++) {
        toc_branch_options o = options_at((int64_t)toc_random_below(random, (uint64_t)end + 1));
        toc_branch *b = branch_of(r, &o);
        must_be_the_original(b, r, name);
        ck_assert_int_ge(b->point, o.at);
        toc_recording *again = read_back(b);
        must_verify(again, TOC_VERDICT_VERIFIED);
        must_name(again, r);
        toc_recording_free(again);
        toc_branch_free(b);
    }
}

START_TEST(at_any_time_of_play_it_is_the_original_verifies_and_names_it)
{
    on_wandered("any time", 60, branch_between);
    on_kept(branch_between);
}
END_TEST

// ---- other inputs ----------------------------------------------------------------------------------

static size_t chosen(const toc_plan *plan, size_t decision, toc_answer answer, size_t option,
                     toc_path *path)
{
    *path = (toc_path){0};
    toc_path_set(path, &(toc_choice){.kind = TOC_CHOICE_DECISION,
                                     .index = decision,
                                     .answer = answer,
                                     .option = option});
    return plan->decisions[decision].option_count;
}

static const toc_event *settled(const toc_recording *r, const char *id)
{
    const toc_event *found = NULL;
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++) {
        const toc_event *ev = toc_recording_at(r, seq);
        if ((ev->kind == TOC_K_DECIDED || ev->kind == TOC_K_OVERDUE) &&
            strcmp(toc_event_str(ev, TOC_F_DECISION), id) == 0)
            found = ev;
    }
    return found;
}

static bool is_about(const toc_recording *r, int64_t seq, const char *id)
{
    const toc_event *ev = toc_recording_at(r, seq);
    const char *of = ev->kind == TOC_K_UNKNOWN ? NULL : toc_event_str(ev, TOC_F_DECISION);
    return of && strcmp(of, id) == 0;
}

// compare names the decision, and the first line that differs is about it.
static void must_part_at(const toc_recording *parent, const toc_recording *branch, const char *id)
{
    toc_comparison c;
    bool is_named = false;
    toc_buf text = {0};
    toc_compare(&c, parent, branch);
    toc_comparison_text(&text, &c, "parent", "branch");
    for (size_t i = 0; i < c.row_count; i++)
        is_named |= c.rows[i].kind == TOC_COMPARE_DECISION && strcmp(c.rows[i].id, id) == 0;
    ck_assert_msg(!c.is_same && c.is_b_of_a && is_named, "%s is not named:\n%s", id,
                  toc_buf_text(&text));
    ck_assert_msg(is_about(parent, c.a.first, id) || is_about(branch, c.b.first, id),
                  "they part elsewhere:\n%s", toc_buf_text(&text));
    toc_buf_fini(&text);
    toc_comparison_fini(&c);
}

static int64_t sent_as(const toc_recording *r, const char *inject)
{
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++)
        if (toc_recording_at(r, seq)->kind == TOC_K_INJECT &&
            strcmp(toc_event_str(toc_recording_at(r, seq), TOC_F_INJECT), inject) == 0)
            return seq;
    return 0;
}

static bool has_read(const toc_recording *r, const char *by, int64_t item)
{
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++) {
        const toc_event *ev = toc_recording_at(r, seq);
        if (ev->kind == TOC_K_READ && toc_event_int(ev, TOC_F_ITEM) == item &&
            strcmp(toc_event_str(ev, TOC_F_BY), by) == 0)
            return true;
    }
    return false;
}

static bool is_left(const toc_branch *b, int64_t seq)
{
    for (size_t i = 0; i < b->left_count; i++)
        if (b->left[i].seq == seq && strcmp(b->left[i].why, "play had ended before") == 0)
            return true;
    return false;
}

// Whoever opened an inject there opens the same one here, whatever number it has.
static void must_read_the_same(const toc_branch *b, const toc_recording *parent,
                               const toc_recording *branch)
{
    for (int64_t seq = 1; seq <= toc_recording_count(parent); seq++) {
        const toc_event *ev = toc_recording_at(parent, seq);
        const toc_event *item =
            toc_recording_at(parent, ev->kind == TOC_K_READ ? toc_event_int(ev, TOC_F_ITEM) : 0);
        if (item->kind != TOC_K_INJECT || is_left(b, seq))
            continue;
        const char *inject = toc_event_str(item, TOC_F_INJECT), *by = toc_event_str(ev, TOC_F_BY);
        int64_t here = sent_as(branch, inject);
        ck_assert_msg(!here || has_read(branch, by, here), "%s opened %s there, and not here", by,
                      inject);
    }
}

static bool is_same_answer(const toc_event *a, const toc_event *b)
{
    const char *x = toc_event_str(a, TOC_F_OPTION), *y = toc_event_str(b, TOC_F_OPTION);
    return a->kind == b->kind && (x && y ? strcmp(x, y) == 0 : !x && !y);
}

// Each decision that was settled there, answered otherwise: before it was asked, and while it was open.
static void answer_otherwise(const toc_recording *r, const char *name, toc_random *random)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    for (size_t i = toc_random_below(random, sampled(1)); i < plan->decision_count;
         i += sampled(1)) {
        const toc_decision *d = &plan->decisions[i];
        const toc_event *was = settled(r, d->id);
        if (!was || was->t == 0)
            continue;
        toc_path path;
        toc_branch_options o = options_at((int64_t)toc_random_below(random, (uint64_t)was->t));
        bool is_none = d->option_count == 0 || toc_random_below(random, 4) == 0;
        size_t option = is_none ? 0 : toc_random_below(random, d->option_count);
        chosen(plan, i, is_none ? TOC_ANSWER_NONE : TOC_ANSWER_OPTION, option, &path);
        o.decides = &path;
        toc_branch *b;
        toc_error e = {0};
        if (toc_branch_make(&b, r, &o, &e)) { // a jump from before that time went beyond it
            ck_assert_msg(strstr(e.msg, "was settled at") != NULL, "%s", e.msg);
            toc_path_fini(&path);
            continue;
        }
        toc_recording *branch = read_back(b);
        must_verify(branch, TOC_VERDICT_VERIFIED);
        must_name(branch, r);
        ck_assert_uint_eq(b->decide_count, 1);
        must_read_the_same(b, r, branch);
        const toc_event *now = settled(branch, d->id);
        if (!is_none && !b->decides[0].refused) {
            ck_assert_msg(now && toc_event_str(now, TOC_F_OPTION) &&
                              strcmp(toc_event_str(now, TOC_F_OPTION), d->options[2 * option]) == 0,
                          "%s at %lld: %s was not answered %s, but %s at %lld", name,
                          (long long)o.at, d->id, d->options[2 * option],
                          now ? toc_event_str(now, TOC_F_OPTION) : "-",
                          now ? (long long)now->t : 0);
            ck_assert_int_eq(b->decides[0].now_seq, now->seq);
        }
        if (now && !is_same_answer(was, now) && !b->decides[0].refused)
            must_part_at(r, branch, d->id);
        toc_recording_free(branch);
        toc_branch_free(b);
        toc_path_fini(&path);
    }
}

START_TEST(another_answer_is_given_and_compare_names_it)
{
    on_wandered("another answer", 80, answer_otherwise);
    on_kept(answer_otherwise);
}
END_TEST

// A branch is a recording like any other: it can be branched.
static void branch_a_branch(const toc_recording *r, const char *name, toc_random *random)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    toc_path path = {0};
    if (plan->decision_count > 0)
        chosen(plan, toc_random_below(random, plan->decision_count), TOC_ANSWER_NONE, 0, &path);
    toc_branch_options o = options_at(0);
    o.otherwise = toc_random_below(random, 2) ? TOC_ELSE_PATH : TOC_ELSE_ORIGINAL;
    o.path = &path;
    toc_branch *first = branch_of(r, &o);
    toc_recording *once = read_back(first);
    for (int i = 0; i < sampled_some(4); i++) {
        o = options_at((int64_t)toc_random_below(random, (uint64_t)toc_recording_end(once) + 1));
        o.run = "branched-2";
        toc_branch *second = branch_of(once, &o);
        must_be_the_original(second, once, name);
        toc_recording *twice = read_back(second);
        must_verify(twice, TOC_VERDICT_VERIFIED);
        must_name(twice, once);
        toc_recording_free(twice);
        toc_branch_free(second);
    }
    toc_recording_free(once);
    toc_branch_free(first);
    toc_path_fini(&path);
}

START_TEST(a_branch_can_be_branched)
{
    on_wandered("branch of branch", 60, branch_a_branch);
}
END_TEST

// Others play on from anywhere: by a path, by a plan, until a time; each is a recording that verifies, twice the same.
static void let_others_play(const toc_recording *r, const char *name, toc_random *random)
{
    static const char words[] = "at T+0:20 excon-1 end enough of it\n";
    toc_path path = {0};
    toc_playplan plan;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_playplan_parse(&plan, "others.plan", words, strlen(words), &e), e);
    for (int i = 0; i < sampled_some(6); i++) {
        toc_branch_options o = options_at(-1);
        o.seq = toc_recording_start(r) +
                (int64_t)toc_random_below(
                    random, (uint64_t)(toc_recording_count(r) - toc_recording_start(r)));
        o.otherwise = i % 2 ? TOC_ELSE_PLAN : TOC_ELSE_PATH;
        o.path = &path;
        o.plan = &plan;
        o.until = i % 3 ? -1 : toc_recording_at(r, o.seq)->t + 600000;
        toc_branch *b;
        if (toc_branch_make(&b, r, &o, &e)) { // a jump of that line went beyond it
            ck_assert_msg(o.until >= 0 && strstr(e.msg, "the branch begins at"), "%s", e.msg);
            continue;
        }
        toc_branch *again = branch_of(r, &o);
        ck_assert_uint_eq(b->lines.count, again->lines.count);
        for (size_t k = 0; k < b->lines.count; k++) {
            char *one = body_of(&b->lines.at[k]), *other = body_of(&again->lines.at[k]);
            ck_assert_str_eq(one, other);
            free(one);
            free(other);
        }
        ck_assert_msg(b->is_closed, "%s behind %lld: not closed: %s", name, (long long)o.seq,
                      toc_buf_text(&b->notes));
        ck_assert_int_ge(b->ended, 0);
        toc_recording *read = read_back(b);
        must_verify(read, TOC_VERDICT_VERIFIED);
        must_name(read, r);
        toc_recording_free(read);
        toc_branch_free(b);
        toc_branch_free(again);
    }
    toc_playplan_fini(&plan);
}

START_TEST(others_play_on_from_anywhere_and_the_same_each_time)
{
    on_wandered("others", 60, let_others_play);
}
END_TEST

// For people to go on with: open, at the point, nothing after it.
static void stand_still(const toc_recording *r, const char *name, toc_random *random)
{
    for (int i = 0; i < sampled_some(6); i++) {
        toc_branch_options o =
            options_at((int64_t)toc_random_below(random, (uint64_t)toc_recording_end(r)));
        toc_branch *b;
        toc_error e = {0};
        o.otherwise = TOC_ELSE_NOBODY;
        if (toc_branch_make(&b, r, &o, &e)) {
            ck_assert_int_eq(e.code, TOC_EREFUSED);
            continue;
        }
        const toc_event *last = &b->lines.at[b->lines.count - 1];
        ck_assert_msg(!b->is_closed && last->t == b->point && last->t >= o.at, "%s: %lld", name,
                      (long long)last->t);
        ck_assert_uint_gt(b->seat_count, 0);
        toc_recording *read = read_back(b);
        must_verify(read, TOC_VERDICT_OPEN);
        toc_recording_free(read);
        toc_branch_free(b);
    }
}

START_TEST(for_people_it_stands_open_at_the_point)
{
    on_wandered("nobody", 60, stand_still);
}
END_TEST

// ---- where nobody of the original goes on ------------------------------------------------------------

#define MIN 60000

static const char quiet[] =
    "inject \"INJ-01\" { at = \"T+5m\", to = \"ops\", title = \"A\", text = \"A.\" }\n"
    "inject \"INJ-02\" { at = \"T+40m\", to = \"ops\", title = \"B\", text = \"B.\" }\n";

static void must_end(const tape *t, int64_t seq, int64_t until, int64_t ended, const char *note)
{
    toc_recording *r = tape_recording(t);
    toc_branch_options o = options_at(-1);
    o.seq = seq;
    o.until = until;
    toc_branch *b = branch_of(r, &o);
    ck_assert_int_eq(b->ended, ended);
    ck_assert(b->is_closed);
    const char *notes = toc_buf_text(&b->notes);
    ck_assert_msg(note ? strstr(notes, note) != NULL : !notes[0], "%s", notes);
    toc_branch_free(b);
    toc_recording_free(r);
}

START_TEST(play_that_stands_is_let_run_until_its_time)
{
    tape t;
    tape_begin(&t, quiet);
    int64_t lobby = tape_do(&t, 0, "join", "ops-1", ",\"seat\":\"ops-1\",\"session\":\"a\"");
    must_end(&t, lobby, 20 * MIN, 20 * MIN, "play had not begun: it was started");
    int64_t start = tape_do(&t, 0, "start", "excon-1", "");
    int64_t pause = tape_do(&t, 30 * MIN, "pause", "engine", ",\"reason\":\"started again\"");
    must_end(&t, start, 50 * MIN, 50 * MIN, "play stood at T+0:30:00");
    must_end(&t, start, 10 * MIN, 10 * MIN, NULL);
    must_end(&t, pause, 30 * MIN, 30 * MIN, NULL);
    // The next act lies behind the time.
    tape_wait(&t, MIN);
    tape_do(&t, 30 * MIN, "resume", "excon-1", "");
    tape_do(&t, 55 * MIN, "end", "excon-1", "");
    must_end(&t, pause, 50 * MIN, 50 * MIN, NULL);
    tape_end(&t);
}
END_TEST

START_TEST(a_branch_that_closed_by_itself_says_so)
{
    tape t;
    tape_begin(&t, quiet);
    int64_t start = tape_do(&t, 0, "start", "excon-1", "");
    tape_do(&t, 50 * MIN, "end", "excon-1", "");
    must_end(&t, start, -1, 50 * MIN,
             "play had ended at T+0:50:00 with nobody left to close it: it was closed");
    tape_do(&t, 50 * MIN, "close", "excon-1", "");
    must_end(&t, start, -1, 50 * MIN, NULL);
    tape_end(&t);
}
END_TEST

// ---- scripts that eat all memory, and what a clock would have said ------------------------------------

// Where the answer was b, `big` is filled with text: so slowly that only memory runs out, in instants that derive nothing. The text of
// INJ-01 adds a little to it.
#define EATER(pieces)                                                                              \
    "decision \"D-01\" { to = \"ops\", at = \"T+1m\", within = \"10m\", title = \"Which?\",\n"     \
    "  options = { { \"a\", \"A\" }, { \"b\", \"B\" } }, default = \"a\" }\n"                      \
    "local big = {}\n"                                                                             \
    "storyline \"eater\" (function ()\n"                                                           \
    "  wait_until \"T+3m\"\n"                                                                      \
    "  while decided(\"D-01\").option == \"b\" and #big < " pieces " do\n"                         \
    "    for i = 1, 3 do big[#big + 1] = ('x'):rep(60000) end\n"                                   \
    "    wait \"100ms\"\n"                                                                         \
    "  end\n"                                                                                      \
    "  while true do wait \"1m\" end\n"                                                            \
    "end)\n"                                                                                       \
    "inject \"INJ-01\" { at = \"T+20m\", release = \"manual\", to = \"ops\", title = \"A\",\n"     \
    "  text = function () for i = 1, 16 do big[#big + 1] = ('y'):rep(60000) end return 'A.' end "  \
    "}\n"

static const toc_event *line_of(const toc_branch *b, toc_kind kind)
{
    for (size_t i = 0; i < b->lines.count; i++)
        if (b->lines.at[i].kind == kind)
            return &b->lines.at[i];
    return NULL;
}

// Whoever goes on, it is played to its end without the scripts, and verifies.
static void must_halt(const char *scenario, toc_branch_else otherwise, int64_t released)
{
    tape t;
    toc_path path;
    tape_begin(&t, scenario);
    tape_do(&t, 0, "start", "excon-1", "");
    tape_do(&t, 2 * MIN, "decide", "ops-1", ",\"decision\":\"D-01\",\"option\":\"a\"");
    if (released >= 0)
        tape_do(&t, released, "release", "excon-1", ",\"inject\":\"INJ-01\"");
    tape_do(&t, 50 * MIN, "end", "excon-1", "");
    tape_do(&t, 50 * MIN, "close", "excon-1", "");
    toc_recording *r = tape_recording(&t);
    chosen(toc_recording_plan(r, NULL), 0, TOC_ANSWER_OPTION, 1, &path);
    toc_branch_options o = options_at(MIN);
    o.decides = o.path = &path;
    o.otherwise = otherwise;
    toc_branch *b = branch_of(r, &o);
    const toc_event *halt = line_of(b, TOC_K_HALT), *sent = line_of(b, TOC_K_INJECT);
    ck_assert_ptr_nonnull(halt);
    ck_assert(b->is_closed);
    if (sent)
        ck_assert_int_lt(halt->seq, sent->seq);
    toc_recording *again = read_back(b);
    must_verify(again, TOC_VERDICT_VERIFIED);
    toc_recording_free(again);
    toc_branch_free(b);
    toc_path_fini(&path);
    toc_recording_free(r);
    tape_end(&t);
}

START_TEST(scripts_that_eat_all_memory_are_halted_wherever_it_runs_out)
{
    // In an instant; in what is done again; in what a player of a rehearsal does.
    must_halt(EATER("9999"), TOC_ELSE_ORIGINAL, -1);
    must_halt(EATER("2223"), TOC_ELSE_ORIGINAL, 25 * MIN);
    must_halt(EATER("2223"), TOC_ELSE_PATH, -1);
}
END_TEST

// Five minutes of play after the jump, in which nobody of the original acted, are five on the wall.
static void must_end_at_wall(const toc_recording *r, int64_t seq, const char *wall)
{
    toc_branch_options o = options_at(-1);
    o.seq = seq;
    o.until = 35 * MIN;
    toc_branch *b = branch_of(r, &o);
    ck_assert_str_eq(toc_event_str(line_of(b, TOC_K_END), TOC_F_WALL), wall);
    toc_branch_free(b);
}

START_TEST(a_jump_takes_no_time_on_the_wall)
{
    tape t;
    tape_begin(&t, quiet);
    int64_t start = tape_do(&t, 0, "start", "excon-1", ""); // at 18:00
    int64_t jump = tape_do(&t, 10 * MIN, "jump", "excon-1", ",\"until\":1800000");
    tape_wait(&t, -20 * MIN);
    tape_do(&t, 45 * MIN, "end", "excon-1", "");
    toc_recording *r = tape_recording(&t);
    must_end_at_wall(r, start, "2025-11-21T18:15:00.000Z");
    must_end_at_wall(r, jump, "2025-11-21T18:15:00.000Z");
    toc_recording_free(r);
    tape_end(&t);
}
END_TEST

// ---- what is refused -------------------------------------------------------------------------------

static toc_recording *relay_of(toc_buf *journal, recording *made)
{
    toc_recording *r;
    toc_error e = {0};
    recording_make(made, "scenarios/first-light", 7, 60);
    recording_write(made, made->bodies, made->count, made->private_pem, journal);
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal->data, journal->len, &e), e);
    return r;
}

static void must_refuse(const char *bytes, size_t len, const toc_branch_options *o, toc_err code,
                        const char *words)
{
    toc_recording *r;
    toc_branch *b = NULL;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_recording_read(&r, bytes, len, &e), e);
    ck_assert_msg(toc_branch_make(&b, r, o, &e) == code, "%d: %s", e.code, e.msg);
    ck_assert_ptr_null(b);
    ck_assert_msg(strstr(e.msg, words) != NULL, "%s", e.msg);
    toc_recording_free(r);
}

START_TEST(nothing_is_branched_from_what_does_not_verify)
{
    recording made;
    toc_buf journal = {0}, altered = {0};
    toc_recording *r = relay_of(&journal, &made);
    toc_branch_options o = options_at(toc_recording_end(r) / 2);
    int64_t middle = toc_recording_by(r, o.at);
    size_t len;
    const char *body = toc_recording_body(r, middle, &len);
    char *damaged = toc_strndup(journal.data, journal.len);
    damaged[body - toc_recording_bytes(r, &len) + 20] ^= 1;
    must_refuse(damaged, journal.len, &o, TOC_EDAMAGED,
                "nothing is branched from what does not verify");
    free(damaged);

    // A good chain over a derived line that was made up: found only by executing it.
    size_t k = (size_t)middle - 1;
    while (toc_kind_class(recording_event(&made, k + 1)->kind) != TOC_CLASS_DERIVED)
        k--;
    char *kept = made.bodies[k], *other = toc_sprintf("%s,\"text\":\"forged\"", kept);
    made.bodies[k] = other;
    recording_write(&made, made.bodies, made.count, made.private_pem, &altered);
    must_refuse(altered.data, altered.len, &o, TOC_EDIVERGED,
                "nothing is branched from what does not verify");
    // Behind the point it does no harm but to what is done again.
    toc_branch_options early = options_at(0);
    toc_recording *late;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_recording_read(&late, altered.data, altered.len, &e), e);
    toc_branch *b = branch_of(late, &early);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&b->notes), "does not verify to its end"));
    toc_branch_free(b);
    toc_recording_free(late);
    made.bodies[k] = kept;
    free(other);

    // Seals of another key.
    toc_buf pem = {0};
    char public_hex[65];
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, public_hex, &e), e);
    toc_buf_clear(&altered);
    recording_write(&made, made.bodies, made.count, pem.data, &altered);
    o = options_at(toc_recording_end(r));
    must_refuse(altered.data, altered.len, &o, TOC_EREFUSED, "seal");
    toc_buf_fini(&pem);
    made.header.semantics = 3;
    toc_buf_clear(&altered);
    recording_write(&made, made.bodies, made.count, made.private_pem, &altered);
    must_refuse(altered.data, altered.len, &o, TOC_EREFUSED, "semantics 3");
    toc_buf_fini(&altered);
    toc_buf_fini(&journal);
    toc_recording_free(r);
    recording_fini(&made);
}
END_TEST

START_TEST(a_point_or_a_decision_that_is_none_is_told)
{
    recording made;
    toc_buf journal = {0};
    toc_recording *r = relay_of(&journal, &made);
    const toc_plan *plan = toc_recording_plan(r, NULL);
    int64_t end = toc_recording_end(r);
    toc_branch_options o = options_at(end + 1);
    must_refuse(journal.data, journal.len, &o, TOC_EUSAGE, "the recording ends at");
    o = options_at(-1);
    o.seq = toc_recording_count(r) + 1;
    must_refuse(journal.data, journal.len, &o, TOC_EUSAGE, "there is no line");
    o = options_at(-1);
    o.seq = toc_recording_by(r, end / 2);
    o.until = end / 4;
    must_refuse(journal.data, journal.len, &o, TOC_EUSAGE, "the branch begins at");
    o = options_at(end);
    o.otherwise = TOC_ELSE_NOBODY;
    must_refuse(journal.data, journal.len, &o, TOC_EREFUSED, "nobody could play on");
    for (size_t i = 0; i < plan->decision_count; i++) {
        toc_path path;
        if (!settled(r, plan->decisions[i].id))
            continue;
        chosen(plan, i, TOC_ANSWER_NONE, 0, &path);
        o = options_at(end);
        o.decides = &path;
        must_refuse(journal.data, journal.len, &o, TOC_EUSAGE, "was settled at");
        toc_path_fini(&path);
    }
    toc_buf_fini(&journal);
    toc_recording_free(r);
    recording_fini(&made);
}
END_TEST

START_TEST(a_header_says_all_of_its_parent_or_nothing)
{
    static const char start[] =
        "{\"format\":\"tocsin-journal\",\"version\":1,\"semantics\":4,\"exercise\":\"x\",\"run\":"
        "\"r\","
        "\"seed\":1,\"startex\":\"s\",\"engine\":\"e\",\"lua\":\"l\",\"key\":"
        "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"";
    static const char hash[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    const struct {
        char *more;
        bool is_good;
    } rows[] = {
        {toc_strdup("}"), true},
        {toc_sprintf(",\"parent\":\"p\",\"parent_seq\":12,\"parent_hash\":\"%s\"}", hash), true},
        {toc_sprintf(",\"parent\":\"p\",\"parent_seq\":12}"), false},
        {toc_sprintf(",\"parent_seq\":12,\"parent_hash\":\"%s\"}", hash), false},
        {toc_sprintf(",\"parent\":\"\",\"parent_seq\":12,\"parent_hash\":\"%s\"}", hash), false},
        {toc_sprintf(",\"parent\":\"p\",\"parent_seq\":-1,\"parent_hash\":\"%s\"}", hash), false},
        {toc_sprintf(",\"parent\":\"p\",\"parent_seq\":12,\"parent_hash\":\"%.63s\"}", hash),
         false},
        {toc_sprintf(",\"parent\":\"p\",\"parent_seq\":12,\"parent_hash\":\"%s\",\"x\":1}", hash),
         false},
    };
    for (size_t i = 0; i < TOC_COUNT(rows); i++) {
        char *json = toc_sprintf("%s%s", start, rows[i].more);
        toc_header h;
        toc_error e = {0};
        toc_buf again = {0};
        toc_err err = toc_header_parse(&h, json, strlen(json), &e);
        ck_assert_msg((err == TOC_OK) == rows[i].is_good, "%s: %s", json, e.msg);
        if (!err) {
            toc_header_body(&again, &h);
            toc_buf_char(&again, '}');
            ck_assert_str_eq(toc_buf_text(&again), json);
        }
        toc_buf_fini(&again);
        toc_header_fini(&h);
        free(json);
        free(rows[i].more);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_branch_to_which_nothing_is_changed_is_the_original);
    tcase_add_test(tc, at_any_time_of_play_it_is_the_original_verifies_and_names_it);
    tcase_add_test(tc, another_answer_is_given_and_compare_names_it);
    tcase_add_test(tc, a_branch_can_be_branched);
    tcase_add_test(tc, others_play_on_from_anywhere_and_the_same_each_time);
    tcase_add_test(tc, for_people_it_stands_open_at_the_point);
    tcase_add_test(tc, play_that_stands_is_let_run_until_its_time);
    tcase_add_test(tc, a_branch_that_closed_by_itself_says_so);
    tcase_add_test(tc, scripts_that_eat_all_memory_are_halted_wherever_it_runs_out);
    tcase_add_test(tc, a_jump_takes_no_time_on_the_wall);
    tcase_add_test(tc, nothing_is_branched_from_what_does_not_verify);
    tcase_add_test(tc, a_point_or_a_decision_that_is_none_is_told);
    tcase_add_test(tc, a_header_says_all_of_its_parent_or_nothing);
}

TOC_CHECK_MAIN("branch", add_tests)
