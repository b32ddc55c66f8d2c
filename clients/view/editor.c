// SPDX-License-Identifier: MIT
#include "view/editor.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cluster.h"
#include "grid_inside.h"
#include "view/keys.h"

enum { MOST = 16384, WITHOUT_END = 1 << 30 };

// A row as it is seen: the bytes from … end, and where the next begins (SIZE_MAX: it is the last). What lies
// between end and next is the line's end, or the space at which it was wrapped.
typedef struct {
    size_t number, from, end, next;
} row;

static void add_typed(toc_buf *out, const char *s, size_t len, bool is_long, size_t most);
static bool is_seen_as_it_is(const toc_buf *before, const char *s, size_t n, toc_buf *scratch);
static bool is_gap(const toc_editor *e, size_t from, size_t to);
static void erase(toc_editor *e, size_t from, size_t to);
static size_t step_back(const toc_editor *e);
static size_t step_on(const toc_editor *e);
static size_t line_begin(const toc_editor *e);
static size_t line_end(const toc_editor *e);
static size_t word_begin(const toc_editor *e);
static row row_from(const toc_editor *e, int columns, size_t from);
static row row_of(const toc_editor *e, int columns, size_t at);
static bool go_up(toc_editor *e);
static bool go_down(toc_editor *e);
static void go_into(toc_editor *e, const row *r, int columns);
static void draw_line(const toc_editor *e, toc_grid *g, toc_rect r, bool has_cursor);
static void draw_rows(toc_editor *e, toc_grid *g, toc_rect r, bool has_cursor);
static void put_clusters(toc_grid *g, int x, int y, const char *s, size_t len);

void toc_editor_fini(toc_editor *e)
{
    toc_buf_fini(&e->text);
    *e = (toc_editor){0};
}

void toc_editor_set(toc_editor *e, const char *text)
{
    toc_buf_clear(&e->text);
    e->at = e->top = 0;
    if (text)
        toc_editor_insert(e, text, strlen(text));
}

void toc_editor_insert(toc_editor *e, const char *text, size_t len)
{
    const char *old = toc_buf_text(&e->text);
    toc_buf whole = {0};
    toc_buf_add(&whole, old, e->at);
    size_t most = e->most ? e->most : MOST;
    size_t after = e->text.len - e->at;
    add_typed(&whole, text, len, e->is_long, most > after ? most - after : 0);
    size_t at = whole.len;
    toc_buf_add(&whole, old + e->at, after);
    toc_buf_fini(&e->text);
    e->text = whole;
    e->at = at;
}

bool toc_editor_key(toc_editor *e, uint32_t key)
{
    switch (key) {
    case TOC_KEY_LEFT:
        e->at = step_back(e);
        return true;
    case TOC_KEY_RIGHT:
        e->at = step_on(e);
        return true;
    case TOC_KEY_UP:
        return go_up(e);
    case TOC_KEY_DOWN:
        return go_down(e);
    case TOC_KEY_HOME:
    case TOC_KEY_CTRL('A'):
        e->at = line_begin(e);
        return true;
    case TOC_KEY_END:
    case TOC_KEY_CTRL('E'):
        e->at = line_end(e);
        return true;
    case TOC_KEY_BACKSPACE:
    case TOC_KEY_CTRL('H'): // what some terminals send for Backspace
        erase(e, step_back(e), e->at);
        return true;
    case TOC_KEY_DELETE:
        erase(e, e->at, step_on(e));
        return true;
    case TOC_KEY_CTRL('U'):
        erase(e, line_begin(e), e->at);
        return true;
    case TOC_KEY_CTRL('K'):
        // At a line's end it takes the end itself, so that lines can be joined.
        erase(e, e->at, line_end(e) > e->at ? line_end(e) : step_on(e));
        return true;
    case TOC_KEY_CTRL('W'):
        erase(e, word_begin(e), e->at);
        return true;
    case TOC_KEY_ENTER:
        if (!e->is_long)
            return false;
        toc_editor_insert(e, "\n", 1);
        return true;
    default:
        break;
    }
    if (key < 0x20 || key >= TOC_KEY_UP)
        return false;
    char bytes[4];
    toc_editor_insert(e, bytes, toc_key_text(key, bytes));
    return true;
}

