// SPDX-License-Identifier: MIT
#ifndef TOC_GROWN_H
#define TOC_GROWN_H

// A shipped scenario played to its end by people who write, read and observe without pause, so that its journal grows as
// long as a test or a measurement wants it. Closed, and sealed at its end. Whatever goes wrong in here fails the test.

#include "recording.h"

// grown_make plays until there are about so many lines, and seals every seal_every lines besides. Of the recording only header, key
// and bodies are there: recording_write, and recording_fini.
void grown_make(recording *r, const char *scenario, size_t lines, size_t seal_every);
// The same of files, which it takes.
void grown_make_files(recording *r, toc_files *files_take, size_t lines, size_t seal_every);

#endif
