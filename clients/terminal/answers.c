// SPDX-License-Identifier: MIT
// What the desk says to this terminal: each request carries what is needed to tell of its answer.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "plain.h"
#include "terminal/save.h"
#include "view/msel.h"

typedef struct {
    toc_plain *terminal;
    toc_event input;      // acts
    char *name, *dir;     // attachments
    uint64_t asked_at;    // test
    toc_shown_list shown; // a list
    toc_msel list;        // msel: the pages so far
    char *which;          // the one of the list that is wanted; NULL for all
    toc_act act;          // what waits for a row of the list
    int64_t from;         // the row that its page begins with; 0: the first page
    bool is_first;        // nothing of the kind was asked here before
    int plan_line;        // an act that a plan's line wants; 0 for none
} errand;

static errand *new_errand(toc_plain *t);
static void end_errand(errand *x);
static void on_act(void *context, const toc_link_reply *reply);
static void ask_page(errand *x, int64_t from);
static void on_page(void *context, const toc_link_reply *reply);
static bool needs_rows(const errand *x);
static void take_first_page(errand *x, const toc_json *body);
static void show_list(errand *x);
static void show_open(toc_plain *t);
static void show_status(toc_plain *t, bool is_first);
static void say_failure(errand *x, const toc_link_reply *reply);
static void show_sheet(errand *x);
static void on_preview(void *context, const toc_link_reply *reply);
static void on_seats(void *context, const toc_link_reply *reply);
static void on_test(void *context, const toc_link_reply *reply);
static void on_data(void *context, toc_err err, const char *why, const char *data, size_t size);
static void show_data(errand *x, const char *data, size_t size);

void toc_plain_act(toc_plain *t, const toc_event *input, int plan_line)
{
    errand *x = new_errand(t);
    x->plan_line = plan_line;
    toc_event_fini(&x->input);
    toc_event_copy(&x->input, input);
    bool is_up = toc_link_is_up(t->link);
    if (input->kind == TOC_K_EMERGENCY) {
        t->emergency_at = uv_now(t->loop);
        t->has_emergency_out = is_up;
    }
    if (!is_up && input->kind == TOC_K_EMERGENCY)
        toc_lines_loud(&t->lines, TOC_NOT_DELIVERED);
    else if (!is_up && !t->player)
        toc_lines_say(&t->lines, "kept: it goes out as soon as the link is back");
    toc_link_act(t->link, input, on_act, x);
}

void toc_plain_ask_list(toc_plain *t, toc_shown_list list, const char *which)
{
    errand *x = new_errand(t);
    x->shown = list;
    x->which = toc_strdup(which);
    ask_page(x, 0);
}

void toc_plain_ask_row(toc_plain *t, const toc_act *act)
{
    errand *x = new_errand(t);
    x->shown = TOC_SHOW_ROW;
    toc_act_copy(&x->act, act);
    ask_page(x, 0);
}

void toc_plain_ask_preview(toc_plain *t, const toc_event *jump)
{
    static const toc_field lists[] = {TOC_F_HOLD, TOC_F_SKIP, TOC_F_KEEP};
    toc_buf fields = {0};
    toc_buf_str(&fields, ",\"until\":");
    toc_buf_int(&fields, toc_event_int(jump, TOC_F_UNTIL));
    for (size_t i = 0; i < TOC_COUNT(lists); i++) {
        const toc_value *v = toc_event_value(jump, lists[i]);
        for (size_t k = 0; v && k < v->count; k++) {
            if (k == 0)
                toc_buf_printf(&fields, ",\"%s\":[", toc_field_name(lists[i]));
            toc_buf_str(&fields, k ? "," : "");
            toc_json_str(&fields, v->list[k]);
        }
        toc_buf_str(&fields, v && v->count ? "]" : "");
    }
    toc_link_ask(t->link, "preview", toc_buf_text(&fields), on_preview, new_errand(t));
    toc_buf_fini(&fields);
}

void toc_plain_ask_seats(toc_plain *t)
{
    toc_link_ask(t->link, "seats", "", on_seats, new_errand(t));
}

void toc_plain_ask_test(toc_plain *t)
{
    errand *x = new_errand(t);
    x->asked_at = uv_hrtime();
    toc_link_ask(t->link, "ping", "", on_test, x);
}

