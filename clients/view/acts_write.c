// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "messages.h"
#include "record/feed.h"
#include "table.h"
#include "write.h"

enum { FILE_BYTES = 16384 }; // of one text, as the engine takes it

// What a form stands for; everything is looked up again when it is sent.
typedef struct {
    int64_t item; // answered or forwarded; 0: none
    bool is_rfi;
} letter;

static void add_speakers(toc_view *v, toc_form *f, const char *as, const toc_item *re);
static bool add_addressees(toc_view *v, toc_form *f, const char *to, const toc_item *re);
static void add_somebody(toc_view *v, toc_form_field *field, const char *id, bool is_chosen);
static void note_item(toc_view *v, toc_form *f, const toc_item *item, const char *what);
static void note_claim(toc_view *v, toc_form *f, const toc_item *re);
static void note_parties(const toc_view *v, toc_form *f, const toc_item *re);
static void tell_writer(toc_view *v, toc_form *f, const toc_event *ev);
static letter *hold_letter(toc_form *f, int64_t item, bool is_rfi);
static bool send_letter(void *owner, toc_form *f);
static bool send_forward(void *owner, toc_form *f);
static bool hand_in(void *owner, toc_form *f);
static bool has_text(void *owner, toc_form *f);
static void warn_of_name(toc_form *f, const char *text);
static void on_file(toc_view *v, const toc_happening *h, toc_wishes *out);
static bool is_file_name(const char *text);
static char *trim_file(const char *text);
static bool set_addressees(toc_view *v, toc_form *f, toc_event *input, toc_buf *names);
static toc_form_field *field_of(toc_form *f, const char *name);
static bool is_contact(const toc_view *v, const char *id);
static bool is_person(const toc_item *item, const toc_view *v, const char *id);
static void add_id(char ***ids, size_t *count, size_t *capacity, const char *id);

bool toc_acts_write(toc_view *v, toc_do what, toc_wishes *out)
{
    (void)out;
    switch (what) {
    case TOC_DO_WRITE:
    case TOC_DO_ASK_RFI:
        if (!toc_view_may(v, TOC_K_SAY))
            return false;
        toc_write_letter(v, NULL, NULL, NULL, what == TOC_DO_ASK_RFI);
        return true;
    case TOC_DO_HAND_IN:
        if (!toc_view_may(v, TOC_K_SUBMIT))
            return false;
        toc_write_hand_in(v, NULL);
        return true;
    default:
        return false;
    }
}

void toc_write_letter(toc_view *v, const char *to, const char *as, const toc_item *re, bool is_rfi)
{
    toc_buf title = {0};
    if (re)
        toc_buf_printf(&title, "Reply to item %lld", (long long)re->n);
    else
        toc_buf_str(&title, is_rfi ? "Ask for information" : "Write");
    toc_form *f = toc_form_new(toc_buf_text(&title), is_rfi ? "ask" : "send", NULL);
    toc_buf_fini(&title);
    if (re)
        note_item(v, f, re, NULL);
    if (re)
        note_claim(v, f, re);
    if (re && v->picture.is_control)
        note_parties(v, f, re);
    if (v->picture.is_control)
        add_speakers(v, f, as, re);
    bool is_chosen = add_addressees(v, f, to, re);
    if (re && !is_chosen && !v->picture.is_control)
        toc_form_note(f, "Whoever sent it cannot be written to. Choose to whom your answer goes.");
    toc_form_text(f, "text", is_rfi ? "What do you want to know?" : "Text", NULL, true);
    hold_letter(f, re ? re->n : 0, is_rfi);
    f->check = has_text;
    f->done = send_letter;
    for (size_t i = 0; is_chosen && i < f->count; i++) // whom it goes to is settled: on to the text
        if (strcmp(f->fields[i].name, "text") == 0)
            f->at = i;
    toc_view_open_form(v, f);
}

