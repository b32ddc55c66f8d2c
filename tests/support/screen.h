// SPDX-License-Identifier: MIT
#ifndef TOC_SCREEN_H
#define TOC_SCREEN_H

// Screens in tests: what must hold of every one, golden files of whole ones, and hostile text to put into them.

#include "base/random.h"
#include "view/grid.h"

// screen_holds fails the test unless each cell is visible text of its stated width, one cluster at most, rows add up,
// and the cursor is inside or nowhere.
void screen_holds(const toc_grid *g);

// screen_compare fails the test unless the screen, with its styles, is tests/fixtures/screens/NAME.txt. TOC_UPDATE_GOLDEN=1
// writes that file anew.
void screen_compare(const toc_grid *g, const char *name);

// screen_noise fills out with hostile bytes but no NUL, ended by one; at most `most` with it. Gives how many.
size_t screen_noise(toc_random *r, char *out, size_t most);

#endif
