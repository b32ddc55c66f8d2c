// SPDX-License-Identifier: MIT
// What happened, as the viewpoint may know it, with the notes that were made since.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "marks.h"
#include "replay_inside.h"

enum { TIME_COLUMNS = 9, MARK_COLUMNS = 4, FIND_ROWS = 3000 };

static void add_row(toc_replay *p, int64_t seq, int64_t t, const toc_note *note);
static void add_time(toc_buf *out, int64_t t);
static void add_stop(const toc_replay *p, const toc_replay_row *row, toc_buf *out);
static bool holds(const toc_replay *p, size_t row, bool *is_in_text);
static bool has_words(const char *text, const char *words);
static bool has_word(const char *text, const char *word, size_t len);
static void add_texts(const toc_replay *p, int64_t seq, toc_buf *out);
static void tell_found(toc_replay *p, bool is_in_text);
static int draw_row(const toc_replay *p, toc_grid *g, toc_rect line, size_t i);

void toc_rows_make(toc_replay *p)
{
    const int64_t count = toc_recording_count(p->r);
    size_t note = 0, shown = 0, notes = p->notes ? p->notes->count : 0;
    int64_t *seqs = toc_alloc(((size_t)count + 1) * sizeof *seqs);
    p->row_count = p->find_left = 0;
    for (int64_t seq = 1; seq <= count; seq++) {
        if (toc_viewpoint_shows(p->eyes, seq, p->has_noise)) {
            add_row(p, seq, toc_recording_at(p->r, seq)->t, NULL);
            seqs[shown++] = seq;
        }
        const int64_t t = toc_recording_at(p->r, seq)->t;
        for (; note < notes && (p->notes->at[note].seq <= seq || seq == count); note++)
            add_row(p, seq, p->notes->at[note].t > t ? p->notes->at[note].t : t,
                    &p->notes->at[note]);
    }
    toc_player_show(p->player, seqs, shown);
    free(seqs);
    toc_rows_follow(p);
}

void toc_rows_follow(toc_replay *p)
{
    const int64_t seq = toc_player_seq(p->player), t = toc_player_t(p->player);
    size_t low = 0, high = p->row_count; // the first that is still to come
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const toc_replay_row *row = &p->rows[middle];
        if (row->seq < seq || (row->seq == seq && row->t <= t))
            low = middle + 1;
        else
            high = middle;
    }
    p->row = low > 0 ? low - 1 : p->row_count;
}

const toc_replay_row *toc_row_here(const toc_replay *p)
{
    return p->row < p->row_count ? &p->rows[p->row] : NULL;
}

void toc_row_words(const toc_replay *p, const toc_replay_row *row, toc_buf *out)
{
    if (row->note) {
        toc_buf_str(out, "reviewer's note");
        if (row->note->by[0]) {
            toc_buf_str(out, ", ");
            toc_text_visible(out, row->note->by, strlen(row->note->by), false);
        }
        toc_buf_str(out, ": ");
        toc_text_visible(out, row->note->text, strlen(row->note->text), false);
        return;
    }
    if (toc_row_is_unread(p, row))
        toc_buf_str(out, "[not read yet] ");
    toc_viewpoint_tell(p->eyes, row->seq, out);
    add_stop(p, row, out);
}

bool toc_row_is_unread(const toc_replay *p, const toc_replay_row *row)
{
    return !row->note && toc_viewpoint_is_unread(p->eyes, row->seq, toc_player_seq(p->player));
}

size_t toc_rows_unread(const toc_replay *p)
{
    size_t unread = 0;
    for (size_t i = 0; p->row < p->row_count && i <= p->row && toc_viewpoint_is_team(p->eyes); i++)
        unread += toc_row_is_unread(p, &p->rows[i]);
    return unread;
}

// A long recording is searched a piece at a time, so that no key waits for it.
void toc_rows_find(toc_replay *p, int step)
{
    p->find_from = p->row < p->row_count ? p->row : p->row_count;
    p->find_at = p->row < p->row_count ? p->row : step > 0 ? p->row_count - 1 : 0;
    p->find_step = step;
    p->find_left = p->row_count;
    toc_rows_find_on(p, FIND_ROWS);
}

bool toc_rows_find_on(toc_replay *p, size_t rows)
{
    if (p->find_left == 0)
        return false;
    for (; p->find_left > 0 && rows > 0; rows--) {
        const size_t step = p->find_step > 0 ? 1 : p->row_count - 1;
        p->find_left--;
        p->find_at = (p->find_at + step) % p->row_count;
        bool is_in_text;
        if (!holds(p, p->find_at, &is_in_text))
            continue;
        p->find_left = 0;
        toc_player_play(p->player, false);
        toc_replay_go_row(p, p->find_at);
        tell_found(p, is_in_text);
        return true;
    }
    if (p->find_left == 0)
        toc_replay_notice(p, TOC_STYLE_WARN, "nothing here says \"%s\"", p->sought);
    else
        toc_replay_notice(p, TOC_STYLE_PLAIN, "searching for \"%s\"", p->sought);
    return true;
}

