// SPDX-License-Identifier: MIT
// Acts on their way out: a text from a file or an editor, a time that hangs on the list's, an
// answer to "shall it be sent?", and the few seconds in which what was written by hand can be taken
// back.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "child.h"
#include "plain.h"

enum { RECALL_MS = 5000 };

static bool is_person(const toc_plain *t);
static bool can_hand_in(const toc_plain *t, const toc_act *act);
static const char *draft_for(const toc_plain *t, const toc_act *act);
static bool is_by_hand(const toc_plain *t, const toc_event *input);
static bool read_file(toc_plain *t, toc_act *act);
static void go_out(toc_plain *t, toc_act *act);
static void wait_a_moment(toc_plain *t, const toc_event *input);
static void start_timer(toc_plain *t);
static void on_leaving(uv_timer_t *timer);
static void edit(toc_plain *t, toc_act *act, const char *text);
static void refuse_text(toc_plain *t, const char *text, const char *why);
static void ask_to_send(toc_plain *t, const char *text);
static void answer_send(toc_plain *t, const char *line);
static void keep(toc_plain *t, const toc_event *input, const char *text);
static const char *draft_name(const toc_event *input);
static void ask_to_decide(toc_plain *t, toc_act *act);
static size_t lines_of(const char *text);
static void say_act(toc_buf *out, const toc_event *in);

void toc_writing_open(toc_plain *t)
{
    uv_timer_init(t->loop, &t->writing.timer);
    t->writing.timer.data = t;
}

// An editor that is still there is waited for: what is being written belongs to somebody.
void toc_writing_close(toc_plain *t)
{
    toc_writing *w = &t->writing;
    if (w->editor > 0) {
        while (waitpid(w->editor, NULL, 0) < 0 && errno == EINTR) {
        }
        w->editor = 0;
        toc_lines_say(&t->lines, "the exercise went on without you; what you wrote is kept in %s",
                      w->path);
    } else {
        toc_scratch_fini(&w->scratch);
    }
    for (size_t i = 0; i < w->count; i++)
        toc_event_fini(&w->outgoing[i].input);
    free(w->outgoing);
    free(w->path);
    free(w->call);
    free(w->draft);
    free(w->draft_of);
    toc_act_fini(&w->act);
    uv_close((uv_handle_t *)&w->timer, NULL);
}

void toc_plain_send(toc_plain *t, toc_act *act)
{
    bool is_edit = act->input.kind == TOC_K_EDIT;
    bool is_confined = t->options->is_confined;
    if (is_confined && act->file) {
        toc_lines_say(&t->lines, "not sent: this seat is confined: it reads no files; type the "
                                 "text on the line, or paste it");
        return;
    }
    if (is_confined && act->wants_text && is_person(t)) {
        toc_lines_say(&t->lines, "not sent: this seat is confined: it has no editor; type the text "
                                 "on the line");
        return;
    }
    if (act->file && !read_file(t, act))
        return;
    if (act->is_relative && act->input.kind == TOC_K_MOVE)
        toc_plain_ask_row(t, act);
    else if (act->wants_text && is_person(t) && is_edit)
        toc_plain_ask_row(t, act);
    else if (act->wants_text && is_person(t) && can_hand_in(t, act))
        edit(t, act, draft_for(t, act));
    else if (act->wants_text && is_person(t))
        toc_lines_products(&t->lines, &t->picture);
    else if (act->input.kind == TOC_K_DECIDE && is_person(t))
        ask_to_decide(t, act);
    else
        go_out(t, act);
}

void toc_plain_has_row(toc_plain *t, const toc_act *waiting, const toc_msel_row *row)
{
    const char *inject = toc_event_str(&waiting->input, TOC_F_INJECT);
    toc_act act;
    if (!row) {
        toc_lines_say(&t->lines, "not sent: there is no inject %s; `msel` lists them", inject);
        return;
    }
    toc_act_copy(&act, waiting);
    toc_event_set_str(&act.input, TOC_F_INJECT, row->inject);
    if (act.wants_text) {
        const char *draft = draft_for(t, &act);
        edit(t, &act, draft ? draft : row->text);
    } else if (row->due < 0) {
        toc_lines_say(&t->lines,
                      "not sent: %s has no time that it could be moved from: move %s T+1:20",
                      row->inject, row->inject);
    } else {
        toc_act_time(&act, row->due);
        go_out(t, &act);
    }
    toc_act_fini(&act);
}

