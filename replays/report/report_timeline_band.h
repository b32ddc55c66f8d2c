// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_TIMELINE_BAND_H
#define TOC_REPORT_TIMELINE_BAND_H

// One band of the timeline as SVG. From top to bottom: what concerns all lanes, the lanes, the world, the clocks.

#include "report_timeline.h"

// Tenths of the picture's units.
enum {
    TOC_BAND_WIDTH = 9000,
    TOC_BAND_LEFT = 1260,
    TOC_BAND_RIGHT = 560,
    TOC_BAND_PLOT = TOC_BAND_WIDTH - TOC_BAND_LEFT - TOC_BAND_RIGHT,
    TOC_BAND_ROW = 145,    // of labels
    TOC_BAND_MARKS = 190,  // below a lane's labels
    TOC_BAND_LEVELS = 440, // a domain's band
    TOC_BAND_CLOCKS = 420, // the axis
    TOC_BAND_LETTER = 72,  // about the width of one
    TOC_BAND_LABEL = 14,   // letters of a short label
    TOC_BAND_LONG = 34,    // and of one with its title
    TOC_BAND_MINUTE = 60000,
};

typedef struct {
    toc_buf *svg;
    const toc_chart *tl;
    int64_t from, until; // along the axis
    int64_t left, plot;  // where it begins, and how wide it is drawn
    int64_t *row_of;     // of each mark's label: 0 is the lowest; -1: it has none here
    bool *is_long;       // its title stands beside it
    int64_t *top, *rows; // of each lane; the last are those of what concerns all
    int64_t bottom;      // of the lanes and the world: where the clocks begin
    bool is_last;
} toc_band;

// toc_band_draw appends format, in which each ~ stands for the next length, in tenths.
void toc_band_draw(toc_buf *svg, const char *format, const int64_t *lengths);
#define DRAW(svg, format, ...) toc_band_draw((svg), (format), (const int64_t[]){__VA_ARGS__})

void toc_band_text(toc_buf *svg, const char *text); // foreign
// What stands beside a mark: its label, or with its title, cut.
void toc_band_label(toc_buf *out, const toc_band *b, const toc_plot *m, bool is_long);
size_t toc_band_fitting(const char *text, int columns); // bytes of it that are at most so wide

// Finds rows for the labels of a lane, or (as its number is lane_count) of what concerns all.
void toc_band_place(toc_band *b, size_t lane);

int64_t toc_band_x(const toc_band *b, int64_t t);
bool toc_band_has(const toc_band *b, int64_t t);       // is that time in this band?
int64_t toc_band_line(const toc_band *b, size_t lane); // where a lane's marks stand

// The ground,
void toc_band_lanes(toc_band *b);
void toc_band_domains(toc_band *b);
void toc_band_clocks(toc_band *b);
void toc_band_folds(toc_band *b);
// and what stands on it.
void toc_band_through(toc_band *b);
void toc_band_messages(toc_band *b);
void toc_band_marks(toc_band *b);

#endif
