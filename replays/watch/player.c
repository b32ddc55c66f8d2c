// SPDX-License-Identifier: MIT
// Beats are the lines that count. Each has its place on a time line of presentation (µs at normal speed), made anew when the beats or the
// folding change; the playhead is a place on it, and line and play time follow from that.
#include "replays/player.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"

enum { MOMENT_MS = 1000, NORMAL = 1000, US = 1000, WALL_SECONDS = 19 };

// A recording may say what times it likes; no sum of them leads out of the numbers.
#define GAP_MS  1000000000000000LL
#define LAST_US (INT64_MAX / 2)

struct toc_player {
    const toc_recording *r;
    int64_t *stood; // by seq: wall ms for which play had stood until then
    bool *stands;   // by seq: it stands after that line
    size_t stood_count, stood_capacity, stands_capacity;
    int64_t *beats; // seqs; the first and the last line are always among them
    int64_t *place; // of each beat, µs
    size_t count, capacity, place_capacity;
    int64_t seq, t, at; // at: µs
    int64_t speed, idle;
    bool is_playing, shows_all;
};

static void measure(toc_player *p);
static void lay_out(toc_player *p);
static void add_beat(toc_player *p, int64_t seq);
static int64_t gap(const toc_player *p, size_t beat, bool is_folded);
static size_t beat_at(const toc_player *p, const int64_t *sorted, int64_t value);
static void settle(toc_player *p);
static int64_t time_of(const toc_player *p, int64_t seq);
static int64_t inside(int64_t n, int64_t low, int64_t high);
static bool stands_after(toc_kind kind, bool stands);
static bool read_wall(const char *wall, int64_t *ms);

toc_player *toc_player_new(const toc_recording *r)
{
    toc_player *p = toc_alloc(sizeof *p);
    p->r = r;
    p->speed = NORMAL;
    p->idle = TOC_IDLE_MS;
    p->shows_all = true;
    measure(p);
    lay_out(p);
    toc_player_go_line(p, toc_recording_start(r) ? toc_recording_start(r) : 1);
    return p;
}

void toc_player_free(toc_player *p)
{
    if (!p)
        return;
    free(p->stood);
    free(p->stands);
    free(p->beats);
    free(p->place);
    free(p);
}

void toc_player_show(toc_player *p, const int64_t *seqs, size_t count)
{
    p->shows_all = false;
    p->count = 0;
    if (toc_recording_count(p->r) > 0)
        add_beat(p, 1);
    for (size_t i = 0; i < count; i++)
        add_beat(p, seqs[i]);
    lay_out(p);
    toc_player_go(p, p->seq, p->t);
}

void toc_player_grow(toc_player *p)
{
    measure(p);
    lay_out(p);
    toc_player_go(p, p->seq, p->t);
}

int64_t toc_player_seq(const toc_player *p)
{
    return p->seq;
}

int64_t toc_player_t(const toc_player *p)
{
    return p->t;
}

bool toc_player_is_at_end(const toc_player *p)
{
    return p->seq >= toc_recording_count(p->r);
}

bool toc_player_is_playing(const toc_player *p)
{
    return p->is_playing;
}

void toc_player_play(toc_player *p, bool is_playing)
{
    if (is_playing && toc_player_is_at_end(p))
        toc_player_go_line(p, toc_recording_start(p->r) ? toc_recording_start(p->r) : 1);
    p->is_playing = is_playing && !toc_player_is_at_end(p);
}

int64_t toc_player_speed(const toc_player *p)
{
    return p->speed;
}

void toc_player_set_speed(toc_player *p, int64_t thousandths)
{
    p->speed = inside(thousandths, TOC_SPEED_LEAST, TOC_SPEED_MOST);
    lay_out(p);
    toc_player_go(p, p->seq, p->t);
}

void toc_player_faster(toc_player *p, int steps)
{
    for (; steps > 0; steps--)
        toc_player_set_speed(p, p->speed * 2);
    for (; steps < 0; steps++)
        toc_player_set_speed(p, p->speed == TOC_SPEED_MOST ? TOC_SPEED_MOST / 1000 * 512
                                                           : p->speed / 2);
}

