// SPDX-License-Identifier: MIT
// What lies over the panes: help, the whole of an event, why it happened, whom it reached, and as whom to look.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "marks.h"
#include "replay_inside.h"
#include "replays/tell.h"
#include "replays/why.h"

static toc_page *add_choice(toc_replay *p, int64_t seq, const char *id);
static void say_help(toc_replay *p);
static void say_whole(toc_replay *p, int64_t seq);
static void say_question(toc_replay *p, const toc_event *ev);
static int64_t find_about(const toc_replay *p, int64_t seq, int step);
static void say_why(toc_replay *p, int64_t seq);
static bool say_spread(toc_replay *p, int64_t seq);
static void say_eyes(toc_replay *p);
static void add_eyes(toc_replay *p, const char *as);
static void add_seats(toc_replay *p, const char *id);
static void choose(toc_replay *p);
static void draw_choices(toc_replay *p, toc_grid *g, toc_rect r);
static size_t first_shown(toc_replay *p, toc_rect r);
static void move(toc_replay *p, uint32_t key);
static const char *next_line(const char *at, toc_buf *line);

void toc_over_open(toc_replay *p, toc_replay_over over)
{
    const toc_replay_row *here = toc_row_here(p);
    bool is_of_event = over == TOC_OVER_WHOLE || over == TOC_OVER_WHY || over == TOC_OVER_SPREAD;
    if (is_of_event && (!here || here->seq == 0)) {
        toc_replay_notice(p, TOC_STYLE_PLAIN,
                          "there is no event here; the arrows up and down choose one");
        return;
    }
    toc_over_close(p);
    p->over = over;
    if (is_of_event)
        toc_player_play(p->player, false);
    switch (over) {
    case TOC_OVER_HELP:
        say_help(p);
        break;
    case TOC_OVER_WHOLE:
        say_whole(p, here->seq);
        break;
    case TOC_OVER_WHY:
        say_why(p, here->seq);
        break;
    case TOC_OVER_SPREAD:
        if (!say_spread(p, here->seq)) {
            toc_over_close(p);
            toc_replay_notice(p, TOC_STYLE_PLAIN,
                              "only an inject or a message spreads; this is neither");
        }
        break;
    case TOC_OVER_EYES:
        say_eyes(p);
        break;
    case TOC_OVER_NONE:
        break;
    }
}

void toc_over_close(toc_replay *p)
{
    for (size_t i = 0; i < p->choice_count; i++)
        toc_page_fini(&p->choices[i].text);
    p->choice_count = p->chosen = 0;
    toc_page_fini(&p->over_page);
    p->over_page = (toc_page){0};
    free(p->over_title);
    p->over_title = NULL;
    p->over = TOC_OVER_NONE;
}

void toc_over_key(toc_replay *p, uint32_t key)
{
    switch (key) {
    case TOC_KEY_ESC:
    case TOC_KEY_CTRL('C'):
    case 'q':
    case '?':
        toc_over_close(p);
        return;
    case TOC_KEY_ENTER:
        choose(p);
        return;
    default:
        move(p, key);
    }
}

void toc_over_draw(toc_replay *p, toc_grid *g, toc_rect r)
{
    toc_grid_box(g, r, p->over_title);
    toc_rect inside = toc_rect_inside(r);
    toc_grid_cursor(g, inside.x, inside.y);
    if (p->choice_count > 0)
        draw_choices(p, g, inside);
    else
        toc_page_draw(&p->over_page, g, inside);
}

static void move(toc_replay *p, uint32_t key)
{
    static const struct {
        uint32_t key;
        toc_do what;
    } moves[] = {{TOC_KEY_UP, TOC_DO_UP},           {TOC_KEY_DOWN, TOC_DO_DOWN},
                 {TOC_KEY_PAGE_UP, TOC_DO_PAGE_UP}, {TOC_KEY_PAGE_DOWN, TOC_DO_PAGE_DOWN},
                 {TOC_KEY_HOME, TOC_DO_FIRST},      {TOC_KEY_END, TOC_DO_LAST}};
    for (size_t i = 0; i < TOC_COUNT(moves) && p->choice_count == 0; i++)
        if (moves[i].key == key)
            toc_page_do(&p->over_page, moves[i].what);
    if (p->choice_count == 0)
        return;
    size_t last = p->choice_count - 1;
    if (key == TOC_KEY_UP && p->chosen > 0)
        p->chosen--;
    else if (key == TOC_KEY_DOWN && p->chosen < last)
        p->chosen++;
    else if (key == TOC_KEY_HOME || key == TOC_KEY_PAGE_UP)
        p->chosen = 0;
    else if (key == TOC_KEY_END || key == TOC_KEY_PAGE_DOWN)
        p->chosen = last;
}

