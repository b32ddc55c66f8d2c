// SPDX-License-Identifier: MIT
// A time of any text is refused, or read as one that is written and read again as the same.
#include "fuzz.h"

#include "base/mem.h"
#include "base/time.h"

static const toc_story start = {1645671600000, 120}; // 2022-02-24 05:00+02:00

static void look_at_story(toc_story s)
{
    toc_buf out = {0};
    toc_story again;
    assert(s.ms >= -TOC_MS_MAX && s.ms <= TOC_MS_MAX);
    toc_story_text(&out, s);
    toc_err err = toc_story_parse(toc_buf_text(&out), &again, NULL);
    // It is written to the minute.
    assert(!err && again.zone_minutes == s.zone_minutes && again.ms <= s.ms &&
           s.ms - again.ms < 60000);
    (void)err;
    toc_story_clock_text(&out, s);
    for (int months = -14; months <= 14; months += 7)
        toc_story_text(&out, toc_story_add_months(s, months));
    toc_buf_fini(&out);
}

static void look_at(const char *text)
{
    int64_t ms, again;
    toc_story story;
    toc_buf out = {0};
    toc_error e = {0};
    if (toc_duration_parse(text, &ms, &e) == TOC_OK) {
        toc_duration_text(&out, ms);
        toc_err err = toc_duration_parse(toc_buf_text(&out), &again, &e);
        assert(ms >= 0 && ms <= TOC_MS_MAX && !err && again == ms);
        (void)err;
    }
    toc_buf_clear(&out);
    if (toc_play_parse(text, &ms, &e) == TOC_OK) {
        toc_play_text(&out, ms);
        toc_err err = toc_play_parse(toc_buf_text(&out), &again, &e);
        assert(ms >= 0 && ms <= TOC_MS_MAX && !err && again == ms / 1000 * 1000);
        (void)err;
    }
    if (toc_story_parse(text, &story, &e) == TOC_OK)
        look_at_story(story);
    if (toc_story_clock_parse(text, start, &story, &e) == TOC_OK) {
        assert(story.ms >= start.ms && story.zone_minutes == start.zone_minutes);
        look_at_story(story);
    }
    toc_buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = toc_strndup((const char *)data, size);
    look_at(text);
    free(text);
    return 0;
}
