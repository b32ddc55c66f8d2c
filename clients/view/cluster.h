// SPDX-License-Identifier: MIT
#ifndef TOC_CLUSTER_H
#define TOC_CLUSTER_H

// A cluster is what is seen as one character: a character with its combining marks and U+FE0F.
// Everything here takes visible text (toc_text_visible); what is cut, is cut between clusters.
// Pure.

#include <stddef.h>
#include <stdint.h>

typedef struct {
    size_t len;  // bytes, at least 1
    int columns; // 1 or 2
} toc_cluster;

toc_cluster toc_cluster_next(const char *s, size_t len); // the first of s; len > 0
// Where the cluster begins that ends at `at`; at > 0.
size_t toc_cluster_before(const char *s, size_t at);
int toc_cluster_columns(const char *s, size_t len); // of all of them
// The bytes of s that stand in `columns`, whole clusters only.
size_t toc_cluster_fit(const char *s, size_t len, int columns);

// toc_cluster_wrap gives the bytes of s (one line, len > 0) that stand in its first row of
// `columns`, at least one cluster, and where the next row begins: behind the space at which the row
// was broken, if there was one. *next is len after the last row.
size_t toc_cluster_wrap(const char *s, size_t len, int columns, size_t *next);

// How many such rows s fills: 1 for an empty line.
size_t toc_cluster_rows(const char *s, size_t len, int columns);

#endif
