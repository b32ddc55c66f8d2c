// SPDX-License-Identifier: MIT
// Every file is written whole and synced (toc_file_write_private), and for its owner only.
#include "hub/run_folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "crypto/certificate.h"
#include "crypto/crypto.h"
#include "record/feed.h"
#include "run_json.h"
#include "secrecy.h"

#define KEY_BYTES ((size_t)65536)

struct toc_run_folder {
    char *path, *journal;
    toc_run_info info;
    char seal_key[65]; // the public half
    char **unsynced;   // paths of what was written and may be lost with the power
    size_t unsynced_count, unsynced_capacity;
};

static toc_run_folder *new_folder(const char *path);
static toc_err make_folder(const char *path, toc_error *e);
static toc_err make_folders(const toc_run_folder *f, const char *runs, toc_error *e);
static toc_err keep_tickets(const toc_run_folder *f, toc_error *e);
static toc_err make_server_keys(toc_run_folder *f, toc_error *e);
static toc_err make_audience_keys(toc_run_folder *f, toc_error *e);
static toc_err make_seal_key(toc_run_folder *f, toc_error *e);
static toc_err write_key(toc_run_folder *f, const char *name, const toc_buf *pem, toc_error *e);
static toc_err put_file(toc_run_folder *f, char *path_take, const toc_buf *data, toc_error *e);
static toc_err sync_files(toc_run_folder *f, const char *below, toc_error *e);
static toc_err make_ticket(const toc_run_folder *f, const char *seat, toc_ticket *t,
                           char serial[33], toc_error *e);
static toc_err check_ticket(const toc_run_folder *f, const char *seat, const toc_ticket *t,
                            const char *path, toc_error *e);
static toc_err find_audience(const toc_run_folder *f, const char *seat, size_t *i, toc_error *e);
static char *url_of(const toc_run_folder *f, int port);
static const char *role_of(const char *seat);

char *toc_run_id(const char *exercise, int64_t unix_ms)
{
    uint8_t random[2];
    toc_random_bytes(random, sizeof random);
    time_t seconds = (time_t)(unix_ms / 1000);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    return toc_sprintf("%s-%04d%02d%02d-%02d%02d%02d-%02x%02x", exercise, utc.tm_year + 1900,
                       utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, random[0],
                       random[1]);
}

toc_err toc_run_folder_create(toc_run_folder **out, const char *runs, const toc_run_info *info,
                              toc_error *e)
{
    *out = NULL;
    char *path = toc_sprintf("%s/%s", runs, info->run);
    toc_run_folder *f = new_folder(path);
    free(path);
    toc_run_info_copy(&f->info, info);
    toc_buf json = {0};
    toc_run_info_json(&json, info);
    char *run_json = toc_sprintf("%s/run.json", f->path);
    toc_err err = make_folders(f, runs, e);
    if (!err)
        err = make_server_keys(f, e);
    if (!err)
        err = make_audience_keys(f, e);
    if (!err)
        err = make_seal_key(f, e);
    if (!err)
        err = sync_files(f, "keys", e);
    // Last: a folder with run.json has everything else.
    if (!err)
        err = toc_file_write_private(run_json, json.data, json.len, e);
    free(run_json);
    toc_buf_fini(&json);
    if (err) {
        toc_run_folder_free(f);
        return err;
    }
    *out = f;
    return TOC_OK;
}

toc_err toc_run_folder_open(toc_run_folder **out, const char *path, toc_error *e)
{
    *out = NULL;
    toc_run_folder *f = new_folder(path);
    char *run_json = toc_sprintf("%s/run.json", f->path);
    toc_buf text = {0}, seal = {0};
    struct stat st;
    toc_err err = TOC_OK;
    if (stat(run_json, &st) != 0)
        err = toc_fail_sys(e, errno, "%s is not the folder of a run: no run.json", path);
    if (!err)
        err = toc_file_slurp(&text, run_json, KEY_BYTES, e);
    if (!err)
        err = toc_run_info_parse(&f->info, toc_buf_text(&text), text.len, e);
    if (!err)
        err = toc_secrecy_of_run(f->path, e);
    if (!err && toc_run_folder_key(f, "seal.key", &seal, NULL) == TOC_OK)
        err = toc_seal_key_public(seal.data, f->seal_key, e); // a closed run has none any more
    free(run_json);
    toc_buf_fini(&text);
    toc_buf_fini(&seal);
    if (err) {
        toc_run_folder_free(f);
        return err;
    }
    *out = f;
    return TOC_OK;
}

