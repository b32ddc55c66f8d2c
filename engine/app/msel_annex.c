// SPDX-License-Identifier: MIT
// What stands at the end of the book: who is who, what the teams see, the storylines as they are written, and
// the attachments.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "msel_html.h"
#include "world/words.h"
#include "world/world.h"

enum {
    IMAGE_MAX = 512 << 10, // bytes of a picture that is put into the book
    IMAGES_MAX = 3 << 20,  // of all of them
    TEXT_MAX = 32 << 10,   // of an attached text
};

static void add_picture(toc_buf *out, const toc_file *file, const char *type);
static const char *picture_type(const toc_file *file);
static void add_parts(toc_buf *out, const toc_mel *m);

void toc_mel_contacts(toc_buf *out, const toc_mel *m)
{
    const toc_plan *p = m->plan;
    toc_html_section(out, p, "contacts", "Contacts", "Who is who");
    toc_buf_str(out, "<h3>Teams</h3>\n<table><thead><tr><th>Team</th><th>May write to</th><th>"
                     "Telephone, room</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < p->team_count; i++) {
        toc_buf_str(out, "<tr><td>");
        toc_html_who(out, p, p->teams[i].id);
        toc_buf_str(out, "</td><td>");
        for (size_t k = 0; k < p->teams[i].contact_count; k++) {
            toc_html_text(out, p->teams[i].contacts[k]);
            toc_buf_str(out, ", ");
        }
        toc_buf_str(out, "excon</td><td></td></tr>\n");
    }
    toc_buf_str(out, "</tbody></table>\n");
    if (p->party_count > 0)
        toc_buf_str(out,
                    "<h3>Parties: SIMCELL or EXCON speaks for them</h3>\n<table><thead><tr>"
                    "<th>Party</th><th>Notes for who speaks for it</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < p->party_count; i++) {
        toc_buf_str(out, "<tr><td>");
        toc_html_who(out, p, p->parties[i].id);
        toc_buf_str(out, "</td><td>");
        toc_html_text(out, p->parties[i].notes);
        toc_buf_str(out, "</td></tr>\n");
    }
    toc_buf_str(out, p->party_count > 0 ? "</tbody></table>\n" : "");
    toc_html_section_end(out);
}

void toc_mel_services(toc_buf *out, const toc_mel *m)
{
    const toc_plan *p = m->plan;
    toc_world *world = NULL;
    if (p->model.service_count == 0)
        return;
    if (toc_world_new(&world, &p->model, NULL))
        world = NULL;
    toc_html_section(out, p, "services", "Services", "Services at STARTEX, and who sees them");
    toc_buf_str(out, "<table><thead><tr><th>Service</th><th>Domain</th><th>Level</th><th>Seen by"
                     "</th><th>Notes</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < p->model.service_count; i++) {
        const toc_service *service = &p->model.services[i];
        const toc_service_plan *plan = &p->services[i];
        toc_buf_str(out, "<tr><td>");
        toc_html_text(out, toc_service_name(&p->model, i));
        toc_buf_str(out, " (");
        toc_html_text(out, service->id);
        toc_buf_str(out, ")</td><td>");
        toc_html_text(out, service->domain);
        toc_buf_str(out, "</td><td class=\"fix\">");
        toc_percent_text(out, world ? toc_world_level(world, i) : service->own);
        toc_buf_str(out, " %</td><td>");
        const char *between = "";
        for (size_t k = 0; k < plan->seen_by_count; k++, between = ", ") {
            toc_buf_str(out, between);
            toc_html_text(out, p->teams[plan->seen_by[k]].id);
        }
        toc_buf_printf(out, "%s%s</td><td>", plan->is_public ? between : "",
                       plan->is_public ? "the board" : "");
        toc_html_text(out, plan->notes);
        toc_buf_str(out, "</td></tr>\n");
    }
    toc_buf_str(out, "</tbody></table>\n");
    toc_html_section_end(out);
    toc_world_free(world);
}

// ---- storylines ------------------------------------------------------------------------------------------------

void toc_mel_storylines(toc_buf *out, const toc_mel *m)
{
    if (toc_scenario_part_count(m->scenario) == 0)
        return;
    toc_html_section(out, m->plan, "storylines", "Storylines",
                     "How the story branches, as it is written");
    toc_buf_str(
        out, "<p class=\"hint\">Each storyline begins at STARTEX. <b>wait</b> and <b>wait_until"
             "</b> let time pass, <b>ask</b> waits for a decision, <b>send</b> sends an inject, "
             "<b>set</b> changes a service. A <b>when</b> plays once, as soon as its condition is "
             "true; an <b>on</b> each time.</p>\n");
    add_parts(out, m);
    toc_html_section_end(out);
}

