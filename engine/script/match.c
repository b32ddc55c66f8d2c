// SPDX-License-Identifier: MIT
#include "match.h"

#include <string.h>

// How an item is satisfied. The first four look at one character through a set and may repeat.
typedef enum {
    ITEM_ONE,
    ITEM_GREEDY,   // * + ?: as many as there are, from min to max, then fewer
    ITEM_LAZY,     // -: none, then more
    ITEM_OPEN,     // (
    ITEM_CLOSE,    // )
    ITEM_POSITION, // ()
    ITEM_BALANCED, // %bxy
    ITEM_FRONTIER, // %f[set]
    ITEM_BACK,     // %1
    ITEM_TAIL,     // $ at the very end
    ITEM_END
} item_kind;

typedef struct item {
    uint32_t set[8];     // one bit a byte value
    struct item *choice; // the nearest repeating item before this one: where to go when it fails
    size_t min, max;     // how often, for ITEM_GREEDY
    size_t from, count;  // while matching: where it began and how much it has taken
    item_kind kind;
    unsigned char number;      // of the capture
    unsigned char open, close; // of %b
} item;

struct toc_pattern {
    int captures;
    bool is_anchored;
    item items[];
};

// What is known while a pattern is read.
typedef struct {
    const char *p;
    const char *end;
    item *next;
    item *choice;
    int captures;
    bool is_open[TOC_PATTERN_CAPTURES];
    const char *wrong; // NULL so far
} reader;

static void read_item(reader *r);
static bool enter_item(toc_match *m, item *it, size_t *at);
static item *retreat(toc_match *m, const item *failed, size_t *at);

size_t toc_pattern_size(size_t len)
{
    return sizeof(toc_pattern) + (len + 1) * sizeof(item);
}

const char *toc_pattern_compile(toc_pattern *p, const char *text, size_t len, bool has_anchor)
{
    if (len > TOC_PATTERN_MAX)
        return "the pattern is longer than 1024 bytes";
    reader r = {.p = text, .end = text + len, .next = p->items};
    p->is_anchored = has_anchor && len > 0 && *text == '^';
    if (p->is_anchored)
        r.p++;
    while (!r.wrong && r.p < r.end)
        read_item(&r);
    for (int i = 0; !r.wrong && i < r.captures; i++) {
        if (r.is_open[i])
            r.wrong = "malformed pattern (a '(' without its ')')";
    }
    memset(r.next, 0, sizeof *r.next);
    r.next->kind = ITEM_END;
    r.next->choice = r.choice;
    p->captures = r.captures;
    return r.wrong;
}

bool toc_pattern_is_anchored(const toc_pattern *p)
{
    return p->is_anchored;
}

int toc_pattern_captures(const toc_pattern *p)
{
    return p->captures;
}

bool toc_match_at(toc_match *m, size_t at)
{
    m->start = at;
    for (item *it = m->pattern->items; it && --m->steps >= 0;) {
        if (it->kind == ITEM_END) {
            m->end = at;
            return true;
        }
        it = enter_item(m, it, &at) ? it + 1 : retreat(m, it, &at);
    }
    return false;
}

bool toc_match_find(toc_match *m, size_t from)
{
    for (size_t at = from; at <= m->len && m->steps >= 0; at++) {
        if (toc_match_at(m, at))
            return true;
        if (m->pattern->is_anchored)
            break;
    }
    return false;
}

// ---- reading a pattern

static void set_add(uint32_t *set, unsigned char c)
{
    set[c >> 5] |= (uint32_t)1 << (c & 31);
}

static bool set_has(const uint32_t *set, unsigned char c)
{
    return set[c >> 5] >> (c & 31) & 1;
}

// <ctype.h> would ask the locale.
static bool is_of_class(unsigned char c, char class)
{
    bool is_lower = c >= 'a' && c <= 'z';
    bool is_upper = c >= 'A' && c <= 'Z';
    bool is_digit = c >= '0' && c <= '9';
    switch (class) {
    case 'a':
        return is_lower || is_upper;
    case 'c':
        return c < 32 || c == 127;
    case 'd':
        return is_digit;
    case 'g':
        return c > 32 && c < 127;
    case 'l':
        return is_lower;
    case 'p':
        return c > 32 && c < 127 && !is_lower && !is_upper && !is_digit;
    case 's':
        return c == ' ' || (c >= 9 && c <= 13);
    case 'u':
        return is_upper;
    case 'w':
        return is_lower || is_upper || is_digit;
    default:
        return is_digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); // x
    }
}

