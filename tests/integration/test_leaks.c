// SPDX-License-Identifier: MIT
// Need to know, by search: a busy run in which every text carries a word that says who may have it (fixtures/canary, and what
// people type here). What each team's machine was given, every byte of feed, replies, refusals, alarms and attachments, is searched
// for words that are not its own. The same search over a build that leaks on purpose must find the leak.

#include "attacker.h"
#include "check_main.h"
#include "run_harness.h"
#include "tally.h"

#include <signal.h>
#include <string.h>

#include "base/mem.h"
#include "crypto/crypto.h"

enum { ANSWER_S = 60, SETTLE_MS = 2, MACHINES = 9 };

#define WORD                                                                                       \
    "KEEP-" // then the letters of those who may have it: a, b, c teams, x control, o the board; then "-"

typedef struct {
    const char *seat;
    char letter;
    guest g;
    bool is_there;
} machine;

typedef struct {
    process engine;
    char *runs, *folder;
    machine machines[MACHINES];
    size_t count;
} room;

// One request. In fields, @INJ-01 is the number that this inject has in the seat's own feed.
typedef struct {
    const char *seat, *op, *fields;
    char answer; // y: done, n: refused, ?: either
} step;

// Who may have the text of a step, its words say. The name of whoever calls an emergency is for everybody, so that they are found.
static const step before_play[] = {
    {"alpha-1", "sign-in", ",\"name\":\"KEEP-ax-Anna\"", 'y'},
    {"bravo-1", "sign-in", ",\"name\":\"KEEP-abcxo-Bo\"", 'y'},
    {"bravo-2", "sign-in", ",\"name\":\"KEEP-bx-Bea\"", 'y'},
    {"charlie-1", "sign-in", ",\"name\":\"KEEP-cx-Cleo\"", 'y'},
    {"excon-1", "sign-in", ",\"name\":\"KEEP-x-Eve\"", 'y'},
    {"evaluator-1", "sign-in", ",\"name\":\"KEEP-x-Else\"", 'y'},
    {"alpha-1", "start", "", 'n'},
    {"board-1", "start", "", 'n'},
    {"excon-1", "start", "", 'y'},
    {"excon-1", "edit",
     ",\"inject\":\"INJ-06\",\"text\":\"KEEP-ax-new\",\"reason\":\"KEEP-x-edit\"", 'y'},
    {"excon-1", "move", ",\"inject\":\"INJ-09\",\"until\":5000000,\"reason\":\"KEEP-x-move\"", 'y'},
    {"excon-1", "hold", ",\"inject\":\"INJ-10\"", 'y'},
    {"excon-1", "preview", ",\"until\":150000", 'y'},
    {"excon-1", "jump", ",\"until\":150000,\"reason\":\"KEEP-x-jump\"", 'y'},
};

