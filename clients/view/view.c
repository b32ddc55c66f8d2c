// SPDX-License-Identifier: MIT
// What happens, in what order. A key is asked about from the innermost outwards: what is real, the
// form, the prompt, the overlay, the screen, the acts that are the same everywhere, the terminal.
// Every update ends with the same few things that follow from it.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "view_parts.h"

enum {
    STATUS_PATIENCE_MS = 3000,
    NOTICE_MS = 10000, // in which somebody has read it
    ANSWER_MS = 1000,  // the answer to an act may come before its event
};

static void on_key(toc_view *v, uint32_t key, toc_wishes *out);
static bool do_terminal(toc_view *v, toc_do what, toc_wishes *out);
static void key_to_form(toc_view *v, uint32_t key, toc_wishes *out);
static void key_to_overlay(toc_view *v, uint32_t key, toc_wishes *out);
static void key_to_screen(toc_view *v, uint32_t key, toc_wishes *out);
static bool do_everywhere(toc_view *v, toc_do what, toc_wishes *out);
static void say_idle(toc_view *v, uint32_t key, toc_do what);
static void on_paste(toc_view *v, const char *text);
static void on_edited(toc_view *v, const toc_happening *h, toc_wishes *out);
static void on_time(toc_view *v, const toc_happening *h, toc_wishes *out);
static void drop_notice(toc_view *v);
static void tick_notice(toc_view *v);
static void set_window(toc_view *v, toc_wishes *out);

toc_view *toc_view_new(const toc_view_options *o)
{
    toc_view *v = toc_alloc(sizeof *v);
    v->seat = toc_strdup(o->seat);
    v->team = toc_strdup(o->team);
    v->title = toc_strdup(o->title);
    v->marking = toc_strdup(o->marking);
    v->role = toc_role_find(o->role);
    v->is_ascii = o->is_ascii;
    v->recall_ms = o->recall_ms;
    v->is_confined = o->is_confined;
    v->is_recording = o->is_recording;
    v->status_due = v->live_at = -1;
    v->has_mouse = true;
    v->is_news = true;
    v->w = 80;
    v->h = 24;
    toc_picture_init(&v->picture, o->seat);
    toc_lines_init(&v->lines, o->marking, 0);
    v->lines.is_bare = true;
    v->seats_due = v->role & (TOC_ROLE_EXCON | TOC_ROLE_EVALUATOR) ? 0 : -1;
    toc_view_furnish(v);
    return v;
}

void toc_view_free(toc_view *v)
{
    if (!v)
        return;
    toc_form_free(v->form);
    toc_form_free(v->below);
    toc_view_kept_fini(v);
    toc_view_outbox_fini(v);
    toc_view_prompt_fini(v);
    toc_view_typed_fini(v);
    toc_view_rooms_fini(v);
    toc_view_log_fini(v);
    toc_view_drop_answers(v);
    toc_view_drop_plans(v);
    if (v->overlay)
        toc_page_fini(v->overlay);
    free(v->overlay);
    free(v->overlay_title);
    toc_msel_fini(&v->msel);
    toc_msel_fini(&v->coming);
    toc_events_fini(&v->past);
    toc_walls_fini(&v->walls);
    toc_lines_fini(&v->lines);
    toc_picture_fini(&v->picture);
    char *owned[] = {v->seat,       v->team,         v->title,      v->marking,    v->notice,
                     v->link_why,   v->alarm_by,     v->alarm_text, v->stopped_by, v->stopped_why,
                     v->stopped_at, v->notice_after, v->window};
    for (size_t i = 0; i < TOC_COUNT(owned); i++)
        free(owned[i]);
    free(v);
}

const toc_picture *toc_view_picture(const toc_view *v)
{
    return &v->picture;
}

