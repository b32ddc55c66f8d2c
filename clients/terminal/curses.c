// SPDX-License-Identifier: MIT
// Terminals disagree about how wide some characters are, and ncurses believes libc. It moves the
// cursor relative to where it believes it is, so one such character would shift the rest of its
// line. So ncurses is given only what all agree about, and a blank for the rest; the rest is then
// written by hand, each character at its own absolute place.
#include "curses_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

// Last: it defines words like `lines` and `columns`.
#include <term.h>

enum { TITLE_MAX = 160, GUARD_S = 2, EN_SPACE = 0x2002 };

// How a style looks. The colours are those that every terminal has, on its own background, so that
// its theme makes light and dark right; with and without them the attributes are the same.
typedef struct {
    attr_t attr;
    short color; // -1: the terminal's own
} look;

static const look looks[TOC_STYLE_COUNT] = {
    [TOC_STYLE_PLAIN] = {A_NORMAL, -1},
    [TOC_STYLE_BANNER] = {A_BOLD | A_REVERSE, -1},
    [TOC_STYLE_TITLE] = {A_BOLD, -1},
    [TOC_STYLE_FRAME] = {A_NORMAL, -1},
    [TOC_STYLE_TAB] = {A_NORMAL, -1},
    [TOC_STYLE_TAB_HERE] = {A_BOLD | A_REVERSE, -1},
    [TOC_STYLE_SELECTED] = {A_REVERSE, -1},
    [TOC_STYLE_UNREAD] = {A_BOLD, -1},
    [TOC_STYLE_URGENT] = {A_BOLD | A_UNDERLINE, COLOR_RED},
    [TOC_STYLE_GOOD] = {A_NORMAL, COLOR_GREEN},
    [TOC_STYLE_WARN] = {A_BOLD, COLOR_YELLOW},
    [TOC_STYLE_BAD] = {A_BOLD, COLOR_RED},
    [TOC_STYLE_FAINT] = {A_NORMAL, COLOR_CYAN},
    [TOC_STYLE_KEY] = {A_BOLD, COLOR_CYAN},
    [TOC_STYLE_INPUT] = {A_UNDERLINE, -1},
    [TOC_STYLE_GUTTER] = {A_NORMAL, COLOR_CYAN},
    [TOC_STYLE_NOTICE] = {A_BOLD, COLOR_GREEN},
    [TOC_STYLE_EMERGENCY] = {A_BOLD | A_REVERSE, COLOR_RED},
};

static bool is_described(const char *type, int fd);
static bool is_nothing(const char *name);
static void begin_styles(toc_curses *c);
static void begin_modes(toc_curses *c);
static void end_modes(toc_curses *c);
static char *capability(const char *text);
static void add_capability(toc_buf *out, const char *text);
static void make_shown(toc_curses *c);
static bool is_row_same(const toc_curses *c, const toc_grid *g, int y);
static void give_row(toc_curses *c, const toc_grid *g, int y);
static wchar_t glyph_of(const toc_curses *c, const toc_cell *cell);
static bool is_by_hand(const toc_curses *c, const toc_cell *cell);
static bool is_certain(uint32_t cp);
static void write_by_hand(toc_curses *c, const toc_grid *g, int y);
static void add_cell(toc_curses *c, const toc_cell *cell);
static void write_title(toc_curses *c);
static void flush_raw(toc_curses *c);
static void on_crash(int number);

void toc_curses_locale(bool *is_utf8, bool *is_sure)
{
    // C.UTF-8 is in every Debian; where nobody says anything, letters are worth the guess and frames are not.
    bool is_silent = is_nothing("LC_ALL") && is_nothing("LC_CTYPE") && is_nothing("LANG");
    if (is_silent || !setlocale(LC_CTYPE, ""))
        setlocale(LC_CTYPE, "C.UTF-8");
    *is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    *is_sure = *is_utf8 && !is_silent;
}