static const step in_play[] = {
    {"alpha-1", "read", ",\"item\":@INJ-01", 'y'},
    {"alpha-1", "ack", ",\"item\":@INJ-01", 'y'},
    {"bravo-1", "read", ",\"item\":@INJ-02", 'y'},
    {"alpha-1", "say", ",\"to\":[\"bravo\"],\"text\":\"KEEP-abx-said\"", 'y'},
    {"alpha-1", "say", ",\"to\":[\"coast\"],\"text\":\"KEEP-ax-coast\"", 'y'},
    {"alpha-1", "say", ",\"to\":[\"coast\"],\"rfi\":true,\"text\":\"KEEP-ax-asked\"", 'y'},
    {"bravo-1", "say", ",\"to\":[\"charlie\"],\"text\":\"KEEP-bcx-said\"", 'y'},
    {"bravo-2", "say", ",\"to\":[\"alpha\",\"charlie\"],\"text\":\"KEEP-abcx-both\"", 'y'},
    {"bravo-1", "say", ",\"to\":[\"coast\"],\"text\":\"KEEP-bx-coast\"", 'y'},
    {"charlie-1", "say", ",\"to\":[\"alpha\"],\"text\":\"KEEP-cx-nocontact\"", '?'},
    {"simcell-1", "say", ",\"as\":\"coast\",\"to\":[\"charlie\"],\"text\":\"KEEP-cx-ascoast\"",
     'y'},
    {"excon-1", "say", ",\"to\":[\"alpha\"],\"text\":\"KEEP-ax-excon\"", 'y'},
    {"alpha-1", "decide",
     ",\"decision\":\"D-01\",\"option\":\"one\",\"reason\":\"KEEP-ax-because\"", 'y'},
    {"alpha-2", "decide", ",\"decision\":\"D-01\",\"option\":\"two\",\"reason\":\"KEEP-ax-late\"",
     '?'},
    {"bravo-1", "decide",
     ",\"decision\":\"D-02\",\"text\":\"KEEP-bx-own\",\"reason\":\"KEEP-bx-why\"", '?'},
    {"charlie-1", "decide", ",\"decision\":\"D-01\",\"option\":\"two\"", 'n'},
    {"charlie-1", "decide", ",\"decision\":\"D-02\",\"text\":\"KEEP-cx-guess\"", 'n'},
    {"bravo-1", "decide", ",\"decision\":\"D-03\",\"option\":\"one\"", 'n'},
    {"bravo-1", "decide", ",\"decision\":\"D-77\",\"option\":\"one\"", 'n'},
    {"excon-1", "rule",
     ",\"decision\":\"D-02\",\"ruling\":\"accept\",\"reason\":\"KEEP-bx-ruling\"", '?'},
    {"alpha-1", "submit", ",\"product\":\"report\",\"text\":\"KEEP-ax-report\"", 'y'},
    {"evaluator-1", "observe", ",\"text\":\"KEEP-x-observed\",\"team\":\"alpha\"", 'y'},
    {"evaluator-1", "rate",
     ",\"objective\":\"OBJ-1\",\"team\":\"bravo\",\"rating\":\"S\",\"text\":\"KEEP-x-rated\"", 'y'},
    {"evaluator-1", "mark-action",
     ",\"expectation\":\"EXP-01\",\"state\":\"met\",\"text\":\"KEEP-x-marked\"", '?'},
    {"excon-1", "aware", ",\"team\":\"alpha\",\"inject\":\"INJ-04\",\"reason\":\"KEEP-x-aware\"",
     'y'},
    {"simcell-1", "promise", ",\"to\":[\"bravo\"],\"text\":\"KEEP-x-promise\"", 'y'},
    {"excon-1", "adhoc",
     ",\"to\":[\"charlie\"],\"title\":\"KEEP-cx-adhoc\",\"text\":\"KEEP-cx-adhoc text\"", 'y'},
    {"excon-1", "adhoc",
     ",\"to\":[\"alpha\",\"charlie\"],\"from\":\"coast\",\"title\":\"KEEP-acx-two\",\"text\":"
     "\"KEEP-acx-two\"",
     'y'},
    {"excon-1", "intervene",
     ",\"measure\":\"set\",\"service\":\"KEEP-c-theirs\",\"level\":500000,\"reason\":\"KEEP-x-"
     "set\"",
     'y'},
    {"excon-1", "release", ",\"inject\":\"INJ-10\"", 'y'},
    {"excon-1", "jump", ",\"until\":270000", 'y'},
    {"excon-1", "release", ",\"inject\":\"INJ-06\"", 'y'},
    {"excon-1", "claim", ",\"inject\":\"INJ-07\"", '?'},
    {"excon-1", "deliver", ",\"inject\":\"INJ-07\",\"text\":\"KEEP-cx-told\"", 'y'},
    {"excon-1", "extend", ",\"decision\":\"D-01\",\"until\":3000000,\"reason\":\"KEEP-x-extend\"",
     '?'},
    {"alpha-1", "forward", ",\"item\":@INJ-10,\"to\":[\"bravo\"],\"text\":\"KEEP-abx-forwarded\"",
     'y'},
    {"excon-1", "skip", ",\"inject\":\"INJ-09\",\"reason\":\"KEEP-x-skip\"", 'y'},
    {"excon-1", "pause", ",\"reason\":\"KEEP-abcxo-pause\"", 'y'},
    {"excon-1", "resume", "", 'y'},
    {"excon-1", "drop", ",\"storyline\":\"KEEP-x-storyline\",\"reason\":\"KEEP-x-drop\"", '?'},
};

