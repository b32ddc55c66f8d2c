// SPDX-License-Identifier: MIT
#ifndef TOC_VERB_PARSE_H
#define TOC_VERB_PARSE_H

// The inside of the language of acts: one function for each form of a line. rest is what follows the
// verb. Each fills a->input, whose kind is set, or says what is missing.

#include "record/verb.h"

// toc_word_take takes the next word off *at and leaves *at at the one after; NULL at the end.
char *toc_word_take(const char **at);

toc_err toc_parse_nothing(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_reason(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_item(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_decide(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_say(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_as(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_forward(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_emergency(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_rate(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_jump(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_inject(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_skip(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_rule(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_phase(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_aware(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_mark(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_submit(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_seat(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_revoke(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_observe(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_rating(toc_act *a, const char *rest, toc_error *e);

#endif
