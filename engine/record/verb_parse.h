// SPDX-License-Identifier: MIT
#ifndef TOC_VERB_PARSE_H
#define TOC_VERB_PARSE_H

// The inside of the language of acts: one function for each form of a line. rest is what follows the
// verb. Each fills a->input, whose kind is set, or says what is missing.

#include "record/verb.h"

// ---- words (verb_words.c). Each takes what it reads off *at and leaves *at at the next word ---------------------

char *toc_word_take(const char **at); // the next word; NULL at the end
char *toc_name_take(const char **at); // the same, or what stands in quotes: "Coast Guard"
toc_err toc_take_field(toc_act *a, toc_field field, const char **at, const char *what,
                       toc_error *e); // what: the question if there is none
toc_err toc_take_item(toc_act *a, toc_field field, const char **at, toc_error *e);
// One word, or several parted by commas, with or without spaces after them.
toc_err toc_take_names(toc_act *a, toc_field field, const char **at, const char *what,
                       toc_error *e);
// An optional "re N": the item must follow, and must look like one, or it is the beginning of a text.
toc_err toc_take_re(toc_act *a, toc_field field, const char **at, toc_error *e);
toc_err toc_take_time(toc_act *a, toc_field field, const char **at, toc_error *e); // "T+1:20"
// The same for UNTIL, or a span from what it is now: "+10m" "-5m"; is_bare: "10m" too.
toc_err toc_take_new_time(toc_act *a, bool is_bare, const char **at, toc_error *e);
bool toc_is_time(const char *s); // a time of play begins here
// toc_set_text takes rest for TEXT, or notes the file that holds it: "@report.txt". what: the question if there
// is nothing.
toc_err toc_set_text(toc_act *a, const char *rest, const char *what, toc_error *e);
void toc_set_rest(toc_act *a, toc_field field, const char *rest); // without spaces at its end
void toc_set_reason(toc_act *a, const char *rest); // with or without the word because
// The first "because" that is a word of its own and has something after it; NULL for none.
const char *toc_find_because(const char *s);
const char *toc_skip_spaces(const char *s);
bool toc_starts_word(const char *s, const char *word); // capitals do not matter
// Letters, a dash, digits, perhaps a colon: how authors write ids (OBJ-2, INJ-09).
bool toc_looks_like_id(const char *word);

// ---- forms ----------------------------------------------------------------------------------------------------

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
toc_err toc_parse_ask(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_edit(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_adhoc(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_deliver(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_promise(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_kept(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_move(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_extend(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_drop(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_wake(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_set(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_start_repair(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_refuel(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_open_alternative(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_black_start(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_claim(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_reassign(toc_act *a, const char *rest, toc_error *e);
toc_err toc_parse_sign_in(toc_act *a, const char *rest, toc_error *e);

#endif