void toc_write_forward(toc_view *v, const toc_item *item)
{
    toc_buf title = {0};
    if (!toc_message_is_open(v, item)) {
        toc_view_notice(v, TOC_STYLE_WARN, "read it first: Enter opens it");
        return;
    }
    toc_buf_printf(&title, "Forward item %lld", (long long)item->n);
    toc_form *f = toc_form_new(toc_buf_text(&title), "forward", NULL);
    toc_buf_fini(&title);
    note_item(v, f, item, "It goes on whole, with its attachments:");
    if (v->picture.is_control)
        add_speakers(v, f, NULL, NULL);
    add_addressees(v, f, NULL, NULL);
    toc_form_text(f, "text", "Words of your own", NULL, false);
    hold_letter(f, item->n, false);
    f->check = has_text;
    f->done = send_forward;
    toc_view_open_form(v, f);
}

void toc_write_hand_in(toc_view *v, const char *product)
{
    const toc_situation *s = &v->picture.situation;
    if (s->product_count == 0) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "your team has nothing to hand in");
        return;
    }
    toc_form *f = toc_form_new("Hand in", "hand in", "Hand this in for your team?");
    toc_form_field *which = toc_form_choice(f, "product", "What?", false);
    for (size_t i = 0; i < s->product_count; i++)
        toc_form_option(which, s->products[i], s->products[i],
                        product ? strcmp(product, s->products[i]) == 0 : i == 0);
    toc_form_text(f, "text",
                  v->is_confined ? "Text" : "Text (@report.txt alone: what that file holds)", NULL,
                  true);
    if (product)
        f->at = f->count - 1;
    f->check = has_text;
    f->done = hand_in;
    toc_view_open_form(v, f);
}

void toc_write_watch(toc_view *v, const toc_event *ev)
{
    tell_writer(v, v->form, ev);
    tell_writer(v, v->below, ev);
}

char **toc_write_addressees(const toc_view *v, size_t *count)
{
    const toc_picture *p = &v->picture;
    char **ids = NULL;
    size_t capacity = 0;
    *count = 0;
    if (!p->is_control) {
        for (size_t i = 0; i < p->contact_count; i++)
            add_id(&ids, count, &capacity, p->contacts[i].id);
        add_id(&ids, count, &capacity, "excon");
        return ids;
    }
    for (size_t i = 0; i < p->neighbour_count; i++) {
        char audience[64];
        toc_seat_audience(p->neighbours[i].id, audience);
        if (audience[0] && strcmp(audience, "control") != 0 && strcmp(audience, "board") != 0)
            add_id(&ids, count, &capacity, audience);
    }
    return ids;
}

void toc_write_free(char **ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(ids[i]);
    free(ids);
}

// ---- what the forms are made of ----------------------------------------------------------------------------

// As whom control speaks: the organisation that was written to; else SIMCELL's first one, and EXCON
// as itself.
static void add_speakers(toc_view *v, toc_form *f, const char *as, const toc_item *re)
{
    const toc_picture *p = &v->picture;
    const toc_value *to = re ? toc_event_value(&re->event, TOC_F_TO) : NULL;
    const char *chosen = as ? as
                         : v->role == TOC_ROLE_SIMCELL && p->contact_count > 0 && !re
                             ? p->contacts[0].id
                             : "excon";
    for (size_t i = 0; to && !as && i < to->count; i++)
        if (is_contact(v, to->list[i])) {
            chosen = to->list[i];
            break;
        }
    toc_form_field *who = toc_form_choice(f, "as", "As whom?", false);
    toc_form_option(who, "excon", "EXCON", strcmp(chosen, "excon") == 0);
    for (size_t i = 0; i < p->contact_count && i + 1 < TOC_FORM_CHOICES; i++)
        if (strcmp(p->contacts[i].id, "excon") != 0)
            toc_form_option(who, p->contacts[i].id, p->contacts[i].name,
                            strcmp(chosen, p->contacts[i].id) == 0);
}

