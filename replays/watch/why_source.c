// SPDX-License-Identifier: MIT
// The journal says when storylines begin and end, and on which line an act hangs; not which storyline acted. Where several could
// have, their text tells: only a part that names a thing does something with it.
#include "why_source.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"

static bool find_part(const toc_recording *r, const toc_event *ev, toc_source_part *out);
static const toc_event *answer_before(const toc_recording *r, const char *id, int64_t seq);
static bool is_about(const toc_event *ev, const char *id);
static bool find_mention(const toc_recording *r, const toc_source_part *part, const char *id,
                         toc_source_part *at);
static void say_answer(toc_buf *out, const toc_recording *r, const toc_source_part *part,
                       const toc_source_part *at, const toc_event *answer);
static const char *thing_of(const toc_event *ev);
static void look_everywhere(toc_source_parts *found, const toc_recording *r, const char *thing);
static void look_through_helper(toc_source_parts *found, const toc_recording *r, const char *thing);
static size_t find_helper(const toc_file *file, const char *quoted, char name[TOC_SOURCE_NAME]);
static void look(toc_source_parts *found, const toc_file *file, const char *quoted);
static bool begins_part(const char *line, char name[TOC_SOURCE_NAME], bool *is_part);
static bool could_act(const toc_recording *r, const toc_event *ev, const char *storyline);
static const char *only_storyline(const toc_recording *r, const toc_event *ev);
static bool is_library(const char *path);
static void say_text(toc_buf *out, const char *text);

bool toc_why_part(toc_buf *out, const toc_recording *r, const toc_event *ev)
{
    toc_source_part one;
    if (!find_part(r, ev, &one))
        return false;
    toc_buf_str(out, one.name[0] ? "the storyline \"" : "what the scenario does in answer");
    if (one.name[0]) {
        say_text(out, one.name);
        toc_buf_char(out, '"');
    }
    if (one.file) {
        toc_buf_str(out, " (");
        say_text(out, one.file);
        toc_buf_printf(out, ":%d)", one.line);
    }
    return true;
}

void toc_why_reads(toc_buf *out, const toc_recording *r, const toc_event *ev, const int64_t *chain,
                   size_t count)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    toc_source_part part;
    if (!plan || !find_part(r, ev, &part))
        return;
    for (size_t i = 0; i < plan->decision_count; i++) {
        const char *id = plan->decisions[i].id;
        const toc_event *answer = answer_before(r, id, ev->seq);
        bool is_in_chain = false;
        for (size_t k = 0; k < count; k++)
            is_in_chain |= is_about(toc_recording_at(r, chain[k]), id);
        toc_source_part at;
        if (answer && !is_in_chain && find_mention(r, &part, id, &at))
            say_answer(out, r, &part, &at, answer);
    }
}

void toc_why_parts(toc_source_parts *out, const toc_recording *r, const char *id)
{
    toc_source_parts found = {0};
    *out = found;
    look_everywhere(&found, r, id);
    for (size_t i = 0; i < found.count && i < TOC_SOURCE_PARTS; i++) {
        bool is_known = false;
        for (size_t k = 0; k < out->count && found.at[i].name[0]; k++)
            is_known |= strcmp(out->at[k].name, found.at[i].name) == 0;
        if (!is_known)
            out->at[out->count++] = found.at[i];
    }
}

// file NULL: a storyline that is known by its name alone, and not where it acts.
static bool find_part(const toc_recording *r, const toc_event *ev, toc_source_part *out)
{
    const char *thing = thing_of(ev);
    toc_source_parts found = {0};
    const toc_source_part *one = NULL;
    size_t ways = 0;
    if (thing)
        look_everywhere(&found, r, thing);
    if (thing && found.count == 0)
        look_through_helper(&found, r, thing);
    *out = (toc_source_part){0};
    for (size_t i = 0; i < found.count && i < TOC_COUNT(found.at); i++) {
        const toc_source_part *m = &found.at[i];
        if (m->name[0] && !could_act(r, ev, m->name))
            continue;
        // Of several mentions in the same storyline any may be it; the first is where to begin reading.
        if (one && strcmp(one->name, m->name) == 0 && m->name[0]) {
            out->last = m->line;
            continue;
        }
        if (!one)
            *out = *m;
        one = one ? one : m;
        ways++;
    }
    const char *name = ways == 0 ? only_storyline(r, ev) : NULL;
    if (name)
        toc_copy_text(out->name, sizeof out->name, name);
    return found.count <= TOC_COUNT(found.at) && (ways == 1 || name);
}

// What settled a question last before a line; NULL: nothing had.
static const toc_event *answer_before(const toc_recording *r, const char *id, int64_t seq)
{
    while (--seq > 0) {
        const toc_event *ev = toc_recording_at(r, seq);
        if ((ev->kind == TOC_K_DECIDED || ev->kind == TOC_K_OVERDUE) && is_about(ev, id))
            return ev;
    }
    return NULL;
}

static bool is_about(const toc_event *ev, const char *id)
{
    const char *its = toc_event_str(ev, TOC_F_DECISION);
    return its && strcmp(its, id) == 0;
}

// The first time that the part names the question, before it acts.
static bool find_mention(const toc_recording *r, const toc_source_part *part, const char *id,
                         toc_source_part *at)
{
    toc_source_parts found = {0};
    look_everywhere(&found, r, id);
    for (size_t i = 0; i < found.count && i < TOC_COUNT(found.at); i++) {
        const toc_source_part *m = &found.at[i];
        bool is_it = part->name[0] ? strcmp(m->name, part->name) == 0
                                   : part->from == m->from && strcmp(part->file, m->file) == 0;
        if (is_it && (!part->file || m->line <= part->last)) {
            *at = *m;
            return true;
        }
    }
    return false;
}

