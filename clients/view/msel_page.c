// SPDX-License-Identifier: MIT
// The page of a row: all that is known of it. What others wrote stands behind the gutter, or in one
// line that it cannot leave.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "conduct.h"

enum { NEXT = 4 };

static void read_inject(toc_view *v, const toc_entry *e, toc_page *p);
static void say_head(const toc_view *v, const toc_msel_row *row, toc_page *p);
static void say_sender(const toc_view *v, const toc_msel_row *row, toc_page *p);
static void say_follows(const toc_view *v, const toc_msel_row *row, toc_page *p);
static void say_readers(const toc_view *v, const toc_msel_row *row, toc_page *p);
static void add_unread(toc_buf *out, const toc_msel_row *row, const toc_deed_row *deeds);
static void say_deeds(const toc_view *v, const toc_msel_row *row, toc_page *p);
static void read_question(toc_view *v, const toc_entry *e, toc_page *p);
static void read_now(toc_view *v, toc_page *p);
static size_t say_unanswered(const toc_view *v, toc_page *p);
static void say_missed(const toc_view *v, toc_page *p);
static void line(toc_page *p, toc_style style, const char *text);
static void state_line(toc_view *v, const toc_entry *e, toc_page *p);
static void add_objective(toc_buf *out, const toc_view *v, const char *id);
static const toc_event *sent_event(const toc_view *v, const toc_msel_row *row);

void toc_page_line_of(toc_page *p, toc_style style, toc_buf *text)
{
    toc_buf shown = {0};
    toc_text_visible(&shown, toc_buf_text(text), text->len, false);
    toc_page_say(p, style, "%s", toc_buf_text(&shown));
    toc_buf_fini(&shown);
    toc_buf_clear(text);
}

void toc_board_read(toc_view *v, const toc_entry *e, toc_page *p)
{
    toc_buf text = {0};
    toc_page_clear(p);
    switch (e->kind) {
    case TOC_ENTRY_NOW:
        read_now(v, p);
        break;
    case TOC_ENTRY_INJECT:
        read_inject(v, e, p);
        break;
    case TOC_ENTRY_QUESTION:
        read_question(v, e, p);
        break;
    case TOC_ENTRY_PLANNED:
    case TOC_ENTRY_PHASE:
        toc_buf_printf(&text, "%s  %s", e->key, toc_entry_title(e));
        toc_page_line_of(p, TOC_STYLE_TITLE, &text);
        state_line(v, e, p);
        if (toc_entry_to(e)[0]) {
            toc_buf_printf(&text, "to %s", toc_entry_to(e));
            toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
        }
        if (e->row->via_text) {
            toc_buf_printf(&text, "stands at: %s", e->row->via);
            toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
        }
        break;
    }
    toc_buf_fini(&text);
}

size_t toc_mistakes_say(const toc_view *v, toc_page *p, const char *storyline)
{
    size_t count = 0;
    for (size_t i = v->deeds ? v->deeds->mistake_count : 0; i > 0; i--) {
        const toc_mistake *m = &v->deeds->mistakes[i - 1];
        toc_buf text = {0};
        if (storyline && (!m->storyline || strcmp(m->storyline, storyline) != 0))
            continue;
        toc_buf_str(&text, "!!! SCRIPT ERROR ");
        toc_view_time(v, &text, m->t);
        if (m->storyline && !storyline)
            toc_buf_printf(&text, " in %s", m->storyline);
        toc_buf_printf(&text, ": %s", m->text ? m->text : "");
        toc_page_line_of(p, TOC_STYLE_URGENT, &text);
        toc_buf_fini(&text);
        count++;
    }
    return count;
}

static void read_inject(toc_view *v, const toc_entry *e, toc_page *p)
{
    const toc_msel_row *row = e->row;
    const toc_event *sent = sent_event(v, row);
    toc_buf text = {0};
    toc_buf_printf(&text, "%s  %s", row->inject, row->title ? row->title : "");
    toc_page_line_of(p, TOC_STYLE_TITLE, &text);
    state_line(v, e, p);
    say_head(v, row, p);
    line(p, TOC_STYLE_PLAIN, "");
    const char *body = sent ? toc_event_str(sent, TOC_F_TEXT) : row->text;
    if (body)
        toc_page_foreign(p, body);
    else
        line(p, TOC_STYLE_PLAIN, "The scenario makes its text when it is sent.");
    if (row->notes) {
        line(p, TOC_STYLE_TITLE, "NOTES FOR CONTROLLERS, not shown to teams");
        toc_page_foreign(p, row->notes);
    }
    say_readers(v, row, p);
    say_follows(v, row, p);
    say_deeds(v, row, p);
    toc_buf_fini(&text);
}

