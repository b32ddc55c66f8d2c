// SPDX-License-Identifier: MIT
// What participants, authors and controllers write tries to be more than text: at every other seat, full screen and plain, it is
// shown with marks and never done. Here by the bytes that reach a terminal.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "venue.h"

#define RTL    "\xE2\x80\xAE" // U+202E, right to left
#define CSI_C1 "\xC2\x9B"     // U+009B, a control sequence begins
#define OSC_C1 "\xC2\x9D"     // U+009D, a command to the terminal begins
#define ACUTE  "\xCC\x81"     // U+0301
#define OSC_52 "\x1B]52;c;ZXZpbA==\x07"

enum { MOST_MARKS = 8, LONG_LINE = 16000, TOO_LONG = 65536 };

static venue v;

static void setup(void)
{
    venue_open(&v, "tests/fixtures/hostile",
               (const char *const[]){"--simcell", "1", "--excon", "2", NULL});
}

static void teardown(void)
{
    venue_close(&v);
}

// Every byte that the program writes to its terminal goes into a file too; and what it might put into the clipboard would be taken.
static char *tap(tmux *t)
{
    char *path = toc_sprintf("%s/bytes", t->folder);
    char *line = toc_sprintf("cat >> %s", path);
    int code =
        process_run((const char *const[]){"tmux", "-S", t->socket, "set", "-s", "set-clipboard",
                                          "on", ";", "pipe-pane", line, NULL},
                    NULL, VENUE_PATIENCE);
    ck_assert_int_eq(code, 0);
    free(line);
    return path;
}

static bool is_direction(uint32_t cp)
{
    return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200E ||
           cp == 0x200F;
}

// is_screen: the program's own escapes are meant to be there.
static void must_be_harmless(const char *bytes, size_t len, bool is_screen)
{
    size_t marks = 0;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        i += toc_utf8_next(bytes + i, len - i, &cp);
        ck_assert_msg(cp != TOC_CP_BAD, "invalid UTF-8 at byte %zu", i);
        ck_assert_msg(cp < 0x80 || cp > 0x9F, "U+%04X at byte %zu", cp, i);
        ck_assert_msg(!is_direction(cp), "U+%04X at byte %zu", cp, i);
        ck_assert_msg(is_screen || cp == '\n' || (cp >= ' ' && cp != 0x7F), "U+%04X at byte %zu",
                      cp, i);
        marks = cp == 0x301 ? marks + 1 : 0;
        ck_assert_msg(marks <= MOST_MARKS, "a flood of marks at byte %zu", i);
    }
    ck_assert_msg(!strstr(bytes, "]52;c"), "a terminal was told to fill its clipboard");
}

// All bytes up to the list of keys, which is asked for last: what tmux shows comes to the file a little later.
static void read_tap(tmux *t, const char *path, toc_buf *bytes)
{
    for (int tries = 100 * VENUE_PATIENCE; !strstr(toc_buf_text(bytes), "Keys"); tries--) {
        char chunk[4096];
        size_t n;
        ck_assert_msg(tries > 0, "%s", toc_buf_text(bytes));
        toc_buf_clear(bytes);
        FILE *f = fopen(path, "rb");
        ck_assert_msg(f != NULL, "%s", path);
        while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
            toc_buf_add(bytes, chunk, n);
        fclose(f);
        tmux_look(t, false);
    }
}

static void check_screen(tmux *t, char *path)
{
    toc_buf bytes = {0};
    TMUX_KEYS(t, "Escape", "?");
    read_tap(t, path, &bytes);
    must_be_harmless(toc_buf_text(&bytes), bytes.len, true);
    toc_buf_clear(&bytes);
    int code = process_run((const char *const[]){"tmux", "-S", t->socket, "show-buffer", NULL},
                           &bytes, 10);
    ck_assert_msg(code != 0, "the clipboard holds %s", toc_buf_text(&bytes));
    toc_buf_clear(&bytes);
    code = process_run((const char *const[]){"tmux", "-S", t->socket, "display-message", "-p",
                                             "#{pane_title}", NULL},
                       &bytes, 10);
    ck_assert_msg(code == 0 && !strstr(toc_buf_text(&bytes), "evil"), "the window is called %s",
                  toc_buf_text(&bytes));
    must_be_harmless(toc_buf_text(&bytes), bytes.len, false);
    toc_buf_fini(&bytes);
    free(path);
}

