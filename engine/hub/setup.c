// SPDX-License-Identifier: MIT
// Before the loop: a run's folder, its tickets, its journal, and who may sit where.
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "crypto/certificate.h"
#include "crypto/crypto.h"
#include "hub/people.h"
#include "hub_inside.h"
#include "script/scenario.h"
#include "secrecy.h"

#define ATTACHMENT_BYTES ((size_t)4 << 20)
#define DEFAULT_LISTEN   "*:7400"
#define SPARE_FILES      512 // half-open connections, files, threads' own

static toc_err set_up_new(toc_hub *h, toc_error *e);
static toc_err set_up_old(toc_hub *h, toc_error *e);
static toc_err check_open_seats(const toc_hub *h, toc_error *e);
static toc_err fetch_attachment(void *context, const char *path, toc_error *e);
static toc_err fill_info(const toc_hub_options *o, const toc_plan *plan, toc_run_info *info,
                         toc_error *e);
static toc_err read_listen(const char *text, char **host, int *port, toc_error *e);
static void add_seats(toc_run_info *info, const char *role, int count);
static void add_seat(toc_run_info *info, char *seat);
static toc_err choose_ports(toc_run_info *info, int port, toc_error *e);
static char **seats_of(const toc_plan *plan, const toc_run_info *info, size_t *count);
static void free_seats(char **seats, size_t count);
static void on_issued(void *context, const toc_ticket *t, const char *serial);
static toc_err start_conduct(toc_hub *h, uint64_t seed, toc_error *e);
static toc_err set_speed(toc_hub *h, toc_error *e);
static toc_err read_tickets(toc_hub *h, toc_error *e);
static void connect_switchboard(toc_hub *h);
static toc_conduct_host conduct_host(toc_hub *h);
static int64_t mono(void *switchboard);
static toc_err allow_files(size_t seats, toc_error *e);

toc_err toc_hub_set_up(toc_hub *h, toc_error *e)
{
    h->roster = toc_roster_new();
    toc_err err = h->o->resume ? set_up_old(h, e) : set_up_new(h, e);
    if (!err)
        err = allow_files(toc_exercise_seat_count(toc_conduct_exercise(h->conduct)), e);
    return err;
}

toc_err toc_hub_issue(toc_hub *h, const char *seat, toc_error *e)
{
    toc_ticket ticket;
    char serial[33];
    toc_err err = toc_run_folder_issue(h->folder, seat, &ticket, serial, e);
    if (err)
        return err;
    toc_roster_put(h->roster, seat, ticket.token, serial);
    toc_ticket_fini(&ticket);
    return TOC_OK;
}

toc_err toc_hub_make_folder(toc_run_folder **out, const toc_hub_options *o, const toc_plan *plan,
                            const char *run, char *const *seats, size_t seat_count, toc_error *e)
{
    toc_run_info info = {0};
    *out = NULL;
    toc_err err = fill_info(o, plan, &info, e);
    free(info.run);
    info.run = toc_strdup(run);
    for (size_t i = 0; i < seat_count && !err; i++) {
        char audience[64];
        toc_seat_audience(seats[i], audience);
        if (toc_plan_team(plan, audience) == TOC_NONE)
            add_seat(&info, toc_strdup(seats[i]));
    }
    if (!err)
        err = toc_run_folder_create(out, o->runs, &info, e);
    if (!err)
        err = toc_run_folder_issue_all(*out, seats, seat_count, NULL, NULL, e);
    toc_run_info_fini(&info);
    return err;
}

void toc_hub_lend(size_t files)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max > 2 * TOC_HUB_KEPT)
        limit.rlim_cur -= TOC_HUB_KEPT - files;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static toc_err set_up_new(toc_hub *h, toc_error *e)
{
    // Read once here for the plan, and a second time for play: scripts keep state from the first
    // line on.
    const toc_fetch fetch = {fetch_attachment, h};
    uint64_t seed = h->o->seed;
    if (seed == 0)
        toc_random_bytes(&seed, sizeof seed);
    seed &= (UINT64_C(1) << 53) - 1;
    toc_scenario *scenario = NULL;
    toc_library_add(h->o->files);
    toc_run_info info = {0};
    toc_err err =
        toc_scenario_load(&scenario, h->o->files, &fetch, seed, TOC_SCENARIO_MEMORY, NULL, e);
    if (err)
        return err;
    const toc_plan *plan = toc_scenario_plan(scenario);
    err = fill_info(h->o, plan, &info, e);
    size_t seat_count = 0;
    char **seats = err ? NULL : seats_of(plan, &info, &seat_count);
    if (!err)
        err = toc_people_check(h->o->people, (const char *const *)seats, seat_count, e);
    if (!err)
        err = toc_secrecy_of_runs(h->o->runs, e);
    if (!err)
        err = toc_run_folder_create(&h->folder, h->o->runs, &info, e);
    if (!err)
        err = toc_run_folder_issue_all(h->folder, seats, seat_count, on_issued, h, e);
    free_seats(seats, seat_count);
    toc_scenario_free(scenario);
    toc_run_info_fini(&info);
    if (!err)
        err = toc_run_folder_key(h->folder, "seal.key", &h->seal_pem, e);
    if (!err)
        err = start_conduct(h, seed, e);
    if (!err && h->o->speed > 0)
        err = set_speed(h, e);
    return err;
}