static void choose(toc_replay *p)
{
    toc_error e = {0};
    if (p->choice_count == 0) {
        toc_over_close(p);
        return;
    }
    const toc_replay_choice c = p->choices[p->chosen];
    if (c.id) {
        toc_over_close(p);
        if (toc_replay_look_as(p, c.id, &e))
            toc_replay_notice(p, TOC_STYLE_WARN, "%s", e.msg);
    } else if (c.seq > 0) {
        toc_over_close(p);
        toc_replay_seek(p, c.seq, 0);
        const toc_replay_row *here = toc_row_here(p);
        if (!here || here->seq != c.seq)
            toc_replay_notice(p, TOC_STYLE_PLAIN,
                              "this is the moment; the line itself is not among those shown (a: as "
                              "whom, x: every line)");
    }
}

static void say_help(toc_replay *p)
{
    toc_page *page = &p->over_page;
    p->over_title = toc_strdup("Keys");
    toc_replay_say_keys(page);
    toc_page_say(page, TOC_STYLE_TITLE, "The bar");
    toc_page_say(page, TOC_STYLE_PLAIN,
                 "# inject   D decision   P phase   = pause   J jump   ! emergency   E ENDEX   N "
                 "note   | here");
    toc_page_say(page, TOC_STYLE_TITLE, "The events");
    toc_page_say(page, TOC_STYLE_PLAIN,
                 "[not read yet]: the team had it, and nobody there had opened it at this moment. "
                 "Below the line \"later\" stands "
                 "what had not happened yet.");
}

// Everything the line says; long texts behind the gutter.
static void say_whole(toc_replay *p, int64_t seq)
{
    static const struct {
        toc_field field;
        const char *name;
    } texts[] = {{TOC_F_TITLE, "Title"},          {TOC_F_TEXT, "Text"},
                 {TOC_F_QUOTE, "Forwarded"},      {TOC_F_REASON, "Reason"},
                 {TOC_F_RULING_REASON, "Ruling"}, {TOC_F_NOTES, "Notes for controllers"}};
    const toc_replay_row *here = toc_row_here(p);
    toc_page *page = &p->over_page;
    toc_buf words = {0};
    toc_event ev;
    toc_play_text(&words, here->t);
    p->over_title =
        toc_sprintf("%s, line %lld of the recording", toc_buf_text(&words), (long long)seq);
    toc_buf_clear(&words);
    toc_row_words(p, here, &words);
    toc_page_say(page, TOC_STYLE_TITLE, "%s", toc_buf_text(&words));
    toc_buf_fini(&words);
    if (here->note)
        return;
    toc_viewpoint_event(p->eyes, seq, &ev);
    for (size_t i = 0; i < TOC_COUNT(texts); i++) {
        const char *text = toc_event_str(&ev, texts[i].field);
        if (!text || !text[0])
            continue;
        toc_page_say(page, TOC_STYLE_PLAIN, "%s", "");
        toc_page_say(page, TOC_STYLE_TITLE, "%s", texts[i].name);
        toc_page_foreign(page, text);
    }
    if (toc_mark_is_decision(ev.kind))
        say_question(p, &ev);
    toc_event_fini(&ev);
}