int64_t toc_player_idle(const toc_player *p)
{
    return p->idle;
}

void toc_player_set_idle(toc_player *p, int64_t ms)
{
    p->idle = ms;
    lay_out(p);
    toc_player_go(p, p->seq, p->t);
}

int64_t toc_player_folding(const toc_player *p)
{
    if (p->count < 2 || toc_player_is_at_end(p))
        return 0;
    size_t beat = beat_at(p, p->beats, p->seq);
    if (beat + 1 >= p->count)
        return 0;
    int64_t whole = gap(p, beat, false);
    return whole > gap(p, beat, true) ? whole : 0;
}

bool toc_player_pass(toc_player *p, int64_t ms)
{
    if (!p->is_playing || ms <= 0 || p->count == 0)
        return false;
    const int64_t seq = p->seq, t = p->t, last = p->place[p->count - 1];
    p->at = last - p->at > ms * p->speed ? p->at + ms * p->speed : last;
    settle(p);
    if (p->at >= last)
        p->is_playing = false;
    return p->seq != seq || p->t != t;
}

int64_t toc_player_wait(const toc_player *p)
{
    if (!p->is_playing || p->count == 0)
        return -1;
    size_t next = beat_at(p, p->place, p->at) + 1;
    return next < p->count ? (p->place[next] - p->at + p->speed - 1) / p->speed : -1;
}

void toc_player_go(toc_player *p, int64_t seq, int64_t t)
{
    const int64_t count = toc_recording_count(p->r);
    if (count == 0)
        return;
    p->seq = inside(seq, 1, count);
    int64_t low = time_of(p, p->seq), high = p->seq < count ? time_of(p, p->seq + 1) : low;
    p->t = inside(t, low, high > low ? high : low);
    size_t beat = beat_at(p, p->beats, p->seq);
    p->at = p->place[beat];
    if (beat + 1 >= p->count)
        return;
    // How much of the gap is over, as far as play time and lines tell.
    int64_t from = time_of(p, p->beats[beat]), to = time_of(p, p->beats[beat + 1]);
    int64_t wide = p->place[beat + 1] - p->at;
    if (to > from)
        p->at += (int64_t)((double)wide * (double)(p->t - from) / (double)(to - from));
}

void toc_player_go_time(toc_player *p, int64_t t)
{
    t = inside(t, 0, toc_recording_end(p->r));
    toc_player_go(p, toc_recording_by(p->r, t), t);
}

void toc_player_go_line(toc_player *p, int64_t seq)
{
    const int64_t count = toc_recording_count(p->r);
    seq = inside(seq, 1, count);
    toc_player_go(p, seq, count ? time_of(p, seq) : 0);
}

bool toc_player_stands(const toc_player *p)
{
    return p->seq < (int64_t)p->stood_count && p->stands[p->seq];
}

int64_t toc_player_stood(const toc_player *p, int64_t from, int64_t to)
{
    const int64_t last = (int64_t)p->stood_count - 1;
    if (last < 1)
        return 0;
    return p->stood[inside(to, 1, last)] - p->stood[inside(from, 1, last)];
}

// For how long play had stood by each line. Only inputs know the wall's time; a line between has that of the one before.
static void measure(toc_player *p)
{
    const int64_t count = toc_recording_count(p->r);
    bool stands = true;
    int64_t wall = -1, stood = 0, now;
    p->stood_count = 0;
    for (int64_t seq = 0; seq <= count; seq++) {
        const toc_event *ev = seq ? toc_recording_at(p->r, seq) : NULL;
        if (ev && read_wall(toc_event_str(ev, TOC_F_WALL), &now)) {
            if (stands && wall >= 0 && now > wall)
                stood += now - wall;
            wall = now;
        }
        TOC_GROW(p->stood, p->stood_count, p->stood_capacity);
        TOC_GROW(p->stands, p->stood_count, p->stands_capacity);
        stands = ev ? stands_after(ev->kind, stands) : stands;
        p->stands[p->stood_count] = stands;
        p->stood[p->stood_count++] = stood;
    }
}