void toc_run_folder_free(toc_run_folder *f)
{
    if (!f)
        return;
    toc_run_info_fini(&f->info);
    while (f->unsynced_count > 0)
        free(f->unsynced[--f->unsynced_count]);
    free(f->unsynced);
    free(f->path);
    free(f->journal);
    free(f);
}

const toc_run_info *toc_run_folder_info(const toc_run_folder *f)
{
    return &f->info;
}

const char *toc_run_folder_path(const toc_run_folder *f)
{
    return f->path;
}

const char *toc_run_folder_journal(const toc_run_folder *f)
{
    return f->journal;
}

toc_err toc_run_folder_key(const toc_run_folder *f, const char *name, toc_buf *pem, toc_error *e)
{
    char *path = toc_sprintf("%s/keys/%s", f->path, name);
    toc_err err = toc_file_slurp(pem, path, KEY_BYTES, e);
    free(path);
    return err;
}

toc_err toc_run_folder_ca(const toc_run_folder *f, const char *audience, toc_buf *pem, toc_error *e)
{
    char *name = toc_sprintf("audience-%s.pem", audience);
    toc_err err = toc_run_folder_key(f, name, pem, e);
    free(name);
    return err;
}

toc_err toc_run_folder_issue(toc_run_folder *f, const char *seat, toc_ticket *out, char serial[33],
                             toc_error *e)
{
    toc_ticket t = {0};
    char *path = toc_run_folder_ticket_path(f, seat);
    toc_err err = make_ticket(f, seat, &t, serial, e);
    if (!err)
        err = keep_tickets(f, e);
    if (!err)
        err = toc_ticket_write(&t, path, e);
    free(path);
    if (!err && out)
        *out = t;
    else
        toc_ticket_fini(&t);
    return err;
}

toc_err toc_run_folder_issue_all(toc_run_folder *f, char *const *seats, size_t count,
                                 toc_run_issued on_issued, void *context, toc_error *e)
{
    toc_err err = TOC_OK;
    for (size_t i = 0; i < count && !err; i++) {
        toc_ticket t = {0};
        toc_buf text = {0};
        char serial[33];
        err = make_ticket(f, seats[i], &t, serial, e);
        if (!err) {
            toc_ticket_text(&text, &t);
            err = put_file(f, toc_run_folder_ticket_path(f, seats[i]), &text, e);
        }
        if (!err && on_issued)
            on_issued(context, &t, serial);
        toc_buf_fini(&text);
        toc_ticket_fini(&t);
    }
    return err ? err : sync_files(f, "tickets", e);
}

char *toc_run_folder_ticket_path(const toc_run_folder *f, const char *seat)
{
    return toc_sprintf("%s/tickets/%s.ticket", f->path, seat);
}

toc_err toc_run_folder_ticket(const toc_run_folder *f, const char *seat, toc_ticket *out,
                              char serial[33], toc_error *e)
{
    char *path = toc_run_folder_ticket_path(f, seat);
    toc_err err = toc_ticket_read(out, path, NULL, e);
    if (!err)
        err = check_ticket(f, seat, out, path, e);
    if (!err)
        err = toc_cert_serial(out->certificate, serial, e);
    if (err)
        toc_ticket_fini(out);
    free(path);
    return err;
}

toc_err toc_run_folder_drop_ticket(toc_run_folder *f, const char *seat, toc_error *e)
{
    char *path = toc_run_folder_ticket_path(f, seat);
    toc_err err = TOC_OK;
    if (unlink(path) != 0 && errno != ENOENT)
        err = toc_fail_sys(e, errno, "the revoked ticket %s could not be removed", path);
    free(path);
    return err;
}

toc_err toc_run_folder_close(toc_run_folder *f, toc_error *e)
{
    char *path = toc_sprintf("%s/keys/seal.key", f->path);
    toc_err err = TOC_OK;
    if (unlink(path) != 0 && errno != ENOENT)
        err = toc_fail_sys(e, errno, "the seal key %s could not be deleted: delete it", path);
    free(path);
    return err;
}

static toc_run_folder *new_folder(const char *path)
{
    toc_run_folder *f = toc_alloc(sizeof *f);
    f->path = toc_strdup(path);
    for (size_t len = strlen(f->path); len > 1 && f->path[len - 1] == '/'; len--)
        f->path[len - 1] = '\0';
    f->journal = toc_sprintf("%s/journal.jsonl", f->path);
    return f;
}

static toc_err make_folder(const char *path, toc_error *e)
{
    if (mkdir(path, 0700) != 0)
        return toc_fail_sys(e, errno, "the folder %s could not be made", path);
    return TOC_OK;
}

