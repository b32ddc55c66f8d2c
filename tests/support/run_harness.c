// SPDX-License-Identifier: MIT
#include "run_harness.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

char *run_folder_of(const process *engine)
{
    const char *line = engine->said.data ? strstr(engine->said.data, "run       ") : NULL;
    return line ? toc_strndup(line + 10, strcspn(line + 10, " \n")) : NULL;
}

int run_port_of(const process *engine, const char *audience)
{
    char *wanted = strcmp(audience, "desk") == 0 ? toc_strdup("") : toc_sprintf("  %s", audience);
    const char *label = *wanted ? "feed      " : "desk      ";
    int port = 0;
    for (const char *line = engine->said.data; line && !port;
         line = strchr(line, '\n'), line = line ? line + 1 : NULL) {
        size_t len = strcspn(line, "\n"), tail = strlen(wanted);
        if (strncmp(line, label, 10) != 0 || len < tail ||
            strncmp(line + len - tail, wanted, tail) != 0)
            continue;
        const char *colon = memchr(line, ':', len);
        port = colon ? atoi(colon + 1) : 0;
    }
    free(wanted);
    return port;
}

char *run_relay(const char *runs, const char *in, const char *policy, toc_buf *said)
{
    char *scenario = source_path("tests/fixtures/relay"), *listen = own_listen(runs);
    process engine;
    process_start(&engine, (const char *const[]){binary(), "run", scenario, "--run-dir", runs,
                                                 "--listen", listen, "--auto-start", "--in", in,
                                                 "--seed", "26", "--play", policy, NULL});
    int code = process_end(&engine, 150);
    ck_assert_msg(code == 0, "exit %d: %.6000s", code, toc_buf_text(&engine.said));
    char *folder = run_folder_of(&engine);
    ck_assert_ptr_nonnull(folder);
    if (said)
        toc_buf_str(said, toc_buf_text(&engine.said));
    process_free(&engine);
    free(scenario);
    free(listen);
    return folder;
}

int run_verify(const char *path, toc_buf *json, const char *const *more)
{
    const char *argv[16] = {binary(), "verify", path, "--json"};
    size_t n = 4;
    for (; more && *more && n < 15; more++)
        argv[n++] = *more;
    return process_run(argv, json, 60);
}