static toc_err set_up_old(toc_hub *h, toc_error *e)
{
    toc_err err = toc_run_folder_open(&h->folder, h->o->resume, e);
    if (err)
        return err;
    if (toc_run_folder_key(h->folder, "seal.key", &h->seal_pem, NULL))
        return toc_fail(e, TOC_EREFUSED,
                        "the run %s was closed (its seal key is gone): it can be "
                        "replayed, not resumed",
                        toc_run_folder_info(h->folder)->run);
    connect_switchboard(h);
    toc_conduct_host host = conduct_host(h);
    err = toc_conduct_resume(&h->conduct, &host, toc_hub_mono(), &h->cut, e);
    if (!err)
        err = check_open_seats(h, e);
    return err ? err : read_tickets(h, e);
}

// The seats that there will be.
static char **seats_of(const toc_plan *plan, const toc_run_info *info, size_t *count)
{
    char **seats = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < plan->team_count; i++)
        for (int seat = 1; seat <= plan->teams[i].seats; seat++) {
            TOC_GROW(seats, *count, capacity);
            seats[(*count)++] = toc_sprintf("%s-%d", plan->teams[i].id, seat);
        }
    for (size_t i = 0; i < info->seat_count; i++) {
        TOC_GROW(seats, *count, capacity);
        seats[(*count)++] = toc_strdup(info->seats[i]);
    }
    return seats;
}

static void free_seats(char **seats, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(seats[i]);
    free(seats);
}

static void on_issued(void *context, const toc_ticket *t, const char *serial)
{
    const toc_hub *h = context;
    toc_roster_put(h->roster, t->seat, t->token, serial);
}

// Those of a run that is taken up again.
static toc_err check_open_seats(const toc_hub *h, toc_error *e)
{
    const toc_exercise *x = toc_conduct_exercise(h->conduct);
    const char **seats = toc_alloc((toc_exercise_seat_count(x) + 1) * sizeof *seats);
    size_t count = 0;
    for (size_t i = 0; i < toc_exercise_seat_count(x); i++)
        if (toc_exercise_seat(x, i).is_open)
            seats[count++] = toc_exercise_seat(x, i).id;
    toc_err err = toc_people_check(h->o->people, seats, count, e);
    free(seats);
    return err;
}

static toc_err fetch_attachment(void *context, const char *path, toc_error *e)
{
    const toc_hub *h = context;
    return toc_files_read_one(h->o->files, h->o->dir, path, ATTACHMENT_BYTES, e);
}

static toc_err fill_info(const toc_hub_options *o, const toc_plan *plan, toc_run_info *info,
                         toc_error *e)
{
    int port = 0;
    toc_err err = read_listen(o->listen ? o->listen : DEFAULT_LISTEN, &info->listen, &port, e);
    if (err)
        return err;
    assert(info->listen); // read_listen gives the address with TOC_OK
    const char *here = strcmp(info->listen, "::") == 0        ? "localhost"
                       : strcmp(info->listen, "0.0.0.0") == 0 ? "127.0.0.1"
                                                              : info->listen;
    info->run = toc_run_id(plan->id, toc_wall_now());
    info->exercise = toc_strdup(plan->id);
    info->title = toc_strdup(plan->title);
    info->marking = toc_strdup(plan->marking ? plan->marking : "");
    info->host = toc_strdup(o->host ? o->host : here);
    info->audience_count = plan->team_count + 2;
    info->audiences = toc_alloc(info->audience_count * sizeof *info->audiences);
    info->audiences[0] = toc_strdup("control");
    for (size_t i = 0; i < plan->team_count; i++)
        info->audiences[i + 1] = toc_strdup(plan->teams[i].id);
    info->audiences[plan->team_count + 1] = toc_strdup("board");
    add_seats(info, "excon", o->excons);
    add_seats(info, "simcell", o->simcells);
    add_seats(info, "evaluator", o->evaluators);
    add_seats(info, "board", o->boards);
    return choose_ports(info, port, e);
}

// All addresses: of both families where the machine has both, because "localhost" may be either.
static const char *any_address(void)
{
    int port;
    return toc_net_free_ports("::", &port, 1, NULL) == TOC_OK ? "::" : "0.0.0.0";
}

// "HOST:PORT", "[::1]:PORT", ":PORT" or "*:PORT"
static toc_err read_listen(const char *text, char **host, int *port, toc_error *e)
{
    const char *colon = strrchr(text, ':');
    char *end = NULL;
    long number = colon ? strtol(colon + 1, &end, 10) : -1;
    if (!colon || end == colon + 1 || *end || number < 0 || number > 65535)
        return toc_fail(e, TOC_EUSAGE,
                        "\"%.80s\" is no address to listen at: it is HOST:PORT, as in "
                        "*:7400",
                        text);
    size_t len = (size_t)(colon - text);
    *port = (int)number;
    if (len == 0 || (len == 1 && text[0] == '*'))
        *host = toc_strdup(any_address());
    else if (text[0] == '[' && text[len - 1] == ']')
        *host = toc_strndup(text + 1, len - 2);
    else
        *host = toc_strndup(text, len);
    return TOC_OK;
}

