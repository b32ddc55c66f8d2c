// SPDX-License-Identifier: MIT
// The lines of conducting, for control and for a team, as golden text; and the lists that are made of them.
// TOC_UPDATE_GOLDEN=1 rewrites the golden files.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "record/feed.h"
#include "view/lines.h"
#include "view/msel.h"

typedef struct {
    toc_picture picture;
    toc_lines lines;
    int64_t n;
} screen;

static void open_screen(screen *s, const char *seat, int width)
{
    s->n = 0;
    toc_picture_init(&s->picture, seat);
    toc_lines_init(&s->lines, "TLP:CLEAR", width);
    toc_clock clock = {.state = "running", .speed = 1000, .pace = 1000, .t = 0};
    strcpy(clock.story, "2022-02-24 03:00Z");
    toc_lines_hear(&s->lines, &clock);
}

static void close_screen(screen *s)
{
    toc_picture_fini(&s->picture);
    toc_lines_fini(&s->lines);
}

// ' stands for quotes, ^ for the words of somebody who means no good.
static char *fill_in(const char *template, const char *evil)
{
    toc_buf out = {0};
    for (const char *c = template; *c; c++)
        if (*c == '^')
            toc_buf_str(&out, evil);
        else
            toc_buf_char(&out, *c == '\'' ? '"' : *c);
    return toc_buf_take(&out);
}

static void feed_evil(screen *s, int64_t t, const char *body, const char *evil)
{
    int64_t n;
    toc_event ev;
    toc_error e = {0};
    char *rest = fill_in(body, evil);
    char *line = toc_sprintf("{\"n\":%lld,\"seq\":%lld,\"t\":%lld,%s}", (long long)(s->n + 1),
                             (long long)(s->n + 11), (long long)t, rest);
    s->n++;
    ck_assert_msg(toc_feed_parse(line, strlen(line), &n, &ev, &e) == TOC_OK, "%s: %s", line, e.msg);
    toc_picture_see(&s->picture, n, &ev);
    s->lines.now = ev.t;
    toc_lines_event(&s->lines, &s->picture, &ev, n, false);
    toc_event_fini(&ev);
    free(line);
    free(rest);
}

static void feed(screen *s, int64_t t, const char *body)
{
    feed_evil(s, t, body, "");
}

static toc_json *read_json(const char *template, const char *evil)
{
    toc_json *j;
    toc_error e;
    char *text = fill_in(template, evil);
    TOC_OK_OR_FAIL(toc_json_read(&j, text, strlen(text), TOC_JSON_REPLY, &e), e);
    free(text);
    return j;
}

// The clock on the wall is another one in every run.
static void hide_wall(screen *s)
{
    toc_buf out = {0};
    const char *at = toc_buf_text(&s->lines.out);
    for (const char *wall; (wall = strstr(at, "wall clock 2")); at = wall + strcspn(wall, "\n")) {
        toc_buf_add(&out, at, (size_t)(wall - at));
        toc_buf_str(&out, "wall clock …");
    }
    toc_buf_str(&out, at);
    toc_buf_fini(&s->lines.out);
    s->lines.out = out;
}

static void compare(screen *s, const char *name)
{
    hide_wall(s);
    const char *top = getenv("TOC_SOURCE_DIR");
    char path[512];
    snprintf(path, sizeof path, "%s/tests/fixtures/lines-%s.txt", top ? top : ".", name);
    if (getenv("TOC_UPDATE_GOLDEN")) {
        FILE *f = fopen(path, "w");
        ck_assert_ptr_nonnull(f);
        fputs(toc_buf_text(&s->lines.out), f);
        fclose(f);
    }
    toc_buf golden = {0};
    toc_error e;
    TOC_OK_OR_FAIL(toc_file_slurp(&golden, path, 1 << 20, &e), e);
    const char *got = toc_buf_text(&s->lines.out), *due = toc_buf_text(&golden);
    size_t same = 0;
    while (got[same] && got[same] == due[same])
        same++;
    ck_assert_msg(got[same] == due[same], "%s differs from byte %zu on: %.200s", path, same,
                  got + same);
    toc_buf_fini(&golden);
}