static const step at_the_end[] = {
    {"excon-1", "revoke", ",\"seat\":\"bravo-2\",\"reason\":\"KEEP-x-revoked\"", 'y'},
    {"excon-1", "reassign",
     ",\"seat\":\"alpha-2\",\"team\":\"charlie\",\"reason\":\"KEEP-x-reassigned\"", 'y'},
    {"bravo-1", "emergency", ",\"text\":\"KEEP-abcxo-emergency\"", 'y'},
    {"excon-1", "resume", "", 'y'},
    {"excon-1", "jump", ",\"until\":3100000", 'y'}, // the phase of all, and what is overdue
    {"excon-1", "end", ",\"reason\":\"KEEP-x-end\"", 'y'},
};

// What anybody may try who wants to know more than their own.
static const step probes[] = {
    {NULL, "feed", ",\"from\":1", 'y'},
    {NULL, "feed", ",\"from\":20", 'y'},
    {NULL, "feed", ",\"from\":1000000000", 'y'},
    {NULL, "feed", ",\"from\":0", 'n'},
    {NULL, "feed", ",\"from\":-1", 'n'},
    {NULL, "feed", ",\"from\":1,\"audience\":\"alpha\"", 'n'},
    {NULL, "status", "", 'y'},
    {NULL, "status", ",\"team\":\"alpha\"", 'n'},
    {NULL, "seats", "", '?'},
    {NULL, "preview", ",\"until\":4000000", 'n'},
    {NULL, "fire", ",\"inject\":\"INJ-09\"", 'n'},
    {NULL, "observe", ",\"text\":\"x\"", 'n'},
    {NULL, "attachment", ",\"path\":\"files/a.txt\",\"part\":1", '?'},
    {NULL, "attachment", ",\"path\":\"files/b.txt\",\"part\":1", '?'},
    {NULL, "attachment", ",\"path\":\"files/c.txt\",\"part\":1", '?'},
    {NULL, "attachment", ",\"path\":\"files/ab.txt\",\"part\":1", '?'},
    {NULL, "attachment", ",\"path\":\"files/ab.txt\",\"part\":2", 'n'},
    {NULL, "attachment", ",\"path\":\"scenario.lua\",\"part\":1", 'n'},
    {NULL, "attachment", ",\"path\":\"../run.json\",\"part\":1", 'n'},
    {NULL, "read", ",\"item\":1", '?'},
    {NULL, "read", ",\"item\":33", '?'},
    {NULL, "forward", ",\"item\":31,\"to\":[\"coast\"]", '?'},
    {NULL, "decide", ",\"decision\":\"D-01\",\"option\":\"three\"", 'n'},
    {NULL, "decide", ",\"decision\":\"D-02\"", 'n'},
    {NULL, "no-such", ",\"text\":\"x\"", 'n'},
};

static machine *machine_of(room *r, const char *seat)
{
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->machines[i].seat, seat) == 0)
            return &r->machines[i];
    ck_abort_msg("nobody sits at %s", seat);
    return NULL;
}

static void open_room(room *r, const char *program)
{
    char *scenario = source_path("tests/fixtures/canary");
    *r = (room){.runs = folder_new()};
    signal(SIGPIPE, SIG_IGN);
    process_start(&r->engine,
                  (const char *const[]){program, "run", scenario, "--run-dir", r->runs, "--listen",
                                        "127.0.0.1:0", "--quiet", "--simcell", "1", "--evaluators",
                                        "1", "--board", NULL});
    ck_assert_msg(process_until(&r->engine, "sits down with", NULL, ANSWER_S), "%s",
                  toc_buf_text(&r->engine.said));
    r->folder = run_folder_of(&r->engine);
    free(scenario);
}

static void sit(room *r, const char *seat, char letter)
{
    machine *m = &r->machines[r->count++];
    *m = (machine){.seat = seat, .letter = letter, .is_there = true};
    guest_sit(&m->g, r->folder, seat);
    guest_join(&m->g);
}