// Gives whether any is chosen already. Whoever wrote to somebody may be answered, contact or not.
static bool add_addressees(toc_view *v, toc_form *f, const char *to, const toc_item *re)
{
    size_t count;
    bool is_chosen = false, is_there = false;
    char **ids = toc_write_addressees(v, &count);
    const char *from = re && !re->is_own ? toc_event_str(&re->event, TOC_F_FROM) : NULL;
    const toc_value *list = re && re->is_own ? toc_event_value(&re->event, TOC_F_TO) : NULL;
    toc_form_field *field = toc_form_choice(f, "to", "To whom? (Space marks)", true);
    field->is_needed = true;
    for (size_t i = 0; i < count && i + 1 < TOC_FORM_CHOICES; i++) {
        bool is_it = (to && strcmp(to, ids[i]) == 0) || (from && is_person(re, v, ids[i]));
        for (size_t k = 0; list && k < list->count; k++) // to go on from what was written
            is_it |= strcmp(list->list[k], ids[i]) == 0;
        is_there |= from && strcmp(ids[i], from) == 0;
        is_chosen |= is_it;
        add_somebody(v, field, ids[i], is_it);
    }
    if (from && !is_there && !v->picture.is_control && re->event.kind == TOC_K_MESSAGE) {
        add_somebody(v, field, from, true);
        is_chosen = true;
    }
    toc_write_free(ids, count);
    return is_chosen;
}

static void add_somebody(toc_view *v, toc_form_field *field, const char *id, bool is_chosen)
{
    toc_buf text = {0};
    toc_view_named(v, &text, id);
    toc_form_option(field, id, toc_buf_text(&text), is_chosen);
    toc_buf_fini(&text);
}

static void note_item(toc_view *v, toc_form *f, const toc_item *item, const char *what)
{
    toc_buf text = {0};
    if (what)
        toc_buf_printf(&text, "%s\n", what);
    toc_put_visible(&text, toc_message_channel(item));
    toc_buf_str(&text, ", ");
    toc_message_names(v, &text, item);
    toc_buf_str(&text, ": ");
    toc_message_title(&text, item);
    toc_form_note(f, toc_buf_text(&text));
    toc_buf_fini(&text);
}

// What the organisation knows that was written to, for whoever answers in its name.
static void note_parties(const toc_view *v, toc_form *f, const toc_item *re)
{
    const toc_value *to = toc_event_value(&re->event, TOC_F_TO);
    for (size_t i = 0; re->is_for_parties && to && i < to->count; i++) {
        const toc_contact *party = toc_message_party(v, to->list[i]);
        if (!party)
            continue;
        char *text = party->notes ? toc_sprintf("NOTES ON %s: %s", party->name, party->notes)
                                  : toc_sprintf("%s: no notes", party->name);
        toc_form_note(f, text);
        free(text);
    }
}