static void say_head(const toc_view *v, const toc_msel_row *row, toc_page *p)
{
    const toc_event *sent = sent_event(v, row);
    const char *from = sent ? toc_event_str(sent, TOC_F_FROM) : row->from;
    const char *objective = sent ? toc_event_str(sent, TOC_F_OBJECTIVE) : row->objective;
    const toc_value *attach = sent ? toc_event_value(sent, TOC_F_ATTACH) : NULL;
    toc_buf text = {0};
    toc_buf_printf(&text, "to %s", row->to && row->to[0] ? row->to : "nobody");
    if (row->channel)
        toc_buf_printf(&text, ", by %s", row->channel);
    if (from)
        toc_buf_printf(&text, ", from %s", toc_view_name(v, from));
    toc_buf_str(&text, row->is_urgent ? ", URGENT" : "");
    toc_buf_str(&text, row->wants_ack ? ", acknowledgement wanted" : "");
    toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    say_sender(v, row, p);
    if (objective) {
        add_objective(&text, v, objective);
        toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    }
    for (size_t i = 0; attach && i < attach->count; i++)
        toc_buf_printf(&text, "%s%s", i ? ", " : "attached: ", attach->list[2 * i]);
    if (!attach && row->attach && row->attach[0])
        toc_buf_printf(&text, "attached: %s", row->attach);
    if (text.len)
        toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    toc_buf_fini(&text);
}

// What sends it, and when.
static void say_sender(const toc_view *v, const toc_msel_row *row, toc_page *p)
{
    const toc_known_expectation *x = toc_row_contingency(v, row);
    toc_buf text = {0};
    bool is_sent = toc_msel_is(row, "sent"), is_held = toc_msel_is(row, "held");
    toc_buf_str(&text, is_sent ? "sent " : "sent by ");
    if (is_sent && row->sent >= 0) {
        toc_view_time(v, &text, row->sent);
    } else if (is_held && row->due < 0) {
        toc_buf_str(&text, "EXCON's release (h)");
    } else if (toc_msel_via(row)) {
        const char *place = row->via_text ? row->via : NULL;
        toc_buf_printf(&text, "%s%s%s%s", toc_msel_via(row), place ? " (" : "", place ? place : "",
                       place ? ")" : "");
    } else if (row->after) {
        toc_buf_printf(&text, "what comes after %s", row->after);
    } else if (x) {
        toc_buf_printf(&text, "nobody, unless %s is not done: it is a contingency", x->id);
    } else {
        toc_buf_str(&text, row->due >= 0 ? "the clock" : "hand (f)");
    }
    if (!is_sent && row->due >= 0) {
        toc_buf_str(&text, " at ");
        toc_play_text(&text, row->due);
    }
    if (row->moved_from >= 0) {
        toc_buf_str(&text, ", was ");
        toc_play_text(&text, row->moved_from);
    }
    if (row->is_manual && !is_sent && !is_held)
        toc_buf_str(&text, "; it waits for release when it is due");
    if (row->is_voice)
        toc_buf_printf(&text, "; told by voice of %s",
                       row->controller ? row->controller : "a controller");
    if (row->is_dropped)
        toc_buf_str(&text, "; DROPPED");
    toc_buf_str(&text, row->is_edited ? "; edited" : "");
    toc_buf_str(&text, row->is_adhoc ? "; ad hoc" : "");
    toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    toc_buf_fini(&text);
}

static void say_follows(const toc_view *v, const toc_msel_row *row, toc_page *p)
{
    const toc_situation *s = &v->picture.situation;
    char *after = toc_sprintf("after %s", row->inject);
    toc_buf text = {0};
    bool has_head = false;
    for (size_t i = 0; i < v->msel.count + s->expectation_count; i++) {
        if (i < v->msel.count) {
            const toc_msel_row *other = &v->msel.rows[i];
            if (other->other || !toc_msel_sends(other, after))
                continue;
            toc_buf_printf(&text, "  %s %s", other->inject, other->title ? other->title : "");
        } else {
            const toc_known_expectation *x = &s->expectations[i - v->msel.count];
            if (!x->hangs_on || strcmp(x->hangs_on, row->inject) != 0)
                continue;
            toc_buf_printf(&text, "  %s of %s: %s", x->id, x->team ? x->team : "?",
                           x->text ? x->text : "");
        }
        if (!has_head)
            line(p, TOC_STYLE_TITLE, "WHAT FOLLOWS FROM IT");
        has_head = true;
        toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    }
    const toc_known_expectation *x = toc_row_contingency(v, row);
    if (x) {
        toc_buf_printf(&text, "Contingency of %s: %s", x->id, x->text ? x->text : "");
        toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    }
    free(after);
    toc_buf_fini(&text);
}