// What there was to choose from, and the answer: for the question, and for what settled it.
static void say_question(toc_replay *p, const toc_event *ev)
{
    toc_page *page = &p->over_page;
    bool is_ask = ev->kind == TOC_K_ASK;
    const int64_t other = find_about(p, ev->seq, is_ask ? 1 : -1);
    toc_event asked;
    toc_buf words = {0};
    if (!is_ask && other == 0)
        return;
    toc_viewpoint_event(p->eyes, is_ask ? ev->seq : other, &asked);
    const toc_value *options = toc_event_value(&asked, TOC_F_OPTIONS);
    toc_page_say(page, TOC_STYLE_PLAIN, "%s", "");
    toc_page_say(page, TOC_STYLE_TITLE, is_ask ? "Options" : "The question, and its options");
    if (!is_ask && toc_event_str(&asked, TOC_F_TITLE))
        toc_page_foreign(page, toc_event_str(&asked, TOC_F_TITLE));
    for (size_t i = 0; options && i < options->count; i++) {
        toc_buf_clear(&words);
        toc_buf_printf(&words, "%s: %s", options->list[2 * i], options->list[2 * i + 1]);
        toc_page_foreign(page, toc_buf_text(&words));
    }
    if (!options || options->count == 0)
        toc_page_say(page, TOC_STYLE_PLAIN, "none: it is answered in words");
    if (is_ask) {
        toc_buf_clear(&words);
        if (other) {
            toc_play_text(&words, toc_recording_at(p->r, other)->t);
            toc_buf_str(&words, "  ");
            toc_viewpoint_tell(p->eyes, other, &words);
        }
        toc_page_say(page, TOC_STYLE_PLAIN, "%s", "");
        toc_page_say(page, TOC_STYLE_TITLE, "Answer");
        toc_page_say(page, TOC_STYLE_PLAIN, "%s",
                     other ? toc_buf_text(&words) : "none in this recording");
    }
    toc_event_fini(&asked);
    toc_buf_fini(&words);
}

// Of a question what settled it (step 1), or of that the question (-1), as far as these eyes see it; 0: none.
static int64_t find_about(const toc_replay *p, int64_t seq, int step)
{
    const char *id = toc_event_str(toc_recording_at(p->r, seq), TOC_F_DECISION);
    for (int64_t at = seq + step; id && at > 0 && at <= toc_recording_count(p->r); at += step) {
        const toc_event *ev = toc_recording_at(p->r, at);
        const char *its = toc_mark_is_decision(ev->kind) ? toc_event_str(ev, TOC_F_DECISION) : NULL;
        if (its && strcmp(its, id) == 0 && (ev->kind == TOC_K_ASK) == (step < 0))
            return toc_viewpoint_shows(p->eyes, at, true) ? at : 0;
    }
    return 0;
}

static void say_why(toc_replay *p, int64_t seq)
{
    toc_seqs chain = {0};
    toc_buf text = {0}, line = {0};
    toc_why_chain(p->r, seq, &chain);
    toc_why_text(&text, p->r, seq);
    p->over_title = toc_strdup("Why (Enter goes there)");
    size_t i = 0;
    toc_page *page = NULL;
    for (const char *at = toc_buf_text(&text); *at;) {
        at = next_line(at, &line);
        // A line of the chain begins with its time; what belongs to it, and the root, are indented.
        bool is_link =
            i < chain.count && (i == 0 || strncmp(toc_buf_text(&line), "  because  ", 11) == 0);
        if (is_link || !page || i == chain.count)
            page = add_choice(p, is_link ? chain.at[i] : 0, NULL);
        i += is_link;
        const char *words = toc_buf_text(&line);
        toc_page_say(page, is_link ? TOC_STYLE_PLAIN : TOC_STYLE_TITLE, "%s",
                     words + strspn(words, " "));
    }
    toc_seqs_fini(&chain);
    toc_buf_fini(&text);
    toc_buf_fini(&line);
}

static bool say_spread(toc_replay *p, int64_t seq)
{
    const toc_event *ev = toc_recording_at(p->r, seq);
    if (ev->kind != TOC_K_INJECT && ev->kind != TOC_K_MESSAGE)
        return false;
    toc_spread spread = {0};
    toc_buf text = {0}, line = {0};
    toc_spread_of(&spread, p->r, seq);
    toc_spread_text(&text, p->r, &spread);
    toc_buf_str(&line, "How it spread (Enter goes there): ");
    toc_tell_cut(&line, p->r, spread.item, p->w / 2);
    p->over_title = toc_strdup(toc_buf_text(&line));
    size_t i = 0;
    for (const char *at = toc_buf_text(&text); *at; i++) {
        at = next_line(at, &line);
        toc_page_say(add_choice(p, i < spread.count ? spread.at[i].arrived_seq : 0, NULL),
                     TOC_STYLE_PLAIN, "%s", toc_buf_text(&line));
    }
    toc_spread_fini(&spread);
    toc_buf_fini(&text);
    toc_buf_fini(&line);
    return true;
}

