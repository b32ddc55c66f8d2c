// SPDX-License-Identifier: MIT
// What is said of an act when the desk has taken it. Of some the feed speaks to everybody, and here too.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "plain.h"

static bool is_told_by_feed(toc_kind kind);
static void say_message(toc_lines *l, const toc_event *in);
static void say_conduct(toc_lines *l, const toc_event *in, const toc_json *reply);
static void say_judged(toc_lines *l, const toc_event *in);
static void say_decided(toc_lines *l, const toc_picture *p, const toc_event *in);
static bool is_own_answer(const toc_picture *p, const toc_event *in);

void toc_plain_done(toc_plain *t, const toc_event *in, const toc_json *reply)
{
    toc_lines *l = &t->lines;
    if (is_told_by_feed(in->kind))
        return;
    switch (in->kind) {
    case TOC_K_ACK:
        toc_lines_say(l, "item %lld is acknowledged", (long long)toc_event_int(in, TOC_F_ITEM));
        break;
    case TOC_K_DECIDE:
        say_decided(l, &t->picture, in);
        break;
    case TOC_K_SAY:
    case TOC_K_FORWARD:
        say_message(l, in);
        break;
    case TOC_K_EMERGENCY:
        toc_lines_loud(l, "your call is out: every seat is told");
        break;
    case TOC_K_SIGN_IN:
        toc_lines_say(l, "you are signed in as %s; `sign-out` when you leave the seat",
                      toc_event_str(in, TOC_F_NAME));
        break;
    case TOC_K_SIGN_OUT:
        toc_lines_say(l, "nobody is signed in here any more");
        break;
    default:
        say_conduct(l, in, reply);
        break;
    }
}