void toc_editor_draw(toc_editor *e, toc_grid *g, toc_rect r, bool has_cursor)
{
    toc_grid_fill(g, r, TOC_STYLE_INPUT);
    if (r.w <= 0 || r.h <= 0)
        return;
    e->columns = r.w;
    if (e->is_long)
        draw_rows(e, g, r, has_cursor);
    else
        draw_line(e, g, r, has_cursor);
}

int toc_editor_rows(const toc_editor *e, int columns)
{
    if (!e->is_long)
        return 1;
    return (int)row_of(e, columns, e->text.len).number + 1;
}

// Appends what of s is text, while out is not longer than most.
static void add_typed(toc_buf *out, const char *s, size_t len, bool is_long, size_t most)
{
    toc_buf scratch = {0};
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        const char *at = s + i;
        size_t n = toc_utf8_next(at, len - i, &cp);
        i += n;
        if (cp == '\r' && i < len && s[i] == '\n')
            continue;
        if (out->len + n > most)
            break;
        if (cp == '\n' || cp == '\r') // a terminal pastes the latter
            toc_buf_char(out, is_long ? '\n' : ' ');
        else if (cp == '\t')
            toc_buf_char(out, ' ');
        else if (is_seen_as_it_is(out, at, n, &scratch))
            toc_buf_add(out, at, n);
    }
    toc_buf_fini(&scratch);
}

// Does a character of n bytes that comes after `before` look like itself?
static bool is_seen_as_it_is(const toc_buf *before, const char *s, size_t n, toc_buf *scratch)
{
    if (n == 1)
        return (unsigned char)s[0] >= 0x20 && (unsigned char)s[0] < 0x7F;
    char typed[32]; // a whole cluster: what was taken before has two marks at most
    size_t start = before->len ? toc_cluster_before(before->data, before->len) : 0;
    size_t len = before->len - start;
    if (len + n > sizeof typed)
        return false;
    memcpy(typed, toc_buf_text(before) + start, len);
    memcpy(typed + len, s, n);
    toc_buf_clear(scratch);
    toc_text_visible(scratch, typed, len + n, true);
    return scratch->len == len + n && memcmp(scratch->data, typed, len + n) == 0;
}

static void erase(toc_editor *e, size_t from, size_t to)
{
    if (from == to)
        return;
    memmove(e->text.data + from, e->text.data + to, e->text.len - to + 1);
    e->text.len -= to - from;
    e->at = from;
}

static size_t step_back(const toc_editor *e)
{
    return e->at ? toc_cluster_before(e->text.data, e->at) : 0;
}

static size_t step_on(const toc_editor *e)
{
    if (e->at == e->text.len)
        return e->at;
    return e->at + toc_cluster_next(e->text.data + e->at, e->text.len - e->at).len;
}