bool toc_plain_keep(toc_plain *t, const toc_event *input)
{
    const char *text = toc_event_str(input, TOC_F_TEXT);
    if (!is_person(t) || t->options->is_confined || !text || !draft_name(input))
        return false;
    keep(t, input, text);
    return true;
}

void toc_plain_taken(toc_plain *t, const toc_event *input)
{
    toc_writing *w = &t->writing;
    const char *name = toc_event_has(input, TOC_F_TEXT) ? draft_name(input) : NULL;
    if (!name || !w->draft_of || strcasecmp(w->draft_of, name) != 0)
        return;
    free(w->draft);
    free(w->draft_of);
    w->draft = w->draft_of = NULL;
}

bool toc_plain_is_answer(toc_plain *t, const char *line)
{
    toc_writing *w = &t->writing;
    if (w->is_calling || w->is_telling)
        return toc_plain_called(t, line);
    if (w->is_asking) {
        answer_send(t, line);
        return true;
    }
    if (!w->is_naming)
        return false;
    w->is_naming = false;
    line += strspn(line, " \t");
    if (!*line)
        return true;
    toc_act act;
    char *sign_in = toc_sprintf("sign-in %s", line);
    toc_error e;
    if (toc_act_parse(&act, sign_in, &e) != TOC_OK) {
        toc_lines_say(&t->lines, "not understood: %s", e.msg);
    } else {
        go_out(t, &act);
        toc_act_fini(&act);
    }
    free(sign_in);
    return true;
}

void toc_plain_ask_name(toc_plain *t)
{
    const toc_neighbour *own = toc_picture_seat(&t->picture, t->ticket.seat);
    if (!is_person(t) || t->role == TOC_ROLE_BOARD || (own && own->name))
        return;
    t->writing.is_naming = true;
    toc_lines_say(&t->lines, "who sits here? Type your name, for your team and exercise control, "
                             "or only Enter");
}

void toc_plain_recall(toc_plain *t)
{
    toc_writing *w = &t->writing;
    if (w->count == 0) {
        toc_lines_say(&t->lines, "nothing waits to leave; what has left is corrected by another "
                                 "inject or message");
        return;
    }
    toc_buf text = {0};
    say_act(&text, &w->outgoing[--w->count].input);
    toc_lines_say(&t->lines, "taken back, nobody saw it: %s", toc_buf_text(&text));
    toc_event_fini(&w->outgoing[w->count].input);
    toc_buf_fini(&text);
    start_timer(t);
}

void toc_plain_let_go(toc_plain *t)
{
    toc_writing *w = &t->writing;
    for (size_t i = 0; i < w->count; i++) {
        toc_plain_act(t, &w->outgoing[i].input, 0);
        toc_event_fini(&w->outgoing[i].input);
    }
    w->count = 0;
}

void toc_plain_edited(toc_plain *t)
{
    toc_writing *w = &t->writing;
    toc_buf text = {0};
    toc_error e;
    int status;
    if (w->editor <= 0 || waitpid(w->editor, &status, WNOHANG) != w->editor)
        return;
    w->editor = 0;
    tcsetattr(t->options->in, TCSADRAIN, &w->modes);
    toc_plain_touch(t);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        toc_lines_say(&t->lines, "the editor ended without success: nothing is sent");
    else if (toc_text_file(w->path, &text, &e) != TOC_OK)
        toc_lines_say(&t->lines, "not sent: %s", e.msg);
    else if (toc_act_text(&w->act, toc_buf_text(&text), text.len, &e) != TOC_OK)
        refuse_text(t, toc_buf_text(&text), e.msg);
    else
        ask_to_send(t, toc_buf_text(&text));
    toc_buf_fini(&text);
    if (!w->is_asking)
        toc_act_fini(&w->act);
    unlink(w->path);
    toc_keyboard_go(t->keyboard);
    toc_plain_flush(t);
}

static bool is_person(const toc_plain *t)
{
    return t->keyboard && toc_keyboard_is_tty(t->keyboard);
}

// Nobody is to write a text that nobody takes. Where the words are not known, the desk knows them.
static bool can_hand_in(const toc_plain *t, const toc_act *act)
{
    const toc_situation *s = &t->picture.situation;
    const char *product = toc_event_str(&act->input, TOC_F_PRODUCT);
    for (size_t i = 0; i < s->product_count; i++)
        if (strcasecmp(s->products[i], product) == 0)
            return true;
    return s->product_count == 0;
}

static const char *draft_for(const toc_plain *t, const toc_act *act)
{
    const char *name = draft_name(&act->input), *of = t->writing.draft_of;
    return of && name && strcasecmp(of, name) == 0 ? t->writing.draft : NULL;
}