int toc_row_mark(const toc_replay *p, const toc_replay_row *row)
{
    return row->note ? TOC_MARK_NOTE : (int)toc_mark_of(toc_recording_at(p->r, row->seq)->kind);
}

// Where we are stands two thirds down: what came before matters more. What comes later is below a line that says so.
void toc_rows_draw(toc_replay *p, toc_grid *g, toc_rect r)
{
    toc_buf title = {0}, name = {0};
    size_t unread = toc_rows_unread(p);
    toc_viewpoint_name(p->eyes, &name);
    toc_buf_printf(&title, toc_viewpoint_is_team(p->eyes) ? "What %s had" : "Events: %s",
                   toc_buf_text(&name));
    if (unread > 0)
        toc_buf_printf(&title, "; %zu not read yet", unread);
    if (p->has_noise)
        toc_buf_str(&title, "; every line");
    const char *parent = toc_recording_header(p->r)->parent;
    if (parent && r.w == p->w) { // where the line at the top has no room for all of it
        toc_buf_str(&title, "; BRANCH OF ");
        toc_text_visible(&title, parent, strlen(parent), false);
    }
    toc_grid_rule(g, r.x, r.y, r.w, toc_buf_text(&title));
    toc_buf_fini(&title);
    toc_buf_fini(&name);
    int height = r.h - 1, above = height * 2 / 3;
    size_t here = p->row < p->row_count ? p->row + 1 : 0; // rows that have happened
    size_t top = here > (size_t)above ? here - (size_t)above : 0;
    int y = r.y + 1;
    p->row_top = top;
    p->row_later = here - top + 1;
    p->row_more = 0;
    for (size_t i = top; i <= p->row_count && y < r.y + r.h; i++) {
        if (i == here) {
            toc_grid_rule(g, r.x, y++, r.w,
                          here < p->row_count ? "later"
                          : p->is_following   ? "now"
                                              : "the end");
            if (y >= r.y + r.h)
                break;
        }
        if (i >= p->row_count)
            continue;
        int lines = draw_row(p, g, (toc_rect){r.x, y, r.w, r.y + r.h - y}, i);
        if (i == p->row)
            p->row_more = lines - 1;
        y += lines;
    }
    if (here == 0 && !p->has_view_keys)
        toc_grid_cursor(g, r.x, r.y);
}

void toc_rows_click(toc_replay *p, int y)
{
    const int here = (int)p->row_later - 1; // the line of the row where we are
    if (y > here)
        y = y - p->row_more > here ? y - p->row_more : here;
    if (y < 1 || (size_t)y == p->row_later)
        return;
    size_t row = p->row_top + (size_t)y - 1 - ((size_t)y > p->row_later);
    if (row < p->row_count) {
        toc_player_play(p->player, false);
        toc_replay_go_row(p, row);
    }
}

// A line, or two for the row where we are: how many.
static int draw_row(const toc_replay *p, toc_grid *g, toc_rect line, size_t i)
{
    const toc_replay_row *row = &p->rows[i];
    toc_buf text = {0}, words = {0};
    toc_mark mark = (toc_mark)toc_row_mark(p, row);
    bool is_here = i == p->row;
    add_time(&text, row->t);
    toc_row_words(p, row, &words);
    toc_style style = is_here                                ? TOC_STYLE_SELECTED
                      : toc_row_is_unread(p, row)            ? TOC_STYLE_FAINT
                      : mark == TOC_MARK_EMERGENCY           ? TOC_STYLE_URGENT
                      : p->row < p->row_count && i <= p->row ? TOC_STYLE_PLAIN
                                                             : TOC_STYLE_FAINT;
    const int x = TIME_COLUMNS + MARK_COLUMNS - 1;
    const char *all = toc_buf_text(&words);
    size_t first = words.len;
    bool is_long =
        is_here && line.h > 1 && line.w > 2 * x && toc_text_columns(all, words.len) > line.w - x;
    if (is_long) { // at the last space that leaves a full line before it
        while (first > 0 && (all[first] != ' ' || toc_text_columns(all, first) > line.w - x))
            first--;
        is_long = first > 0;
        first = is_long ? first : words.len;
    }
    line.h = is_long ? 2 : 1;
    toc_grid_fill(g, line, is_here ? TOC_STYLE_SELECTED : TOC_STYLE_PLAIN);
    toc_grid_printf(g, line.x, line.y, line.w, style, "%c%*s %c ", is_here ? '>' : ' ',
                    TIME_COLUMNS - 1, toc_buf_text(&text),
                    mark == TOC_MARK_NONE ? ' ' : toc_mark_letter(mark));
    if (is_long) {
        toc_grid_printf(g, line.x + x, line.y, line.w - x, style, "%.*s", (int)first, all);
        toc_grid_put(g, line.x + x, line.y + 1, line.w - x, style,
                     all + first + strspn(all + first, " "));
    } else {
        toc_grid_put(g, line.x + x, line.y, line.w - x, style, all);
    }
    if (is_here && !p->has_view_keys && p->asked == TOC_ASKED_NONE)
        toc_grid_cursor(g, line.x, line.y);
    toc_buf_fini(&text);
    toc_buf_fini(&words);
    return line.h;
}