static void close_room(room *r)
{
    for (size_t i = 0; i < r->count; i++)
        guest_leave(&r->machines[i].g);
    process_free(&r->engine);
    folder_remove(r->runs);
    free(r->folder);
}

static void listen_all(room *r)
{
    for (size_t i = 0; i < r->count; i++)
        guest_listen(&r->machines[i].g, SETTLE_MS);
}

// The number of the newest line of this seat's feed that holds the inject.
static long number_in(const machine *m, const char *inject, size_t len)
{
    char *wanted = toc_sprintf("\"k\":\"inject\",\"inject\":\"%.*s\"", (int)len, inject);
    const char *at = strstr(toc_buf_text(&m->g.all), wanted);
    ck_assert_msg(at != NULL, "%s never received %s", m->seat, wanted);
    while (at > m->g.all.data && strncmp(at, "\"n\":", 4) != 0)
        at--;
    free(wanted);
    return strtol(at + 4, NULL, 10);
}

static void take_step(machine *m, const step *s)
{
    toc_buf fields = {0};
    const char *at = strchr(s->fields, '@');
    if (at) {
        size_t len = strcspn(at + 1, ",}");
        toc_buf_printf(&fields, "%.*s%ld%s", (int)(at - s->fields), s->fields,
                       number_in(m, at + 1, len), at + 1 + len);
    } else {
        toc_buf_str(&fields, s->fields);
    }
    const char *reply = guest_ask(&m->g, s->op, toc_buf_text(&fields));
    bool is_done = strstr(reply, "\"ok\":true") != NULL;
    ck_assert_msg(s->answer == '?' || is_done == (s->answer == 'y'), "%s: %s%s: %s", m->seat, s->op,
                  toc_buf_text(&fields), reply);
    toc_buf_fini(&fields);
}

static void take_steps(room *r, const step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        take_step(machine_of(r, steps[i].seat), &steps[i]);
        listen_all(r);
    }
}

// Every machine that is no controller's asks for whatever it can think of.
static void probe(room *r)
{
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < TOC_COUNT(probes) && r->machines[i].is_there; k++)
            if (r->machines[i].letter != 'x')
                take_step(&r->machines[i], &probes[k]);
}

// A machine that was shut out: whatever it is still told, or can still ask for.
static void knock_again(machine *m)
{
    m->is_there = false;
    for (int i = 0; i < 5; i++) {
        char *text = toc_sprintf("{\"op\":\"feed\",\"token\":\"%s\",\"id\":\"%s-%d\",\"from\":1}",
                                 m->g.ticket.token, m->g.session, ++m->g.counter);
        const char *reply = m->g.desk.is_ended ? NULL : guest_send(&m->g, text, strlen(text));
        ck_assert_msg(!reply || strstr(reply, "\"ok\":false"), "%s is still served: %s", m->seat,
                      reply);
        free(text);
    }
}

static void play(room *r)
{
    static const struct {
        const char *seat;
        char letter;
    } seats[] = {{"excon-1", 'x'}, {"simcell-1", 'x'}, {"evaluator-1", 'x'}, {"board-1", 'o'},
                 {"alpha-1", 'a'}, {"alpha-2", 'a'},   {"bravo-1", 'b'},     {"bravo-2", 'b'}};
    for (size_t i = 0; i < TOC_COUNT(seats); i++)
        sit(r, seats[i].seat, seats[i].letter);
    sit(r, "charlie-1", 'c');
    probe(r);
    take_steps(r, before_play, TOC_COUNT(before_play));
    probe(r);
    take_steps(r, in_play, TOC_COUNT(in_play));
    probe(r);
    take_steps(r, at_the_end, 2);
    knock_again(machine_of(r, "bravo-2"));
    knock_again(machine_of(r, "alpha-2"));
    take_steps(r, at_the_end + 2, TOC_COUNT(at_the_end) - 2);
    probe(r);
    machine *excon = machine_of(r, "excon-1");
    guest_ask(&excon->g, "close", "");
    listen_all(r);
    ck_assert_msg(process_end(&r->engine, ANSWER_S) == 0, "%s", toc_buf_text(&r->engine.said));
}

// ---- the search ----------------------------------------------------------------------------------------

