// SPDX-License-Identifier: MIT
// The part of status that is the list as it is played: its rows, what sends each, what asks a decision and
// follows it, and the storylines that run. All of it is for control.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "condition.h"
#include "desk_status.h"
#include "script/senders.h"

static void put_teams(toc_buf *out, const toc_plan *plan, const toc_inject *row);
static void put_attachments(toc_buf *out, const toc_plan *plan, const toc_inject *row);
static void put_via(const toc_request *q, toc_buf *out, size_t i);
static void add_via(toc_buf *out, const char *how, const char *what);
static void put_scripts(const toc_request *q, toc_buf *out, toc_buf *via, toc_use_verb verb,
                        const char *id);
static void add_words(const toc_request *q, toc_buf *out, const toc_use *use);
static void put_follows(const toc_request *q, toc_buf *out, const char *decision);
static void mark_sent(const toc_uses *u, size_t block, const toc_plan *plan, bool *sent);
static bool is_dropped(const toc_request *q, size_t i);
static bool may_be_sent(const toc_request *q, const char *id, bool *has_dropped);
static const char *state_of(const toc_request *q, const toc_uses *u, const toc_use *use);
static bool is_contingency(const toc_plan *plan, size_t i);
static size_t told(const toc_request *q, size_t i);
static const toc_exercise *play_of(const toc_request *q);
static const toc_plan *plan_of(const toc_request *q);
static const toc_uses *uses_of(const toc_request *q);

size_t toc_status_injects(const toc_request *q)
{
    return toc_exercise_inject_count(play_of(q));
}

void toc_status_inject(const toc_request *q, toc_buf *out, size_t i)
{
    const toc_inject *row = toc_exercise_inject_row(play_of(q), i);
    toc_inject_view view = toc_exercise_inject(play_of(q), i);
    toc_buf_char(out, '{');
    toc_put_text(out, "inject", row->id);
    toc_put_text(out, "title", view.title);
    put_teams(out, plan_of(q), row);
    toc_put_text(out, "state", view.state_name);
    if (view.due >= 0)
        toc_put_int(out, "due", view.due);
    if (view.moved_from >= 0)
        toc_put_int(out, "moved_from", view.moved_from);
    if (view.sent >= 0)
        toc_put_int(out, "sent", view.sent);
    toc_put_text(out, "reason", view.reason);
    toc_put_text(out, "channel", row->channel);
    toc_put_int(out, "readers", (int64_t)view.readers);
    toc_put_int(out, "acks", (int64_t)view.acks);
    toc_put_text(out, "from", row->from);
    toc_put_text(out, "objective", row->objective);
    put_attachments(out, plan_of(q), row);
    toc_put_text(out, "notes", row->notes);
    toc_put_flag(out, "manual", row->manual);
    toc_put_flag(out, "urgent", row->urgent);
    toc_put_flag(out, "ack", row->ack);
    toc_put_flag(out, "voice", row->voice != NULL);
    toc_put_text(out, "controller", row->voice);
    toc_put_flag(out, "edited", view.is_edited);
    toc_put_flag(out, "adhoc", view.is_adhoc);
    toc_put_flag(out, "dropped", is_dropped(q, i));
    if (row->at.kind == TOC_AT_AFTER)
        toc_put_text(out, "after", plan_of(q)->injects[row->at.inject].id);
    if (!view.is_moved)
        put_via(q, out, i);
    toc_put_text(out, "text", view.text); // none where a function makes it
    toc_buf_char(out, '}');
}

void toc_status_asked(const toc_request *q, toc_buf *out, size_t i)
{
    const char *id = plan_of(q)->decisions[i].id;
    toc_decision_view view = toc_exercise_decision(play_of(q), i);
    toc_buf via = {0};
    if (view.state == TOC_DECISION_PLANNED && view.due < 0)
        put_scripts(q, out, &via, TOC_USE_ASK, id);
    put_follows(q, out, id);
    toc_buf_fini(&via);
}

size_t toc_status_storylines(const toc_request *q)
{
    const toc_exercise *x = play_of(q);
    size_t count = 0;
    for (size_t i = 0; i < toc_exercise_storyline_count(x); i++)
        count += toc_exercise_storyline(x, i).is_told;
    return count;
}