// The length of a part's text, from its first line to the one that closes it: the next that begins with "end",
// or stands before another thing that begins at the margin.
static size_t part_length(const char *text)
{
    const char *at = text;
    do {
        const char *next = strchr(at, '\n');
        if (!next)
            return strlen(text);
        bool is_end = strncmp(at, "end", 3) == 0;
        at = next + 1;
        if (is_end)
            break;
    } while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r' || strncmp(at, "end", 3) == 0);
    return (size_t)(at - text);
}

static const char *line_of(const char *text, int line)
{
    for (; text && line > 1; line--) {
        text = strchr(text, '\n');
        text += text != NULL;
    }
    return text;
}

static void add_parts(toc_buf *out, const toc_mel *m)
{
    for (size_t i = 0; i < toc_scenario_part_count(m->scenario); i++) {
        toc_scenario_part part = toc_scenario_part_at(m->scenario, i);
        const toc_file *file = part.file ? toc_files_find(m->files, part.file) : NULL;
        const char *text = file ? line_of(file->data, part.line) : NULL;
        if (!text)
            continue;
        toc_buf_str(out, "<h3>");
        toc_html_text(out, part.name); // of a when or an on, it holds the place
        if (part.kind == TOC_SCENARIO_STORYLINE) {
            toc_buf_str(out, " <span class=\"soft\">");
            toc_html_text(out, part.file);
            toc_buf_printf(out, ":%d</span>", part.line);
        }
        toc_buf_str(out, "</h3>\n<pre>");
        char *copy = toc_strndup(text, part_length(text));
        toc_html_text(out, copy);
        free(copy);
        toc_buf_str(out, "</pre>\n");
    }
}

// ---- attachments -----------------------------------------------------------------------------------------------

static void add_users(toc_buf *out, const toc_plan *p, size_t attachment)
{
    const char *between = "<p>To hand out with ";
    for (size_t i = 0; i < p->inject_count; i++)
        for (size_t k = 0; k < p->injects[i].attach_count; k++)
            if (p->injects[i].attach[k] == attachment) {
                toc_buf_str(out, between);
                toc_html_text(out, p->injects[i].id);
                between = ", ";
            }
    toc_buf_str(out, *between == ',' ? ".</p>\n" : "");
}

void toc_mel_attachments(toc_buf *out, const toc_mel *m)
{
    size_t room = IMAGES_MAX;
    for (size_t i = 0; i < m->plan->attachment_count; i++) {
        const toc_attachment *attachment = &m->plan->attachments[i];
        const toc_file *file = toc_files_find(m->files, attachment->path);
        const char *type = file ? picture_type(file) : NULL;
        toc_html_section(out, m->plan, NULL, "Attachment", attachment->path);
        add_users(out, m->plan, i);
        if (type && file->size <= IMAGE_MAX && file->size <= room) {
            add_picture(out, file, type);
            room -= file->size;
        } else if (file && !type && file->size <= TEXT_MAX &&
                   toc_utf8_clean(file->data, file->size)) {
            toc_buf_str(out, "<pre>");
            toc_html_text(out, file->data);
            toc_buf_str(out, "</pre>\n");
        } else {
            toc_buf_printf(out, "<p>Print this file by itself and put it here (%zu bytes).</p>\n",
                           attachment->size);
        }
        toc_html_section_end(out);
    }
}

static void add_picture(toc_buf *out, const toc_file *file, const char *type)
{
    toc_buf_printf(out, "<p><img src=\"data:image/%s;base64,", type);
    toc_base64_encode(out, file->data, file->size);
    toc_buf_str(out, "\" alt=\"");
    toc_html_text(out, file->path);
    toc_buf_str(out, "\"></p>\n");
}

// By what is in it, not by its name. A drawing (SVG) is shown as a picture too: as such a browser runs and
// fetches nothing of what is in it.
static const char *picture_type(const toc_file *file)
{
    size_t len = strlen(file->path);
    if (file->size > 8 && memcmp(file->data, "\x89PNG\r\n\x1a\n", 8) == 0)
        return "png";
    if (file->size > 3 && memcmp(file->data, "\xFF\xD8\xFF", 3) == 0)
        return "jpeg";
    if (len > 4 && strcmp(file->path + len - 4, ".svg") == 0 &&
        toc_utf8_valid(file->data, file->size, NULL) && strstr(file->data, "<svg"))
        return "svg+xml";
    return NULL;
}
