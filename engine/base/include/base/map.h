// SPDX-License-Identifier: MIT
#ifndef TOC_MAP_H
#define TOC_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A map from strings to numbers, for ids. It is only ever asked for one key: it has no order and no
// iteration, so that nothing can come to depend on one.
typedef struct toc_map toc_map;

toc_map *toc_map_new(void);
void toc_map_free(toc_map *m);
void toc_map_put(toc_map *m, const char *key, int64_t value); // copies key, replaces
bool toc_map_get(const toc_map *m, const char *key, int64_t *value);
void toc_map_remove(toc_map *m, const char *key);
size_t toc_map_count(const toc_map *m);

#endif