static void say_answer(toc_buf *out, const toc_recording *r, const toc_source_part *part,
                       const toc_source_part *at, const toc_event *answer)
{
    const char *option = toc_event_str(answer, TOC_F_OPTION), *seat = toc_event_str(answer, TOC_F_BY);
    const char *person = seat ? toc_recording_person(r, seat, answer->seq) : NULL;
    toc_buf_printf(out, "           %s reads the answer to ",
                   part->name[0] ? "its storyline" : "it");
    say_text(out, toc_event_str(answer, TOC_F_DECISION));
    toc_buf_str(out, " (");
    say_text(out, at->file);
    toc_buf_printf(out, ":%d): ", at->line);
    say_text(out, option ? option : answer->kind == TOC_K_OVERDUE ? "none" : "in their own words");
    toc_buf_str(out, seat ? ", by " : ", and nobody had answered");
    say_text(out, person ? person : seat ? seat : "");
    toc_buf_str(out, seat ? " at " : ", at ");
    toc_play_text(out, answer->t);
    toc_buf_char(out, '\n');
}

static void look_everywhere(toc_source_parts *found, const toc_recording *r, const char *thing)
{
    const toc_files *files = toc_recording_files(r);
    char *quoted = toc_sprintf("\"%s\"", thing);
    for (size_t i = 0; files && i < toc_files_count(files); i++)
        if (!is_library(toc_files_at(files, i)->path))
            look(found, toc_files_at(files, i), quoted);
    free(quoted);
}

// No part names it: perhaps a function of the scenario does, and they call that. Of two such functions neither is known to be it.
static void look_through_helper(toc_source_parts *found, const toc_recording *r, const char *thing)
{
    const toc_files *files = toc_recording_files(r);
    char *quoted = toc_sprintf("\"%s\"", thing), name[TOC_SOURCE_NAME] = "";
    const toc_file *file = NULL;
    size_t helpers = 0;
    for (size_t i = 0; files && i < toc_files_count(files); i++) {
        const toc_file *at = toc_files_at(files, i);
        const size_t its = is_library(at->path) ? 0 : find_helper(at, quoted, name);
        helpers += its;
        file = its ? at : file;
    }
    free(quoted);
    if (helpers != 1)
        return;
    char *call = toc_sprintf("%s(", name);
    look(found, file, call);
    free(call);
}

// The functions at the margin that set it, and the name of the last of them.
static size_t find_helper(const toc_file *file, const char *quoted, char name[TOC_SOURCE_NAME])
{
    static const char local[] = "local function ";
    char here[TOC_SOURCE_NAME] = "", last[TOC_SOURCE_NAME] = "";
    size_t helpers = 0;
    for (const char *line = file->data; *line;) {
        const size_t len = strcspn(line, "\n");
        const char *sets = strstr(line, "set(");
        const char *at = sets && sets < line + len ? strstr(sets, quoted) : NULL;
        if (isalpha((unsigned char)line[0])) {
            const bool is_function = strncmp(line, local, sizeof local - 1) == 0;
            const char *from = line + sizeof local - 1;
            const size_t name_len = is_function ? strcspn(from, "( \n") : 0;
            toc_copy_text(here, sizeof here, "");
            if (name_len > 0 && name_len < sizeof here) {
                memcpy(here, from, name_len);
                here[name_len] = '\0';
            }
        }
        if (here[0] && at && at < line + len && strcmp(here, last) != 0) {
            helpers++;
            toc_copy_text(last, sizeof last, here);
            toc_copy_text(name, TOC_SOURCE_NAME, here);
        }
        line += len + (line[len] == '\n');
    }
    return helpers;
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
static void look(toc_source_parts *found, const toc_file *file, const char *quoted)
{
    char name[TOC_SOURCE_NAME] = "";
    bool is_part = false;
    int number = 0, from = 0;
    for (const char *line = file->data; *line; number++) {
        size_t len = strcspn(line, "\n");
        const char *at = NULL;
        if (isalpha((unsigned char)line[0]) && strncmp(line, "end", 3) != 0)
            from = begins_part(line, name, &is_part) ? number + 1 : 0;
        if (is_part && strncmp(line, "--", 2) != 0)
            at = strstr(line, quoted);
        if (at && at < line + len) {
            if (found->count < TOC_COUNT(found->at)) {
                toc_source_part *m = &found->at[found->count];
                *m = (toc_source_part){
                    .file = file->path, .line = number + 1, .last = number + 1, .from = from};
                toc_copy_text(m->name, sizeof m->name, name);
            }
            found->count++;
        }
        line += len + (line[len] == '\n');
    }
}

static bool begins_part(const char *line, char name[TOC_SOURCE_NAME], bool *is_part)
{
    static const char storyline[] = "storyline";
    name[0] = '\0';
    if (strncmp(line, storyline, sizeof storyline - 1) == 0) {
        const char *from = line + strcspn(line, "\"\n");
        size_t len = *from == '"' ? strcspn(from + 1, "\"\n") : 0;
        if (len > 0 && len < TOC_SOURCE_NAME) {
            memcpy(name, from + 1, len);
            name[len] = '\0';
        }
        return *is_part = len > 0 && len < TOC_SOURCE_NAME;
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