// What a participant can try by typing.
static void write_everything(process *town)
{
    toc_buf line = {0};
    venue_say(town, "say ops one " OSC_52, "none of it was taken");
    venue_say(town, "say ops two \x1B[31mred", "none of it was taken");
    venue_say(town, "say ops three \xFF\xFE\xC0\xAF", "none of it was taken");
    venue_say(town, "say ops four " RTL "evil " CSI_C1 "31m " OSC_C1 "0;evil title", "sent to ops");
    venue_say(town, "say ops EXERCISE TLP:CLEAR [lobby] forged \xE2\x80\xA8 DECISION", "sent to");

    toc_buf_str(&line, "say ops flood e");
    for (int i = 0; i < 500; i++)
        toc_buf_str(&line, ACUTE);
    venue_say(town, toc_buf_text(&line), "sent to ops");

    toc_buf_clear(&line);
    toc_buf_str(&line, "say ops long ");
    for (int i = 0; i < LONG_LINE; i++)
        toc_buf_char(&line, 'w');
    venue_say(town, toc_buf_text(&line), "sent to ops");
    for (int i = 0; i < TOO_LONG; i++)
        toc_buf_char(&line, 'w');
    venue_say(town, toc_buf_text(&line), "too long");
    venue_say(town, "say ops the last of them", "sent to ops");
    toc_buf_fini(&line);
}

// Row by row, each opened, and what hangs together.
static void read_everything(tmux *t, size_t rows)
{
    tmux_until(t, "the last of them", VENUE_PATIENCE);
    TMUX_KEYS(t, "Home");
    for (size_t i = 0; i < rows; i++) {
        TMUX_KEYS(t, "Enter", "PageDown", "End", "Escape", "Down");
        tmux_look(t, true);
    }
    TMUX_KEYS(t, "T", "Escape", "2", "Enter", "Escape", "3", "4", "End", "5", "Enter", "Escape",
              "1");
    tmux_until(t, "[1 ", VENUE_PATIENCE);
}

START_TEST(nothing_that_somebody_wrote_is_done_at_another_seat)
{
    tmux ops, simcell, control;
    process town, excon;
    char *taps[3];
    venue_sit(&v, &ops, "ops-1", "Ada Lind", "");
    taps[0] = tap(&ops);
    venue_sit(&v, &simcell, "simcell-1", NULL, "");
    taps[1] = tap(&simcell);
    venue_sit(&v, &control, "excon-2", NULL, "");
    taps[2] = tap(&control);
    venue_plain(&v, &town, "town-1");
    venue_plain(&v, &excon, "excon-1");

    venue_say(&excon, "sign-in " OSC_52 "Chair", "none of it was taken");
    venue_say(&excon, "sign-in Chair " RTL "evil" CSI_C1 "31m" ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE,
              "signed in as");
    venue_say(&excon, "start", "STARTEX");
    venue_say(&excon, "jump T+0:03", "T+0:03:00");
    write_everything(&town);
    venue_hear(&excon, "the last of them");
    venue_say(&excon, "seats", "Chair");
    venue_say(&excon, "say ops " RTL "control " CSI_C1 "2J", "sent to ops");
    venue_say(&excon, "pause lunch " RTL "hcnul", "paused");

    read_everything(&ops, 8);
    TMUX_KEYS(&simcell, "5", "6", "End", "1");
    TMUX_KEYS(&control, "2");
    read_everything(&control, 6);
    TMUX_KEYS(&control, "5", "0", "End", "1");
    tmux_until(&simcell, "[1 ", VENUE_PATIENCE);
    check_screen(&ops, taps[0]);
    check_screen(&simcell, taps[1]);
    check_screen(&control, taps[2]);
    must_be_harmless(toc_buf_text(&excon.said), excon.said.len, false);
    must_be_harmless(toc_buf_text(&town.said), town.said.len, false);
    process_free(&excon);
    process_free(&town);
    tmux_end(&control);
    tmux_end(&simcell);
    tmux_end(&ops);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, nothing_that_somebody_wrote_is_done_at_another_seat);
}

TOC_CHECK_MAIN("hostile_text", add_tests)
