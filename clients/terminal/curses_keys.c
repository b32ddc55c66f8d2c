// SPDX-License-Identifier: MIT
// From what ncurses decodes to our codes. Terminals that call themselves xterm send other keys than
// an xterm (PuTTY's Home and End above all), so the other spellings are told to ncurses as well.
#include "curses_inside.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum {
    KEY_OF_OURS = KEY_MAX + 1, // codes that ncurses gives to nothing
    PASTE_BEGINS = KEY_OF_OURS,
    PASTE_ENDS,
    ALT_ENTER,
    PASTE_MS = 1000,
    PASTE_MAX = 64 * 1024,
    SEQUENCE_MAX = 32,
};

static uint32_t key_of(wint_t code);
static bool take_code(toc_curses *c, wint_t code, toc_input *in);
static bool take_character(wint_t character, toc_input *in);
static bool take_click(toc_input *in);
static bool swallow_sequence(void);
static void take_pasted(toc_curses *c, wint_t character);
static bool end_paste(toc_curses *c, toc_input *in);

void toc_curses_begin_keys(toc_curses *c)
{
    static const struct {
        const char *text;
        int code;
    } spellings[] = {
        {"\033[200~", PASTE_BEGINS}, {"\033[201~", PASTE_ENDS}, {"\033\r", ALT_ENTER},
        {"\033[A", KEY_UP},          {"\033OA", KEY_UP},        {"\033[B", KEY_DOWN},
        {"\033OB", KEY_DOWN},        {"\033[C", KEY_RIGHT},     {"\033OC", KEY_RIGHT},
        {"\033[D", KEY_LEFT},        {"\033OD", KEY_LEFT},      {"\033[H", KEY_HOME},
        {"\033OH", KEY_HOME},        {"\033[1~", KEY_HOME},     {"\033[7~", KEY_HOME},
        {"\033[F", KEY_END},         {"\033OF", KEY_END},       {"\033[4~", KEY_END},
        {"\033[8~", KEY_END},        {"\033[2~", KEY_IC},       {"\033[3~", KEY_DC},
        {"\033[5~", KEY_PPAGE},      {"\033[6~", KEY_NPAGE},    {"\033[Z", KEY_BTAB},
        {"\033OP", KEY_F(1)},        {"\033[11~", KEY_F(1)},    {"\033[[A", KEY_F(1)},
        {"\033OM", KEY_ENTER},
    };
    (void)c;
    for (size_t i = 0; i < TOC_COUNT(spellings); i++)
        if (key_defined(spellings[i].text) == 0)
            define_key(spellings[i].text, spellings[i].code);
}

bool toc_curses_read(toc_curses *c, int64_t mono, toc_input *in)
{
    wint_t got;
    int kind;
    *in = (toc_input){0};
    if (c->must_clear)
        toc_buf_clear(&c->paste);
    c->must_clear = false;
    while (!c->is_away && (kind = wget_wch(stdscr, &got)) != ERR) {
        c->paste_at = c->is_pasting ? mono : c->paste_at;
        if (kind == KEY_CODE_YES) {
            if (got == PASTE_BEGINS)
                c->paste_at = mono;
            if (take_code(c, got, in))
                return true;
        } else if (c->is_pasting) {
            take_pasted(c, got);
        } else if (take_character(got, in)) {
            return true;
        }
    }
    return c->is_pasting && mono - c->paste_at > PASTE_MS && end_paste(c, in);
}