void toc_view_update(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    v->wishes = out;
    switch (h->what) {
    case TOC_HAPPENED_KEY:
        on_key(v, h->key, out);
        break;
    case TOC_HAPPENED_PASTE:
        on_paste(v, h->text);
        break;
    case TOC_HAPPENED_CLICK:
        toc_view_click(v, h, out);
        break;
    case TOC_HAPPENED_SIZE:
        v->w = h->x;
        v->h = h->y;
        break;
    case TOC_HAPPENED_EVENT:
        toc_view_hear_event(v, h->number, h->event, out);
        break;
    case TOC_HAPPENED_CLOCK:
        toc_view_hear_clock(v, h->clock);
        break;
    case TOC_HAPPENED_STATUS:
        toc_view_hear_status(v, h, out);
        break;
    case TOC_HAPPENED_ANSWER:
        toc_view_answer(v, h, out);
        break;
    case TOC_HAPPENED_LINK:
        toc_view_hear_link(v, h, out);
        break;
    case TOC_HAPPENED_ALARM:
        toc_view_hear_alarm(v, h, out);
        break;
    case TOC_HAPPENED_TIME:
        on_time(v, h, out);
        break;
    case TOC_HAPPENED_WRITTEN:
        on_edited(v, h, out);
        break;
    case TOC_HAPPENED_SHOWN:
        toc_view_show_text(v, h);
        break;
    }
    toc_view_open_returned(v);
    toc_view_ask(v, out);
    // Not at every event: there may be a thousand of them in a second.
    if (h->what == TOC_HAPPENED_TIME || h->what == TOC_HAPPENED_KEY ||
        h->what == TOC_HAPPENED_ALARM || h->what == TOC_HAPPENED_LINK)
        set_window(v, out);
    v->wishes = NULL;
}

static void on_time(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    if (h->mono > v->mono)
        v->mono = h->mono;
    if (h->wall)
        toc_copy_text(v->wall, sizeof v->wall, h->wall);
    v->lines.now = toc_view_now(v);
    // The engine may be too busy to answer; what happened is shown all the same.
    if (v->live_at >= 0 && !v->is_live && v->mono - v->live_at > STATUS_PATIENCE_MS)
        toc_view_sit_down(v, out);
    toc_view_tick_outbox(v, out);
    tick_notice(v);
    toc_view_tick_help(v);
    toc_view_tick_leave(v, out);
}

static void on_key(toc_view *v, uint32_t key, toc_wishes *out)
{
    toc_do what = toc_keys_mean(key, TOC_IN_ALL, v->role);
    if (v->link == TOC_VIEW_OVER) {
        toc_wish_add(out, TOC_WISH_LEAVE, NULL);
        return;
    }
    bool is_typing = (v->form || v->prompt_kind != TOC_PROMPT_NONE) && key >= ' ' &&
                     key != TOC_KEY_BACKSPACE && key < TOC_KEY_UP;
    if (!is_typing || !v->is_bad_kept)
        drop_notice(v);
    if (do_terminal(v, what, out))
        return;
    if (v->form)
        key_to_form(v, key, out);
    else if (v->prompt_kind != TOC_PROMPT_NONE)
        toc_view_prompt_key(v, key, out);
    else if (v->overlay)
        key_to_overlay(v, key, out);
    else
        key_to_screen(v, key, out);
    v->is_news = true;
}

// What works whatever is open: help for people first.
static bool do_terminal(toc_view *v, toc_do what, toc_wishes *out)
{
    switch (what) {
    case TOC_DO_EMERGENCY:
        toc_view_call_help(v);
        return true;
    case TOC_DO_REDRAW:
        toc_wish_add(out, TOC_WISH_REDRAW, NULL);
        return true;
    case TOC_DO_SUSPEND:
        toc_wish_add(out, TOC_WISH_SUSPEND, NULL);
        return true;
    default:
        return false;
    }
}

static void key_to_form(toc_view *v, uint32_t key, toc_wishes *out)
{
    toc_form *f = v->answering = v->form;
    toc_form_end end = toc_form_key(f, key, v);
    v->answering = NULL;
    if (end == TOC_FORM_WANTS_EDITOR) {
        toc_buf *text = &f->fields[f->at].editor.text;
        toc_view_want(v, out, TOC_WISH_EDIT, toc_buf_text(text), NULL, NULL);
        return;
    }
    bool is_kept = toc_view_keep_form(v, f, end == TOC_FORM_DONE);
    if (end == TOC_FORM_STAYS)
        return;
    // `done` may have opened the next form already.
    if (v->form == f) {
        v->form = v->below;
        v->below = NULL;
    }
    if (!is_kept)
        toc_form_free(f);
}