// Whatever was shown: each line is ours from its beginning, and nothing reaches the terminal behind it.
static void holds(const toc_buf *out, bool is_bare)
{
    const char *at = toc_buf_text(out);
    ck_assert(toc_utf8_valid(at, strlen(at), NULL));
    ck_assert_ptr_null(strstr(at, "\xe2\x80\xae"));
    ck_assert_ptr_null(strstr(at, "\xc2\x9b"));
    while (*at) {
        size_t len = strcspn(at, "\n");
        bool is_ours = is_bare
                           ? at[0] == '[' || strncmp(at, "| ", 2) == 0 ||
                                 strncmp(at, "  ", 2) == 0 || strncmp(at, "*** ", 4) == 0
                           : strncmp(at, "EXERCISE TLP:CLEAR [", 20) == 0 ||
                                 strncmp(at, "EXERCISE | ", 11) == 0 ||
                                 strncmp(at, "EXERCISE   ", 11) == 0 || strncmp(at, "*** ", 4) == 0;
        bool is_clean = at[len] == '\n';
        for (size_t i = 0; i < len; i++)
            is_clean = is_clean && (unsigned char)at[i] >= 0x20 && at[i] != 0x7F;
        // Check notes every assertion in a file: one a line would be many thousands.
        if (!is_ours || !is_clean)
            ck_abort_msg("%s: %.*s", is_ours ? "a control character" : "a line of somebody else's",
                         (int)(len < 200 ? len : 200), at);
        at += len + 1;
    }
}

static const char status[] =
    "{'seats':[{'seat':'wind-1','team':'wind','present':true,'name':'^R. "
    "Lind','since':'2026-11-21T18:00:07.000Z','silent':3,'idle':70},{'seat':'wind-2','team':'wind',"
    "'present':true,'silent':45},{'seat':'rail-1','team':'rail','present':false}],"
    "'parties':[['press','Radio Nord']]}";

static const char list[] =
    "{'msel':[{'inject':'INJ-05','title':'^Power','to':['wind'],'state':'held','due':900000,"
    "'reason':'^waits for EXCON'},{'inject':'INJ-07','title':'^Smoke','to':['wind'],'state':'cued',"
    "'due':300000,'controller':'simcell','voice':true}]}";

static const char preview[] =
    "{'preview':[{'t':960000,'k':'inject','inject':'INJ-04','title':'^Gale','to':['^wind','rail']},"
    "{'t':970000,'k':'cue','inject':'INJ-08','title':'^x','to':['wind']},{'t':980000,'k':'held',"
    "'inject':'INJ-05','reason':'^y'},{'t':990000,'k':'ask','decision':'D-04','title':'^Go?','team'"
    ":'wind'},{'t':991000,'k':'overdue','decision':'D-02','team':'^wind'},{'t':992000,'k':'phase-"
    "entered','phase':'p2','title':'^Day two'},{'t':993000,'k':'expectation','expectation':'EXP-03'"
    ",'state':'overdue','team':'wind'},{'t':994000,'k':'endex'},{'t':995000,'k':'error','text':'^"
    "scenario.lua:3'},{'t':996000,'k':'^later','text':'^z'}],'levels':12,'changes':[{'service':'^light',"
    "'from':1000000,'to':0}],'more_changes':3,'at':950000}";

