// SPDX-License-Identifier: MIT
#include "jump.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "conduct.h"
#include "jump_rows.h"
#include "view_parts.h"

enum { MANY = 10 }; // lines from which the changed levels have one

typedef struct toc_jump {
    int64_t until, asked_at; // play ms
    int64_t number;          // of the newest request; only its answer counts
    bool is_out;             // it is not answered yet
    bool has_answer;
    bool is_wanted; // Enter was pressed before the answer to the newest choice was there
    char *changed;  // the key of the newest choice; it is taken back if the desk refuses it
    toc_jump_rows rows;
} toc_jump;

static bool take_time(void *owner, toc_form *f);
static void ask_preview(toc_view *v, toc_wishes *out);
static void want_row(toc_view *v, const char *id, toc_fate fate);
static void on_preview(toc_view *v, const toc_happening *h, toc_wishes *out);
static void select_first(toc_view *v);
static void take_back(toc_jump *j);
static void choose(toc_view *v, toc_do what, toc_wishes *out);
static void confirm(toc_view *v);
static bool do_jump(void *owner, toc_form *f);
static void leave(toc_view *v);
static void set_list(toc_event *ev, toc_field field, const toc_jump_rows *r, toc_fate fate);
static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context);
static void add_title(toc_buf *out, const toc_view *v, const toc_jump_row *row);
static const char **keys_of(const toc_jump *j);

void toc_jump_open(toc_view *v)
{
    toc_buf text = {0};
    toc_form *f = toc_form_new("Jump", "look at it", NULL);
    f->done = take_time;
    toc_buf_str(&text, "It is ");
    toc_play_text(&text, toc_view_now(v));
    toc_buf_str(
        &text,
        " now. What is due on the way happens, each at its own time. First you see all of it; "
        "nothing is changed before you confirm.");
    toc_form_note(f, toc_buf_text(&text));
    toc_buf_clear(&text);
    if (v->jump)
        toc_play_text(&text, v->jump->until);
    char *label = toc_sprintf("To (%s)", toc_when_examples(v));
    toc_form_line(f, "until", label, toc_buf_text(&text), true);
    free(label);
    toc_view_open_form(v, f);
    toc_buf_fini(&text);
}

void toc_jump_preview(toc_view *v, const toc_event *jump, toc_wishes *out)
{
    static const struct {
        toc_field field;
        toc_fate fate;
    } lists[] = {
        {TOC_F_HOLD, TOC_FATE_HOLD}, {TOC_F_SKIP, TOC_FATE_SKIP}, {TOC_F_KEEP, TOC_FATE_KEEP}};
    toc_jump_drop(v);
    v->jump = toc_alloc(sizeof *v->jump);
    v->jump->until = toc_event_int(jump, TOC_F_UNTIL);
    for (size_t i = 0; i < TOC_COUNT(lists); i++) {
        const toc_value *ids = toc_event_value(jump, lists[i].field);
        for (size_t k = 0; ids && k < ids->count; k++)
            want_row(v, ids->list[k], lists[i].fate);
    }
    toc_view_go_screen(v, &toc_screen_msel);
    ask_preview(v, out);
}

void toc_jump_drop(toc_view *v)
{
    toc_jump *j = v->jump;
    if (!j)
        return;
    toc_jump_rows_fini(&j->rows);
    free(j->changed);
    free(j);
    v->jump = NULL;
}

// What was chosen stays until it is done: the engine may refuse it.
void toc_jump_learn(toc_view *v, const toc_event *ev)
{
    const char *by = toc_event_str(ev, TOC_F_BY);
    if (v->jump && ev->kind == TOC_K_JUMP && by && strcmp(by, v->seat) == 0)
        leave(v);
}