static const char *draft_name(const toc_event *input)
{
    return input->kind == TOC_K_SUBMIT ? toc_event_str(input, TOC_F_PRODUCT)
           : input->kind == TOC_K_EDIT ? toc_event_str(input, TOC_F_INJECT)
                                       : NULL;
}

static void keep(toc_plain *t, const toc_event *input, const char *text)
{
    toc_writing *w = &t->writing;
    char *draft = toc_strdup(text), *of = toc_strdup(draft_name(input)); // text may be the draft
    free(w->draft);
    free(w->draft_of);
    w->draft = draft;
    w->draft_of = of;
}

// What control sends to players by hand. A script means what it says.
static bool is_by_hand(const toc_plain *t, const toc_event *input)
{
    return is_person(t) && (t->role & (TOC_ROLE_EXCON | TOC_ROLE_SIMCELL)) &&
           (input->kind == TOC_K_FIRE || input->kind == TOC_K_ADHOC || input->kind == TOC_K_SAY ||
            input->kind == TOC_K_FORWARD);
}

static bool read_file(toc_plain *t, toc_act *act)
{
    toc_buf text = {0};
    toc_error e;
    toc_err err = toc_text_file(act->file, &text, &e);
    if (!err)
        err = toc_act_text(act, toc_buf_text(&text), text.len, &e);
    if (err)
        toc_lines_say(&t->lines, "not sent: %s", e.msg);
    toc_buf_fini(&text);
    return !err;
}

static void go_out(toc_plain *t, toc_act *act)
{
    toc_error e;
    if (toc_picture_resolve(&t->picture, act, &e) != TOC_OK)
        toc_lines_say(&t->lines, "not sent: %s", e.msg);
    else if (is_by_hand(t, &act->input))
        wait_a_moment(t, &act->input);
    else
        toc_plain_act(t, &act->input, 0);
}

static void wait_a_moment(toc_plain *t, const toc_event *input)
{
    toc_writing *w = &t->writing;
    toc_buf text = {0};
    TOC_GROW(w->outgoing, w->count, w->capacity);
    toc_outgoing_act *out = &w->outgoing[w->count++];
    toc_event_copy(&out->input, input);
    uv_update_time(t->loop);
    out->due = uv_now(t->loop) + RECALL_MS;
    say_act(&text, input);
    toc_lines_say(&t->lines, "leaves in %d s; `recall` takes it back: %s", RECALL_MS / 1000,
                  toc_buf_text(&text));
    toc_buf_fini(&text);
    start_timer(t);
}

static void start_timer(toc_plain *t)
{
    toc_writing *w = &t->writing;
    uint64_t now = uv_now(t->loop);
    if (w->count == 0)
        uv_timer_stop(&w->timer);
    else
        uv_timer_start(&w->timer, on_leaving,
                       w->outgoing[0].due > now ? w->outgoing[0].due - now : 0, 0);
}

static void on_leaving(uv_timer_t *timer)
{
    toc_plain *t = timer->data;
    toc_writing *w = &t->writing;
    toc_plain_touch(t);
    while (w->count > 0 && w->outgoing[0].due <= uv_now(t->loop)) {
        toc_event input = w->outgoing[0].input;
        memmove(w->outgoing, w->outgoing + 1, --w->count * sizeof *w->outgoing);
        toc_plain_act(t, &input, 0);
        toc_event_fini(&input);
    }
    start_timer(t);
    toc_plain_flush(t);
}

static void edit(toc_plain *t, toc_act *act, const char *text)
{
    toc_writing *w = &t->writing;
    toc_buf path = {0};
    toc_error e;
    toc_plain_flush(t);
    toc_err err = toc_scratch_text(&w->scratch, text ? text : "", &path, &e);
    if (!err && tcgetattr(t->options->in, &w->modes) < 0)
        err = toc_fail(&e, TOC_EIO, "this is no terminal");
    toc_keyboard_hold(t->keyboard);
    if (!err)
        err = toc_child_edit(&w->editor, toc_buf_text(&path), &e);
    if (err) {
        w->editor = 0;
        toc_keyboard_go(t->keyboard);
        toc_lines_say(&t->lines,
                      "not sent: %s. The text can be typed on the line, or taken from a "
                      "file: @FILE",
                      e.msg);
        toc_buf_fini(&path);
        return;
    }
    free(w->path);
    w->path = toc_buf_take(&path);
    toc_act_fini(&w->act);
    toc_act_copy(&w->act, act);
}