// Everything that conducting brings about, as control's feed has it.
static void conduct(screen *s, const char *evil)
{
    static const char *const lines[] = {
        "'k':'join','by':'wind-1','wall':'w','seat':'wind-1','session':'s1'",
        "'k':'sign-in','by':'wind-1','wall':'2026-11-21T18:00:00.000Z','name':'^R. Lind'",
        "'k':'sign-in','by':'excon-2','wall':'2026-11-21T18:00:00.000Z','name':'^M. Berg'",
        "'k':'start','by':'excon-2','wall':'w'",
        "'k':'move','by':'excon-2','wall':'w','inject':'INJ-04','until':4800000,'follow':true,"
        "'reason':'^late'",
        "'k':'moved','cause':15,'inject':'INJ-05','until':4900000",
        "'k':'edit','by':'excon-2','wall':'w','inject':'INJ-04','title':'^New'",
        "'k':'edit','by':'excon-2','wall':'w','inject':'INJ-04','text':'^Two\\nlines.'",
        "'k':'adhoc','by':'excon-2','wall':'w','from':'^Coast Guard','to':['wind'],'title':'^Smoke'"
        ",'text':'^It burns.','until':960000",
        "'k':'cue','cause':9,'inject':'INJ-07','controller':'simcell','from':'^Coast Guard','to':["
        "'wind','^rail'],'channel':'^phone','urgent':true,'title':'^Smoke','text':'^Hello.\\nIt "
        "burns.','notes':'^Hang up when asked.'",
        "'k':'claim','by':'excon-2','wall':'w','inject':'INJ-07'",
        "'k':'deliver','by':'excon-2','wall':'w','inject':'INJ-07','text':'^They asked twice.'",
        "'k':'inject','cause':9,'inject':'INJ-07','from':'^Coast Guard','to':['wind','rail'],"
        "'channel':'^phone','title':'^Smoke','text':'^It burns.','voice':true",
        "'k':'drop','by':'excon-2','wall':'w','storyline':'^the wipe','reason':'^overtaken'",
        "'k':'storyline','cause':9,'storyline':'^the wipe','state':'dropped'",
        "'k':'wake','by':'excon-2','wall':'w','storyline':'^the night'",
        "'k':'ask','cause':9,'decision':'D-03','team':'wind','title':'^Close it?','options':[["
        "'close','^Close'],['open','^Open']],'deadline':960000",
        "'k':'extend','by':'excon-2','wall':'w','decision':'D-03','until':1200000,'reason':'^they "
        "asked'",
        "'k':'deadline','cause':9,'decision':'D-03','team':'wind','deadline':1200000",
        "'k':'intervene','by':'excon-2','wall':'w','measure':'set','service':'grid','level':400000,"
        "'reason':'^storm'",
        "'k':'intervene','by':'excon-2','wall':'w','measure':'refuel','service':'^grid','provider':"
        "'^diesel'",
        "'k':'intervene','by':'excon-2','wall':'w','measure':'black-start','service':'grid',"
        "'minutes':90",
        "'k':'intervene','by':'excon-2','wall':'w','measure':'start-repair','repair':'^line'",
        "'k':'intervene','by':'excon-2','wall':'w','measure':'open-alternative','service':'rail'",
        "'k':'message','cause':9,'by':'wind-1','from':'wind','to':['press'],'rfi':true,'text':'^How"
        " many?'",
        "'k':'message','cause':9,'by':'wind-1','from':'wind','to':['excon'],'text':'^Help'",
        "'k':'claim','by':'excon-2','wall':'w','item':25",
        "'k':'unclaim','by':'excon-2','wall':'w','item':26",
        "'k':'promise','by':'excon-2','wall':'w','to':['wind','rail'],'text':'^A bus','until':"
        "910000",
        "'k':'promise','by':'excon-2','wall':'w','to':['wind'],'text':'^A map'",
        "'k':'kept','by':'excon-2','wall':'w','item':30,'text':'^by mail'",
        "'k':'observe','by':'excon-2','wall':'w','objective':'OBJ-1','inject':'INJ-04','team':"
        "'wind','occurred':600000,'text':'^quick'",
        "'k':'jump','by':'excon-2','wall':'w','until':960000,'hold':['INJ-05','^X'],'keep':['D-03']"
        ",'reason':'^lunch'",
        "'k':'reassign','by':'excon-2','wall':'w','seat':'wind-2','team':'rail','new_seat':'rail-3'"
        ",'reason':'^absent'",
        "'k':'decide','by':'excon-2','wall':'w','decision':'D-03','option':'close','reason':"
        "'^the team is absent'",
        "'k':'decided','cause':9,'decision':'D-03','option':'close','team':'wind','by':'excon'",
        "'k':'sign-out','by':'wind-1','wall':'w'",
    };
    for (size_t i = 0; i < TOC_COUNT(lines); i++)
        feed_evil(s, 900000 + (int64_t)i * 1000, lines[i], evil);
}

static void lists(screen *s, const char *evil)
{
    toc_lines *l = &s->lines;
    const toc_picture *p = &s->picture;
    toc_msel m = {0};
    toc_json *j = read_json(list, evil);
    toc_msel_add(&m, toc_json_get(j, "msel"));
    toc_json_free(j);
    toc_lines_attention(l, p);
    toc_lines_inbox_of(l, p, "help");
    toc_lines_thread(l, p, &p->items[0]);
    toc_lines_find(l, p, "smoke");
    toc_lines_rfis(l, p);
    toc_lines_waiting(l, p);
    toc_lines_settled(l, p);
    toc_lines_cues(l, p);
    toc_lines_promises(l, p);
    toc_lines_observations(l, p);
    toc_lines_log(l, p, 50);
    j = read_json(preview, evil);
    toc_lines_preview(l, p, j);
    toc_json_free(j);
    toc_lines_handover(l, p, &m);
    toc_msel_fini(&m);
}