static size_t line_begin(const toc_editor *e)
{
    size_t at = e->at;
    while (at > 0 && e->text.data[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(const toc_editor *e)
{
    return e->at + strcspn(toc_buf_text(&e->text) + e->at, "\n");
}

// Of the word before the cursor, and of the spaces behind that; at a line's begin the end of the line before.
static size_t word_begin(const toc_editor *e)
{
    size_t at = e->at;
    size_t begin = line_begin(e);
    if (at == begin)
        return step_back(e);
    bool is_in_word = false;
    while (at > begin) {
        size_t from = toc_cluster_before(e->text.data, at);
        if (!is_gap(e, from, at))
            is_in_word = true;
        else if (is_in_word)
            break;
        at = from;
    }
    return at;
}

// A space that carries a mark is something that was written.
static bool is_gap(const toc_editor *e, size_t from, size_t to)
{
    return to - from == 1 && e->text.data[from] == ' ';
}

static row row_from(const toc_editor *e, int columns, size_t from)
{
    const char *s = toc_buf_text(&e->text) + from;
    size_t len = strcspn(s, "\n");
    size_t next = len;
    size_t n = len ? toc_cluster_wrap(s, len, columns > 1 ? columns - 1 : 1, &next) : 0;
    row r = {.from = from, .end = from + n, .next = from + next};
    if (next == len)
        r.next = s[len] ? from + len + 1 : SIZE_MAX;
    return r;
}

// The row that the cursor would be in.
static row row_of(const toc_editor *e, int columns, size_t at)
{
    row r = row_from(e, columns, 0);
    while (r.next != SIZE_MAX && at >= r.next) {
        size_t number = r.number;
        r = row_from(e, columns, r.next);
        r.number = number + 1;
    }
    return r;
}

static bool go_up(toc_editor *e)
{
    int columns = e->columns ? e->columns : WITHOUT_END;
    row here = row_of(e, columns, e->at);
    if (!e->is_long || here.number == 0)
        return false;
    row above = row_of(e, columns, here.from - 1);
    go_into(e, &above, toc_cluster_columns(e->text.data + here.from, e->at - here.from));
    return true;
}

static bool go_down(toc_editor *e)
{
    int columns = e->columns ? e->columns : WITHOUT_END;
    row here = row_of(e, columns, e->at);
    if (!e->is_long || here.next == SIZE_MAX)
        return false;
    row below = row_from(e, columns, here.next);
    go_into(e, &below, toc_cluster_columns(e->text.data + here.from, e->at - here.from));
    return true;
}

static void go_into(toc_editor *e, const row *r, int columns)
{
    size_t n = toc_cluster_fit(e->text.data + r->from, r->end - r->from, columns);
    e->at = r->from + n;
    // The end of a row that was broken inside a word is the begin of the next one.
    if (e->at == r->next && n > 0)
        e->at = step_back(e);
}

// A line that is too long is moved sideways by half its field, so that the cursor is seen; "<" and
// ">" say where there is more.
static void draw_line(const toc_editor *e, toc_grid *g, toc_rect r, bool has_cursor)
{
    const char *s = toc_buf_text(&e->text);
    int cursor = toc_cluster_columns(s, e->at);
    int total = cursor + toc_cluster_columns(s + e->at, e->text.len - e->at);
    int left = 0;
    int mark = r.w > 4 && total >= r.w;
    int most = r.w - 1 - 2 * mark; // the cursor may stand on a wide character
    if (total >= r.w && cursor > most) {
        int step = r.w > 3 ? r.w / 2 : 1;
        left = (cursor - most + step - 1) / step * step;
    }
    bool has_left = mark && left > 0;
    bool has_right = mark && total > left + r.w;
    int column = 0;
    for (size_t i = 0; i < e->text.len && column < left + r.w;) {
        toc_cluster c = toc_cluster_next(s + i, e->text.len - i);
        if (column >= left + has_left && column + c.columns <= left + r.w - has_right)
            toc_grid_put_shown(g, r.x + column - left, r.y, c.columns, TOC_STYLE_INPUT, s + i,
                               c.len);
        column += c.columns;
        i += c.len;
    }
    if (has_left)
        toc_grid_put(g, r.x, r.y, 1, TOC_STYLE_KEY, "<");
    if (has_right)
        toc_grid_put(g, r.x + r.w - 1, r.y, 1, TOC_STYLE_KEY, ">");
    if (has_cursor)
        toc_grid_cursor(g, r.x + cursor - left, r.y);
}

static void draw_rows(toc_editor *e, toc_grid *g, toc_rect r, bool has_cursor)
{
    const char *s = toc_buf_text(&e->text);
    row here = row_of(e, r.w, e->at);
    size_t height = (size_t)r.h;
    size_t count = (size_t)toc_editor_rows(e, r.w);
    if (has_cursor && e->top > here.number)
        e->top = here.number;
    if (has_cursor && e->top + height <= here.number)
        e->top = here.number + 1 - height;
    if (e->top + height > count)
        e->top = count > height ? count - height : 0;
    row at = row_from(e, r.w, 0);
    for (size_t number = 0; number < e->top + height; number++) {
        if (number >= e->top)
            put_clusters(g, r.x, r.y + (int)(number - e->top), s + at.from, at.end - at.from);
        if (at.next == SIZE_MAX)
            break;
        at = row_from(e, r.w, at.next);
    }
    if (!has_cursor)
        return;
    int x = toc_cluster_columns(s + here.from, e->at - here.from);
    toc_grid_cursor(g, r.x + (x < r.w ? x : r.w - 1), r.y + (int)(here.number - e->top));
}

// One by one: in ASCII a symbol may need more columns than it has here.
static void put_clusters(toc_grid *g, int x, int y, const char *s, size_t len)
{
    for (size_t i = 0; i < len;) {
        toc_cluster c = toc_cluster_next(s + i, len - i);
        toc_grid_put_shown(g, x, y, c.columns, TOC_STYLE_INPUT, s + i, c.len);
        x += c.columns;
        i += c.len;
    }
}