void toc_jump_draw(toc_view *v, toc_grid *g, toc_rect r)
{
    toc_jump *j = v->jump;
    toc_buf text = {0};
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
    if (r.h < 3)
        return;
    toc_buf_str(&text, "JUMP to ");
    toc_play_text(&text, j->until);
    if (j->is_out) {
        toc_buf_str(&text, ": the desk works it out");
    } else {
        toc_buf_str(&text, ", as of ");
        toc_play_text(&text, j->rows.at >= 0 ? j->rows.at : j->asked_at);
        toc_buf_str(&text, "; p asks again");
    }
    toc_grid_put(g, r.x, r.y, r.w, TOC_STYLE_TITLE, toc_buf_text(&text));
    const char **keys = keys_of(j);
    toc_room *room = toc_view_room(v, &toc_screen_msel);
    bool has_changes = j->has_answer && j->rows.change_count > 0 && r.h > MANY;
    toc_rect rows = {r.x, r.y + 1, r.w, r.h - 2 - has_changes};
    if (j->has_answer && j->rows.count == 0)
        toc_grid_put(g, rows.x, rows.y, rows.w, TOC_STYLE_PLAIN, "  nothing is on its way");
    toc_view_rows(v, g, rows, room, keys, j->rows.count, draw_row, j);
    toc_buf_clear(&text);
    if (j->has_answer)
        toc_jump_rows_sum(&j->rows, &text);
    toc_grid_put(g, r.x, r.y + r.h - 1 - has_changes, r.w, TOC_STYLE_TITLE, toc_buf_text(&text));
    toc_buf_clear(&text);
    if (has_changes)
        toc_jump_rows_changes(&j->rows, &v->picture.situation, r.w, &text);
    toc_grid_put(g, r.x, r.y + r.h - 1, has_changes ? r.w : 0, TOC_STYLE_PLAIN,
                 toc_buf_text(&text));
    free(keys);
    toc_buf_fini(&text);
}

bool toc_jump_act(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_jump *j = v->jump;
    const char **keys = keys_of(j);
    toc_room *room = toc_view_room(v, &toc_screen_msel);
    bool moved = toc_list_do(&room->list, what, keys, j->rows.count);
    free(keys);
    if (moved)
        return true;
    switch (what) {
    case TOC_DO_CHANGE:
    case TOC_DO_FIRE:
    case TOC_DO_HOLD:
    case TOC_DO_SKIP:
        choose(v, what, out);
        return true;
    case TOC_DO_OPEN:
        confirm(v);
        return true;
    case TOC_DO_BACK:
        leave(v);
        toc_view_notice(v, TOC_STYLE_NOTICE, "no jump: play stands where it stood");
        return true;
    case TOC_DO_JUMP:
        toc_jump_open(v);
        return true;
    case TOC_DO_LOOK_AGAIN:
        j->is_wanted = false;
        ask_preview(v, out);
        return true;
    default:
        return false;
    }
}

static bool take_time(void *owner, toc_form *f)
{
    toc_view *v = owner;
    int64_t now = toc_view_now(v), until;
    toc_error e = {0};
    if (toc_when_typed(v, toc_form_value(f, "until"), now, &until, &e)) {
        toc_form_refuse(f, "until", "%s", e.msg);
        return false;
    }
    if (until <= now) {
        toc_form_refuse(f, "until", "a jump goes forward only");
        return false;
    }
    if (!v->jump)
        v->jump = toc_alloc(sizeof *v->jump);
    v->jump->until = until;
    toc_view_go_screen(v, &toc_screen_msel);
    ask_preview(v, toc_view_wishes(v));
    return true;
}

static void ask_preview(toc_view *v, toc_wishes *out)
{
    toc_jump *j = v->jump;
    toc_buf fields = {0};
    toc_buf_printf(&fields, ",\"until\":%lld,\"hold\":", (long long)j->until);
    toc_jump_rows_list(&j->rows, TOC_FATE_HOLD, &fields);
    toc_buf_str(&fields, ",\"skip\":");
    toc_jump_rows_list(&j->rows, TOC_FATE_SKIP, &fields);
    toc_buf_str(&fields, ",\"keep\":");
    toc_jump_rows_list(&j->rows, TOC_FATE_KEEP, &fields);
    j->asked_at = toc_view_now(v);
    j->is_out = true;
    j->number = toc_view_want(v, out, TOC_WISH_ASK, "preview", toc_buf_text(&fields), on_preview);
    toc_buf_fini(&fields);
}

