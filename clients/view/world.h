// SPDX-License-Identifier: MIT
#ifndef TOC_WORLD_ACTS_H
#define TOC_WORLD_ACTS_H

// What EXCON does to the world by hand: a service's level, a repair, fuel, an alternative, a black start.

#include "view_inside.h"

// toc_world_act asks in a form for what the act needs. False: it is none of these, or not for this role.
bool toc_world_act(toc_view *v, toc_do what, const toc_known_service *s);

#endif