static toc_err make_folders(const toc_run_folder *f, const char *runs, toc_error *e)
{
    if (mkdir(runs, 0700) != 0 && errno != EEXIST)
        return toc_fail_sys(e, errno, "the folder %s could not be made", runs);
    toc_err err = TOC_OK;
    static const char *const below[] = {"", "/keys", "/tickets", "/logs"};
    for (size_t i = 0; i < TOC_COUNT(below) && !err; i++) {
        char *path = toc_sprintf("%s%s", f->path, below[i]);
        err = make_folder(path, e);
        free(path);
    }
    // Before any key is in it: some file systems keep no modes.
    return err ? err : toc_secrecy_of_run(f->path, e);
}

// The folder of the tickets may have been deleted with them.
static toc_err keep_tickets(const toc_run_folder *f, toc_error *e)
{
    toc_err err = TOC_OK;
    char *path = toc_sprintf("%s/tickets", f->path);
    if (mkdir(path, 0700) == 0)
        err = toc_paths_sync(&f->path, 1, e);
    else if (errno != EEXIST)
        err = toc_fail_sys(e, errno, "the folder %s could not be made", path);
    free(path);
    return err;
}

static toc_err make_server_keys(toc_run_folder *f, toc_error *e)
{
    toc_buf ca = {0}, ca_key = {0}, cert = {0}, key = {0};
    char *name = toc_sprintf("tocsin %s server", f->info.run);
    toc_err err = toc_ca_new(name, &ca, &ca_key, e);
    if (!err)
        err = toc_server_cert_new(ca.data, ca_key.data, f->info.host, &cert, &key, e);
    if (!err)
        err = write_key(f, "ca.pem", &ca, e);
    // The CA's own key is not kept: it has signed the one certificate it is for.
    if (!err)
        err = write_key(f, "server.pem", &cert, e);
    if (!err)
        err = write_key(f, "server.key", &key, e);
    free(name);
    toc_buf_fini(&ca);
    toc_buf_fini(&ca_key);
    toc_buf_fini(&cert);
    toc_buf_fini(&key);
    return err;
}

static toc_err make_audience_keys(toc_run_folder *f, toc_error *e)
{
    toc_err err = TOC_OK;
    for (size_t i = 0; i < f->info.audience_count && !err; i++) {
        const char *audience = f->info.audiences[i];
        toc_buf ca = {0}, key = {0};
        char *subject = toc_sprintf("tocsin %s %s", f->info.run, audience);
        char *cert_name = toc_sprintf("audience-%s.pem", audience);
        char *key_name = toc_sprintf("audience-%s.key", audience);
        err = toc_ca_new(subject, &ca, &key, e);
        if (!err)
            err = write_key(f, cert_name, &ca, e);
        if (!err)
            err = write_key(f, key_name, &key, e);
        free(subject);
        free(cert_name);
        free(key_name);
        toc_buf_fini(&ca);
        toc_buf_fini(&key);
    }
    return err;
}

static toc_err make_seal_key(toc_run_folder *f, toc_error *e)
{
    toc_buf pem = {0};
    toc_err err = toc_seal_key_new(&pem, f->seal_key, e);
    if (!err)
        err = write_key(f, "seal.key", &pem, e);
    toc_buf_fini(&pem);
    return err;
}

static toc_err write_key(toc_run_folder *f, const char *name, const toc_buf *pem, toc_error *e)
{
    return put_file(f, toc_sprintf("%s/keys/%s", f->path, name), pem, e);
}

static toc_err put_file(toc_run_folder *f, char *path_take, const toc_buf *data, toc_error *e)
{
    TOC_GROW(f->unsynced, f->unsynced_count, f->unsynced_capacity);
    f->unsynced[f->unsynced_count++] = path_take;
    return toc_file_put_private(path_take, data->data, data->len, e);
}

// The files, then the folder below the run's that has their names.
static toc_err sync_files(toc_run_folder *f, const char *below, toc_error *e)
{
    char *folder = toc_sprintf("%s/%s", f->path, below);
    toc_err err = toc_paths_sync(f->unsynced, f->unsynced_count, e);
    if (!err)
        err = toc_paths_sync(&folder, 1, e);
    free(folder);
    while (f->unsynced_count > 0)
        free(f->unsynced[--f->unsynced_count]);
    return err;
}

