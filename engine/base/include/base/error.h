// SPDX-License-Identifier: MIT
#ifndef TOC_ERROR_H
#define TOC_ERROR_H

// An error says two things: what the caller can do about it (toc_err), and what to tell the person
// who can act (toc_error). Libraries return errors; they never print and never exit.

#ifdef __GNUC__
#define TOC_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define TOC_PRINTF(fmt, args)
#endif

typedef enum {
    TOC_OK = 0,
    TOC_EUSAGE,    // the caller or the command line asked for something that makes no sense
    TOC_ESCENARIO, // the scenario has a mistake; its author must mend it
    TOC_EREFUSED,  // an input that is not allowed here and now; nothing changed
    TOC_ELIMIT,    // a limit or budget was reached
    TOC_EFORMAT,   // bytes that are not what they should be: JSON, UTF-8, a ticket, a time
    TOC_EIO,       // a file or a permission; sys holds errno
    TOC_ENET,      // the network or the peer
    TOC_EDAMAGED,  // a journal that was changed or lost lines
    TOC_EDIVERGED, // a re-execution came out differently
    TOC_EINTERNAL, // our own mistake
} toc_err;

typedef struct {
    toc_err code;
    int sys;       // errno where one was the cause, else 0
    char msg[512]; // one line for a person, never empty after a failure
} toc_error;

// toc_fail fills e (which may be NULL) and returns code, so that a function can end with
// `return toc_fail(e, TOC_EFORMAT, "…", …)`.
toc_err toc_fail(toc_error *e, toc_err code, const char *format, ...) TOC_PRINTF(3, 4);

// toc_fail_sys does the same for a failed system call, and appends the text of errno.
toc_err toc_fail_sys(toc_error *e, int sys, const char *format, ...) TOC_PRINTF(3, 4);

// toc_error_exit gives the exit code of the command line for an error:
// 1 scenario, refused, diverged; 2 usage; 3 file; 4 network; 5 damaged; 70 internal.
int toc_error_exit(toc_err code);

#endif