static void add_seats(toc_run_info *info, const char *role, int count)
{
    for (int i = 1; i <= count; i++)
        add_seat(info, toc_sprintf("%s-%d", role, i));
}

static void add_seat(toc_run_info *info, char *seat)
{
    info->seats = toc_realloc(info->seats, (info->seat_count + 1) * sizeof *info->seats);
    info->seats[info->seat_count++] = seat;
}

static toc_err choose_ports(toc_run_info *info, int port, toc_error *e)
{
    size_t count = info->audience_count + 1;
    info->ports = toc_alloc(count * sizeof *info->ports);
    if (port == 0)
        return toc_net_free_ports(info->listen, info->ports, count, e);
    if ((size_t)port + count - 1 > 65535)
        return toc_fail(e, TOC_EUSAGE,
                        "%zu ports are needed from %d on, and there are none beyond "
                        "65535",
                        count, port);
    for (size_t i = 0; i < count; i++)
        info->ports[i] = port + (int)i;
    return TOC_OK;
}

static toc_err start_conduct(toc_hub *h, uint64_t seed, toc_error *e)
{
    const toc_run_info *info = toc_run_folder_info(h->folder);
    connect_switchboard(h);
    toc_conduct_host host = conduct_host(h);
    toc_conduct_setup setup = {.run = info->run,
                               .seed = seed,
                               .files = h->o->files,
                               .seats = (const char *const *)info->seats,
                               .seat_count = info->seat_count};
    return toc_conduct_start(&h->conduct, &host, &setup, toc_hub_mono(), e);
}

static toc_err set_speed(toc_hub *h, toc_error *e)
{
    toc_event speed;
    toc_event_init(&speed, TOC_K_SPEED, 0);
    toc_event_set_str(&speed, TOC_F_BY, "engine");
    toc_event_set_int(&speed, TOC_F_SPEED, h->o->speed);
    toc_err err = toc_conduct_input(h->conduct, toc_hub_mono(), &speed, e);
    toc_event_fini(&speed);
    return err ? err : toc_conduct_flush(h->conduct, toc_hub_mono(), e);
}

// What was revoked is known from the journal by now. An open seat whose ticket is gone, or was revoked
// with the seat before it was opened again, gets a new one.
static toc_err read_tickets(toc_hub *h, toc_error *e)
{
    const toc_exercise *x = toc_conduct_exercise(h->conduct);
    toc_err err = TOC_OK;
    for (size_t i = 0; i < toc_exercise_seat_count(x) && !err; i++) {
        toc_seat_view seat = toc_exercise_seat(x, i);
        toc_ticket ticket;
        toc_error why;
        char serial[33];
        if (!seat.is_open)
            continue;
        toc_err read = toc_run_folder_ticket(h->folder, seat.id, &ticket, serial, &why);
        if (read == TOC_EREFUSED) // nobody else may come to sit there, and whose it is may be needed
            return toc_fail(e, read, "%s", why.msg);
        if (read == TOC_OK) {
            toc_roster_put(h->roster, seat.id, ticket.token, serial);
            toc_ticket_fini(&ticket);
        } else {
            toc_hub_notice(h, "%s: a new ticket is made", why.msg);
        }
        if (!toc_roster_serial(h->roster, seat.id))
            err = toc_hub_issue(h, seat.id, e);
    }
    return err;
}

// It hears of every line from the first on.
static void connect_switchboard(toc_hub *h)
{
    const toc_switchboard_host host = toc_hub_host(h);
    h->switchboard = toc_switchboard_new(&host, h->roster, h->o->auto_start);
}

static toc_conduct_host conduct_host(toc_hub *h)
{
    return (toc_conduct_host){.journal = toc_run_folder_journal(h->folder),
                              .seal_pem = h->seal_pem.data,
                              .disk = h->o->disk,
                              .context = h->switchboard,
                              .mono = mono,
                              .on_line = toc_switchboard_line};
}

static int64_t mono(void *switchboard)
{
    (void)switchboard;
    return toc_hub_mono();
}

// Two connections a seat, and a wide margin for those that never finish their handshake.
static toc_err allow_files(size_t seats, toc_error *e)
{
    struct rlimit limit;
    rlim_t need = (rlim_t)(seats * 2 + SPARE_FILES);
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return TOC_OK;
    toc_hub_lend(0);
    if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < need)
        return toc_fail(e, TOC_EUSAGE,
                        "%zu seats need %llu open files, and %llu are allowed: raise the limit "
                        "(ulimit -Hn)",
                        seats, (unsigned long long)need, (unsigned long long)limit.rlim_max);
    return TOC_OK;
}