void toc_plain_save(toc_plain *t, const toc_item *item, const char *dir)
{
    const toc_value *attach = toc_event_value(&item->event, TOC_F_ATTACH);
    for (size_t i = 0; attach && i < attach->count; i++) {
        errand *x = new_errand(t);
        toc_buf name = {0};
        toc_save_name(&name, attach->list[2 * i]);
        x->name = toc_buf_take(&name);
        x->dir = toc_strdup(dir);
        toc_link_fetch(t->link, attach->list[2 * i], attach->list[2 * i + 1], on_data, x);
    }
}

void toc_plain_say_receipt(toc_plain *t)
{
    const char *receipt = t->link ? toc_link_receipt(t->link) : "";
    if (!receipt[0])
        return;
    toc_lines_say(&t->lines, "receipt of the newest line you were shown: %s", receipt);
    toc_lines_more(&t->lines, "keep it: it can prove later that the record up to here is whole. "
                              "tocsin verify JOURNAL --receipt RECEIPT");
}

static errand *new_errand(toc_plain *t)
{
    errand *x = toc_alloc(sizeof *x);
    x->terminal = t;
    toc_event_init(&x->input, TOC_K_UNKNOWN, 0);
    return x;
}

static void end_errand(errand *x)
{
    toc_plain *t = x->terminal;
    toc_event_fini(&x->input);
    free(x->name);
    free(x->dir);
    free(x->which);
    toc_act_fini(&x->act);
    toc_msel_fini(&x->list);
    free(x);
    toc_plain_answered(t);
}

static void on_act(void *context, const toc_link_reply *reply)
{
    errand *x = context;
    toc_plain *t = x->terminal;
    bool is_auto = t->player != NULL;
    toc_plain_touch(t);
    if (x->input.kind == TOC_K_EMERGENCY)
        t->has_emergency_out = false;
    bool is_stopped = is_auto && !reply->ok && strcmp(reply->code, "refused") == 0 &&
                      (t->picture.is_emergency || t->lines.clock.emergency);
    if (is_stopped)
        toc_auto_again(t->player, &x->input, x->plan_line);
    else if (!reply->ok)
        say_failure(x, reply);
    else
        toc_plain_taken(t, &x->input);
    bool is_told = !is_auto || (!t->options->is_quiet && x->input.kind != TOC_K_READ);
    if (reply->ok && is_told)
        toc_plain_done(t, &x->input, reply->body);
    end_errand(x);
}

static void say_failure(errand *x, const toc_link_reply *reply)
{
    toc_plain *t = x->terminal;
    const char *measure = toc_event_str(&x->input, TOC_F_MEASURE);
    const char *kind = measure ? measure : toc_kind_name(x->input.kind); // as it is typed
    if (strcmp(reply->code, "late") == 0) {
        toc_lines_say(&t->lines, "too late, kept for the report: %s", reply->text);
    } else if (strcmp(reply->code, "link") == 0) {
        toc_lines_say(&t->lines,
                      "`%s` was not answered before the link ended: it may or may not be recorded",
                      kind);
        toc_plain_keep(t, &x->input);
    } else if (x->plan_line) {
        toc_plain_plan_failed(t, x->plan_line, reply->text);
    } else {
        const char *product = toc_event_str(&x->input, TOC_F_PRODUCT);
        const char *inject = toc_event_str(&x->input, TOC_F_INJECT);
        toc_buf kept = {0};
        if (toc_plain_keep(t, &x->input))
            toc_buf_printf(&kept, ". What you wrote is kept: `%s %s` opens it again", kind,
                           product ? product : inject);
        toc_lines_say(&t->lines, "`%s` was not taken (%s): %s%s", kind, reply->code, reply->text,
                      toc_buf_text(&kept));
        toc_buf_fini(&kept);
    }
}

static void show_brief(toc_plain *t, const char *title, const toc_json *about)
{
    const char *brief = toc_json_text(toc_json_get(about, "brief"));
    if (!brief)
        return;
    toc_lines_say(&t->lines, "%s", title);
    toc_lines_block(&t->lines, brief);
}

static void ask_page(errand *x, int64_t from)
{
    x->from = from;
    char *fields = from > 0 ? toc_sprintf(",\"from\":%lld", (long long)from) : toc_strdup("");
    toc_link_ask(x->terminal->link, "status", fields, on_page, x);
    free(fields);
}