// An empty text is none.
static void refuse_text(toc_plain *t, const char *text, const char *why)
{
    bool is_kept = text[strspn(text, " \t\r\n")] != '\0';
    if (is_kept)
        keep(t, &t->writing.act.input, text);
    toc_lines_say(&t->lines, "not sent: %s%s", why,
                  is_kept ? "; the same words open what you wrote again" : "");
}

static void ask_to_send(toc_plain *t, const char *text)
{
    toc_writing *w = &t->writing;
    size_t count = lines_of(text);
    w->is_asking = true;
    toc_lines_block(&t->lines, text);
    toc_lines_say(&t->lines, "%s %s %zu line%s? yes or no",
                  w->act.input.kind == TOC_K_SUBMIT ? "hand in" : "take",
                  count == 1 ? "this" : "these", count, count == 1 ? "" : "s");
}

// The first answer of a team settles it: it is asked back once, as it was understood.
static void ask_to_decide(toc_plain *t, toc_act *act)
{
    toc_writing *w = &t->writing;
    toc_error e;
    if (toc_picture_resolve(&t->picture, act, &e) != TOC_OK) {
        toc_lines_say(&t->lines, "not sent: %s", e.msg);
        return;
    }
    const char *id = toc_event_str(&act->input, TOC_F_DECISION);
    const char *option = toc_event_str(&act->input, TOC_F_OPTION);
    const char *text = toc_event_str(&act->input, TOC_F_TEXT);
    const char *reason = toc_event_str(&act->input, TOC_F_REASON);
    const toc_question *q = toc_picture_question(&t->picture, id);
    const toc_value *options = q ? toc_event_value(&q->ask, TOC_F_OPTIONS) : NULL;
    toc_buf answer = {0};
    toc_buf_str(&answer, text ? text : option ? option : "");
    for (size_t i = 0; options && option && !text && i < options->count; i++)
        if (strcmp(options->list[2 * i], option) == 0) {
            toc_buf_clear(&answer);
            toc_buf_printf(&answer, "%zu %s: %s", i + 1, option, options->list[2 * i + 1]);
        }
    toc_lines_say(&t->lines, "%s, %s: your answer: %s%s%s. Send? yes or no", id,
                  q ? toc_event_str(&q->ask, TOC_F_TITLE) : "", toc_buf_text(&answer),
                  reason ? ", because " : "", reason ? reason : "");
    toc_buf_fini(&answer);
    w->is_asking = true;
    toc_act_fini(&w->act);
    toc_act_copy(&w->act, act);
}

static void answer_send(toc_plain *t, const char *line)
{
    toc_writing *w = &t->writing;
    const char *text = toc_event_str(&w->act.input, TOC_F_TEXT);
    line += strspn(line, " \t");
    size_t len = strcspn(line, " \t");
    bool is_yes = len > 0 && len <= 3 && strncasecmp(line, "yes", len) == 0;
    bool is_no = len > 0 && len <= 2 && strncasecmp(line, "no", len) == 0;
    if ((!is_yes && !is_no) || line[len + strspn(line + len, " \t")]) {
        toc_lines_say(&t->lines, "yes or no?");
        return;
    }
    w->is_asking = false;
    // Until the engine has taken it.
    if (draft_name(&w->act.input))
        keep(t, &w->act.input, text);
    if (is_yes)
        go_out(t, &w->act);
    else
        toc_lines_say(&t->lines, "not sent%s",
                      draft_name(&w->act.input) ? "; the same words open what you wrote again"
                                                : "");
    toc_act_fini(&w->act);
}

static size_t lines_of(const char *text)
{
    size_t count = 1;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

// "fire INJ-04", "say to wind, port: We are back"
static void say_act(toc_buf *out, const toc_event *in)
{
    toc_buf_printf(out, "%s", toc_kind_name(in->kind));
    if (toc_event_has(in, TOC_F_INJECT))
        toc_buf_printf(out, " %s", toc_event_str(in, TOC_F_INJECT));
    if (toc_event_has(in, TOC_F_TO)) {
        toc_buf_str(out, " to ");
        toc_list_text(out, toc_event_value(in, TOC_F_TO));
    }
    const char *from = toc_event_str(in, in->kind == TOC_K_SAY ? TOC_F_AS : TOC_F_FROM);
    if (from)
        toc_buf_printf(out, " as %s", from);
    if (toc_event_has(in, TOC_F_TITLE))
        toc_buf_printf(out, ": %s", toc_event_str(in, TOC_F_TITLE));
    if (toc_event_has(in, TOC_F_TEXT))
        toc_buf_printf(out, ": %.200s", toc_event_str(in, TOC_F_TEXT));
}