static void note_claim(toc_view *v, toc_form *f, const toc_item *re)
{
    toc_buf text = {0};
    if (v->picture.is_control && re->claimed_by && strcmp(re->claimed_by, v->seat) != 0) {
        toc_picture_person(&v->picture, &text, re->claimed_by);
        toc_buf_str(&text, " has taken this one on.");
    } else if (v->picture.is_control && re->has_answer) {
        toc_buf_str(&text, "It was answered already.");
    }
    if (text.len > 0)
        toc_form_note(f, toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void tell_writer(toc_view *v, toc_form *f, const toc_event *ev)
{
    const letter *l = f && f->done == send_letter ? f->context : NULL;
    const char *by = toc_event_str(ev, TOC_F_BY);
    bool is_claim = ev->kind == TOC_K_CLAIM;
    bool is_answer = ev->kind == TOC_K_MESSAGE;
    int64_t item = toc_event_int(ev, is_claim ? TOC_F_ITEM : TOC_F_RE);
    if (!l || l->item == 0 || item != l->item || !by || strcmp(by, v->seat) == 0 ||
        !(is_claim || is_answer))
        return;
    toc_buf text = {0};
    toc_picture_person(&v->picture, &text, by);
    toc_buf_str(&text, is_claim ? " took it on at " : " answered it at ");
    toc_play_text(&text, ev->t);
    toc_buf_str(&text, ": Ctrl-S sends yours too, Esc drops it.");
    toc_form_warn(f, toc_buf_text(&text));
    toc_buf_fini(&text);
}

static letter *hold_letter(toc_form *f, int64_t item, bool is_rfi)
{
    letter *l = toc_alloc(sizeof *l);
    *l = (letter){item, is_rfi};
    f->context = l;
    return l;
}

// ---- sending -----------------------------------------------------------------------------------------------

static bool send_letter(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const letter *l = f->context;
    const char *as = toc_form_value(f, "as");
    toc_event input;
    toc_buf names = {0};
    toc_event_init(&input, TOC_K_SAY, 0);
    if (as[0] && strcmp(as, "excon") != 0)
        toc_event_set_str(&input, TOC_F_AS, as);
    bool is_whole = set_addressees(v, f, &input, &names);
    toc_event_set_int(&input, TOC_F_RE, l->item);
    toc_event_set_int(&input, TOC_F_RFI, l->is_rfi);
    toc_event_set_str(&input, TOC_F_TEXT, toc_form_value(f, "text"));
    if (is_whole)
        toc_view_act(v, toc_view_wishes(v), &input, v->picture.is_control,
                     l->is_rfi ? "asked %s; it stays marked ? until it is answered" : "sent to %s",
                     toc_buf_text(&names));
    toc_buf_fini(&names);
    toc_event_fini(&input);
    return is_whole;
}

static bool send_forward(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const letter *l = f->context;
    const char *text = toc_form_value(f, "text");
    toc_event input;
    toc_buf names = {0};
    toc_event_init(&input, TOC_K_FORWARD, 0);
    toc_event_set_int(&input, TOC_F_ITEM, l->item);
    bool is_whole = set_addressees(v, f, &input, &names);
    if (text[0])
        toc_event_set_str(&input, TOC_F_TEXT, text);
    if (is_whole)
        toc_view_act(v, toc_view_wishes(v), &input, v->picture.is_control,
                     "item %lld forwarded to %s", (long long)l->item, toc_buf_text(&names));
    toc_buf_fini(&names);
    toc_event_fini(&input);
    return is_whole;
}

static bool hand_in(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const char *product = toc_form_value(f, "product"), *text = toc_form_value(f, "text");
    toc_event input;
    toc_buf name = {0};
    toc_event_init(&input, TOC_K_SUBMIT, 0);
    toc_event_set_str(&input, TOC_F_PRODUCT, product);
    toc_event_set_str(&input, TOC_F_TEXT, text);
    toc_put_visible(&name, product);
    toc_view_act(v, toc_view_wishes(v), &input, false, "%s is handed in", toc_buf_text(&name));
    toc_buf_fini(&name);
    toc_event_fini(&input);
    return true;
}

// "@report.txt" alone: the form stays, and gets what the file holds, so that somebody looks at it
// before it goes.
static bool has_text(void *owner, toc_form *f)
{
    toc_view *v = owner;
    char *name = trim_file(toc_form_value(f, "text"));
    bool is_file = is_file_name(name);
    if (is_file) {
        toc_form_refuse(f, "text", "reading %s …", name + 1);
        toc_view_want(v, toc_view_wishes(v), TOC_WISH_READ, name + 1, NULL, on_file);
    } else if (f->question) {
        warn_of_name(f, name);
    }
    free(name);
    return !is_file;
}

// A line that would have read a file, had it been alone: whoever confirms is told that it does not.
static void warn_of_name(toc_form *f, const char *text)
{
    char *warning = NULL;
    while (*text && !warning) {
        size_t len = strcspn(text, "\n");
        size_t word = strcspn(text, " \n");
        if (text[0] == '@' && word > 1 && word + strspn(text + word, " ") == len)
            warning =
                toc_sprintf("\"%.*s\" stands there as text: alone in the field it would be what "
                            "that file holds.",
                            (int)word, text);
        text += len + (text[len] == '\n');
    }
    toc_form_warn(f, warning);
    free(warning);
}

static void on_file(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    (void)out;
    toc_form *f = v->form && v->form->check == has_text ? v->form : NULL;
    toc_form_field *text = f ? field_of(f, "text") : NULL;
    if (!text) // somebody left the form meanwhile
        return;
    char *held = h->ok ? trim_file(h->text) : NULL;
    if (!h->ok) {
        toc_form_refuse(f, "text", "the file cannot be read: %s", h->text ? h->text : "");
    } else if (!held[0]) {
        toc_form_refuse(f, "text", "the file is empty");
    } else if (is_file_name(held)) {
        toc_form_refuse(f, "text", "the file holds only the name of another one: %s", held);
    } else if (strlen(held) > FILE_BYTES) {
        toc_form_refuse(f, "text", "the file is longer than 16 KiB: choose a shorter text");
    } else if (!toc_utf8_clean(held, strlen(held))) {
        toc_form_refuse(f, "text", "the file holds what is no text; save it as plain text (UTF-8)");
    } else {
        toc_editor_set(&text->editor, held);
        if (f->question) // what it holds stands in the confirmation
            toc_form_key(f, TOC_KEY_CTRL('S'), v);
        else
            toc_form_refuse(f, "text", "this is what the file holds: look at it, then %s it",
                            f->verb);
    }
    free(held);
}

static bool is_file_name(const char *text)
{
    return text[0] == '@' && text[1] && !strchr(text, '\n');
}

// Without the blank lines around it, and the blanks at its end.
static char *trim_file(const char *text)
{
    toc_buf out = {0};
    size_t from = 0, len = strlen(text);
    while (len > 0 && strchr(" \t\r\n", text[len - 1]))
        len--;
    for (size_t i = 0; i < len && strchr(" \t\r\n", text[i]); i++)
        if (text[i] == '\n')
            from = i + 1;
    toc_buf_add(&out, text + from, len - from);
    return toc_buf_take(&out);
}

static bool set_addressees(toc_view *v, toc_form *f, toc_event *input, toc_buf *names)
{
    char *list[TOC_FORM_CHOICES];
    size_t count = toc_form_values(f, "to", list, TOC_COUNT(list));
    if (count == 0) {
        toc_form_refuse(f, "to", "nobody is marked: Space marks");
        return false;
    }
    toc_event_set_list(input, TOC_F_TO, list, count);
    for (size_t i = 0; i < count; i++) {
        toc_buf_str(names, i > 0 ? ", " : "");
        toc_put_visible(names, toc_view_name(v, list[i]));
    }
    return true;
}

static toc_form_field *field_of(toc_form *f, const char *name)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->fields[i].name && strcmp(f->fields[i].name, name) == 0)
            return &f->fields[i];
    return NULL;
}

static bool is_contact(const toc_view *v, const char *id)
{
    for (size_t i = 0; i < v->picture.contact_count; i++)
        if (strcmp(v->picture.contacts[i].id, id) == 0)
            return true;
    return false;
}

// A message says who wrote it by id; an inject by the name that is shown.
static bool is_person(const toc_item *item, const toc_view *v, const char *id)
{
    const char *from = toc_event_str(&item->event, TOC_F_FROM);
    return strcmp(from, id) == 0 ||
           (item->event.kind == TOC_K_INJECT && strcmp(from, toc_view_name(v, id)) == 0);
}

static void add_id(char ***ids, size_t *count, size_t *capacity, const char *id)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp((*ids)[i], id) == 0)
            return;
    TOC_GROW(*ids, *count, *capacity);
    (*ids)[(*count)++] = toc_strdup(id);
}