static void on_page(void *context, const toc_link_reply *reply)
{
    errand *x = context;
    toc_plain *t = x->terminal;
    int64_t more;
    toc_plain_touch(t);
    if (!reply->ok) {
        if (x->shown == TOC_SHOW_PAST)
            show_list(x);
        else
            toc_lines_say(&t->lines, "no answer to that (%s): %s", reply->code, reply->text);
        end_errand(x);
        return;
    }
    const toc_json *msel = toc_json_get(reply->body, "msel");
    toc_picture_status(&t->picture, reply->body);
    if (x->from == 0)
        take_first_page(x, reply->body);
    if (needs_rows(x))
        toc_msel_status(&x->list, reply->body);
    // The injects come last; nobody else waits for them. Pages that do not go on end.
    if (toc_json_int(toc_json_get(reply->body, "more"), &more) && more > x->from &&
        (needs_rows(x) || !msel)) {
        ask_page(x, more);
        return;
    }
    show_list(x);
    end_errand(x);
}

static bool needs_rows(const errand *x)
{
    return x->shown == TOC_SHOW_MSEL || x->shown == TOC_SHOW_STORYLINES ||
           x->shown == TOC_SHOW_HANDOVER || x->shown == TOC_SHOW_ROW;
}

static void take_first_page(errand *x, const toc_json *body)
{
    toc_plain *t = x->terminal;
    int64_t length;
    if (toc_json_int(toc_json_get(toc_json_get(body, "clock"), "length"), &length))
        t->lines.clock.length = length;
    x->is_first = x->shown == TOC_SHOW_STATUS && !t->has_status;
    if (x->is_first) {
        t->has_status = true;
        show_brief(t, "the exercise:", toc_json_get(body, "exercise"));
        show_brief(t, "your brief:", toc_json_get(body, "team"));
    }
}

static void show_list(errand *x)
{
    toc_plain *t = x->terminal;
    switch (x->shown) {
    case TOC_SHOW_PAST:
        if (!t->is_over)
            toc_plain_sit_down(t);
        break;
    case TOC_SHOW_STATUS:
        show_status(t, x->is_first);
        break;
    case TOC_SHOW_MSEL:
        toc_msel_add_phases(&x->list, &t->picture);
        if (!x->which)
            toc_msel_lines(&t->lines, &t->picture, &x->list);
        else if (!toc_msel_preview(&t->lines, &x->list, x->which))
            toc_lines_say(&t->lines, "there is no inject %s; `msel` lists them", x->which);
        break;
    case TOC_SHOW_SITUATION:
        toc_lines_situation(&t->lines, &t->picture, x->which);
        break;
    case TOC_SHOW_EXPECTATIONS:
        toc_lines_expectations(&t->lines, &t->picture);
        break;
    case TOC_SHOW_PHASES:
        toc_lines_phases(&t->lines, &t->picture);
        break;
    case TOC_SHOW_SEATS:
        toc_lines_seats(&t->lines, &t->picture);
        break;
    case TOC_SHOW_STORYLINES:
        toc_msel_story_lines(&t->lines, &x->list);
        break;
    case TOC_SHOW_HANDOVER:
        show_sheet(x);
        break;
    case TOC_SHOW_ROW: {
        const char *inject = toc_event_str(&x->act.input, TOC_F_INJECT);
        toc_plain_has_row(t, &x->act, toc_msel_inject(&x->list, inject));
        break;
    }
    }
}

// On the screen, or into a file: there without an end of its lines, for a printer.
static void show_sheet(errand *x)
{
    toc_plain *t = x->terminal;
    toc_lines *l = &t->lines;
    if (!x->which) {
        toc_lines_handover(l, &t->picture, &x->list);
        return;
    }
    toc_buf sheet = {0}, path = {0};
    toc_error e;
    toc_lines_handover_sheet(l, &t->picture, &x->list, &sheet);
    if (toc_save_as(x->which, sheet.data, sheet.len, &path, &e))
        toc_lines_say(l, "the sheet was not written: %s", e.msg);
    else
        toc_lines_say(l, "the hand-over sheet is in %s", toc_buf_text(&path));
    toc_buf_fini(&sheet);
    toc_buf_fini(&path);
}

