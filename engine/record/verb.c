// SPDX-License-Identifier: MIT
#include "record/verb.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "verb_parse.h"

#define PLAYERS   TOC_ROLE_PARTICIPANT
#define EXCON     TOC_ROLE_EXCON
#define SIMCELL   TOC_ROLE_SIMCELL
#define EVALUATOR TOC_ROLE_EVALUATOR
#define SPEAKERS  (PLAYERS | EXCON | SIMCELL)

// One row a verb: what people read of it, and what it is made of.
static const struct {
    toc_verb verb;
    toc_kind kind;
    toc_err (*parse)(toc_act *a, const char *rest, toc_error *e);
} rows[] = {
    {{"read", "read N", "open item N of the inbox", SPEAKERS | EVALUATOR},
     TOC_K_READ,
     toc_parse_item},
    {{"ack", "ack N", "acknowledge item N", PLAYERS}, TOC_K_ACK, toc_parse_item},
    {{"decide", "decide D-01 OPTION [because …]",
      "answer a decision: an option's number or name, or `other: …`; EXCON may for a team, with a "
      "reason",
      PLAYERS | EXCON},
     TOC_K_DECIDE,
     toc_parse_decide},
    {{"say", "say TO[,TO] [re N] TEXT",
      "write to teams and organisations; re N answers item N; @FILE takes the text from a file",
      SPEAKERS},
     TOC_K_SAY,
     toc_parse_say},
    {{"ask", "ask TO[,TO] TEXT", "ask for information: it stays open until it is answered",
      SPEAKERS},
     TOC_K_SAY,
     toc_parse_ask},
    {{"forward", "forward N [to] TO[,TO] [TEXT]", "pass item N on", SPEAKERS},
     TOC_K_FORWARD,
     toc_parse_forward},
    {{"submit", "submit PRODUCT TEXT|@FILE",
      "hand in what your team is to deliver: its word, then its text; without a text your editor "
      "opens",
      PLAYERS},
     TOC_K_SUBMIT,
     toc_parse_submit},
    {{"emergency", "emergency STOP WHAT HAPPENED",
      "a real emergency: stops the exercise for everybody", SPEAKERS | EVALUATOR | TOC_ROLE_BOARD},
     TOC_K_EMERGENCY,
     toc_parse_emergency},
    {{"sign-in", "sign-in NAME", "who sits here now: your team and exercise control are told",
      SPEAKERS | EVALUATOR | TOC_ROLE_BOARD},
     TOC_K_SIGN_IN,
     toc_parse_sign_in},
    {{"sign-out", "sign-out", "nobody sits here now", SPEAKERS | EVALUATOR | TOC_ROLE_BOARD},
     TOC_K_SIGN_OUT,
     toc_parse_nothing},
    {{"as", "as PARTY say|ask TO[,TO] [re N] TEXT", "speak for an organisation", EXCON | SIMCELL},
     TOC_K_SAY,
     toc_parse_as},
    {{"start", "start", "STARTEX", EXCON}, TOC_K_START, toc_parse_nothing},
    {{"pause", "pause [REASON]", "stop play time", EXCON}, TOC_K_PAUSE, toc_parse_reason},
    {{"resume", "resume", "play on, also after an emergency", EXCON},
     TOC_K_RESUME,
     toc_parse_nothing},
    {{"speed", "speed X", "play time per wall time: 1, 0.5, 60 …", EXCON},
     TOC_K_SPEED,
     toc_parse_rate},
    {{"pace", "pace X", "story time per play time", EXCON}, TOC_K_PACE, toc_parse_rate},
    {{"jump", "jump T+1:30 [hold INJ-04,INJ-05] [skip INJ-06] [keep D-02] [because …]",
      "move play on to that time; keep: these decisions keep the time they have left", EXCON},
     TOC_K_JUMP,
     toc_parse_jump},
    {{"fire", "fire INJ-01", "send an inject now", EXCON}, TOC_K_FIRE, toc_parse_inject},
    {{"hold", "hold INJ-01", "keep an inject back until released", EXCON},
     TOC_K_HOLD,
     toc_parse_inject},
    {{"release", "release INJ-01", "let a held inject go", EXCON}, TOC_K_RELEASE, toc_parse_inject},
    {{"skip", "skip INJ-01 REASON", "never send an inject", EXCON}, TOC_K_SKIP, toc_parse_skip},
    {{"move", "move INJ-04 T+1:20|+10m|-5m [follow] [because …]",
      "send it at another time; follow: what comes after it moves too", EXCON},
     TOC_K_MOVE,
     toc_parse_move},
    {{"edit", "edit INJ-04 title|text NEW WORDS|@FILE",
      "change what will be sent; `edit INJ-04 text` opens your editor", EXCON},
     TOC_K_EDIT,
     toc_parse_edit},
    {{"adhoc", "adhoc TO[,TO] [from WHO] [by CHANNEL] [urgent] [at T+1:20] TITLE: TEXT",
      "an inject of your own, now or at that time; from \"Coast Guard\" may hold spaces", EXCON},
     TOC_K_ADHOC,
     toc_parse_adhoc},
    {{"deliver", "deliver INJ-07 [WHAT WAS SAID]",
      "a voice inject was told, by telephone or in person", EXCON | SIMCELL},
     TOC_K_DELIVER,
     toc_parse_deliver},
    {{"drop", "drop STORYLINE because …", "end a storyline: nothing more of it is sent", EXCON},
     TOC_K_DROP,
     toc_parse_drop},
    {{"wake", "wake STORYLINE [because …]", "end the wait of a storyline: it goes on now", EXCON},
     TOC_K_WAKE,
     toc_parse_wake},
    {{"extend", "extend D-03 10m|T+1:20 [because …]", "more time for a decision", EXCON},
     TOC_K_EXTEND,
     toc_parse_extend},
    {{"set", "set SERVICE 40 [because …]", "a service's own level, in percent", EXCON},
     TOC_K_INTERVENE,
     toc_parse_set},
    {{"start-repair", "start-repair REPAIR [because …]", "its crews begin", EXCON},
     TOC_K_INTERVENE,
     toc_parse_start_repair},
    {{"refuel", "refuel SERVICE [PROVIDER] [because …]",
      "fill up its stocks, all or those against the loss of one provider", EXCON},
     TOC_K_INTERVENE,
     toc_parse_refuel},
    {{"open-alternative", "open-alternative SERVICE [PROVIDER] [because …]",
      "open an alternative way", EXCON},
     TOC_K_INTERVENE,
     toc_parse_open_alternative},
    {{"black-start", "black-start SERVICE [90m] [because …]",
      "hold it up without what it needs, for that long in the story", EXCON},
     TOC_K_INTERVENE,
     toc_parse_black_start},
    {{"claim", "claim N", "take on a message, or the cue of an inject: claim INJ-07",
      EXCON | SIMCELL},
     TOC_K_CLAIM,
     toc_parse_claim},
    {{"unclaim", "unclaim N", "give it back", EXCON | SIMCELL}, TOC_K_UNCLAIM, toc_parse_claim},
    {{"promise", "promise TO[,TO] [by T+1:20] WHAT",
      "note what you promised to whom, so that it is kept", EXCON | SIMCELL},
     TOC_K_PROMISE,
     toc_parse_promise},
    {{"kept", "kept NUMBER [TEXT]", "a promise is kept; `promises` lists them", EXCON | SIMCELL},
     TOC_K_KEPT,
     toc_parse_kept},
    {{"rule", "rule D-01 accept|reject|OPTION [REASON]",
      "judge an answer of a team's own, or a decision whose time story time has jumped over",
      EXCON},
     TOC_K_RULE,
     toc_parse_rule},
    {{"phase", "phase ID", "enter a part of the exercise: story time may jump", EXCON},
     TOC_K_PHASE,
     toc_parse_phase},
    {{"aware", "aware TEAM INJ-04 [REASON]",
      "the team knows of it without having read it: clocks that wait for that begin to run",
      EXCON | SIMCELL | EVALUATOR},
     TOC_K_AWARE,
     toc_parse_aware},
    {{"mark", "mark EXP-01 met|late|not-observed|not-exercised [TEXT]",
      "say what came of an expected action", EXCON | EVALUATOR},
     TOC_K_MARK_ACTION,
     toc_parse_mark},
    {{"open-seat", "open-seat SEAT", "a new ticket for a seat", EXCON},
     TOC_K_OPEN_SEAT,
     toc_parse_seat},
    {{"revoke", "revoke SEAT [REASON]", "a seat's ticket is worth nothing from now on", EXCON},
     TOC_K_REVOKE,
     toc_parse_revoke},
    {{"reassign", "reassign SEAT TEAM [because …]",
      "its people change teams: the seat ends, and a new ticket of that team is made", EXCON},
     TOC_K_REASSIGN,
     toc_parse_reassign},
    {{"end", "end [REASON]", "ENDEX", EXCON}, TOC_K_END, toc_parse_reason},
    {{"close", "close", "after ENDEX: seal the record; everybody leaves", EXCON},
     TOC_K_CLOSE,
     toc_parse_nothing},
    {{"observe", "observe [OBJ-1] [INJ-04|D-02|EXP-01] [team TEAM] [at T+0:40] [re N] TEXT",
      "note what you see; at: when you saw it, if that was earlier", EXCON | EVALUATOR},
     TOC_K_OBSERVE,
     toc_parse_observe},
    {{"rate", "rate OBJ-1 [TEAM] P|S|M|U [TEXT]",
      "rate an objective: performed, some, major challenges, unable", EXCON | EVALUATOR},
     TOC_K_RATE,
     toc_parse_rating},
};

