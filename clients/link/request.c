// SPDX-License-Identifier: MIT
#include "request.h"

#include <stdlib.h>

#include "base/mem.h"
#include "crypto/crypto.h"

toc_link_request *toc_link_request_new(const char *op, const char *fields,
                                       toc_link_reply_cb on_reply, void *context)
{
    toc_link_request *r = toc_alloc(sizeof *r);
    r->op = toc_strdup(op);
    r->fields = toc_strdup(fields);
    r->on_reply = on_reply;
    r->context = context;
    return r;
}

void toc_link_request_free(toc_link_request *r)
{
    if (!r)
        return;
    free(r->op);
    free(r->fields);
    free(r->id);
    free(r);
}

toc_link_request *toc_link_request_input(const toc_event *input, toc_link_reply_cb on_reply,
                                         void *context)
{
    toc_buf fields = {0};
    toc_event_request(&fields, input);
    toc_link_request *r =
        toc_link_request_new(toc_kind_name(input->kind), toc_buf_text(&fields), on_reply, context);
    toc_buf_fini(&fields);
    return r;
}

toc_link_request *toc_link_request_join(const char *session, const char *receipt)
{
    unsigned char nonce[8];
    toc_buf id = {0};
    toc_buf fields = {0};
    if (session[0]) {
        toc_buf_str(&fields, ",\"session\":");
        toc_json_str(&fields, session);
    }
    if (receipt[0])
        toc_buf_printf(&fields, ",\"receipt\":\"%s\"", receipt);
    toc_link_request *r = toc_link_request_new("join", toc_buf_text(&fields), NULL, NULL);
    r->is_internal = true;
    toc_random_bytes(nonce, sizeof nonce);
    toc_hex_encode(&id, nonce, sizeof nonce);
    toc_buf_str(&id, "-0");
    r->id = toc_buf_take(&id);
    toc_buf_fini(&fields);
    return r;
}

void toc_link_request_answer(toc_link_request *r, const toc_json *body, bool ok, const char *code,
                             const char *text)
{
    toc_link_reply reply = {
        .ok = ok, .code = ok ? NULL : code, .text = ok ? NULL : text, .body = body};
    if (r->on_reply)
        r->on_reply(r->context, &reply);
    toc_link_request_free(r);
}

void toc_link_request_text(toc_buf *out, const toc_link_request *r, const char *token)
{
    toc_buf_str(out, "{\"op\":");
    toc_json_str(out, r->op);
    toc_buf_str(out, ",\"token\":");
    toc_json_str(out, token);
    toc_buf_str(out, ",\"id\":");
    toc_json_str(out, r->id);
    toc_buf_str(out, r->fields);
    toc_buf_char(out, '}');
}

void toc_link_queue_push(toc_link_queue *q, toc_link_request *r)
{
    toc_link_request **at = &q->first;
    while (*at)
        at = &(*at)->next;
    *at = r;
    r->next = NULL;
}

void toc_link_queue_first(toc_link_queue *q, toc_link_request *r)
{
    toc_link_request **at = &q->first;
    while (!r->id && *at && (*at)->id)
        at = &(*at)->next;
    r->next = *at;
    *at = r;
}

toc_link_request *toc_link_queue_pop(toc_link_queue *q)
{
    toc_link_request *r = q->first;
    if (r) {
        q->first = r->next;
        r->next = NULL;
    }
    return r;
}