void toc_status_storyline(const toc_request *q, toc_buf *out, size_t i)
{
    toc_storyline_view view = toc_exercise_storyline(play_of(q), told(q, i));
    toc_buf_char(out, '{');
    toc_put_text(out, "storyline", view.name);
    toc_put_text(out, "state", view.state_name);
    if (view.until >= 0)
        toc_put_int(out, "until", view.until);
    if (view.is_story) {
        toc_buf story = {0};
        toc_story_text(&story, (toc_story){view.until_story, plan_of(q)->startex.zone_minutes});
        toc_put_text(out, "story", toc_buf_text(&story));
        toc_buf_fini(&story);
    }
    if (view.ask_count > 0) {
        toc_json_key(out, "for");
        toc_buf_char(out, '[');
        bool is_first = true;
        for (size_t k = 0; k < view.ask_count; k++) {
            toc_decision_view d = toc_exercise_decision(play_of(q), view.asks[k]);
            if (d.state == TOC_DECISION_DECIDED || d.state == TOC_DECISION_OVERDUE)
                continue;
            if (!is_first)
                toc_buf_char(out, ',');
            is_first = false;
            toc_json_str(out, plan_of(q)->decisions[view.asks[k]].id);
        }
        toc_buf_char(out, ']');
    }
    toc_buf_char(out, '}');
}

static void put_teams(toc_buf *out, const toc_plan *plan, const toc_inject *row)
{
    toc_json_key(out, "to");
    toc_buf_char(out, '[');
    for (size_t t = 0; t < row->to_count; t++) {
        if (t > 0)
            toc_buf_char(out, ',');
        toc_json_str(out, plan->teams[row->to[t]].id);
    }
    toc_buf_char(out, ']');
}

// Their paths; nothing where there are none.
static void put_attachments(toc_buf *out, const toc_plan *plan, const toc_inject *row)
{
    if (row->attach_count == 0)
        return;
    toc_json_key(out, "attach");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < row->attach_count; i++) {
        if (i > 0)
            toc_buf_char(out, ',');
        toc_json_str(out, plan->attachments[row->attach[i]].path);
    }
    toc_buf_char(out, ']');
}

// What sends it beside the clock.
static void put_via(const toc_request *q, toc_buf *out, size_t i)
{
    const toc_plan *plan = plan_of(q);
    const toc_inject *row = toc_exercise_inject_row(play_of(q), i);
    toc_buf via = {0};
    if (row->at.kind == TOC_AT_AFTER)
        add_via(&via, "after ", plan->injects[row->at.inject].id);
    for (size_t k = 0; k < plan->expectation_count; k++)
        if (plan->expectations[k].contingency == i)
            add_via(&via, "contingency of ", plan->expectations[k].id);
    put_scripts(q, out, &via, TOC_USE_SEND, i < plan->inject_count ? row->id : NULL);
    toc_buf_fini(&via);
}

static void add_via(toc_buf *out, const char *how, const char *what)
{
    toc_buf_printf(out, "%s%s%s", out->len ? "; " : "", how, what);
}

// What the scripts do to this id comes behind what stands in via. `via` tells the places of conditions, by
// which they are called; `via_text` is there if it can tell the conditions themselves. id NULL: no script.
static void put_scripts(const toc_request *q, toc_buf *out, toc_buf *via, toc_use_verb verb,
                        const char *id)
{
    const toc_uses *u = uses_of(q);
    const toc_use *use;
    toc_buf words = {0};
    toc_buf_str(&words, toc_buf_text(via));
    for (size_t at = 0; id && (use = toc_senders_next(u, verb, id, &at));) {
        add_via(via, "", "");
        toc_sender_text(via, u, use);
        add_via(&words, "", "");
        add_words(q, &words, use);
    }
    if (via->len > 0)
        toc_put_text(out, "via", toc_buf_text(via));
    if (strcmp(toc_buf_text(via), toc_buf_text(&words)) != 0)
        toc_put_text(out, "via_text", toc_buf_text(&words));
    toc_buf_fini(&words);
}

// `when decided "D-01" == "warn"`; what has no condition, or one that cannot be read, as it is called.
static void add_words(const toc_request *q, toc_buf *out, const toc_use *use)
{
    const toc_uses *u = uses_of(q);
    const toc_block *block = use->block == TOC_NONE ? NULL : toc_uses_block(u, use->block);
    const toc_files *files = toc_conduct_files(q->desk->conduct);
    toc_buf condition = {0};
    if (block && block->kind == TOC_SCENARIO_WHEN)
        toc_condition_text(&condition, toc_files_find(files, block->at.file), block->at.line);
    if (condition.len > 0)
        toc_buf_printf(out, "when %s", toc_buf_text(&condition));
    else
        toc_sender_text(out, u, use);
    toc_buf_fini(&condition);
}