// %letter is a class, its upper case the complement; % and anything else is that character.
static void set_add_escaped(uint32_t *set, char letter)
{
    bool is_upper = letter >= 'A' && letter <= 'Z';
    char class = is_upper ? (char)(letter - 'A' + 'a') : letter;
    if (class == '\0' || !strchr("acdglpsuwx", class)) {
        set_add(set, (unsigned char)letter);
        return;
    }
    for (int c = 0; c < 256; c++) {
        if (is_of_class((unsigned char)c, class) != is_upper)
            set_add(set, (unsigned char)c);
    }
}

// The ] that ends the set whose first character (after [ and ^) is at p; NULL if there is none. The
// first character never ends a set.
static const char *set_end(const char *p, const char *end)
{
    do {
        if (p == end)
            return NULL;
        if (*p == '%' && p + 1 < end)
            p++;
        p++;
    } while (p == end || *p != ']');
    return p;
}

// r->p stands after the [.
static void read_set(reader *r, item *it)
{
    bool is_complement = r->p < r->end && *r->p == '^';
    const char *p = r->p + is_complement;
    const char *close = set_end(p, r->end);
    if (!close) {
        r->wrong = "malformed pattern (a '[' without its ']')";
        return;
    }
    for (; p < close; p++) {
        if (*p == '%' && p + 1 < close) {
            set_add_escaped(it->set, *++p);
        } else if (p + 2 < close && p[1] == '-') {
            for (int c = (unsigned char)p[0]; c <= (unsigned char)p[2]; c++)
                set_add(it->set, (unsigned char)c);
            p += 2;
        } else {
            set_add(it->set, (unsigned char)*p);
        }
    }
    if (is_complement) {
        for (int i = 0; i < 8; i++)
            it->set[i] = ~it->set[i];
    }
    r->p = close + 1;
}

static void read_open(reader *r, item *it)
{
    if (r->captures == TOC_PATTERN_CAPTURES) {
        r->wrong = "too many captures in the pattern (32 at most)";
        return;
    }
    it->number = (unsigned char)r->captures++;
    if (r->p < r->end && *r->p == ')') {
        r->p++;
        it->kind = ITEM_POSITION;
    } else {
        r->is_open[it->number] = true;
        it->kind = ITEM_OPEN;
    }
}

static void read_close(reader *r, item *it)
{
    int i = r->captures - 1;
    while (i >= 0 && !r->is_open[i])
        i--;
    if (i < 0) {
        r->wrong = "malformed pattern (a ')' without its '(')";
        return;
    }
    r->is_open[i] = false;
    it->number = (unsigned char)i;
    it->kind = ITEM_CLOSE;
}

static void read_balanced(reader *r, item *it)
{
    if (r->end - r->p < 2) {
        r->wrong = "malformed pattern (%b wants two characters)";
        return;
    }
    it->kind = ITEM_BALANCED;
    it->open = (unsigned char)r->p[0];
    it->close = (unsigned char)r->p[1];
    r->p += 2;
}

static void read_frontier(reader *r, item *it)
{
    if (r->p == r->end || *r->p != '[') {
        r->wrong = "malformed pattern (%f wants a set in [ ])";
        return;
    }
    r->p++;
    it->kind = ITEM_FRONTIER;
    read_set(r, it);
}

static void read_back(reader *r, item *it, char digit)
{
    int number = digit - '1';
    if (number < 0 || number >= r->captures || r->is_open[number]) {
        r->wrong = "malformed pattern (a %digit for a capture that is not there yet)";
        return;
    }
    it->kind = ITEM_BACK;
    it->number = (unsigned char)number;
}

// What follows a single character: * + - ? or nothing.
static void read_repeat(reader *r, item *it)
{
    char c = r->p < r->end ? *r->p : '\0';
    it->kind = ITEM_ONE;
    if (c != '*' && c != '+' && c != '-' && c != '?')
        return;
    r->p++;
    it->kind = c == '-' ? ITEM_LAZY : ITEM_GREEDY;
    it->min = c == '+';
    it->max = c == '?' ? 1 : SIZE_MAX;
    r->choice = it;
}

static void read_escape(reader *r, item *it)
{
    if (r->p == r->end) {
        r->wrong = "malformed pattern (it ends with '%')";
        return;
    }
    char c = *r->p++;
    if (c == 'b') {
        read_balanced(r, it);
    } else if (c == 'f') {
        read_frontier(r, it);
    } else if (c >= '0' && c <= '9') {
        read_back(r, it, c);
    } else {
        set_add_escaped(it->set, c);
        read_repeat(r, it);
    }
}