START_TEST(control_reads_who_conducts_and_how)
{
    screen s;
    open_screen(&s, "excon-1", 0);
    toc_json *j = read_json(status, "");
    toc_picture_status(&s.picture, j);
    toc_json_free(j);
    conduct(&s, "");
    lists(&s, "");
    holds(&s.lines.out, false);
    compare(&s, "conduct");
    close_screen(&s);
}
END_TEST

START_TEST(only_a_decision_that_is_asked_already_can_keep_its_time)
{
    screen s;
    open_screen(&s, "excon-1", 0);
    toc_json *j = read_json("{'preview':[{'t':1,'k':'ask','decision':'D-01','title':'x','team':'a'}"
                            ",{'t':2,'k':'overdue','decision':'D-01','team':'a'},{'t':3,'k':"
                            "'overdue','decision':'D-02','team':'a'}],'levels':0}",
                            "");
    toc_lines_preview(&s.lines, &s.picture, j);
    toc_json_free(j);
    ck_assert_ptr_null(strstr(toc_buf_text(&s.lines.out), "keep D-01"));
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&s.lines.out), "keep D-02"));
    close_screen(&s);
}
END_TEST

START_TEST(what_a_seat_does_itself_is_not_told_it_again)
{
    screen s;
    open_screen(&s, "excon-2", 0);
    toc_lines *l = &s.lines;
    feed(&s, 1, "'k':'move','by':'excon-2','wall':'w','inject':'INJ-04','until':4800000");
    feed(&s, 1, "'k':'drop','by':'excon-2','wall':'w','storyline':'x','reason':'y'");
    feed(&s, 1, "'k':'sign-in','by':'excon-2','wall':'w','name':'M. Berg'");
    ck_assert_str_eq(toc_buf_text(&l->out), "");
    // But for the number that a promise has.
    feed(&s, 1, "'k':'promise','by':'excon-2','wall':'w','to':['wind'],'text':'a bus'");
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&l->out), "PROMISE 4"));
    close_screen(&s);
}
END_TEST

START_TEST(a_team_reads_what_conducting_means_for_it)
{
    screen s;
    open_screen(&s, "wind-1", 0);
    feed(&s, 1000, "'k':'sign-in','by':'wind-2','wall':'w','name':'R. Lind'");
    feed(&s, 2000,
         "'k':'ask','decision':'D-03','team':'wind','title':'Close it?','options':[["
         "'close','Close'],['open','Open']],'deadline':960000");
    feed(&s, 3000, "'k':'deadline','decision':'D-03','team':'wind','deadline':1200000");
    feed(&s, 4000, "'k':'pace','wall':'w','pace':2000");
    feed(&s, 4000, "'k':'deadline','decision':'D-03','team':'wind','deadline':1300000");
    feed(&s, 5000, "'k':'decided','decision':'D-03','option':'close','team':'wind','by':'excon'");
    feed(&s, 6000,
         "'k':'inject','inject':'INJ-07','from':'Coast Guard','channel':'phone','title':"
         "'Smoke','text':'It burns.','voice':true");
    feed(&s, 7000, "'k':'message','from':'csirt','to':['wind'],'rfi':true,'text':'How many?'");
    feed(&s, 8000, "'k':'message','by':'wind-2','from':'wind','to':['csirt'],'re':8,'text':'Four'");
    feed(&s, 9000,
         "'k':'message','by':'wind-1','from':'wind','to':['csirt'],'rfi':true,'text':"
         "'And yours?'");
    feed(&s, 9500, "'k':'message','from':'csirt','to':['wind'],'re':10,'text':'Five'");
    feed(&s, 9600, "'k':'leave','wall':'w','seat':'wind-2','reason':'not heard for 20 s'");
    toc_lines_rfis(&s.lines, &s.picture);
    toc_lines_seats(&s.lines, &s.picture);
    toc_lines_log(&s.lines, &s.picture, 2);
    toc_lines_settled(&s.lines, &s.picture);
    toc_lines_thread(&s.lines, &s.picture, toc_picture_number(&s.picture, 9));
    holds(&s.lines.out, false);
    compare(&s, "conduct-team");
    close_screen(&s);
}
END_TEST

