// SPDX-License-Identifier: MIT
// The words of every kind of line, one row each.
#include "tell_inside.h"

typedef struct {
    const char *words;
    bool is_loud;
} row;

#define WHO "~by?  ({by})~"

static const row rows[TOC_K_COUNT] = {
    [TOC_K_START] = {"STARTEX" WHO, true},
    [TOC_K_PAUSE] = {"PAUSEX~reason?: {reason}~" WHO, true},
    [TOC_K_RESUME] = {"play goes on" WHO, true},
    [TOC_K_SPEED] = {"speed {speed}" WHO, true},
    [TOC_K_PACE] = {"pace {pace}" WHO, true},
    [TOC_K_JUMP] =
        {"jump to {until}~reason?: {reason}~~hold?; held: {hold}~~skip?; skipped: {skip}~"
         "~keep?; time kept for {keep}~" WHO,
         true},
    [TOC_K_PHASE] = {"{by} began phase {phase}", true},
    [TOC_K_FIRE] = {"{by} sent {inject} by hand", true},
    [TOC_K_HOLD] = {"{by} held {inject}", true},
    [TOC_K_RELEASE] = {"{by} released {inject}", true},
    [TOC_K_SKIP] = {"{by} skipped {inject}: {reason}", true},
    [TOC_K_MOVE] =
        {"{by} moved {inject} to {until}~follow?, and what follows it~~reason?: {reason}~", true},
    [TOC_K_EDIT] =
        {"{by} rewrote {inject}~title?: {title}~~text?: {text}~~reason?, because {reason}~", true},
    [TOC_K_ADHOC] = {"{by} wrote an inject to {to}~until?, for {until}~: {title}", true},
    [TOC_K_DELIVER] = {"{by} delivered {inject}~text?: {text}~", true},
    [TOC_K_DROP] = {"{by} dropped the storyline {storyline}: {reason}", true},
    [TOC_K_WAKE] = {"{by} woke the storyline {storyline}~reason?: {reason}~", true},
    [TOC_K_EXTEND] = {"{by} gave {decision} time until {until}~reason?: {reason}~", true},
    [TOC_K_INTERVENE] = {"{by} intervened: {measure}~service? {service}~~provider?, "
                         "{provider}~~repair?, repair {repair}~"
                         "~level?, {level}~~minutes?, {minutes}~~reason?: {reason}~",
                         true},
    [TOC_K_RULE] = {"{by} ruled on {decision}: {ruling}~reason?, because {reason}~", true},
    [TOC_K_AWARE] = {"{by} noted that {team} knows of {inject}~reason?: {reason}~", true},
    [TOC_K_CLAIM] = {"{by} took on ~item?{item}~~inject?{inject}~", false},
    [TOC_K_UNCLAIM] = {"{by} gave back ~item?{item}~~inject?{inject}~", false},
    [TOC_K_PROMISE] = {"{by} promised {to}~until?, by {until}~: {text}", true},
    [TOC_K_KEPT] = {"{by} kept {item}~text?: {text}~", true},
    [TOC_K_OPEN_SEAT] = {"seat opened: {seat}" WHO, true},
    [TOC_K_REVOKE] = {"seat revoked: {seat}~reason?: {reason}~" WHO, true},
    [TOC_K_REASSIGN] = {"{by} moved {seat} to {team}, as {new_seat}~reason?: {reason}~", true},
    [TOC_K_END] = {"EXCON ends play~reason?: {reason}~" WHO, true},
    [TOC_K_CLOSE] = {"closed" WHO, true},

    [TOC_K_JOIN] = {"sits down: {seat}", true},
    [TOC_K_LEAVE] = {"connection lost: {seat}~reason?: {reason}~", true},
    [TOC_K_SIGN_IN] = {"{name} signed in at {by}", true},
    [TOC_K_SIGN_OUT] = {"nobody is signed in at {by} any more", true},
    [TOC_K_READ] = {"{by} opened {item}", false},
    [TOC_K_DECIDE] =
        {"{by} answered {decision}:~option? {option}~~text? \"{text}\"~~reason?, because {reason}~",
         false},
    [TOC_K_SAY] = {"{by}~as? as {as}~ wrote to {to}~re?, on {re}~~rfi?, asking~: {text}", false},
    [TOC_K_FORWARD] = {"{by} forwarded {item} to {to}~text?: {text}~", false},
    [TOC_K_SUBMIT] = {"{by} handed in {product}: {text}", false},
    [TOC_K_OBSERVE] = {"{by} observed~item? on {item}~~inject? on {inject}~~decision? on "
                       "{decision}~~expectation? on "
                       "{expectation}~~objective? on {objective}~~team? of {team}~~occurred?, seen "
                       "at {occurred}~: {text}",
                       true},
    [TOC_K_MARK_ACTION] = {"{by} marked {expectation} as {state}~text?: {text}~", true},
    [TOC_K_RATE] = {"{by} rated {objective}~team? of {team}~ {rating}~text?: {text}~", true},
    [TOC_K_ACK] = {"{by} acknowledged {item}", false},
    [TOC_K_EMERGENCY] = {"REAL EMERGENCY~text?: {text}~" WHO, true},

    [TOC_K_MARK] = {"the engine marked the time", false},
    [TOC_K_RESUMED] = {"the engine is back; play is paused", true},
    [TOC_K_HALT] = {"scripts stopped~reason?: {reason!}~", true},

    [TOC_K_INJECT] =
        {"~urgent?URGENT ~{inject} > {to}~channel?  {channel}~~from? from {from}~: {title}", true},
    [TOC_K_HELD] = {"HELD {inject}: {reason!}", true},
    [TOC_K_CUE] = {"cue for {controller}: tell {to} {inject}~channel? by {channel}~: {title}",
                   true},
    [TOC_K_MOVED] = {"~inject?{inject}~~decision?{decision}~ now comes at {until}", false},
    [TOC_K_ASK] = {"DECISION {decision} for {team}: {title}  due {deadline}", true},
    [TOC_K_DEADLINE] = {"{decision} of {team} is now due {deadline}", true},
    [TOC_K_PROPOSED] = {"{decision} an answer of its own, to be ruled on, by {by}: "
                        "\"{text}\"~reason?, because {reason}~",
                        true},
    [TOC_K_REJECTED] = {"answer rejected: {decision} of {team}~reason?: {reason}~", true},
    [TOC_K_DECIDED] = {"{decision} decided by {by}:~option? {option}~~text? \"{text}\"~~reason?, "
                       "because {reason}~"
                       "~ruling?; ruling: {ruling}~~ruling_reason?, because {ruling_reason}~",
                       true},
    [TOC_K_OVERDUE] = {"OVERDUE {decision} of {team}~option?; goes on as: {option}~", true},
    [TOC_K_REFUSED_LATE] = {"TOO LATE {decision} of {team}: {reason}  ({by})", true},
    [TOC_K_CROSSED] = {"a jump of the story passed the time of {decision} of {team}", true},
    [TOC_K_MESSAGE] = {"{from} > {to}~rfi?, asking~~text?: {text}~~origin?  [forwards: {quote}]~",
                       true},
    [TOC_K_HANDED_IN] = {"handed in: {product} of {team}: {text}  ({by})", true},
    [TOC_K_PHASE_ENTERED] = {"PHASE {phase}: {title}~text?: {text}~  story {story}", true},
    [TOC_K_EXPECTATION] =
        {"expected action {expectation} of {team} {state}~text?: {text}~~by?  ({by})~", true},
    [TOC_K_ARMED] = {"contingency armed: {inject}, for {expectation}: {reason}", true},
    [TOC_K_STORYLINE] = {"storyline {storyline} {state}", false},
    [TOC_K_NOTE] = {"note~storyline? {storyline}~: {text}", true},
    [TOC_K_ERROR] = {"SCRIPT ERROR~storyline? {storyline}~: {text!}", true},
    [TOC_K_ENDEX] = {"ENDEX~reason?: {reason}~", true},

    [TOC_K_SOURCE] = {"the scenario's file {path}", false},
    [TOC_K_ATTACHMENT] = {"the attachment {path}, part {part} of {parts}", false},
    [TOC_K_SEAL] = {"sealed with the run's key", false},
};

const char *toc_tell_words(toc_kind kind)
{
    const char *words = kind < TOC_K_COUNT ? rows[kind].words : NULL;
    return words ? words : "a line of a later version of tocsin";
}

bool toc_tell_is_loud(toc_kind kind)
{
    return kind < TOC_K_COUNT && rows[kind].is_loud;
}