static uint32_t key_of(wint_t code)
{
    static const struct {
        wint_t code;
        uint32_t key;
    } keys[] = {
        {KEY_UP, TOC_KEY_UP},
        {KEY_DOWN, TOC_KEY_DOWN},
        {KEY_LEFT, TOC_KEY_LEFT},
        {KEY_RIGHT, TOC_KEY_RIGHT},
        {KEY_HOME, TOC_KEY_HOME},
        {KEY_A1, TOC_KEY_HOME},
        {KEY_END, TOC_KEY_END},
        {KEY_C1, TOC_KEY_END},
        {KEY_LL, TOC_KEY_END},
        {KEY_PPAGE, TOC_KEY_PAGE_UP},
        {KEY_A3, TOC_KEY_PAGE_UP},
        {KEY_NPAGE, TOC_KEY_PAGE_DOWN},
        {KEY_C3, TOC_KEY_PAGE_DOWN},
        {KEY_DC, TOC_KEY_DELETE},
        {KEY_IC, TOC_KEY_INSERT},
        {KEY_BTAB, TOC_KEY_BACK_TAB},
        {KEY_F(1), TOC_KEY_F1},
        {KEY_BACKSPACE, TOC_KEY_BACKSPACE},
        {KEY_ENTER, TOC_KEY_ENTER},
        {ALT_ENTER, TOC_KEY_ALT_ENTER},
        {KEY_SUSPEND, TOC_KEY_CTRL('Z')},
    };
    for (size_t i = 0; i < TOC_COUNT(keys); i++)
        if (keys[i].code == code)
            return keys[i].key;
    return TOC_KEY_NONE;
}

// False: nothing to tell of it.
static bool take_code(toc_curses *c, wint_t code, toc_input *in)
{
    if (code == PASTE_ENDS)
        return c->is_pasting && end_paste(c, in);
    if (code == PASTE_BEGINS)
        c->is_pasting = true;
    if (c->is_pasting)
        return false;
    if (code == KEY_MOUSE)
        return take_click(in);
    in->kind = TOC_INPUT_KEY;
    in->key = key_of(code);
    return in->key != TOC_KEY_NONE;
}

static bool take_character(wint_t character, toc_input *in)
{
    if (character == TOC_KEY_ESC && swallow_sequence())
        return false;
    in->kind = TOC_INPUT_KEY;
    in->key = (uint32_t)character;
    if (character == '\b')
        in->key = TOC_KEY_BACKSPACE;
    else if (character == '\n')
        in->key = TOC_KEY_ENTER;
    return character != 0 && character < 0x110000 && !(character >= 0x80 && character < 0xA0);
}

static bool take_click(toc_input *in)
{
    MEVENT event;
    if (getmouse(&event) != OK)
        return false;
    bool is_up = event.bstate & BUTTON4_PRESSED, is_down = event.bstate & BUTTON5_PRESSED;
    if (!is_up && !is_down && !(event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED)))
        return false;
    *in = (toc_input){TOC_INPUT_CLICK, 0, NULL, event.x, event.y, is_up ? -1 : is_down ? 1 : 0};
    return true;
}

// A key that nobody here knows comes as Esc and what follows at once; typed into a form it would be
// nonsense, and the Esc would close it. What ncurses knows was decoded before.
static bool swallow_sequence(void)
{
    wint_t next;
    int kind = wget_wch(stdscr, &next);
    if (kind == ERR)
        return false;
    if (kind == KEY_CODE_YES) {
        ungetch((int)next);
        return false;
    }
    if (next != '[' && next != 'O') {
        unget_wch((wchar_t)next);
        return false;
    }
    for (int i = 0; i < SEQUENCE_MAX; i++) {
        kind = wget_wch(stdscr, &next);
        if (kind == ERR || (kind != KEY_CODE_YES && next >= 0x40 && next <= 0x7E))
            break;
    }
    return true;
}

static void take_pasted(toc_curses *c, wint_t character)
{
    char text[4];
    if (character == 0 || character >= 0x110000 || c->paste.len > PASTE_MAX)
        return;
    size_t len = toc_key_text(character == '\r' ? '\n' : (uint32_t)character, text);
    toc_buf_add(&c->paste, text, len);
}

static bool end_paste(toc_curses *c, toc_input *in)
{
    c->is_pasting = false;
    c->must_clear = true;
    in->kind = TOC_INPUT_PASTE;
    in->text = toc_buf_text(&c->paste);
    return true;
}