static void key_to_overlay(toc_view *v, uint32_t key, toc_wishes *out)
{
    toc_do what = toc_keys_mean(key, TOC_IN_PAGE | TOC_IN_ALL, v->role);
    if (what == TOC_DO_BACK || what == TOC_DO_LEAVE || what == TOC_DO_HELP ||
        key == TOC_KEY_ENTER) {
        toc_view_overlay(v, NULL);
    } else if (what == TOC_DO_FILTER) {
        toc_view_open_prompt(v, TOC_PROMPT_SEEK);
    } else if (!toc_page_do(v->overlay, what) && what >= TOC_DO_TAB_1 &&
               what <= TOC_DO_TAB_PREVIOUS) {
        toc_view_overlay(v, NULL);
        key_to_screen(v, key, out);
    }
}

static void key_to_screen(toc_view *v, uint32_t key, toc_wishes *out)
{
    toc_do what = toc_keys_mean(key, toc_view_places(v), v->role);
    if (!v->is_live && what != TOC_DO_LEAVE && what != TOC_DO_HELP && what != TOC_DO_MOUSE)
        return;
    const toc_screen *screen = v->rooms[v->room].screen;
    if (what == TOC_DO_NOTHING) {
        toc_buf name = {0};
        toc_key_name(&name, key);
        toc_view_notice(v, TOC_STYLE_NOTICE, "%s means nothing here; ? shows the keys",
                        toc_buf_text(&name));
        toc_buf_fini(&name);
        return;
    }
    if (screen->act && screen->act(v, what, out))
        return;
    if (toc_view_room_do(v, what, out) || toc_acts_write(v, what, out) ||
        toc_acts_conduct(v, what, out) || toc_acts_note(v, what, out) ||
        do_everywhere(v, what, out))
        return;
    say_idle(v, key, what);
}

// No key is without an answer: nobody is to wonder whether it was heard.
static void say_idle(toc_view *v, uint32_t key, toc_do what)
{
    toc_buf name = {0};
    const toc_binding *b = NULL;
    for (size_t i = 0; (b = toc_binding_at(i)) && b->what != what;)
        i++;
    toc_key_name(&name, key);
    toc_view_notice(v, TOC_STYLE_NOTICE, "%s (%s): there is nothing here to do that with",
                    toc_buf_text(&name), b ? b->word : "");
    toc_buf_fini(&name);
}

static bool do_everywhere(toc_view *v, toc_do what, toc_wishes *out)
{
    toc_wish *wish;
    switch (what) {
    case TOC_DO_HELP:
        toc_view_help(v);
        return true;
    case TOC_DO_BRIEF:
        toc_view_brief(v);
        return true;
    case TOC_DO_COMMAND:
        toc_view_open_prompt(v, TOC_PROMPT_COMMAND);
        return true;
    case TOC_DO_TIMES:
        v->times = v->times == TOC_TIMES_AGO ? TOC_TIMES_PLAY : v->times + 1;
        toc_view_notice(v, TOC_STYLE_NOTICE, "times: %s",
                        v->times == TOC_TIMES_PLAY    ? "of play (T+)"
                        : v->times == TOC_TIMES_STORY ? "of the story"
                        : v->times == TOC_TIMES_WALL  ? "of the clock on the wall"
                                                      : "how long ago, in play");
        return true;
    case TOC_DO_MOUSE:
        v->has_mouse = !v->has_mouse;
        wish = toc_wish_add(out, TOC_WISH_MOUSE, NULL);
        wish->number = v->has_mouse;
        toc_view_notice(v, TOC_STYLE_NOTICE,
                        v->has_mouse
                            ? "the mouse is on; with Shift held down the terminal selects text"
                            : "the mouse is off: the terminal selects text with it");
        return true;
    case TOC_DO_NEXT_UNREAD:
        return toc_view_go_screen(v, &toc_screen_inbox) && toc_screen_inbox.act(v, what, out);
    case TOC_DO_SIGN:
        toc_view_sign(v);
        return true;
    case TOC_DO_RECALL:
        toc_view_recall(v);
        return true;
    case TOC_DO_HANDOVER:
        if (toc_view_go_screen(v, &toc_screen_handover)) // from its top
            toc_list_select(&toc_view_room(v, &toc_screen_handover)->list, NULL);
        else
            toc_view_command(v, "handover", out);
        return true;
    case TOC_DO_LEAVE:
        toc_view_leave(v, out);
        return true;
    default:
        return false;
    }
}

