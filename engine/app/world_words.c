// SPDX-License-Identifier: MIT
#include "world_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "world/words.h"

void toc_add_visible(toc_buf *out, const char *text)
{
    toc_text_visible(out, text, strlen(text), false);
}

static void add_named(toc_buf *out, const char *name, const char *id)
{
    toc_add_visible(out, name ? name : id);
    if (name)
        toc_buf_printf(out, " (%s)", id);
}

void toc_add_service(toc_buf *out, const toc_model *m, size_t service)
{
    add_named(out, m->services[service].name, m->services[service].id);
}

void toc_add_repair(toc_buf *out, const toc_model *m, size_t repair)
{
    add_named(out, m->repairs[repair].name, m->repairs[repair].id);
}

void toc_add_percent(toc_buf *out, int64_t ppm)
{
    toc_percent_text(out, ppm);
    toc_buf_str(out, " %");
}

void toc_add_span(toc_buf *out, int64_t minutes)
{
    if (minutes >= 60)
        toc_buf_printf(out, "%" PRId64 "h", minutes / 60);
    if (minutes % 60 || minutes == 0)
        toc_buf_printf(out, "%" PRId64 "m", minutes % 60);
}

void toc_add_count(toc_buf *out, int64_t n)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%" PRId64, n);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-')
            toc_buf_char(out, ',');
        toc_buf_char(out, digits[i]);
    }
}

void toc_add_hours(toc_buf *out, int64_t ppm_minutes)
{
    int64_t per_hour = (int64_t)TOC_PPM * 60;
    int64_t hundredths = (ppm_minutes + per_hour / 200) / (per_hour / 100);
    toc_add_count(out, hundredths / 100);
    if (hundredths % 10)
        toc_buf_printf(out, ".%02" PRId64, hundredths % 100);
    else if (hundredths % 100)
        toc_buf_printf(out, ".%" PRId64, hundredths % 100 / 10);
}

int toc_names_width(const toc_model *m, bool has_repairs, int most)
{
    toc_buf name = {0};
    int widest = 0;
    for (size_t i = 0; i < m->service_count + (has_repairs ? m->repair_count : 0); i++) {
        toc_buf_clear(&name);
        if (i < m->service_count)
            toc_add_service(&name, m, i);
        else
            toc_add_repair(&name, m, i - m->service_count);
        int columns = toc_text_columns(toc_buf_text(&name), name.len);
        widest = columns > widest ? columns : widest;
    }
    toc_buf_fini(&name);
    return widest < most ? widest : most;
}

void toc_pad(toc_buf *out, size_t from, int width)
{
    int columns = toc_text_columns(out->data + from, out->len - from);
    int missing = width - columns;
    for (int i = 0; i < (missing > 2 ? missing : 2); i++)
        toc_buf_char(out, ' ');
}