static bool is_told_by_feed(toc_kind kind)
{
    static const toc_kind kinds[] = {TOC_K_READ,  TOC_K_START, TOC_K_PAUSE, TOC_K_RESUME,
                                     TOC_K_SPEED, TOC_K_PACE,  TOC_K_JUMP,  TOC_K_PHASE,
                                     TOC_K_END,   TOC_K_CLOSE, TOC_K_EXTEND};
    for (size_t i = 0; i < TOC_COUNT(kinds); i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

static void say_message(toc_lines *l, const toc_event *in)
{
    toc_buf to = {0};
    toc_list_text(&to, toc_event_value(in, TOC_F_TO));
    if (in->kind == TOC_K_FORWARD)
        toc_lines_say(l, "item %lld is passed on to %s", (long long)toc_event_int(in, TOC_F_ITEM),
                      toc_buf_text(&to));
    else if (toc_event_int(in, TOC_F_RFI))
        toc_lines_say(l, "asked of %s; `rfis` shows whether it was answered", toc_buf_text(&to));
    else
        toc_lines_say(l, "sent to %s", toc_buf_text(&to));
    toc_buf_fini(&to);
}

static void say_conduct(toc_lines *l, const toc_event *in, const toc_json *reply)
{
    const char *file = toc_json_text(toc_json_get(reply, "ticket_file"));
    const char *inject = toc_event_str(in, TOC_F_INJECT);
    toc_buf text = {0};
    switch (in->kind) {
    case TOC_K_OPEN_SEAT:
        toc_lines_say(l, "the new ticket of %s is %s, in the run's folder",
                      toc_event_str(in, TOC_F_SEAT), file ? file : "tickets/");
        break;
    case TOC_K_REASSIGN:
        toc_lines_say(l, "%s is ended; the new ticket for %s is %s, in the run's folder",
                      toc_event_str(in, TOC_F_SEAT), toc_event_str(in, TOC_F_TEAM),
                      file ? file : "tickets/");
        break;
    case TOC_K_MOVE:
        toc_play_text(&text, toc_event_int(in, TOC_F_UNTIL));
        toc_lines_say(l, "%s is moved to %s%s", inject, toc_buf_text(&text),
                      toc_event_int(in, TOC_F_FOLLOW) ? ", with what follows it" : "");
        break;
    case TOC_K_EDIT:
        toc_lines_say(l, "the new %s of %s is recorded: `msel %s` shows it",
                      toc_event_has(in, TOC_F_TEXT) ? "text" : "title", inject, inject);
        break;
    case TOC_K_ADHOC:
        toc_lines_say(l, "your inject is recorded: %s", toc_event_str(in, TOC_F_TITLE));
        break;
    case TOC_K_DELIVER:
        toc_lines_say(l, "%s counts as told: its teams know of it", inject);
        break;
    case TOC_K_DROP:
    case TOC_K_WAKE:
        toc_lines_say(l, "the storyline \"%s\" %s", toc_event_str(in, TOC_F_STORYLINE),
                      in->kind == TOC_K_DROP ? "is dropped" : "goes on");
        break;
    case TOC_K_CLAIM:
    case TOC_K_UNCLAIM:
        toc_lines_say(l, in->kind == TOC_K_CLAIM ? "it is yours now" : "you gave it back");
        break;
    case TOC_K_KEPT:
        toc_lines_say(l, "promise %lld is kept", (long long)toc_event_int(in, TOC_F_ITEM));
        break;
    case TOC_K_PROMISE:
        break; // the feed says it with its number
    case TOC_K_FIRE:
    case TOC_K_HOLD:
    case TOC_K_RELEASE:
    case TOC_K_SKIP:
        toc_lines_say(l, "done: %s %s", toc_kind_name(in->kind), inject);
        break;
    default:
        say_judged(l, in);
        break;
    }
    toc_buf_fini(&text);
}

// What is said of things handed in, ruled and marked.
static void say_judged(toc_lines *l, const toc_event *in)
{
    switch (in->kind) {
    case TOC_K_RULE:
        toc_lines_say(l, "your ruling on %s is recorded: %s", toc_event_str(in, TOC_F_DECISION),
                      toc_event_str(in, TOC_F_RULING));
        break;
    case TOC_K_SUBMIT:
        toc_lines_say(l, "%s is handed in", toc_event_str(in, TOC_F_PRODUCT));
        break;
    case TOC_K_AWARE:
        toc_lines_say(l, "%s counts as aware of %s from now on", toc_event_str(in, TOC_F_TEAM),
                      toc_event_str(in, TOC_F_INJECT));
        break;
    case TOC_K_MARK_ACTION:
        toc_lines_say(l, "%s is marked %s", toc_event_str(in, TOC_F_EXPECTATION),
                      toc_event_str(in, TOC_F_STATE));
        break;
    case TOC_K_INTERVENE:
        toc_lines_say(l, "done: %s", toc_event_str(in, TOC_F_MEASURE));
        break;
    default:
        toc_lines_say(l, "done: %s", toc_kind_name(in->kind));
        break;
    }
}

static void say_decided(toc_lines *l, const toc_picture *p, const toc_event *in)
{
    const char *id = toc_event_str(in, TOC_F_DECISION);
    const char *option = toc_event_str(in, TOC_F_OPTION);
    const char *text = toc_event_str(in, TOC_F_TEXT);
    const char *answer = text ? text : option ? option : "";
    const toc_question *q = toc_picture_question(p, id);
    if (q && p->is_control && !toc_question_is_ours(p, q))
        toc_lines_say(l, "%s: you decided for %s: %s", id, toc_event_str(&q->ask, TOC_F_TEAM),
                      answer);
    else if (is_own_answer(p, in))
        toc_lines_say(l, "%s: your answer waits for EXCON's ruling: %s", id, answer);
    else
        toc_lines_say(l, "%s: your answer is recorded: %s", id, answer);
}

// "other" is an answer of one's own, unless the author has an option of that name.
static bool is_own_answer(const toc_picture *p, const toc_event *in)
{
    const char *option = toc_event_str(in, TOC_F_OPTION);
    const toc_question *q = toc_picture_question(p, toc_event_str(in, TOC_F_DECISION));
    const toc_value *options = q ? toc_event_value(&q->ask, TOC_F_OPTIONS) : NULL;
    if (!option || strcmp(option, "other") != 0)
        return false;
    for (size_t i = 0; options && i < options->count; i++)
        if (strcmp(options->list[2 * i], "other") == 0)
            return false;
    return true;
}