static const struct {
    const char *name;
    toc_role role;
} roles[] = {
    {"participant", TOC_ROLE_PARTICIPANT}, {"excon", TOC_ROLE_EXCON}, {"simcell", TOC_ROLE_SIMCELL},
    {"evaluator", TOC_ROLE_EVALUATOR},     {"board", TOC_ROLE_BOARD},
};

static toc_err refuse_word(const char *word, toc_error *e);
static const char *end_of(const char *sentence);
static bool same_word(const char *id, const char *word);
static size_t find_option(const char *word, char *const *options, size_t pairs);
static size_t find_first_word(toc_act *a, char *const *options, size_t pairs);
static toc_err refuse_answer(const toc_act *a, char *const *options, size_t pairs, toc_error *e);
static const char *own_answer(const char *answer);

toc_role toc_role_find(const char *name)
{
    for (size_t i = 0; i < TOC_COUNT(roles); i++)
        if (strcmp(roles[i].name, name) == 0)
            return roles[i].role;
    return 0;
}

const toc_verb *toc_verb_at(size_t i)
{
    return i < TOC_COUNT(rows) ? &rows[i].verb : NULL;
}

const toc_verb *toc_verb_find(const char *word)
{
    for (size_t i = 0; i < TOC_COUNT(rows); i++)
        if (strcasecmp(rows[i].verb.name, word) == 0)
            return &rows[i].verb;
    return NULL;
}