static toc_err make_ticket(const toc_run_folder *f, const char *seat, toc_ticket *t,
                           char serial[33], toc_error *e)
{
    const toc_run_info *info = &f->info;
    size_t audience;
    if (find_audience(f, seat, &audience, e))
        return TOC_EUSAGE;
    toc_buf ca = {0}, audience_ca = {0}, audience_key = {0}, cert = {0}, key = {0};
    char *key_name = toc_sprintf("audience-%s.key", info->audiences[audience]);
    toc_err err = toc_run_folder_key(f, "ca.pem", &ca, e);
    if (!err)
        err = toc_run_folder_ca(f, info->audiences[audience], &audience_ca, e);
    if (!err)
        err = toc_run_folder_key(f, key_name, &audience_key, e);
    if (!err)
        err =
            toc_client_cert_new(audience_ca.data, audience_key.data, seat, &cert, &key, serial, e);
    if (!err) {
        char token[33];
        toc_token_new(token);
        *t = (toc_ticket){.exercise = toc_strdup(info->exercise),
                          .title = toc_strdup(info->title),
                          .marking = toc_strdup(info->marking),
                          .run = toc_strdup(info->run),
                          .seat = toc_strdup(seat),
                          .role = toc_strdup(role_of(seat)),
                          .team = toc_strdup(info->audiences[audience]),
                          .desk = url_of(f, info->ports[0]),
                          .feed = url_of(f, info->ports[1 + audience]),
                          .token = toc_strdup(token),
                          .ca = toc_buf_take(&ca),
                          .certificate = toc_buf_take(&cert),
                          .key = toc_buf_take(&key),
                          .seal_key = toc_strdup(f->seal_key)};
    }
    free(key_name);
    toc_buf_fini(&ca);
    toc_buf_fini(&audience_ca);
    toc_buf_fini(&audience_key);
    toc_buf_fini(&cert);
    toc_buf_fini(&key);
    return err;
}

// Whoever holds the ticket in a seat's file sits there: what is another's must not.
static toc_err check_ticket(const toc_run_folder *f, const char *seat, const toc_ticket *t,
                            const char *path, toc_error *e)
{
    static const char mend[] = "put the right file back, or delete it: a new one is made";
    size_t audience;
    toc_buf ca = {0}, shown = {0};
    toc_err err = find_audience(f, seat, &audience, e);
    if (!err)
        err = toc_run_folder_ca(f, f->info.audiences[audience], &ca, e);
    if (err) {
        toc_buf_fini(&ca);
        return err;
    }
    toc_error why;
    toc_err of_cert = toc_cert_check(t->certificate, ca.data, seat, &why);
    if (strcmp(t->run, f->info.run) != 0) {
        toc_text_visible(&shown, t->run, strlen(t->run), false);
        err = toc_fail(e, TOC_EREFUSED, "%.100s is a ticket of another run, %.50s: %s", path,
                       toc_buf_text(&shown), mend);
    } else if (strcmp(t->seat, seat) != 0) {
        toc_text_visible(&shown, t->seat, strlen(t->seat), false);
        err = toc_fail(e, TOC_EREFUSED, "%.100s is the ticket of %.40s, and not %s's: %s", path,
                       toc_buf_text(&shown), seat, mend);
    } else if (of_cert == TOC_EFORMAT) {
        err = toc_fail(e, of_cert, "%.150s: %s", path, why.msg);
    } else if (of_cert) {
        err = toc_fail(e, of_cert, "the certificate in %.100s is not %s's in this run: %s", path,
                       seat, mend);
    }
    toc_buf_fini(&ca);
    toc_buf_fini(&shown);
    return err;
}

static toc_err find_audience(const toc_run_folder *f, const char *seat, size_t *i, toc_error *e)
{
    char audience[64];
    toc_seat_audience(seat, audience);
    for (*i = 0; *i < f->info.audience_count; ++*i)
        if (strcmp(f->info.audiences[*i], audience) == 0)
            return TOC_OK;
    return toc_fail(e, TOC_EUSAGE, "\"%.60s\" is no seat of this run", seat);
}

static char *url_of(const toc_run_folder *f, int port)
{
    const char *host = f->info.host;
    bool is_ip6 = strchr(host, ':') && host[0] != '[';
    return toc_sprintf(is_ip6 ? "tls+tcp://[%s]:%d" : "tls+tcp://%s:%d", host, port);
}

static const char *role_of(const char *seat)
{
    static const char *const roles[] = {"excon", "simcell", "evaluator", "board"};
    for (size_t i = 0; i < TOC_COUNT(roles); i++) {
        size_t len = strlen(roles[i]);
        if (strncmp(seat, roles[i], len) == 0 && seat[len] == '-' && !strchr(seat + len + 1, '-'))
            return roles[i];
    }
    return "participant";
}
