// SPDX-License-Identifier: MIT
#include "machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

static void read_field(const char *path, const char *key, char *out, size_t size);

void toc_machine_read(toc_machine *m)
{
    struct utsname name;
    char text[64];
    const char *commit = getenv("TOC_BENCH_COMMIT");
    *m = (toc_machine){.system = "unknown", .build = TOC_BUILD_TYPE};
    m->cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    if (uname(&name) == 0)
        snprintf(m->system, sizeof m->system, "%.60s %.80s", name.sysname, name.release);
    read_field("/proc/cpuinfo", "model name", m->processor, sizeof m->processor);
    read_field("/proc/meminfo", "MemTotal", text, sizeof text);
    m->memory_gib = strtod(text, NULL) / (1 << 20); // it says KiB
    read_field("/proc/loadavg", "", text, sizeof text);
    m->load = strtod(text, NULL);
    snprintf(m->commit, sizeof m->commit, "%s", commit && commit[0] ? commit : "unknown");
}

// The first line that begins with key, behind its colon if it has one.
static void read_field(const char *path, const char *key, char *out, size_t size)
{
    char line[512];
    FILE *file = fopen(path, "r");
    snprintf(out, size, "unknown");
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, key, strlen(key)) != 0)
            continue;
        const char *at = key[0] ? strchr(line, ':') : NULL;
        at = at ? at + 1 : line;
        at += strspn(at, " \t");
        snprintf(out, size, "%.*s", (int)strcspn(at, "\n"), at);
        break;
    }
    if (file)
        fclose(file);
}