// ESC, OSC 52, C1, bidi, line separators, zero width, and words that would pass for ours.
static const char evil_words[] =
    "\\u001b[2J\\u001b]52;c;eA==\\u0007\\u009b1m\\u202etxt\\u2028EXERCISE TLP:CLEAR [T+0:00:01] "
    "x\\n*** REAL EMERGENCY\\r\\nEXERCISE TLP:CLEAR [T+0:00:02] ENDEX\\u200b ";

START_TEST(no_word_of_conducting_can_forge_a_line)
{
    static const int widths[] = {0, 40, 80};
    for (size_t w = 0; w < TOC_COUNT(widths); w++) {
        screen s;
        open_screen(&s, "excon-1", widths[w]);
        toc_json *j = read_json(status, evil_words);
        toc_picture_status(&s.picture, j);
        toc_json_free(j);
        conduct(&s, evil_words);
        lists(&s, evil_words);
        holds(&s.lines.out, false);
        close_screen(&s);
    }
}
END_TEST

START_TEST(bare_lines_cannot_be_forged_either)
{
    screen s;
    open_screen(&s, "excon-1", 60);
    s.lines.is_bare = true;
    conduct(&s, evil_words);
    lists(&s, evil_words);
    holds(&s.lines.out, true);
    ck_assert_int_eq(toc_buf_text(&s.lines.out)[0], '[');
    close_screen(&s);
}
END_TEST

// 64 KiB of combining marks, of one word, of bytes that are no UTF-8.
START_TEST(long_and_broken_words_are_shown_whole_or_cut_and_never_raw)
{
    enum { LENGTH = 65536 };
    static const char *const units[] = {"\xcc\x81", "x", "\xff", "\xe2\x80\xae", "\n*** "};
    for (size_t u = 0; u < TOC_COUNT(units); u++) {
        screen s;
        toc_buf text = {0};
        while (text.len < LENGTH)
            toc_buf_str(&text, units[u]);
        open_screen(&s, "excon-1", 80);
        static const struct {
            toc_kind kind;
            toc_field field;
        } places[] = {{TOC_K_SIGN_IN, TOC_F_NAME},     {TOC_K_DROP, TOC_F_STORYLINE},
                      {TOC_K_ADHOC, TOC_F_TITLE},      {TOC_K_CUE, TOC_F_TEXT},
                      {TOC_K_PROMISE, TOC_F_TEXT},     {TOC_K_HANDED_IN, TOC_F_PRODUCT},
                      {TOC_K_DELIVER, TOC_F_TEXT},     {TOC_K_OBSERVE, TOC_F_TEXT},
                      {TOC_K_INTERVENE, TOC_F_REASON}, {TOC_K_MESSAGE, TOC_F_TEXT}};
        for (size_t i = 0; i < TOC_COUNT(places); i++) {
            toc_event ev;
            toc_event_init(&ev, places[i].kind, 1);
            toc_event_set_str(&ev, TOC_F_BY, "wind-1");
            toc_event_set_str(&ev, TOC_F_INJECT, "INJ-07");
            toc_event_set_str(&ev, TOC_F_FROM, text.data);
            toc_event_set_str(&ev, places[i].field, text.data);
            toc_picture_see(&s.picture, (int64_t)i + 1, &ev);
            toc_lines_event(&s.lines, &s.picture, &ev, (int64_t)i + 1, false);
            toc_event_fini(&ev);
        }
        toc_lines_cues(&s.lines, &s.picture);
        toc_lines_promises(&s.lines, &s.picture);
        toc_lines_seats(&s.lines, &s.picture);
        toc_lines_find(&s.lines, &s.picture, "x");
        holds(&s.lines.out, false);
        toc_buf_fini(&text);
        close_screen(&s);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, control_reads_who_conducts_and_how);
    tcase_add_test(tc, only_a_decision_that_is_asked_already_can_keep_its_time);
    tcase_add_test(tc, what_a_seat_does_itself_is_not_told_it_again);
    tcase_add_test(tc, a_team_reads_what_conducting_means_for_it);
    tcase_add_test(tc, no_word_of_conducting_can_forge_a_line);
    tcase_add_test(tc, bare_lines_cannot_be_forged_either);
    tcase_add_test(tc, long_and_broken_words_are_shown_whole_or_cut_and_never_raw);
}

TOC_CHECK_MAIN("lines_conduct", add_tests)