// What a machine has: what it was sent, and what of it is base64, decoded.
static void unpack(const machine *m, toc_buf *out)
{
    static const char data[] = "\"data\":\"";
    toc_error e;
    toc_buf_add(out, m->g.all.data, m->g.all.len);
    for (const char *at = toc_buf_text(&m->g.all); (at = strstr(at, data));) {
        at += strlen(data);
        toc_buf_char(out, '\n');
        TOC_OK_OR_FAIL(toc_base64_decode(out, at, strcspn(at, "\""), &e), e);
    }
}

typedef struct {
    unsigned long long words, own, leaks;
    char first[400]; // leak
} finding;

static void search_machine(const machine *m, finding *f)
{
    toc_buf all = {0};
    unpack(m, &all);
    ck_assert_msg(strlen(toc_buf_text(&all)) == all.len, "what %s has holds a NUL", m->seat);
    for (const char *at = toc_buf_text(&all); (at = strstr(at, WORD));) {
        const char *letters = at + strlen(WORD);
        size_t len = strcspn(letters, "-");
        bool is_own = memchr(letters, m->letter, len) != NULL;
        f->words++;
        f->own += is_own;
        if (!is_own && f->leaks++ == 0) {
            const char *line = at;
            while (line > all.data && line[-1] != '\n' && at - line < 250)
                line--;
            snprintf(f->first, sizeof f->first, "%s was given %.*s in: %.*s", m->seat,
                     (int)strcspn(at, "\" \n"), at,
                     (int)strcspn(line, "\n") < 300 ? (int)strcspn(line, "\n") : 300, line);
        }
        at = letters;
    }
    toc_buf_fini(&all);
}

// All machines but the controllers', which may have everything.
static finding search(const room *r)
{
    finding all = {0};
    for (size_t i = 0; i < r->count; i++) {
        const machine *m = &r->machines[i];
        finding one = {0};
        if (m->letter == 'x')
            continue;
        search_machine(m, &one);
        printf("%s: %zu bytes, %llu words, %llu of them not its own\n", m->seat, m->g.all.len,
               one.words, one.leaks);
        ck_assert_msg(one.own >= 10 || m->letter == 'o', "%s received hardly anything", m->seat);
        ck_assert_msg(one.own > 0, "%s received nothing", m->seat);
        all.words += one.words;
        all.leaks += one.leaks;
        if (!*all.first)
            memcpy(all.first, one.first, sizeof one.first);
    }
    return all;
}

START_TEST(no_machine_is_given_a_word_that_is_for_others)
{
    room r;
    toc_buf json = {0};
    open_room(&r, binary());
    play(&r);
    finding f = search(&r);
    tally("texts at machines of teams, looked at for others' words", f.words, f.leaks);
    ck_assert_msg(f.leaks == 0, "%s", f.first);
    ck_assert_msg(run_verify(r.folder, &json, NULL) == 0, "%s", toc_buf_text(&json));
    toc_buf_fini(&json);
    close_room(&r);
}
END_TEST

// The search itself must be able to find something: TOC_LEAKY lists engines that leak, each in another place.
START_TEST(a_build_that_leaks_is_caught)
{
    const char *list = getenv("TOC_LEAKY");
    ck_assert_msg(list && *list, "TOC_LEAKY names no build that leaks");
    unsigned long long builds = 0, missed = 0;
    while (*list) {
        size_t len = strcspn(list, ":");
        char *program = toc_strndup(list, len);
        room r;
        open_room(&r, program);
        play(&r);
        finding f = search(&r);
        const char *name = strrchr(program, '/');
        printf("%s: %llu leaks; %s\n", name ? name + 1 : program, f.leaks, f.first);
        builds++;
        missed += f.leaks == 0;
        close_room(&r);
        free(program);
        list += len + (list[len] == ':');
    }
    tally("builds that leak, and were caught", builds, missed);
    ck_assert_uint_eq(missed, 0);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, no_machine_is_given_a_word_that_is_for_others);
    tcase_add_test(tc, a_build_that_leaks_is_caught);
}

TOC_CHECK_MAIN("leaks", add_tests)
