// SPDX-License-Identifier: MIT
#include "playcheck.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "record/feed.h"

enum { PLAN_MAX = 1 << 20, FOREIGN_LEAST = 3 };

// What a line of the plan is about, for its messages.
typedef struct {
    const toc_playplan *play;
    const toc_playstep *step;
    const toc_plan *plan;
    const toc_playseats *seats;
    toc_buf *problems;
    size_t count;
    const char *told; // the unknown name that was told of this line: once is enough
    bool is_foreign;  // the line names something that the scenario does not have
} check;

// Things of the scenario that have ids; get gives the i-th, or NULL past the last.
typedef const char *(*names)(const toc_plan *p, size_t i);

// clang-format off
#define NAMES(what, list) \
    static const char *name_of_##what(const toc_plan *p, size_t i) \
    { return i < p->what##_count ? p->list[i].id : NULL; }
NAMES(team, teams)
NAMES(party, parties)
NAMES(inject, injects)
NAMES(decision, decisions)
NAMES(phase, phases)
NAMES(expectation, expectations)
// clang-format on

static const char *name_of_service(const toc_plan *p, size_t i)
{
    return i < p->model.service_count ? p->model.services[i].id : NULL;
}

static void begin(check *c)
{
    toc_buf_printf(c->problems, "%s:%d: ", c->play->name, c->step->line);
    c->count++;
}

// Which of the names was probably meant? If none is near, what there is.
static void say_near(check *c, const char *name, const names *get, size_t kinds, const char *it_has)
{
    enum { SHOWN = 6 };
    const char **list = NULL;
    size_t count = 0, capacity = 0;
    const char *one;
    for (size_t k = 0; k < kinds; k++)
        for (size_t i = 0; (one = get[k](c->plan, i)); i++) {
            TOC_GROW(list, count, capacity);
            list[count++] = one;
        }
    const char *near = count ? toc_text_near(name, list, count) : NULL;
    if (near)
        toc_buf_printf(c->problems, "; did you mean \"%s\"?", near);
    for (size_t i = 0; !near && i < count && i < SHOWN; i++)
        toc_buf_printf(c->problems, "%s%s", i ? ", " : it_has, list[i]);
    if (!near && count > SHOWN)
        toc_buf_printf(c->problems, " and %zu more", count - SHOWN);
    toc_buf_char(c->problems, '\n');
    free(list);
}

// Is this unknown name the line's second mention of it? A name that is missing is told once a line.
static bool is_told(check *c, const char *name)
{
    bool is_again = c->told && strcasecmp(c->told, name) == 0;
    c->told = name;
    c->is_foreign = true;
    return is_again;
}

static void say_of(check *c, const char *what, const char *name, const names *get, size_t kinds)
{
    char quoted[TOC_QUOTE_SIZE];
    if (is_told(c, name))
        return;
    begin(c);
    toc_buf_printf(c->problems, "the scenario has no %s %s", what, toc_text_quote(quoted, name));
    say_near(c, name, get, kinds, "; it has ");
}

static void say(check *c, const char *what, const char *name, names get)
{
    say_of(c, what, name, &get, get ? 1 : 0);
}

// Does this run have so many seats of that kind?
static void check_seat_number(check *c, const char *audience)
{
    const char *seat = c->step->seat, *dash = strrchr(seat, '-');
    size_t len = (size_t)(dash - seat);
    long number = strtol(dash + 1, NULL, 10);
    size_t team = toc_plan_team(c->plan, audience);
    int seats = strncmp(seat, "excon-", 6) == 0        ? c->seats->excons
                : strncmp(seat, "simcell-", 8) == 0    ? c->seats->simcells
                : strncmp(seat, "evaluator-", 10) == 0 ? c->seats->evaluators
                : strncmp(seat, "board-", 6) == 0      ? c->seats->boards
                : team != TOC_NONE                     ? c->plan->teams[team].seats
                                                       : 0;
    if (number <= seats)
        return;
    begin(c);
    if (seats == 0)
        toc_buf_printf(c->problems, "this run has no seat %s (tocsin run --help)\n", seat);
    else
        toc_buf_printf(c->problems, "there is no %s: %.*s has %d seat%s%s\n", seat, (int)len, seat,
                       seats, seats == 1 ? "" : "s", team == TOC_NONE ? " in this run" : "");
}

static void check_seat(check *c)
{
    char audience[64];
    if (!c->step->seat)
        return;
    toc_seat_audience(c->step->seat, audience);
    if (strcmp(audience, "control") == 0 || strcmp(audience, "board") == 0 ||
        toc_plan_team(c->plan, audience) != TOC_NONE) {
        if (c->seats)
            check_seat_number(c, audience);
        return;
    }
    char quoted[TOC_QUOTE_SIZE];
    c->is_foreign = true;
    begin(c);
    toc_buf_printf(c->problems, "the scenario has no seat %s",
                   toc_text_quote(quoted, c->step->seat));
    say_near(c, audience, &(names){name_of_team}, 1, "; its teams are ");
}

// "did you mean "hold"? It has keep, hold, other" with what can be said besides.
static void say_options(check *c, const toc_decision *d, const char *option, const char *besides)
{
    const char **ids = toc_alloc((d->option_count + 1) * sizeof *ids);
    for (size_t i = 0; i < d->option_count; i++)
        ids[i] = d->options[2 * i];
    const char *near = toc_text_near(option, ids, d->option_count);
    if (near)
        toc_buf_printf(c->problems, "did you mean \"%s\"? It has ", near);
    else
        toc_buf_str(c->problems, "it has ");
    for (size_t i = 0; i < d->option_count; i++)
        toc_buf_printf(c->problems, "%s, ", ids[i]);
    toc_buf_printf(c->problems, "%s\n", besides);
    free(ids);
}

static void check_decision(check *c, const char *id, const char *option)
{
    size_t i = id ? toc_plan_decision(c->plan, id) : TOC_NONE;
    if (!id)
        return;
    if (i == TOC_NONE) {
        say(c, "decision", id, name_of_decision);
        return;
    }
    const toc_decision *d = &c->plan->decisions[i];
    bool is_there = !option || strcmp(option, "other") == 0;
    for (size_t k = 0; k < d->option_count; k++)
        is_there = is_there || strcmp(option, d->options[2 * k]) == 0;
    if (is_there)
        return;
    char quoted[TOC_QUOTE_SIZE];
    begin(c);
    toc_buf_printf(c->problems, "%s has no option %s; ", id, toc_text_quote(quoted, option));
    say_options(c, d, option, "other");
}

// An answer as it will be understood in play, and by whom the question is asked at all.
static void check_answer(check *c)
{
    const toc_act *act = &c->step->act;
    const char *id = toc_event_str(&act->input, TOC_F_DECISION);
    size_t i = id ? toc_plan_decision(c->plan, id) : TOC_NONE;
    if (i == TOC_NONE)
        return;
    const toc_decision *d = &c->plan->decisions[i];
    char audience[64];
    toc_seat_audience(c->step->seat, audience);
    const char *asked = strcmp(d->team, "excon") == 0 ? "control" : d->team;
    bool is_for_them = strncmp(c->step->seat, "excon-", 6) == 0; // EXCON may, for any team
    if (act->input.kind == TOC_K_DECIDE && strcmp(audience, asked) != 0 && !is_for_them) {
        begin(c);
        toc_buf_printf(c->problems, "%s is asked of %s, not of %s\n", id, d->team,
                       strcmp(audience, "control") == 0 ? "control" : audience);
    }
    toc_act copy;
    toc_error why = {0};
    toc_act_copy(&copy, act);
    if (toc_act_answer(&copy, d->options, d->option_count, &why)) {
        char quoted[TOC_QUOTE_SIZE];
        begin(c);
        toc_buf_printf(c->problems, "%s has no option %s; ", id,
                       toc_text_quote(quoted, act->answer));
        say_options(c, d, act->answer,
                    act->input.kind == TOC_K_RULE ? "accept, reject" : "or `other: …`");
    }
    toc_act_fini(&copy);
}

static void check_time(check *c)
{
    if (c->step->kind != TOC_STEP_AT || c->step->at < c->plan->length_ms)
        return;
    begin(c);
    toc_play_text(c->problems, c->step->at);
    toc_buf_str(c->problems, " is not before ENDEX, at ");
    toc_play_text(c->problems, c->plan->length_ms);
    toc_buf_str(c->problems, "; write an earlier time, or make the exercise longer\n");
}

// A team writes to its contacts and to EXCON; control, as itself or as a party, to teams.
static void check_addressee(check *c, size_t team, const char *to, bool is_answer)
{
    char quoted[TOC_QUOTE_SIZE];
    toc_text_quote(quoted, to);
    bool is_known = toc_plan_team(c->plan, to) != TOC_NONE;
    if (team == TOC_NONE) {
        if (!is_known && strcmp(to, "all") != 0)
            say(c, "team", to, name_of_team);
        return;
    }
    is_known = is_known || toc_plan_party(c->plan, to) != TOC_NONE;
    const toc_team *t = &c->plan->teams[team];
    bool is_contact = strcmp(to, "excon") == 0 || (is_answer && is_known);
    for (size_t i = 0; i < t->contact_count; i++)
        is_contact = is_contact || strcmp(t->contacts[i], to) == 0;
    if (is_contact)
        return;
    if (!is_known) {
        const names get[] = {name_of_team, name_of_party};
        say_of(c, "team or party", to, get, TOC_COUNT(get));
        return;
    }
    begin(c);
    toc_buf_printf(c->problems, "%s is not one of %s's contacts: ", quoted, t->id);
    for (size_t i = 0; i < t->contact_count; i++)
        toc_buf_printf(c->problems, "%s, ", t->contacts[i]);
    toc_buf_str(c->problems, "excon\n");
}

static void check_addressees(check *c)
{
    const toc_act *act = &c->step->act;
    const toc_value *to = toc_event_value(&act->input, TOC_F_TO);
    char audience[64];
    toc_seat_audience(c->step->seat, audience);
    bool is_answer = act->item && act->item_field == TOC_F_RE;
    for (size_t i = 0; to && i < to->count; i++)
        check_addressee(c, toc_plan_team(c->plan, audience), to->list[i], is_answer);
}

// What is read, forwarded or answered: an inject by its id, or the number of an item.
static void check_item(check *c)
{
    const char *item = c->step->act.item;
    if (!item || strspn(item, "0123456789") == strlen(item))
        return;
    for (size_t i = 0; i < c->plan->inject_count; i++)
        if (strcasecmp(c->plan->injects[i].id, item) == 0)
            return;
    say(c, "inject", item, name_of_inject);
}

static void check_inject(check *c, const char *id)
{
    if (id && toc_plan_inject(c->plan, id) == TOC_NONE)
        say(c, "inject", id, name_of_inject);
}

static void check_service(check *c, const char *id)
{
    if (id && toc_plan_service(c->plan, id) == TOC_NONE)
        say(c, "service", id, name_of_service);
}

static void check_phase(check *c, const char *id)
{
    if (id && toc_plan_phase(c->plan, id) == TOC_NONE)
        say(c, "phase", id, name_of_phase);
}

static void check_expectation(check *c, const char *id)
{
    if (id && toc_plan_expectation(c->plan, id) == TOC_NONE)
        say(c, "expected action", id, name_of_expectation);
}

static void check_product(check *c, const char *id)
{
    bool is_there = !id;
    for (size_t i = 0; i < c->plan->expectation_count && !is_there; i++) {
        const char *product = c->plan->expectations[i].product;
        is_there = product && strcmp(product, id) == 0;
    }
    if (!is_there)
        say(c, "product", id, NULL);
}

// What a line waits for. Only controllers are told of expected actions.
static void check_trigger(check *c, const char *id)
{
    char audience[64];
    bool is_expectation = id && toc_plan_expectation(c->plan, id) != TOC_NONE;
    if (!id || toc_plan_inject(c->plan, id) != TOC_NONE ||
        toc_plan_decision(c->plan, id) != TOC_NONE || toc_plan_phase(c->plan, id) != TOC_NONE)
        return;
    toc_seat_audience(c->step->seat, audience);
    const names get[] = {name_of_inject, name_of_decision, name_of_phase, name_of_expectation};
    if (!is_expectation)
        say_of(c, "inject, decision, phase or expected action", id, get, TOC_COUNT(get));
    else if (strcmp(audience, "control") != 0)
        say(c, "inject that a team could wait for (it is an expected action):", id, NULL);
}

static void check_act(check *c)
{
    const toc_event *input = &c->step->act.input;
    const char *team = toc_event_str(input, TOC_F_TEAM);
    check_time(c);
    check_seat(c);
    check_answer(c);
    check_addressees(c);
    check_item(c);
    check_decision(c, toc_event_str(input, TOC_F_DECISION), NULL);
    check_inject(c, toc_event_str(input, TOC_F_INJECT));
    check_phase(c, toc_event_str(input, TOC_F_PHASE));
    check_expectation(c, toc_event_str(input, TOC_F_EXPECTATION));
    check_product(c, toc_event_str(input, TOC_F_PRODUCT));
    if (team && toc_plan_team(c->plan, team) == TOC_NONE)
        say(c, "team", team, name_of_team);
}

static void check_step(check *c)
{
    const toc_playstep *step = c->step;
    switch (step->kind) {
    case TOC_STEP_EXPECT_SENT:
        check_inject(c, step->id);
        break;
    case TOC_STEP_EXPECT_OVERDUE:
        if (toc_plan_expectation(c->plan, step->id) != TOC_NONE)
            break;
        check_decision(c, step->id, NULL);
        break;
    case TOC_STEP_LEAVE:
        check_decision(c, step->id, NULL);
        break;
    case TOC_STEP_EXPECT_DECIDED:
        check_decision(c, step->id, step->option);
        break;
    case TOC_STEP_EXPECT_LEVEL:
    case TOC_STEP_EXPECT_DEADLOCK:
        check_service(c, step->id);
        break;
    case TOC_STEP_EXPECT_ACTION:
        check_expectation(c, step->id);
        break;
    case TOC_STEP_EXPECT_ENTERED:
        check_phase(c, step->id);
        break;
    case TOC_STEP_EXPECT_HANDED_IN:
        check_product(c, step->id);
        break;
    case TOC_STEP_EXPECT_ENDEX:
        break;
    case TOC_STEP_AT:
    case TOC_STEP_ON:
        check_trigger(c, step->id);
        check_act(c);
        break;
    }
}

size_t toc_playcheck(const toc_playplan *play, const toc_plan *plan, const toc_playseats *seats,
                     toc_buf *problems)
{
    toc_buf lines = {0};
    check c = {.play = play, .plan = plan, .seats = seats, .problems = &lines};
    size_t foreign = 0, naming = 0;
    for (size_t i = 0; i < play->count; i++) {
        c.step = &play->steps[i];
        c.told = NULL;
        c.is_foreign = false;
        check_step(&c);
        foreign += c.is_foreign;
        naming += c.step->id || c.step->seat;
    }
    if (foreign >= FOREIGN_LEAST && 2 * foreign > naming) {
        // Left over from another scenario: line by line it would bury what is to be mended.
        toc_buf_printf(problems,
                       "%s:%d: this plan seems to belong to another scenario: %zu of its %zu lines "
                       "name what is not in this one; delete the plan, or write it anew\n",
                       play->name, play->steps[0].line, foreign, naming);
        c.count = 1;
    } else {
        toc_buf_add(problems, toc_buf_text(&lines), lines.len);
    }
    toc_buf_fini(&lines);
    return c.count;
}

// Blanks that line of the text, so that what stands behind it can be read.
static bool blank(toc_buf *text, long line)
{
    char *at = text->data;
    for (long i = 1; at && i < line; i++)
        at = (at = strchr(at, '\n')) ? at + 1 : NULL;
    if (!at || line < 1)
        return false;
    size_t len = strcspn(at, "\n");
    memset(at, ' ', len);
    return len > 0;
}

// Reads what can be read; the lines that cannot are told in problems, and the rest are in out.
static toc_err read_lines(toc_playplan *out, const char *path, toc_buf *problems, toc_error *e)
{
    enum { PROBLEMS = 100 };
    toc_buf text = {0};
    toc_error more;
    toc_err err = toc_playplan_read(out, path, e);
    if (err != TOC_EFORMAT || toc_file_slurp(&text, path, PLAN_MAX, &more))
        return err;
    more = *e;
    for (int i = 0; i < PROBLEMS; i++) {
        size_t name = strlen(path);
        bool is_placed = strncmp(more.msg, path, name) == 0 && more.msg[name] == ':';
        if (!is_placed || !blank(&text, strtol(more.msg + name + 1, NULL, 10)))
            break;
        toc_buf_printf(problems, "%s\n", more.msg);
        if (toc_playplan_parse(out, path, text.data, text.len, &more) == TOC_OK)
            break;
    }
    toc_buf_fini(&text);
    return err;
}

toc_err toc_playread(toc_playplan *out, const char *path, toc_buf *problems, toc_error *e)
{
    toc_err err = read_lines(out, path, problems, e);
    if (err)
        toc_playplan_fini(out);
    return err;
}

toc_err toc_playreview(const char *path, const toc_plan *plan, toc_buf *problems, toc_error *e)
{
    toc_playplan play;
    size_t start = problems->len;
    toc_err err = read_lines(&play, path, problems, e);
    if (err && err != TOC_EFORMAT)
        return err;
    if (err && problems->len == start)
        toc_buf_printf(problems, "%s\n", e->msg);
    if (plan)
        toc_playcheck(&play, plan, NULL, problems);
    toc_playplan_fini(&play);
    return TOC_OK;
}

toc_err toc_playmeant(const char *dir, const char *path, const char *option, toc_error *e)
{
    static const char *const places[][2] = {{"", ""}, {"plans/", ""}, {"plans/", ".plan"}};
    const char *slash = strrchr(path, '/');
    struct stat st;
    for (size_t i = 0; i < TOC_COUNT(places); i++) {
        char *name = toc_sprintf("%s%s%s%s%s", dir ? dir : "", dir ? "/" : "", places[i][0],
                                 slash ? slash + 1 : path, places[i][1]);
        toc_error why = *e;
        bool is_it = stat(name, &st) == 0 && S_ISREG(st.st_mode);
        if (is_it)
            toc_fail(e, why.code, "%.150s; did you mean %s%.60s?", why.msg, option, name);
        free(name);
        if (is_it)
            break;
    }
    return e->code;
}

size_t toc_playexpects(const toc_playplan *play)
{
    size_t count = 0;
    for (size_t i = 0; i < play->count; i++)
        count += play->steps[i].kind >= TOC_STEP_EXPECT_SENT;
    return count;
}
