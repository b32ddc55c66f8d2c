// SPDX-License-Identifier: MIT
// What is fetched in pages: lines of one's own feed, and attachments.
#include <string.h>

#include "desk_inside.h"

static const toc_attachment *find_attachment(const toc_request *q, const char *path);

void toc_desk_feed(toc_request *q)
{
    static const char *const keys[] = {"from", NULL};
    int64_t from;
    if (!toc_request_keys(q, keys) || !toc_request_int(q, "from", true, &from))
        return;
    const toc_feed *feed = toc_conduct_feed(q->desk->conduct, q->feed);
    int64_t head = toc_feed_head(feed);
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "lines");
    toc_buf_char(out, '[');
    // One line goes even if it is longer than a page: texts are limited, so that it is not by much.
    for (int64_t n = from; n <= head; n++) {
        const char *line = toc_feed_line(feed, n);
        if (n > from && out->len + strlen(line) + 256 > TOC_PAGE_BYTES)
            break;
        if (n > from)
            toc_buf_char(out, ',');
        toc_buf_str(out, line);
    }
    toc_buf_char(out, ']');
    toc_json_key(out, "head");
    toc_buf_int(out, head);
}

void toc_desk_attachment(toc_request *q)
{
    static const char *const keys[] = {"path", "part", NULL};
    int64_t part;
    if (!toc_request_keys(q, keys) || !toc_request_int(q, "part", true, &part))
        return;
    const toc_json *named = toc_json_get(q->json, "path");
    const char *path = named ? toc_json_text(named) : NULL;
    if (!path) {
        toc_reply_error(q, "bad-request", "attachment needs \"path\"");
        return;
    }
    const toc_attachment *found = find_attachment(q, path);
    const toc_file *file = found ? toc_files_find(toc_conduct_files(q->desk->conduct), path) : NULL;
    if (!file) {
        toc_reply_error(q, "not-found", "you received no attachment of that name");
        return;
    }
    size_t parts = file->size == 0 ? 1 : (file->size + TOC_ATTACHED_PART - 1) / TOC_ATTACHED_PART;
    if (part > (int64_t)parts) {
        toc_reply_error(q, "not-found", "that attachment has %zu parts", parts);
        return;
    }
    size_t from = (size_t)(part - 1) * TOC_ATTACHED_PART;
    size_t len = file->size - from < TOC_ATTACHED_PART ? file->size - from : TOC_ATTACHED_PART;
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "path");
    toc_json_str(out, path);
    toc_json_key(out, "size");
    toc_buf_int(out, (int64_t)file->size);
    toc_json_key(out, "sha256");
    toc_json_str(out, found->sha256);
    toc_json_key(out, "part");
    toc_buf_int(out, part);
    toc_json_key(out, "parts");
    toc_buf_int(out, (int64_t)parts);
    toc_json_key(out, "data");
    toc_buf_char(out, '"');
    toc_base64_encode(out, file->data + from, len);
    toc_buf_char(out, '"');
}

static const toc_attachment *find_attachment(const toc_request *q, const char *path)
{
    const toc_conduct *c = q->desk->conduct;
    const toc_plan *plan = toc_conduct_plan(c);
    for (size_t i = 0; i < plan->attachment_count; i++)
        if (strcmp(plan->attachments[i].path, path) == 0)
            return toc_conduct_has_attachment(c, q->feed, path) ? &plan->attachments[i] : NULL;
    return NULL;
}