static void say_eyes(toc_replay *p)
{
    const char *id;
    p->over_title = toc_strdup("As whom?");
    for (size_t i = 0; (id = toc_viewpoint_at(p->r, i)); i++) {
        add_eyes(p, id);
        if (strcmp(id, "all") != 0)
            add_seats(p, id);
    }
}

static void add_eyes(toc_replay *p, const char *as)
{
    toc_viewpoint *v;
    toc_buf name = {0};
    if (toc_viewpoint_new(&v, p->r, as, NULL))
        return;
    toc_viewpoint_name(v, &name);
    toc_page_say(add_choice(p, 0, as), TOC_STYLE_PLAIN, "%-14s %s", as, toc_buf_text(&name));
    if (strcmp(as, toc_viewpoint_as(p->eyes)) == 0)
        p->chosen = p->choice_count - 1;
    toc_viewpoint_free(v);
    toc_buf_fini(&name);
}

// Its other seats at which somebody sat, in the order in which they came.
static void add_seats(toc_replay *p, const char *id)
{
    const size_t from = p->choice_count, len = strlen(id);
    for (int64_t seq = 1; seq <= toc_recording_count(p->r); seq++) {
        const toc_event *ev = toc_recording_at(p->r, seq);
        const char *seat = ev->kind == TOC_K_JOIN ? toc_event_str(ev, TOC_F_SEAT) : NULL;
        bool is_new = seat && strncmp(seat, id, len) == 0 && seat[len] == '-' &&
                      strspn(seat + len + 1, "0123456789") == strlen(seat + len + 1) &&
                      strcmp(seat + len, "-1") != 0;
        for (size_t i = from; is_new && i < p->choice_count; i++)
            is_new = strcmp(p->choices[i].id, seat) != 0;
        if (is_new)
            add_eyes(p, seat);
    }
}

static toc_page *add_choice(toc_replay *p, int64_t seq, const char *id)
{
    TOC_GROW(p->choices, p->choice_count, p->choice_capacity);
    toc_replay_choice *c = &p->choices[p->choice_count++];
    *c = (toc_replay_choice){.seq = seq, .id = id};
    return &c->text;
}

// As many as fit from the first one on, wrapped; the chosen one is among them.
static void draw_choices(toc_replay *p, toc_grid *g, toc_rect r)
{
    int y = r.y;
    for (size_t i = first_shown(p, r); i < p->choice_count && y < r.y + r.h; i++) {
        toc_page *text = &p->choices[i].text;
        int rows = (int)toc_page_rows(text, r.w - 2);
        if (rows > r.y + r.h - y)
            rows = r.y + r.h - y;
        toc_rect at = {r.x + 2, y, r.w - 2, rows};
        toc_page_draw(text, g, at);
        if (i == p->chosen) {
            toc_grid_restyle(g, (toc_rect){r.x, y, r.w, rows}, TOC_STYLE_SELECTED);
            toc_grid_put(g, r.x, y, 1, TOC_STYLE_SELECTED, ">");
            toc_grid_cursor(g, r.x, y);
        }
        y += rows;
    }
}

static size_t first_shown(toc_replay *p, toc_rect r)
{
    size_t first = p->chosen;
    int rows = (int)toc_page_rows(&p->choices[first].text, r.w - 2);
    while (first > 0) {
        int more = (int)toc_page_rows(&p->choices[first - 1].text, r.w - 2);
        if (rows + more > r.h)
            break;
        rows += more;
        first--;
    }
    return first;
}

// One line into the buffer; where the next begins.
static const char *next_line(const char *at, toc_buf *line)
{
    size_t len = strcspn(at, "\n");
    toc_buf_clear(line);
    toc_buf_add(line, at, len);
    return at + len + (at[len] == '\n');
}