void toc_curses_guard(void)
{
    static const int numbers[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    struct sigaction action = {.sa_handler = on_crash, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < TOC_COUNT(numbers); i++)
        sigaction(numbers[i], &action, NULL);
}

toc_err toc_curses_open(toc_curses **out, const toc_curses_options *o, toc_error *e)
{
    toc_curses *c = toc_alloc(sizeof *c);
    const char *type = o->type && o->type[0] ? o->type : "xterm";
    *out = NULL;
    c->options = *o;
    c->options.type = NULL;
    c->has_mouse = o->has_mouse;
    int in = fcntl(o->in, F_DUPFD_CLOEXEC, 3);
    int to = fcntl(o->out, F_DUPFD_CLOEXEC, 3);
    c->in = in >= 0 ? fdopen(in, "r") : NULL;
    c->out = to >= 0 ? fdopen(to, "w") : NULL;
    // Newer terminals than this machine's descriptions all understand what an xterm does.
    if (c->in && c->out)
        c->screen = newterm(is_described(type, to) ? type : "xterm", c->out, c->in);
    if (!c->screen) {
        toc_curses_close(c);
        return toc_fail(e, TOC_EIO,
                        "this terminal (%.40s) cannot show a full screen; join with --plain", type);
    }
    c->is_titled = tigetflag("XT") == 1 || strncmp(type, "tmux", 4) == 0 ||
                   strncmp(type, "rxvt", 4) == 0 || strncmp(type, "putty", 5) == 0;
    c->paste_on = capability(tigetstr("BE"));
    c->paste_off = capability(tigetstr("BD"));
    begin_styles(c);
    toc_curses_begin_keys(c);
    begin_modes(c);
    toc_curses_resize(c);
    *out = c;
    return TOC_OK;
}

void toc_curses_close(toc_curses *c)
{
    if (!c)
        return;
    if (c->screen) {
        toc_curses_away(c);
        delscreen(c->screen);
    }
    if (c->in)
        fclose(c->in);
    if (c->out)
        fclose(c->out);
    for (size_t i = 0; i < TOC_STYLE_COUNT; i++)
        free(c->sgr[i]);
    free(c->title);
    free(c->paste_on);
    free(c->paste_off);
    free(c->row);
    toc_grid_fini(&c->shown);
    toc_buf_fini(&c->raw);
    toc_buf_fini(&c->paste);
    free(c);
}

void toc_curses_size(const toc_curses *c, int *w, int *h)
{
    (void)c;
    getmaxyx(stdscr, *h, *w);
}

void toc_curses_resize(toc_curses *c)
{
    struct winsize size;
    if (ioctl(c->options.out, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resizeterm(size.ws_row, size.ws_col);
    make_shown(c);
}

void toc_curses_draw(toc_curses *c, const toc_grid *g)
{
    if (c->is_away || g->w != c->shown.w || g->h != c->shown.h)
        return;
    bool has_cursor =
        g->cursor_x >= 0 && g->cursor_y >= 0 && g->cursor_x < g->w && g->cursor_y < g->h;
    int y = has_cursor ? g->cursor_y : g->h - 1, x = has_cursor ? g->cursor_x : 0;
    int changed = c->is_stale ? 2 : 0;
    if (c->is_stale)
        clearok(curscr, TRUE);
    for (int i = 0; i < g->h; i++)
        if (c->is_stale || !is_row_same(c, g, i)) {
            give_row(c, g, i);
            changed++;
        }
    if (has_cursor == c->is_hiding) {
        curs_set(has_cursor ? 1 : 0);
        c->is_hiding = !has_cursor;
    }
    wmove(stdscr, y, x);
    wrefresh(stdscr);
    // Where several lines change ncurses may move lines on the terminal, and what was written by
    // hand went along.
    for (int i = 0; i < g->h; i++)
        if (changed > 1 || !is_row_same(c, g, i))
            write_by_hand(c, g, i);
    // ncurses believes that the cursor is where it put it, and so it must be.
    if (c->raw.len > 0) {
        toc_buf_str(&c->raw, c->sgr[TOC_STYLE_PLAIN]);
        add_capability(&c->raw, tiparm(cursor_address, y, x));
    }
    flush_raw(c);
    memcpy(c->shown.cells, g->cells, (size_t)g->w * (size_t)g->h * sizeof *g->cells);
    c->is_stale = false;
}

bool toc_curses_is_ready(const toc_curses *c)
{
    struct pollfd fd = {.fd = c->options.out, .events = POLLOUT};
    return poll(&fd, 1, 0) != 0;
}

void toc_curses_redraw(toc_curses *c)
{
    c->is_stale = true;
}

void toc_curses_away(toc_curses *c)
{
    if (c->is_away)
        return;
    end_modes(c);
    endwin();
    c->is_away = true;
}

void toc_curses_back(toc_curses *c)
{
    c->is_away = false;
    reset_prog_mode();
    begin_modes(c);
    toc_curses_resize(c);
    write_title(c);
    flushinp();
}

void toc_curses_bell(toc_curses *c)
{
    if (!c->is_away)
        beep();
}

void toc_curses_title(toc_curses *c, const char *text)
{
    free(c->title);
    c->title = toc_strdup(text);
    if (!c->is_away)
        write_title(c);
}

void toc_curses_mouse(toc_curses *c, bool is_on)
{
    c->has_mouse = is_on;
    mousemask(is_on ? BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0,
              NULL);
}

// Asked beforehand: a newterm that fails leaves memory behind.
static bool is_described(const char *type, int fd)
{
    int found = 0;
    if (setupterm(type, fd, &found) != OK)
        return false;
    del_curterm(cur_term);
    return true;
}

static bool is_nothing(const char *name)
{
    const char *value = getenv(name);
    return !value || value[0] == '\0';
}

// Pairs are numbered by their colour, which is never black.
static void begin_styles(toc_curses *c)
{
    bool is_colorful = c->options.has_colors && has_colors() && start_color() == OK;
    if (is_colorful) {
        short behind = use_default_colors() == OK ? -1 : COLOR_BLACK;
        for (short color = COLOR_RED; color <= COLOR_WHITE; color++)
            init_pair(color, color, behind);
    }
    for (size_t i = 0; i < TOC_STYLE_COUNT; i++) {
        toc_buf sgr = {0};
        bool is_colored = is_colorful && looks[i].color >= 0;
        c->attr[i] = looks[i].attr;
        c->pair[i] = is_colored ? looks[i].color : 0;
        add_capability(&sgr, exit_attribute_mode);
        if (looks[i].attr & A_BOLD)
            add_capability(&sgr, enter_bold_mode);
        if (looks[i].attr & A_REVERSE)
            add_capability(&sgr, enter_reverse_mode);
        if (looks[i].attr & A_UNDERLINE)
            add_capability(&sgr, enter_underline_mode);
        if (is_colored && set_a_foreground)
            add_capability(&sgr, tiparm(set_a_foreground, looks[i].color));
        c->sgr[i] = toc_buf_take(&sgr);
    }
}

// Every key comes to us: also those that the line discipline keeps for signals and for stopping the output.
static void begin_modes(toc_curses *c)
{
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(25);
    mouseinterval(0);
    idcok(stdscr, FALSE); // it would push along a line what was written by hand
    c->is_hiding = false;
    toc_curses_mouse(c, c->has_mouse);
    if (c->paste_on)
        toc_buf_str(&c->raw, c->paste_on);
    if (c->is_titled)
        toc_buf_str(&c->raw, "\033[22;2t");
    flush_raw(c);
}

static void end_modes(toc_curses *c)
{
    toc_buf_str(&c->raw, c->sgr[TOC_STYLE_PLAIN]);
    if (c->paste_off)
        toc_buf_str(&c->raw, c->paste_off);
    if (c->is_titled)
        toc_buf_str(&c->raw, "\033[23;2t");
    flush_raw(c);
    curs_set(1);
}

// NULL for a capability that is not there.
static char *capability(const char *text)
{
    toc_buf out = {0};
    if (!text || (intptr_t)text == -1)
        return NULL;
    add_capability(&out, text);
    return toc_buf_take(&out);
}

// Without "$<5>", the time that terminals of steel needed.
static void add_capability(toc_buf *out, const char *text)
{
    for (; text && *text; text++) {
        const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
        if (end)
            text = end;
        else
            toc_buf_char(out, *text);
    }
}

static void make_shown(toc_curses *c)
{
    int w, h;
    getmaxyx(stdscr, h, w);
    toc_grid_fini(&c->shown);
    toc_grid_init(&c->shown, w, h, false);
    if (w > c->room) {
        c->row = toc_realloc(c->row, (size_t)w * sizeof *c->row);
        c->room = w;
    }
    c->is_stale = true;
}

static bool is_row_same(const toc_curses *c, const toc_grid *g, int y)
{
    const toc_cell *a = g->cells + (size_t)y * (size_t)g->w;
    const toc_cell *b = c->shown.cells + (size_t)y * (size_t)g->w;
    for (int x = 0; x < g->w; x++)
        if (a[x].style != b[x].style || a[x].width != b[x].width ||
            strcmp(a[x].text, b[x].text) != 0)
            return false;
    return true;
}

static void give_row(toc_curses *c, const toc_grid *g, int y)
{
    const toc_cell *cells = g->cells + (size_t)y * (size_t)g->w;
    for (int x = 0; x < g->w; x++) {
        wchar_t text[2] = {glyph_of(c, &cells[x]), L'\0'};
        unsigned style = cells[x].style < TOC_STYLE_COUNT ? cells[x].style : TOC_STYLE_PLAIN;
        setcchar(&c->row[x], text, c->attr[style], c->pair[style], NULL);
    }
    mvwadd_wchnstr(stdscr, y, 0, c->row, g->w);
}

// What ncurses is told of a cell: one column that nobody disagrees about.
static wchar_t glyph_of(const toc_curses *c, const toc_cell *cell)
{
    uint32_t cp = ' ';
    size_t len = strlen(cell->text);
    char bytes[MB_LEN_MAX];
    // Not a plain space: ncurses clears the end of the screen if it is all spaces, lines that did
    // not change with it; and it goes to the right over characters of one byte by writing them
    // again.
    if (is_by_hand(c, cell) || (cell->width == 0 && c->options.is_utf8))
        return EN_SPACE;
    if (len == 0)
        return L' ';
    toc_utf8_next(cell->text, len, &cp);
    if (cp == TOC_CP_BAD || cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
        return L'?';
    if (cp < 0x7F || c->options.is_utf8)
        return (wchar_t)cp;
    return wctomb(bytes, (wchar_t)cp) > 0 && is_certain(cp) ? (wchar_t)cp : L'?';
}

static bool is_by_hand(const toc_curses *c, const toc_cell *cell)
{
    uint32_t cp;
    size_t len = strlen(cell->text);
    if (!c->options.is_utf8 || len < 2)
        return false;
    return toc_utf8_next(cell->text, len, &cp) < len || cell->width != 1 || !is_certain(cp);
}

// One column on every terminal: Latin, Greek, Cyrillic, and what frames and marks are made of.
static bool is_certain(uint32_t cp)
{
    static const uint32_t ranges[][2] = {
        {0x20, 0x7E},     {0xA1, 0xAC},     {0xAE, 0x24F},    {0x386, 0x3FF},   {0x400, 0x482},
        {0x48A, 0x52F},   {0x1E00, 0x1EFF}, {0x2010, 0x2027}, {0x2030, 0x203A}, {0x20AC, 0x20AC},
        {0x2190, 0x2195}, {0x2500, 0x257F}, {0x2580, 0x2595}, {0xFFFD, 0xFFFD}};
    for (size_t i = 0; i < TOC_COUNT(ranges); i++)
        if (cp >= ranges[i][0] && cp <= ranges[i][1])
            return true;
    return false;
}

// ncurses may have written its own space over any of them in a line that has changed.
static void write_by_hand(toc_curses *c, const toc_grid *g, int y)
{
    const toc_cell *now = g->cells + (size_t)y * (size_t)g->w;
    for (int x = 0; x < g->w; x++) {
        if (now[x].width == 0 || !is_by_hand(c, &now[x]))
            continue;
        unsigned style = now[x].style < TOC_STYLE_COUNT ? now[x].style : TOC_STYLE_PLAIN;
        add_capability(&c->raw, tiparm(cursor_address, y, x));
        toc_buf_str(&c->raw, c->sgr[style]);
        if (now[x].width == 2 && x + 1 < g->w) {
            toc_buf_str(&c->raw, "  ");
            add_capability(&c->raw, tiparm(cursor_address, y, x));
        }
        add_cell(c, &now[x]);
    }
}

static void add_cell(toc_curses *c, const toc_cell *cell)
{
    toc_buf seen = {0};
    size_t len = strlen(cell->text);
    toc_text_visible(&seen, cell->text, len, false);
    if (seen.len == len && memcmp(seen.data, cell->text, len) == 0)
        toc_buf_add(&c->raw, cell->text, len);
    else
        toc_buf_char(&c->raw, '?'); // no gate has seen it
    toc_buf_fini(&seen);
}

static void write_title(toc_curses *c)
{
    toc_buf seen = {0};
    if (!c->is_titled || !c->title)
        return;
    toc_text_visible(&seen, c->title, strnlen(c->title, TITLE_MAX), false);
    toc_buf_str(&c->raw, "\033]2;");
    toc_buf_add(&c->raw, toc_buf_text(&seen), seen.len);
    toc_buf_str(&c->raw, "\007");
    flush_raw(c);
    toc_buf_fini(&seen);
}

static void flush_raw(toc_curses *c)
{
    const char *at = toc_buf_text(&c->raw);
    for (size_t left = c->raw.len; left > 0;) {
        ssize_t n = write(c->options.out, at, left);
        if (n < 0 && errno == EAGAIN)
            poll(&(struct pollfd){.fd = c->options.out, .events = POLLOUT}, 1, -1);
        else if (n < 0 && errno != EINTR)
            break; // the terminal is gone, and the keyboard will say so
        if (n > 0) {
            at += n;
            left -= (size_t)n;
        }
    }
    toc_buf_clear(&c->raw);
}

// What ncurses does here is not made for a signal; the alarm ends the process should it hang.
static void on_crash(int number)
{
    static const char paste_off[] = "\033[?2004l";
    alarm(GUARD_S);
    if (stdscr && !isendwin()) {
        endwin();
        ssize_t written = write(STDOUT_FILENO, paste_off, sizeof paste_off - 1);
        (void)written;
    }
    raise(number);
}