static void on_preview(void *context, const toc_link_reply *reply)
{
    errand *x = context;
    toc_plain *t = x->terminal;
    toc_plain_touch(t);
    if (reply->ok)
        toc_lines_preview(&t->lines, &t->picture, reply->body);
    else
        toc_lines_say(&t->lines, "no preview (%s): %s", reply->code, reply->text);
    end_errand(x);
}

static void on_seats(void *context, const toc_link_reply *reply)
{
    errand *x = context;
    toc_plain *t = x->terminal;
    toc_plain_touch(t);
    if (reply->ok)
        toc_picture_status(&t->picture, reply->body);
    toc_lines_seats(&t->lines, &t->picture);
    end_errand(x);
}

// Nothing where all is answered.
static void show_open(toc_plain *t)
{
    size_t rfis = 0, waiting = 0;
    for (size_t i = 0; i < t->picture.item_count; i++) {
        rfis += toc_item_is_open(&t->picture.items[i]);
        waiting += toc_item_is_waiting(&t->picture.items[i]);
    }
    if (rfis > 0)
        toc_lines_say(&t->lines, "requests for information that are open: %zu (`rfis`)", rfis);
    if (waiting > 0)
        toc_lines_say(&t->lines, "messages that wait for an answer in role: %zu (`rfis`)", waiting);
}

static void show_status(toc_plain *t, bool is_first)
{
    toc_lines_clock(&t->lines);
    toc_lines_attention(&t->lines, &t->picture);
    toc_lines_neighbours(&t->lines, &t->picture);
    toc_lines_questions(&t->lines, &t->picture);
    toc_lines_products(&t->lines, &t->picture);
    if (t->picture.situation.service_count > 0)
        toc_lines_say(&t->lines, "services you are told of: %zu (`situation`)",
                      t->picture.situation.service_count);
    show_open(t);
    toc_lines_say(&t->lines, "unread: %zu", toc_picture_unread(&t->picture));
    if (!is_first)
        toc_lines_more(
            &t->lines,
            "receipt %s: whoever keeps it can prove later that the record up to here is whole",
            toc_link_receipt(t->link));
    else
        toc_plain_ask_name(t);
}

static void on_test(void *context, const toc_link_reply *reply)
{
    errand *x = context;
    toc_plain *t = x->terminal;
    toc_plain_touch(t);
    unsigned long long ms = (uv_hrtime() - x->asked_at) / 1000000;
    unsigned long long silence = toc_link_silence(t->link);
    if (!reply->ok)
        toc_lines_say(&t->lines, "the desk does not take this terminal (%s): %s", reply->code,
                      reply->text);
    else
        toc_lines_say(
            &t->lines,
            "this terminal works: the desk answered in %llu ms, the feed was heard %llu ms ago "
            "(%lld lines so far)",
            ms, silence, (long long)toc_link_have(t->link));
    end_errand(x);
}

static void on_data(void *context, toc_err err, const char *why, const char *data, size_t size)
{
    errand *x = context;
    toc_lines *l = &x->terminal->lines;
    toc_buf path = {0};
    toc_error e;
    toc_plain_touch(x->terminal);
    if (err)
        toc_lines_say(l, "%s was not saved: %s", x->name, why);
    else if (x->terminal->options->is_confined)
        show_data(x, data, size);
    else if (toc_save_file(x->dir, x->name, data, size, &path, &e) != TOC_OK)
        toc_lines_say(l, "%s was not saved: %s", x->name, e.msg);
    else
        toc_lines_say(l, "saved %s (%zu bytes, checked)", toc_buf_text(&path), size);
    toc_buf_fini(&path);
    end_errand(x);
}

// A confined seat: what can be read is read here, and nothing is kept.
static void show_data(errand *x, const char *data, size_t size)
{
    toc_lines *l = &x->terminal->lines;
    if (!toc_utf8_valid(data, size, NULL)) {
        toc_lines_say(l, "%s was not saved: this seat is confined: ask EXCON for the file",
                      x->name);
        return;
    }
    char *text = toc_strndup(data, size);
    toc_lines_say(l, "%s is not saved, this seat is confined; it holds:", x->name);
    toc_lines_block(l, text);
    free(text);
}