static void read_item(reader *r)
{
    item *it = r->next++;
    memset(it, 0, sizeof *it);
    it->choice = r->choice;
    char c = *r->p++;
    if (c == '(') {
        read_open(r, it);
    } else if (c == ')') {
        read_close(r, it);
    } else if (c == '$' && r->p == r->end) {
        it->kind = ITEM_TAIL;
    } else if (c == '%') {
        read_escape(r, it);
    } else {
        if (c == '[')
            read_set(r, it);
        else if (c == '.')
            memset(it->set, 0xff, sizeof it->set);
        else
            set_add(it->set, (unsigned char)c);
        if (!r->wrong)
            read_repeat(r, it);
    }
}

// ---- matching

static bool fits(const toc_match *m, const item *it, size_t at)
{
    return at < m->len && set_has(it->set, (unsigned char)m->subject[at]);
}

// How many characters from `at` on fit, at most it->max. Every one is a step.
static size_t run_length(toc_match *m, const item *it, size_t at)
{
    size_t n = 0;
    while (n < it->max && fits(m, it, at + n))
        n++;
    m->steps -= (int64_t)n;
    return n;
}

static bool enter_balanced(toc_match *m, const item *it, size_t *at)
{
    if (*at >= m->len || (unsigned char)m->subject[*at] != it->open)
        return false;
    size_t depth = 1;
    for (size_t i = *at + 1; i < m->len; i++) {
        unsigned char c = (unsigned char)m->subject[i];
        m->steps--;
        if (c == it->close) { // first, so that %b"" ends at the second quote
            if (--depth == 0) {
                *at = i + 1;
                return true;
            }
        } else if (c == it->open) {
            depth++;
        }
    }
    return false;
}

// Before the first and after the last character stands a NUL.
static bool is_frontier(const toc_match *m, const item *it, size_t at)
{
    unsigned char before = at > 0 ? (unsigned char)m->subject[at - 1] : 0;
    unsigned char here = at < m->len ? (unsigned char)m->subject[at] : 0;
    return !set_has(it->set, before) && set_has(it->set, here);
}

static bool enter_back(toc_match *m, const item *it, size_t *at)
{
    const toc_capture *c = &m->captures[it->number];
    if (c->len == TOC_CAPTURE_POSITION || c->len > m->len - *at)
        return false;
    m->steps -= (int64_t)(c->len / 8);
    if (memcmp(m->subject + c->at, m->subject + *at, c->len) != 0)
        return false;
    *at += c->len;
    return true;
}

// enter_item satisfies an item for the first time and moves *at. Captures need no undoing: items are
// passed in order, so the path that succeeds has written all of its own last.
static bool enter_item(toc_match *m, item *it, size_t *at)
{
    switch (it->kind) {
    case ITEM_ONE:
        return fits(m, it, *at) && ++*at;
    case ITEM_GREEDY:
        it->from = *at;
        it->count = run_length(m, it, *at);
        *at += it->count;
        return it->count >= it->min;
    case ITEM_LAZY:
        it->from = *at;
        it->count = 0;
        return true;
    case ITEM_OPEN:
        m->captures[it->number].at = *at;
        return true;
    case ITEM_CLOSE:
        m->captures[it->number].len = *at - m->captures[it->number].at;
        return true;
    case ITEM_POSITION:
        m->captures[it->number] = (toc_capture){*at, TOC_CAPTURE_POSITION};
        return true;
    case ITEM_BALANCED:
        return enter_balanced(m, it, at);
    case ITEM_FRONTIER:
        return is_frontier(m, it, *at);
    case ITEM_BACK:
        return enter_back(m, it, at);
    case ITEM_TAIL:
        return *at == m->len;
    case ITEM_END:
        break;
    }
    return true;
}

// retreat goes back to the nearest choice that has another way left, takes it, and gives the item
// after it; NULL when no choice is left. All items before a failed one have been entered.
static item *retreat(toc_match *m, const item *failed, size_t *at)
{
    for (item *it = failed->choice; it && --m->steps >= 0; it = it->choice) {
        if (it->kind == ITEM_GREEDY && it->count > it->min)
            it->count--;
        else if (it->kind == ITEM_LAZY && fits(m, it, it->from + it->count))
            it->count++;
        else
            continue;
        *at = it->from + it->count;
        return it + 1;
    }
    return NULL;
}