toc_err toc_act_parse(toc_act *out, const char *line, toc_error *e)
{
    memset(out, 0, sizeof *out);
    const char *at = line;
    size_t len = strlen(line);
    if (!toc_utf8_clean(line, len))
        return toc_fail(e, TOC_EUSAGE,
                        "the line holds bytes or control characters that are no text");
    if (len > TOC_ACT_MAX)
        return toc_fail(e, TOC_EUSAGE, "the line is longer than %d bytes: attach less, say less",
                        TOC_ACT_MAX);
    char *word = toc_word_take(&at);
    if (!word)
        return toc_fail(e, TOC_EUSAGE, "nothing was said");
    toc_err err = TOC_EUSAGE;
    size_t i = 0;
    while (i < TOC_COUNT(rows) && strcasecmp(rows[i].verb.name, word) != 0)
        i++;
    if (i == TOC_COUNT(rows)) {
        refuse_word(word, e);
    } else {
        toc_event_init(&out->input, rows[i].kind, 0);
        toc_error why = {0};
        err = rows[i].parse(out, at, &why);
        if (err) {
            toc_act_fini(out);
            toc_fail(e, err, "%s%s The form is: %s", why.msg, end_of(why.msg), rows[i].verb.form);
        }
    }
    free(word);
    return err;
}