// It is told of as far as the list knows it; the desk says whether there is such a one.
static void want_row(toc_view *v, const char *id, toc_fate fate)
{
    toc_jump *j = v->jump;
    const toc_msel_row *row = toc_msel_inject(&v->msel, id);
    const toc_question *q = toc_picture_question(&v->picture, id);
    toc_buf text = {0};
    int64_t t = row ? row->due : q ? q->deadline : -1;
    const char *key = row ? row->inject : q ? toc_event_str(&q->ask, TOC_F_DECISION) : id;
    toc_buf_str(&text, key);
    if (row && row->to && row->to[0])
        toc_buf_printf(&text, " to %s", row->to);
    if (row && row->title)
        toc_buf_printf(&text, ": %s", row->title);
    if (!row && q)
        toc_buf_printf(&text, " of %s without an answer", toc_event_str(&q->ask, TOC_F_TEAM));
    toc_jump_rows_want(&j->rows, key, toc_buf_text(&text), t >= 0 && t < j->until ? t : j->until,
                       fate);
    toc_buf_fini(&text);
}

static void on_preview(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    (void)out;
    toc_jump *j = v->jump;
    if (!j || h->number != j->number)
        return;
    j->is_out = false;
    if (h->ok) {
        toc_jump_rows_take(&j->rows, h->json);
        if (!j->has_answer)
            select_first(v);
        j->has_answer = true;
        if (j->is_wanted && !v->form)
            confirm(v);
        j->is_wanted = false;
        return;
    }
    j->is_wanted = false;
    toc_view_notice(v, TOC_STYLE_BAD, "no preview: %s", h->text ? h->text : "the desk refused it");
    if (j->changed)
        take_back(j);
    else if (!j->has_answer)
        toc_jump_drop(v);
}

// The first about which something can be chosen.
static void select_first(toc_view *v)
{
    const toc_jump_rows *r = &v->jump->rows;
    size_t i = 0;
    while (i < r->count && r->rows[i].fate == TOC_FATE_INFO)
        i++;
    if (r->count > 0)
        toc_list_select(&toc_view_room(v, &toc_screen_msel)->list,
                        r->rows[i < r->count ? i : 0].key);
}

static void take_back(toc_jump *j)
{
    for (size_t i = 0; i < j->rows.count; i++)
        if (strcmp(j->rows.rows[i].key, j->changed) == 0)
            j->rows.rows[i].fate = j->rows.rows[i].by_itself;
    free(j->changed);
    j->changed = NULL;
}

static void choose(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_jump *j = v->jump;
    const toc_room *room = toc_view_room(v, &toc_screen_msel);
    size_t i = 0;
    j->is_wanted = false;
    while (i < j->rows.count && room->list.key && strcmp(j->rows.rows[i].key, room->list.key) != 0)
        i++;
    bool did = what == TOC_DO_FIRE   ? toc_jump_rows_choose(&j->rows, i, TOC_FATE_SEND)
               : what == TOC_DO_HOLD ? toc_jump_rows_choose(&j->rows, i, TOC_FATE_HOLD)
               : what == TOC_DO_SKIP ? toc_jump_rows_choose(&j->rows, i, TOC_FATE_SKIP)
                                     : toc_jump_rows_cycle(&j->rows, i);
    if (!did) {
        toc_view_notice(v, TOC_STYLE_WARN,
                        "that happens as it is: only injects, and decisions that lapse, "
                        "can be chosen about");
        return;
    }
    free(j->changed);
    j->changed = toc_strdup(j->rows.rows[i].key);
    ask_preview(v, out);
}

static void confirm(toc_view *v)
{
    toc_jump *j = v->jump;
    toc_buf text = {0}, note = {0};
    if (!j->has_answer || j->is_out) {
        j->is_wanted = true;
        toc_view_notice(v, TOC_STYLE_NOTICE, "as soon as the desk has said what it would do");
        return;
    }
    toc_buf_str(&text, "Jump to ");
    toc_play_text(&text, j->until);
    toc_buf_str(&note, "It ");
    toc_jump_rows_sum(&j->rows, &note);
    toc_buf_str(&note, ". Jump now? It cannot be taken back.");
    toc_form *f = toc_form_new(toc_buf_text(&text), "jump", NULL);
    f->done = do_jump;
    toc_form_note(f, toc_buf_text(&note));
    toc_form_line(f, "reason", "Why?", "", false);
    toc_view_open_form(v, f);
    toc_buf_fini(&note);
    toc_buf_fini(&text);
}