static void say_readers(const toc_view *v, const toc_msel_row *row, toc_page *p)
{
    const toc_deed_row *deeds = toc_deeds_of(v, row->inject);
    toc_buf text = {0};
    if (!toc_msel_is(row, "sent"))
        return;
    line(p, TOC_STYLE_TITLE, "WHO READ IT");
    for (size_t i = 0; deeds && i < deeds->reader_count; i++) {
        const toc_reader *r = &deeds->readers[i];
        toc_buf_printf(&text, "  %s: ", r->team);
        toc_picture_person(&v->picture, &text, r->by);
        toc_buf_str(&text, r->is_ack ? " acknowledged it after " : " opened it after ");
        toc_span_words(&text, row->sent >= 0 ? r->t - row->sent : 0);
        toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    }
    add_unread(&text, row, deeds);
    if (text.len)
        toc_page_line_of(p, TOC_STYLE_WARN, &text);
    toc_buf_fini(&text);
}

// "  not yet: boats, pier"
static void add_unread(toc_buf *out, const toc_msel_row *row, const toc_deed_row *deeds)
{
    for (const char *at = row->to; at && *at;) {
        size_t len = strcspn(at, ",");
        bool has_read = false;
        for (size_t i = 0; deeds && i < deeds->reader_count; i++)
            has_read |= !deeds->readers[i].is_ack && strlen(deeds->readers[i].team) == len &&
                        strncmp(deeds->readers[i].team, at, len) == 0;
        if (!has_read)
            toc_buf_printf(out, "%s%.*s", out->len ? ", " : "  not yet: ", (int)len, at);
        at += len + strspn(at + len, ", ");
    }
}

static void say_deeds(const toc_view *v, const toc_msel_row *row, toc_page *p)
{
    const toc_deed_row *deeds = toc_deeds_of(v, row->inject);
    toc_buf text = {0};
    if (deeds && deeds->count)
        line(p, TOC_STYLE_TITLE, "WHAT WAS DONE");
    for (size_t i = deeds ? deeds->count : 0; i > 0; i--) {
        toc_buf_str(&text, "  ");
        toc_view_time(v, &text, deeds->deeds[i - 1].t);
        toc_buf_char(&text, ' ');
        toc_deed_text(&text, v, &deeds->deeds[i - 1]);
        toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    }
    toc_buf_fini(&text);
}

static void read_question(toc_view *v, const toc_entry *e, toc_page *p)
{
    const toc_event *ask = &e->question->ask;
    const toc_value *options = toc_event_value(ask, TOC_F_OPTIONS);
    const char *body = toc_event_str(ask, TOC_F_TEXT);
    toc_buf text = {0};
    toc_buf_printf(&text, "%s  %s", e->key, toc_entry_title(e));
    toc_page_line_of(p, TOC_STYLE_TITLE, &text);
    state_line(v, e, p);
    toc_buf_printf(&text, "asked of %s ", toc_entry_to(e));
    toc_view_time(v, &text, ask->t);
    toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    if (body)
        toc_page_foreign(p, body);
    for (size_t i = 0; options && i < options->count; i++) {
        toc_buf_printf(&text, "  %zu %s: %s", i + 1, options->list[2 * i],
                       options->list[2 * i + 1]);
        toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
    }
    if (e->question->answer && e->question->state == TOC_QUESTION_RULING) {
        toc_buf_printf(&text, "answered: %s", e->question->answer);
        toc_page_line_of(p, TOC_STYLE_WARN, &text);
    }
    line(p, TOC_STYLE_PLAIN,
         e->question->state > TOC_QUESTION_RULING || v->picture.has_ended
             ? "The Decisions tab has the reason, and what was tried before."
             : "The Decisions tab rules on it, or gives more time.");
    toc_buf_fini(&text);
}