void toc_act_copy(toc_act *to, const toc_act *from)
{
    toc_event_copy(&to->input, &from->input);
    to->item = toc_strdup(from->item);
    to->item_field = from->item_field;
    to->answer = toc_strdup(from->answer);
    to->file = toc_strdup(from->file);
    to->wants_text = from->wants_text;
    to->is_relative = from->is_relative;
    to->by_ms = from->by_ms;
}

void toc_act_fini(toc_act *a)
{
    toc_event_fini(&a->input);
    free(a->item);
    free(a->answer);
    free(a->file);
    memset(a, 0, sizeof *a);
}

toc_err toc_act_answer(toc_act *a, char *const *options, size_t pairs, toc_error *e)
{
    if (!a->answer)
        return TOC_OK;
    bool rules = a->input.kind == TOC_K_RULE;
    if (rules && (strcasecmp(a->answer, "accept") == 0 || strcasecmp(a->answer, "reject") == 0)) {
        toc_event_set_str(&a->input, TOC_F_RULING,
                          strcasecmp(a->answer, "accept") == 0 ? "accept" : "reject");
        return TOC_OK;
    }
    const char *own = rules ? NULL : own_answer(a->answer);
    if (own || (!rules && pairs == 0)) {
        if (pairs > 0)
            toc_event_set_str(&a->input, TOC_F_OPTION, "other");
        toc_event_set_str(&a->input, TOC_F_TEXT, own ? own : a->answer);
        return TOC_OK;
    }
    size_t i = find_option(a->answer, options, pairs);
    if (i == pairs)
        i = find_first_word(a, options, pairs);
    if (i == pairs)
        return refuse_answer(a, options, pairs, e);
    toc_event_set_str(&a->input, rules ? TOC_F_RULING : TOC_F_OPTION, options[2 * i]);
    return TOC_OK;
}

void toc_act_item(toc_act *a, int64_t number)
{
    toc_event_set_int(&a->input, a->item_field, number);
}

toc_err toc_act_text(toc_act *a, const char *text, size_t len, toc_error *e)
{
    while (len > 0 && strchr(" \t\n", text[len - 1]))
        len--;
    if (len == 0)
        return toc_fail(e, TOC_EUSAGE, "the text is empty");
    if (len > TOC_ACT_MAX)
        return toc_fail(e, TOC_EUSAGE, "the text is longer than %d bytes: attach less, say less",
                        TOC_ACT_MAX);
    if (!toc_utf8_clean(text, len))
        return toc_fail(e, TOC_EUSAGE, "it holds bytes or control characters that are no text");
    char *copy = toc_strndup(text, len);
    toc_event_set_str(&a->input, TOC_F_TEXT, copy);
    free(copy);
    free(a->file);
    a->file = NULL;
    a->wants_text = false;
    return TOC_OK;
}

void toc_act_time(toc_act *a, int64_t present)
{
    if (!a->is_relative)
        return;
    int64_t until = present + a->by_ms;
    toc_event_set_int(&a->input, TOC_F_UNTIL, until > 0 ? until : 0);
    a->is_relative = false;
}