static bool do_jump(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_jump *j = v->jump;
    toc_buf when = {0};
    toc_event ev;
    if (!j)
        return true;
    toc_event_init(&ev, TOC_K_JUMP, 0);
    toc_event_set_int(&ev, TOC_F_UNTIL, j->until);
    set_list(&ev, TOC_F_HOLD, &j->rows, TOC_FATE_HOLD);
    set_list(&ev, TOC_F_SKIP, &j->rows, TOC_FATE_SKIP);
    set_list(&ev, TOC_F_KEEP, &j->rows, TOC_FATE_KEEP);
    const char *reason = toc_form_value(f, "reason");
    toc_event_set_str(&ev, TOC_F_REASON, reason[0] ? reason : NULL);
    toc_play_text(&when, j->until);
    toc_view_act(v, toc_view_wishes(v), &ev, false, "play has jumped to %s", toc_buf_text(&when));
    toc_event_fini(&ev);
    toc_buf_fini(&when);
    return true;
}

// The list comes back, and stands at now.
static void leave(toc_view *v)
{
    toc_jump_drop(v);
    toc_list_select(&toc_view_room(v, &toc_screen_msel)->list, TOC_BOARD_NOW);
}

static void set_list(toc_event *ev, toc_field field, const toc_jump_rows *r, toc_fate fate)
{
    char **ids = toc_alloc((r->count + 1) * sizeof *ids);
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++)
        if (r->rows[i].fate == fate)
            ids[count++] = r->rows[i].key;
    toc_event_set_list(ev, field, ids, count);
    free(ids);
}

static void draw_row(toc_view *v, toc_grid *g, toc_rect line, size_t i, void *context)
{
    const toc_jump *j = context;
    const toc_jump_row *row = &j->rows.rows[i];
    toc_buf when = {0}, text = {0};
    toc_buf_str(&text, row->text);
    add_title(&text, v, row);
    toc_play_text(&when, row->t);
    toc_style style = row->fate == TOC_FATE_HOLD || row->fate == TOC_FATE_SKIP ? TOC_STYLE_WARN
                      : row->fate == TOC_FATE_LAPSE                            ? TOC_STYLE_BAD
                      : row->fate == TOC_FATE_KEEP                             ? TOC_STYLE_GOOD
                                                                               : TOC_STYLE_PLAIN;
    toc_grid_put(g, line.x + 1, line.y, 10, TOC_STYLE_PLAIN, toc_buf_text(&when));
    if (row->fate != TOC_FATE_INFO)
        toc_grid_printf(g, line.x + 12, line.y, 7, style, "[%s]", toc_fate_name(row->fate));
    toc_grid_put(g, line.x + 20, line.y, line.w - 20, TOC_STYLE_PLAIN, toc_buf_text(&text));
    toc_buf_fini(&when);
    toc_buf_fini(&text);
}

// What is held, or lapses, is told without its title.
static void add_title(toc_buf *out, const toc_view *v, const toc_jump_row *row)
{
    const toc_msel_row *inject =
        row->by_itself == TOC_FATE_HELD ? toc_msel_inject(&v->msel, row->key) : NULL;
    const toc_question *q =
        row->by_itself == TOC_FATE_LAPSE ? toc_picture_question(&v->picture, row->key) : NULL;
    const char *title = inject ? inject->title : q ? toc_event_str(&q->ask, TOC_F_TITLE) : NULL;
    if (title)
        toc_buf_printf(out, ": %s", title);
}

static const char **keys_of(const toc_jump *j)
{
    const char **keys = toc_alloc((j->rows.count + 1) * sizeof *keys);
    for (size_t i = 0; i < j->rows.count; i++)
        keys[i] = j->rows.rows[i].key;
    return keys;
}