// The injects that a script sends which names the decision too: what its answer may bring, as far as that
// can be told without running it.
static void put_follows(const toc_request *q, toc_buf *out, const char *decision)
{
    const toc_uses *u = uses_of(q);
    const toc_plan *plan = plan_of(q);
    bool *follows = toc_alloc(plan->inject_count + 1), is_first = true;
    for (size_t i = 0; i < toc_uses_count(u); i++) {
        const toc_use *use = toc_uses_at(u, i);
        if (use->block != TOC_NONE && use->id && strcmp(use->id, decision) == 0 &&
            (use->verb == TOC_USE_ASK || use->verb == TOC_USE_DECIDED))
            mark_sent(u, use->block, plan, follows);
    }
    for (size_t i = 0; i < plan->inject_count; i++) {
        if (!follows[i])
            continue;
        if (is_first)
            toc_json_key(out, "follows");
        toc_buf_char(out, is_first ? '[' : ',');
        toc_json_str(out, plan->injects[i].id);
        is_first = false;
    }
    toc_buf_str(out, is_first ? "" : "]");
    free(follows);
}

// The injects that a script sends, as far as it names them.
static void mark_sent(const toc_uses *u, size_t block, const toc_plan *plan, bool *sent)
{
    for (size_t i = 0; i < toc_uses_count(u); i++) {
        const toc_use *use = toc_uses_at(u, i);
        size_t inject = use->block == block && use->verb == TOC_USE_SEND && use->id
                            ? toc_plan_inject(plan, use->id)
                            : TOC_NONE;
        if (inject != TOC_NONE)
            sent[inject] = true;
    }
}

// Nothing sends it any more but EXCON, because a storyline was dropped.
static bool is_dropped(const toc_request *q, size_t i)
{
    const toc_inject *row = toc_exercise_inject_row(play_of(q), i);
    toc_inject_view view = toc_exercise_inject(play_of(q), i);
    bool has_dropped = false;
    bool waits =
        view.state == TOC_INJECT_PLANNED || (view.state == TOC_INJECT_HELD && !view.is_wanted);
    if (!waits || view.due >= 0 || view.is_adhoc || is_contingency(plan_of(q), i))
        return false;
    if (row->at.kind == TOC_AT_AFTER) {
        size_t first = row->at.inject;
        has_dropped = is_dropped(q, first);
        if (!has_dropped && toc_exercise_inject(play_of(q), first).state != TOC_INJECT_SKIPPED)
            return false;
    } else if (row->at.kind != TOC_AT_NEVER) {
        return false;
    }
    return !may_be_sent(q, row->id, &has_dropped) && has_dropped;
}

// By the scripts, as far as they can be read. One that could not be told apart still may.
static bool may_be_sent(const toc_request *q, const char *id, bool *has_dropped)
{
    const toc_uses *u = uses_of(q);
    const toc_use *use;
    if (toc_uses_may_mean(u, TOC_USE_SEND, id))
        return true;
    for (size_t at = 0; (use = toc_senders_next(u, TOC_USE_SEND, id, &at));) {
        const char *state = state_of(q, u, use);
        if (strcmp(state, "dropped") != 0 && strcmp(state, "ended") != 0)
            return true;
        *has_dropped = *has_dropped || strcmp(state, "dropped") == 0;
    }
    return false;
}

// Of the storyline or when that a use stands in; "" of one that has not begun.
static const char *state_of(const toc_request *q, const toc_uses *u, const toc_use *use)
{
    const toc_block *block = use->block == TOC_NONE ? NULL : toc_uses_block(u, use->block);
    const toc_exercise *x = play_of(q);
    const char *state = "";
    toc_buf name = {0};
    if (block && block->kind == TOC_SCENARIO_STORYLINE && block->name)
        toc_buf_str(&name, block->name);
    else
        toc_sender_text(&name, u, use); // a when is called by its place
    for (size_t i = 0; i < toc_exercise_storyline_count(x); i++) {
        toc_storyline_view view = toc_exercise_storyline(x, i);
        if (view.is_told && strcmp(view.name, toc_buf_text(&name)) == 0)
            state = view.state_name;
    }
    toc_buf_fini(&name);
    return state;
}

static bool is_contingency(const toc_plan *plan, size_t i)
{
    for (size_t k = 0; k < plan->expectation_count; k++)
        if (plan->expectations[k].contingency == i)
            return true;
    return false;
}

// The index of the i-th storyline that is told of.
static size_t told(const toc_request *q, size_t i)
{
    size_t at = 0;
    for (;; at++)
        if (toc_exercise_storyline(play_of(q), at).is_told && i-- == 0)
            return at;
}

static const toc_exercise *play_of(const toc_request *q)
{
    return toc_conduct_exercise(q->desk->conduct);
}

static const toc_plan *plan_of(const toc_request *q)
{
    return toc_conduct_plan(q->desk->conduct);
}

static const toc_uses *uses_of(const toc_request *q)
{
    return toc_scenario_uses(toc_conduct_scenario(q->desk->conduct));
}
