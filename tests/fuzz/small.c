// SPDX-License-Identifier: MIT
#include "small.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "fuzz.h"
#include "replays/verify.h"

#define JOURNAL_MAX ((size_t)64 << 20)

const char *const small_seats[SMALL_SEATS] = {"ops-1", "press-1", "excon-1", "evaluator-1",
                                              "board-1"};

static const char scenario[] =
    "exercise \"small\" { title = \"Small\", startex = \"2026-01-01 08:00Z\", length = \"1h\" }\n"
    "team \"ops\" { name = \"Ops\", contacts = { \"press\", \"police\" } }\n"
    "team \"press\" { name = \"Press\", contacts = { \"ops\" } }\n"
    "party \"police\" { name = \"Police\" }\n"
    "objective \"O\" { team = \"ops\", text = \"Warn\" }\n"
    "inject \"I-1\" { at = \"T+1m\", to = \"ops\", title = \"Fog\", text = \"Nothing.\", ack = "
    "true }\n"
    "inject \"I-2\" { at = \"T+9m\", to = \"all\", release = \"manual\", title = \"More\", text = "
    "\"x\" }\n"
    "inject \"I-3\" { to = \"press\", channel = \"phone\", title = \"Call\", text = \"What?\" }\n"
    "decision \"D-1\" { to = \"ops\", at = \"T+2m\", within = \"10m\", title = \"Close?\",\n"
    "  options = { { \"yes\", \"Yes\" }, { \"no\", \"No\" } }, default = \"no\" }\n"
    "expect \"E-1\" { team = \"ops\", by = \"T+20m\", text = \"They warn\", objective = \"O\" }\n"
    "phase \"two\" { title = \"Two\", at = \"T+30m\", story = \"2026-01-01 18:00\" }\n"
    "service \"grid\" { domain = \"energy\", name = \"Grid\", seen_by = \"ops\" }\n"
    "service \"tower\" { domain = \"cyber\", name = \"Tower\", seen_by = \"press\",\n"
    "  needs = { { \"grid\", autonomy = \"5m\", source = \"assumption\" } } }\n"
    "repair \"fuse\" { service = \"grid\", name = \"Fuse\", work = \"5m\", source = \"assumption\" "
    "}\n"
    "storyline \"s\" (function () wait \"3m\"; note \"s\"; wait_until \"T+40m\"; send \"I-3\" "
    "end)\n";

static int write_all(void *context, int fd, const void *data, size_t len)
{
    (void)context;
    return write(fd, data, len) == (ssize_t)len ? 0 : EIO;
}

static int sync_nothing(void *context, int fd)
{
    (void)context, (void)fd;
    return 0;
}

static int64_t wall_now(void *context)
{
    return INT64_C(1795284000000) + ((const small *)context)->mono;
}

void small_open(small *s)
{
    static const toc_disk disk = {.write = write_all, .sync = sync_nothing};
    toc_buf pem = {0};
    char public_half[65];
    toc_error e = {0};
    *s = (small){.files = toc_files_new(), .mono = 1000000};
    strcpy(s->folder, "/dev/shm/tocsin-fuzz-XXXXXX");
    if (!mkdtemp(s->folder))
        abort();
    snprintf(s->path, sizeof s->path, "%s/journal.jsonl", s->folder);
    toc_files_add(s->files, "scenario.lua", scenario, sizeof scenario - 1);
    if (toc_seal_key_new(&pem, public_half, &e))
        abort();
    s->seal_pem = toc_buf_take(&pem);
    toc_conduct_host host = {
        .journal = s->path, .seal_pem = s->seal_pem, .disk = &disk, .context = s, .wall = wall_now};
    toc_conduct_setup setup = {"small-1", 26, s->files, small_seats + 2, SMALL_SEATS - 2};
    if (toc_conduct_start(&s->c, &host, &setup, s->mono, &e)) {
        fprintf(stderr, "%s\n", e.msg);
        abort();
    }
}

void small_close(small *s)
{
    toc_conduct_free(s->c);
    toc_files_free(s->files);
    free(s->seal_pem);
    unlink(s->path);
    rmdir(s->folder);
}

void small_go(small *s, int64_t ms)
{
    toc_error e = {0};
    s->mono += ms;
    if (toc_conduct_tick(s->c, s->mono, &e) || toc_conduct_mark(s->c, s->mono, &e) ||
        toc_conduct_flush(s->c, s->mono, &e)) {
        fprintf(stderr, "%s\n", e.msg);
        abort();
    }
}

void small_judge(small *s)
{
    toc_buf bytes = {0};
    toc_verdict v;
    toc_error e = {0};
    if (toc_conduct_seal(s->c, &e) || toc_conduct_flush(s->c, s->mono, &e) ||
        toc_file_slurp(&bytes, s->path, JOURNAL_MAX, &e) ||
        toc_verify(&v, bytes.data, bytes.len,
                   &(toc_verify_options){.key = toc_conduct_header(s->c)->key}, &e)) {
        fprintf(stderr, "%s\n", e.msg);
        abort();
    }
    if (v.kind != TOC_VERDICT_OPEN && v.kind != TOC_VERDICT_VERIFIED) {
        fprintf(stderr, "%s at line %lld: %s\n%s\n%s\n", toc_verdict_name(v.kind),
                (long long)v.difference, v.what, v.recorded ? v.recorded : "",
                v.came_out ? v.came_out : "");
        abort();
    }
    toc_verdict_fini(&v);
    toc_buf_fini(&bytes);
}