// What waits for somebody, and what is next.
static void read_now(toc_view *v, toc_page *p)
{
    size_t waiting = 0, next = 0;
    toc_board b; // of all rows, whatever the filter
    toc_buf text = {0};
    toc_board_fill(&b, v, NULL);
    toc_buf_str(&text, "NOW ");
    toc_play_text(&text, toc_view_now(v));
    toc_page_line_of(p, TOC_STYLE_TITLE, &text);
    for (size_t i = 0; i < b.count; i++) {
        if (!toc_entry_waits(&b.at[i]))
            continue;
        toc_buf_printf(&text, "!!! %s ", b.at[i].key);
        toc_entry_state(&text, v, &b.at[i]);
        toc_page_line_of(p, TOC_STYLE_URGENT, &text);
        waiting++;
    }
    waiting += say_unanswered(v, p);
    say_missed(v, p);
    waiting += toc_mistakes_say(v, p, NULL);
    if (waiting == 0)
        line(p, TOC_STYLE_PLAIN, "No row waits for anybody.");
    line(p, TOC_STYLE_TITLE, "NEXT");
    for (size_t i = v->picture.has_ended ? b.count : toc_board_find(&b, TOC_BOARD_NOW) + 1;
         i < b.count && next < NEXT; i++) {
        const toc_entry *e = &b.at[i];
        if (toc_entry_waits(e) || e->at < 0)
            continue;
        toc_buf_printf(&text, "  %s ", e->key);
        toc_entry_state(&text, v, e);
        toc_buf_printf(&text, ": %s", toc_entry_title(e));
        toc_page_line_of(p, TOC_STYLE_PLAIN, &text);
        next++;
    }
    if (next == 0)
        line(p, TOC_STYLE_PLAIN,
             v->picture.has_ended ? "  ENDEX was" : "  nothing comes by the clock");
    toc_board_fini(&b);
    toc_buf_fini(&text);
}

static size_t say_unanswered(const toc_view *v, toc_page *p)
{
    size_t count = 0;
    toc_buf text = {0};
    for (size_t i = 0; i < v->picture.item_count && !v->picture.has_ended; i++) {
        if (!toc_item_is_waiting(&v->picture.items[i]))
            continue;
        toc_buf_str(&text, "!!! ");
        toc_view_unanswered(v, &text, &v->picture.items[i], 0);
        toc_page_line_of(p, TOC_STYLE_WARN, &text);
        count++;
    }
    toc_buf_fini(&text);
    return count;
}

static void say_missed(const toc_view *v, toc_page *p)
{
    const toc_situation *s = &v->picture.situation;
    toc_buf text = {0};
    for (size_t i = 0; i < s->expectation_count; i++) {
        const toc_known_expectation *x = &s->expectations[i];
        if (!x->state || (strcmp(x->state, "overdue") != 0 && strcmp(x->state, "crossed") != 0))
            continue;
        toc_buf_printf(&text, "!!! %s of %s not seen in time: %s", x->id, x->team ? x->team : "?",
                       x->text ? x->text : "");
        toc_page_line_of(p, TOC_STYLE_WARN, &text);
    }
    toc_buf_fini(&text);
}

static void line(toc_page *p, toc_style style, const char *text)
{
    toc_page_say(p, style, "%s", text);
}

static void state_line(toc_view *v, const toc_entry *e, toc_page *p)
{
    toc_buf text = {0};
    toc_buf_str(&text, toc_entry_waits(e) ? "!!! " : "");
    toc_entry_state(&text, v, e);
    toc_page_line_of(p, toc_entry_waits(e) ? TOC_STYLE_URGENT : TOC_STYLE_PLAIN, &text);
    toc_buf_fini(&text);
}

static void add_objective(toc_buf *out, const toc_view *v, const char *id)
{
    toc_buf_printf(out, "objective %s", id);
    for (size_t i = 0; i < v->picture.objective_count; i++)
        if (strcmp(v->picture.objectives[i].id, id) == 0)
            toc_buf_printf(out, ": %s", v->picture.objectives[i].text);
}

// Of what was sent the feed knows more than the list.
static const toc_event *sent_event(const toc_view *v, const toc_msel_row *row)
{
    const toc_item *item =
        toc_msel_is(row, "sent") ? toc_picture_item(&v->picture, row->inject) : NULL;
    return item && item->event.kind == TOC_K_INJECT ? &item->event : NULL;
}