static bool stands_after(toc_kind kind, bool stands)
{
    switch (kind) {
    case TOC_K_START:
    case TOC_K_RESUME:
        return false;
    case TOC_K_PAUSE:
    case TOC_K_EMERGENCY:
    case TOC_K_RESUMED:
    case TOC_K_ENDEX:
    case TOC_K_CLOSE:
        return true;
    default:
        return stands;
    }
}

static void lay_out(toc_player *p)
{
    const int64_t count = toc_recording_count(p->r);
    if (p->shows_all) {
        p->count = 0;
        for (int64_t seq = 1; seq <= count; seq++)
            add_beat(p, seq);
    } else if (count > 0) {
        add_beat(p, count);
    }
    TOC_GROW(p->place, p->count, p->place_capacity);
    for (size_t i = 0; i < p->count; i++) {
        const int64_t wide = i == 0 ? 0 : gap(p, i - 1, true) * US;
        p->place[i] = i == 0                             ? 0
                      : p->place[i - 1] > LAST_US - wide ? LAST_US
                                                         : p->place[i - 1] + wide;
    }
}

static void add_beat(toc_player *p, int64_t seq)
{
    if (p->count > 0 && seq <= p->beats[p->count - 1])
        return;
    TOC_GROW(p->beats, p->count, p->capacity);
    p->beats[p->count++] = seq;
}

// From a beat to the next one, ms at normal speed. What is idle, and what a moment is, goes by the clock of whoever watches.
static int64_t gap(const toc_player *p, size_t beat, bool is_folded)
{
    int64_t from = p->beats[beat], to = p->beats[beat + 1];
    int64_t ms = time_of(p, to) - time_of(p, from) + toc_player_stood(p, from, to);
    ms = inside(ms, 0, GAP_MS);
    bool is_idle = p->idle > 0 && ms > p->idle * p->speed / NORMAL;
    return is_folded && is_idle ? MOMENT_MS * p->speed / NORMAL : ms;
}

// The last beat whose value is at most that one.
static size_t beat_at(const toc_player *p, const int64_t *sorted, int64_t value)
{
    size_t low = 0, high = p->count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] <= value)
            low = middle;
        else
            high = middle;
    }
    return low;
}

// Line and play time from the place.
static void settle(toc_player *p)
{
    size_t beat = beat_at(p, p->place, p->at);
    p->seq = p->beats[beat];
    p->t = time_of(p, p->seq);
    if (beat + 1 >= p->count)
        return;
    int64_t wide = p->place[beat + 1] - p->place[beat], to = time_of(p, p->beats[beat + 1]);
    if (wide <= 0 || to <= p->t)
        return;
    p->t += (int64_t)((double)(to - p->t) * (double)(p->at - p->place[beat]) / (double)wide);
    // Lines that do not count have happened too.
    int64_t by = toc_recording_by(p->r, p->t);
    p->seq = inside(by, p->seq, p->beats[beat + 1] - 1);
    int64_t least = time_of(p, p->seq);
    p->t = p->t > least ? p->t : least;
}

static int64_t time_of(const toc_player *p, int64_t seq)
{
    return toc_recording_at(p->r, seq)->t;
}

static int64_t inside(int64_t n, int64_t low, int64_t high)
{
    return n > high ? high : n < low ? low : n;
}

// "2026-11-21T18:00:00.000Z": the thousandths are not worth the trouble.
static bool read_wall(const char *wall, int64_t *ms)
{
    char text[WALL_SECONDS + 2] = "";
    toc_story at;
    if (!wall || strlen(wall) < WALL_SECONDS)
        return false;
    memcpy(text, wall, WALL_SECONDS);
    text[WALL_SECONDS] = 'Z';
    if (toc_story_parse(text, &at, NULL) != TOC_OK)
        return false;
    *ms = at.ms;
    return true;
}