toc_err toc_act_whole(const toc_act *a, toc_error *e)
{
    if (a->file)
        return toc_fail(e, TOC_EUSAGE, "a text from a file cannot be had here: write it out");
    if (a->wants_text)
        return toc_fail(e, TOC_EUSAGE, "what does it say?");
    if (a->is_relative)
        return toc_fail(e, TOC_EUSAGE,
                        "the time it has now is not known here: write the new one, "
                        "such as T+1:20");
    return TOC_OK;
}

static toc_err refuse_word(const char *word, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    const char *names[TOC_COUNT(rows)];
    for (size_t i = 0; i < TOC_COUNT(rows); i++)
        names[i] = rows[i].verb.name;
    const char *near = toc_text_near(word, names, TOC_COUNT(rows));
    toc_text_quote(quoted, word);
    if (near)
        return toc_fail(e, TOC_EUSAGE, "there is no %s; did you mean `%s`?", quoted, near);
    return toc_fail(e, TOC_EUSAGE, "there is no %s", quoted);
}

// What ends a sentence that may be a question.
static const char *end_of(const char *sentence)
{
    size_t len = strlen(sentence);
    return len > 0 && sentence[len - 1] == '?' ? "" : ".";
}

// The option that is meant: its id, its number, or its text.
static size_t find_option(const char *word, char *const *options, size_t pairs)
{
    for (size_t i = 0; i < pairs; i++)
        if (same_word(options[2 * i], word) || strcasecmp(options[2 * i + 1], word) == 0)
            return i;
    char *end;
    unsigned long number = strtoul(word, &end, 10);
    if (word[0] >= '1' && word[0] <= '9' && (*end == '\0' || strcmp(end, ")") == 0) &&
        number <= pairs)
        return number - 1;
    return pairs;
}

// "1 the wind turns" is option 1, and why, without the word because.
static size_t find_first_word(toc_act *a, char *const *options, size_t pairs)
{
    const char *rest = a->answer;
    char *word = toc_word_take(&rest);
    size_t i = word && *rest && !toc_event_has(&a->input, TOC_F_REASON)
                   ? find_option(word, options, pairs)
                   : pairs;
    if (i < pairs)
        toc_event_set_str(&a->input, TOC_F_REASON, rest);
    free(word);
    return i;
}

// People type what they read: capitals, and a colon or full stop after an id, do not matter.
static bool same_word(const char *id, const char *word)
{
    size_t len = strlen(word);
    if (len > 1 && strchr(":.,", word[len - 1]))
        len--;
    return strlen(id) == len && strncasecmp(id, word, len) == 0;
}

static toc_err refuse_answer(const toc_act *a, char *const *options, size_t pairs, toc_error *e)
{
    toc_buf list = {0};
    const char **names = toc_alloc((pairs + 1) * sizeof *names);
    for (size_t i = 0; i < pairs; i++) {
        names[i] = options[2 * i];
        toc_buf_printf(&list, "%s%zu %s", i ? ", " : "", i + 1, options[2 * i]);
    }
    char quoted[TOC_QUOTE_SIZE];
    toc_text_quote(quoted, a->answer);
    const char *near = toc_text_near(a->answer, names, pairs);
    const char *decision = toc_event_str(&a->input, TOC_F_DECISION);
    bool rules = a->input.kind == TOC_K_RULE;
    toc_fail(e, TOC_EUSAGE, "%s has no option %s%s%s%s There are: %s%s; or %s", decision, quoted,
             near ? "; did you mean `" : "", near ? near : "", near ? "`?" : ".",
             pairs ? "" : "none", toc_buf_text(&list),
             rules ? "accept, reject" : "an answer of your own, `other: …`");
    free(names);
    toc_buf_fini(&list);
    return TOC_EUSAGE;
}

// What follows "other:", or NULL if the answer does not begin so.
static const char *own_answer(const char *answer)
{
    if (strncasecmp(answer, "other:", 6) != 0)
        return NULL;
    answer += 6;
    while (*answer == ' ')
        answer++;
    return answer;
}