static void add_row(toc_replay *p, int64_t seq, int64_t t, const toc_note *note)
{
    TOC_GROW(p->rows, p->row_count, p->row_capacity);
    p->rows[p->row_count++] = (toc_replay_row){seq, t, note};
}

static void add_time(toc_buf *out, int64_t t)
{
    toc_buf text = {0};
    toc_play_text(&text, t);
    toc_buf_str(out, toc_buf_text(&text) + 2); // without T+
    toc_buf_fini(&text);
}

// How long play stood still, for what stopped it.
static void add_stop(const toc_replay *p, const toc_replay_row *row, toc_buf *out)
{
    toc_kind kind = toc_recording_at(p->r, row->seq)->kind;
    const int64_t count = toc_recording_count(p->r);
    if (kind != TOC_K_PAUSE && kind != TOC_K_EMERGENCY && kind != TOC_K_RESUMED)
        return;
    for (int64_t seq = row->seq + 1; seq <= count; seq++) {
        if (toc_recording_at(p->r, seq)->kind != TOC_K_RESUME)
            continue;
        toc_buf_str(out, "  (play stood for ");
        toc_duration_text(out, toc_player_stood(p->player, row->seq, seq) / 1000 * 1000);
        toc_buf_char(out, ')');
        return;
    }
}

// All the words, in any order, in what is told of it or in its own texts; capitals do not matter.
static bool holds(const toc_replay *p, size_t row, bool *is_in_text)
{
    toc_buf words = {0};
    toc_row_words(p, &p->rows[row], &words);
    bool is_there = has_words(toc_buf_text(&words), p->sought);
    *is_in_text = false;
    if (!is_there && !p->rows[row].note) {
        toc_buf_char(&words, '\n');
        add_texts(p, p->rows[row].seq, &words);
        *is_in_text = is_there = has_words(toc_buf_text(&words), p->sought);
    }
    toc_buf_fini(&words);
    return is_there;
}

// What Enter shows of it.
static void add_texts(const toc_replay *p, int64_t seq, toc_buf *out)
{
    static const toc_field texts[] = {TOC_F_TITLE,  TOC_F_TEXT,          TOC_F_QUOTE,
                                      TOC_F_REASON, TOC_F_RULING_REASON, TOC_F_NOTES};
    toc_event ev;
    toc_viewpoint_event(p->eyes, seq, &ev);
    for (size_t i = 0; i < TOC_COUNT(texts); i++) {
        const char *text = toc_event_str(&ev, texts[i]);
        toc_buf_str(out, text ? text : "");
        toc_buf_char(out, '\n');
    }
    toc_event_fini(&ev);
}

// Where the search went, if that is not simply the next row.
static void tell_found(toc_replay *p, bool is_in_text)
{
    const size_t from = p->find_from, at = p->find_at;
    bool is_on = p->find_step > 0;
    bool is_round = is_on ? from < p->row_count && at < from : at > from || from == p->row_count;
    const char *where = is_in_text ? "; in its text (Enter shows it)" : "";
    if (at == from)
        toc_replay_notice(p, TOC_STYLE_WARN, "nothing else here says \"%s\"", p->sought);
    else if (is_round)
        toc_replay_notice(p, TOC_STYLE_PLAIN, "from the %s again%s", is_on ? "beginning" : "end",
                          where);
    else if (is_in_text)
        toc_replay_notice(p, TOC_STYLE_PLAIN, "%s", where + 2);
}

static bool has_words(const char *text, const char *words)
{
    bool is_there = words && words[0];
    for (const char *at = words; is_there && *at;) {
        size_t len = strcspn(at, " ");
        is_there = len == 0 || has_word(text, at, len);
        at += len + (at[len] == ' ');
    }
    return is_there;
}

static bool has_word(const char *text, const char *word, size_t len)
{
    for (; *text; text++)
        if (strncasecmp(text, word, len) == 0)
            return true;
    return false;
}
