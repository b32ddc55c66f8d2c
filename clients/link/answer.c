// SPDX-License-Identifier: MIT
#include "answer.h"

#include <string.h>

static bool is_receipt(const char *text);

void toc_answer_read(toc_answer *a, const char *data, size_t len)
{
    *a = (toc_answer){.id = ""};
    if (toc_json_read(&a->body, data, len, TOC_JSON_REPLY, NULL) != TOC_OK)
        a->body = NULL;
    const toc_json *error = toc_json_get(a->body, "error");
    const char *id = toc_json_text(toc_json_get(a->body, "id"));
    const char *receipt = toc_json_text(toc_json_get(a->body, "receipt"));
    a->id = id ? id : "";
    a->ok = toc_json_true(toc_json_get(a->body, "ok"));
    a->receipt = receipt && is_receipt(receipt) ? receipt : NULL;
    if (a->ok)
        return;
    a->code = toc_json_text(toc_json_get(error, "code"));
    a->text = toc_json_text(toc_json_get(error, "text"));
    if (!a->code)
        a->code = "bad-reply";
    if (!a->text)
        a->text = "the engine's answer cannot be read";
}

void toc_answer_fini(toc_answer *a)
{
    toc_json_free(a->body);
    *a = (toc_answer){.id = ""};
}

static bool is_receipt(const char *text)
{
    return strlen(text) == TOC_RECEIPT_LEN && strspn(text, "0123456789abcdef") == TOC_RECEIPT_LEN;
}