// Pasted text goes where somebody types, and nowhere else. What ends a line there does not send.
static void on_paste(toc_view *v, const char *text)
{
    if (!v->form && v->prompt_kind != TOC_PROMPT_NONE) {
        toc_view_prompt_paste(v, text ? text : "");
        return;
    }
    const toc_form *f = v->form;
    bool is_typing =
        f && !f->is_asking && f->count > 0 &&
        (f->fields[f->at].kind == TOC_FIELD_LINE || f->fields[f->at].kind == TOC_FIELD_TEXT);
    if (is_typing)
        toc_form_paste(v->form, text);
    else
        toc_view_notice(v, TOC_STYLE_NOTICE, "nothing was pasted: %s",
                        f ? "go to a field to type in first" : "no field is open");
}

static void on_edited(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    bool is_edit = false;
    for (size_t i = 0; i < v->wanted_count; i++)
        is_edit = is_edit || (v->wanted[i].number == h->number &&
                              v->wanted[i].kind == TOC_WISH_EDIT && !v->wanted[i].answered);
    if (is_edit && h->ok && h->text && v->form)
        toc_form_edited(v->form, h->text);
    toc_view_answer(v, h, out);
}

void toc_view_open_form(toc_view *v, toc_form *f)
{
    // One whose `done` opens the next is still in use: key_to_form frees it.
    if (v->form != v->answering)
        toc_form_free(v->form);
    v->form = f;
}

void toc_view_overlay(toc_view *v, const char *title)
{
    if (v->overlay)
        toc_page_fini(v->overlay);
    free(v->overlay);
    free(v->overlay_title);
    v->overlay = title ? toc_alloc(sizeof *v->overlay) : NULL;
    v->overlay_title = toc_strdup(title);
}

toc_wishes *toc_view_wishes(toc_view *v)
{
    return v->wishes;
}

void toc_view_notice(toc_view *v, toc_style style, const char *format, ...)
{
    va_list args;
    toc_buf text = {0};
    char words[2048];
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    toc_buf_str(&text, words);
    // A refusal is not to be missed because something else went well meanwhile.
    bool is_bad = style == TOC_STYLE_BAD || style == TOC_STYLE_EMERGENCY;
    if (v->is_bad_kept && !is_bad) {
        free(v->notice_after);
        v->notice_after = toc_buf_take(&text);
        v->notice_after_style = style;
        return;
    }
    free(v->notice);
    v->notice = toc_buf_take(&text);
    v->notice_style = style;
    v->notice_at = v->mono;
    v->is_bad_kept = is_bad;
}

void toc_view_drop_notice(toc_view *v)
{
    if (v->notice && !v->is_bad_kept && v->mono - v->notice_at > ANSWER_MS)
        drop_notice(v);
}

static void drop_notice(toc_view *v)
{
    free(v->notice);
    v->notice = v->notice_after;
    v->notice_style = v->notice_after_style;
    v->notice_at = v->mono;
    v->notice_after = NULL;
    v->is_bad_kept = false;
}

// What was said is old after a while; a refusal waits for a key, and words for the line that is
// typed stay beside it.
static void tick_notice(toc_view *v)
{
    if (v->notice && !v->is_bad_kept && v->prompt_kind == TOC_PROMPT_NONE &&
        v->mono - v->notice_at > NOTICE_MS)
        drop_notice(v);
}

// "(!1 *3) tocsin EXERCISE operator-1"
static void set_window(toc_view *v, toc_wishes *out)
{
    if (!v->is_news)
        return;
    v->is_news = false;
    const size_t unread = v->picture.unread, urgent = v->picture.unread_urgent;
    toc_buf title = {0};
    if (toc_view_is_emergency(v))
        toc_buf_str(&title, "REAL EMERGENCY ");
    if (urgent)
        toc_buf_printf(&title, "(!%zu *%zu) ", urgent, unread);
    else if (unread)
        toc_buf_printf(&title, "(*%zu) ", unread);
    toc_buf_printf(&title, "tocsin EXERCISE %s", v->seat);
    if (!v->window || strcmp(v->window, toc_buf_text(&title)) != 0) {
        toc_wish_add(out, TOC_WISH_TITLE, toc_buf_text(&title));
        free(v->window);
        v->window = toc_strdup(toc_buf_text(&title));
    }
    toc_buf_fini(&title);
}
