// SPDX-License-Identifier: MIT
// The journal says when storylines begin and end, and on which line an act hangs; not which storyline acted. Where several could
// have, their text tells: only a part that names a thing does something with it.
#include "why_source.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { NAME_BYTES = 96 };

typedef struct {
    const char *file;
    int line;              // of the mention
    char name[NAME_BYTES]; // of the storyline; "" for `on` and `when`
} mention;

typedef struct {
    mention at[8];
    size_t count; // may be more than there is room for
} mentions;

static const char *thing_of(const toc_event *ev);
static void look(mentions *found, const toc_file *file, const char *quoted);
static bool begins_part(const char *line, char name[NAME_BYTES], bool *is_part);
static bool could_act(const toc_recording *r, const toc_event *ev, const char *storyline);
static const char *only_storyline(const toc_recording *r, const toc_event *ev);
static bool is_library(const char *path);
static void say_text(toc_buf *out, const char *text);

bool toc_why_part(toc_buf *out, const toc_recording *r, const toc_event *ev)
{
    const toc_files *files = toc_recording_files(r);
    const char *thing = thing_of(ev);
    mentions found = {0};
    const mention *one = NULL;
    size_t ways = 0;
    char *quoted = thing ? toc_sprintf("\"%s\"", thing) : NULL;
    for (size_t i = 0; quoted && files && i < toc_files_count(files); i++)
        if (!is_library(toc_files_at(files, i)->path))
            look(&found, toc_files_at(files, i), quoted);
    free(quoted);
    for (size_t i = 0; i < found.count && i < TOC_COUNT(found.at); i++) {
        const mention *m = &found.at[i];
        if (m->name[0] && !could_act(r, ev, m->name))
            continue;
        // Of several mentions in the same storyline any may be it; the first is where to begin reading.
        if (one && strcmp(one->name, m->name) == 0 && m->name[0])
            continue;
        one = one ? one : m;
        ways++;
    }
    const char *name = ways == 1 && one->name[0] ? one->name
                       : ways == 0               ? only_storyline(r, ev)
                                                 : NULL;
    bool is_known = found.count <= TOC_COUNT(found.at) && (ways == 1 || name);
    if (!is_known)
        return false;
    toc_buf_str(out, name ? "the storyline \"" : "what the scenario does in answer");
    if (name) {
        say_text(out, name);
        toc_buf_char(out, '"');
    }
    if (one) {
        toc_buf_str(out, " (");
        say_text(out, one->file);
        toc_buf_printf(out, ":%d)", one->line);
    }
    return true;
}

// The id by which a part of the scenario must name what it brings about.
static const char *thing_of(const toc_event *ev)
{
    switch (ev->kind) {
    case TOC_K_INJECT:
    case TOC_K_CUE:
    case TOC_K_HELD:
        return toc_event_str(ev, TOC_F_INJECT);
    case TOC_K_ASK:
    case TOC_K_DEADLINE:
        return toc_event_str(ev, TOC_F_DECISION);
    case TOC_K_MEASURE:
        return toc_event_str(ev, TOC_F_SERVICE);
    case TOC_K_REPAIR:
        return toc_event_str(ev, TOC_F_REPAIR);
    case TOC_K_PHASE_ENTERED:
        return toc_event_str(ev, TOC_F_PHASE);
    default:
        return NULL;
    }
}

// Where the parts of a source name it: storylines, and what hangs on `on` and `when`, from the margin to the next thing there.
static void look(mentions *found, const toc_file *file, const char *quoted)
{
    char name[NAME_BYTES] = "";
    bool is_part = false;
    int number = 0;
    for (const char *line = file->data; *line; number++) {
        size_t len = strcspn(line, "\n");
        const char *at = NULL;
        if (isalpha((unsigned char)line[0]) && strncmp(line, "end", 3) != 0)
            begins_part(line, name, &is_part);
        if (is_part && strncmp(line, "--", 2) != 0)
            at = strstr(line, quoted);
        if (at && at < line + len) {
            if (found->count < TOC_COUNT(found->at)) {
                mention *m = &found->at[found->count];
                *m = (mention){.file = file->path, .line = number + 1};
                toc_copy_text(m->name, sizeof m->name, name);
            }
            found->count++;
        }
        line += len + (line[len] == '\n');
    }
}

static bool begins_part(const char *line, char name[NAME_BYTES], bool *is_part)
{
    static const char storyline[] = "storyline";
    name[0] = '\0';
    if (strncmp(line, storyline, sizeof storyline - 1) == 0) {
        const char *from = line + strcspn(line, "\"\n");
        size_t len = *from == '"' ? strcspn(from + 1, "\"\n") : 0;
        if (len > 0 && len < NAME_BYTES) {
            memcpy(name, from + 1, len);
            name[len] = '\0';
        }
        return *is_part = len > 0 && len < NAME_BYTES;
    }
    bool is_on = strncmp(line, "on", 2) == 0 && strchr(" (\t", line[2]) && line[2];
    bool is_when = strncmp(line, "when", 4) == 0 && strchr(" (\t", line[4]) && line[4];
    return *is_part = is_on || is_when;
}

// Has it begun, and not ended, when the line was written?
static bool could_act(const toc_recording *r, const toc_event *ev, const char *storyline)
{
    bool runs = false;
    for (int64_t seq = 1; seq < ev->seq; seq++) {
        const toc_event *line = toc_recording_at(r, seq);
        const char *its =
            line->kind == TOC_K_STORYLINE ? toc_event_str(line, TOC_F_STORYLINE) : NULL;
        if (its && strcmp(its, storyline) == 0)
            runs = strcmp(toc_event_str(line, TOC_F_STATE), "begins") == 0;
    }
    return runs;
}

// The one that began on the line that the act hangs on; NULL: there are none, or several.
static const char *only_storyline(const toc_recording *r, const toc_event *ev)
{
    const char *name = NULL;
    for (int64_t seq = ev->cause + 1; seq < ev->seq; seq++) {
        const toc_event *line = toc_recording_at(r, seq);
        if (line->kind != TOC_K_STORYLINE || line->cause != ev->cause ||
            strcmp(toc_event_str(line, TOC_F_STATE), "begins") != 0)
            continue;
        if (name)
            return NULL;
        name = toc_event_str(line, TOC_F_STORYLINE);
    }
    return name;
}

// What every scenario gets from us names no scenario's things.
static bool is_library(const char *path)
{
    size_t len = strlen(path);
    return strncmp(path, "tocsin/", 7) == 0 || len < 4 || strcmp(path + len - 4, ".lua") != 0;
}

static void say_text(toc_buf *out, const char *text)
{
    toc_text_visible(out, text, strlen(text), false);
}
