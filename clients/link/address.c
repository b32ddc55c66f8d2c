// SPDX-License-Identifier: MIT
#include "address.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static bool split(const char *text, char **host, long *port);
static bool host_ok(const char *host);

toc_err toc_address_move(const char *desk, const char *feed, const char *host, char **new_desk,
                         char **new_feed, toc_error *e)
{
    static const char scheme[] = "tls+tcp://";
    char *desk_host = NULL;
    char *feed_host = NULL;
    char *to = NULL;
    long desk_port, feed_port, port;
    toc_err err = TOC_OK;
    char quoted[TOC_QUOTE_SIZE];
    if (strncmp(desk, scheme, sizeof scheme - 1) != 0 ||
        strncmp(feed, scheme, sizeof scheme - 1) != 0 ||
        !split(desk + sizeof scheme - 1, &desk_host, &desk_port) || desk_port < 0 ||
        !split(feed + sizeof scheme - 1, &feed_host, &feed_port) || feed_port < 0) {
        err = toc_fail(e, TOC_EFORMAT, "the ticket's addresses are not tls+tcp://HOST:PORT");
    } else if (!split(host, &to, &port) || !host_ok(to)) {
        err =
            toc_fail(e, TOC_EUSAGE, "%s is not a host; give a name or an address, such as 10.0.0.5",
                     toc_text_quote(quoted, host));
    } else {
        if (port < 0)
            port = desk_port;
        *new_desk = toc_sprintf("%s%s:%ld", scheme, to, port);
        *new_feed = toc_sprintf("%s%s:%ld", scheme, to, port + (feed_port - desk_port));
    }
    free(desk_host);
    free(feed_host);
    free(to);
    return err;
}

toc_err toc_address_split(const char *address, char **host, int *port, toc_error *e)
{
    static const char scheme[] = "tls+tcp://";
    char *name = NULL;
    long number = -1;
    char quoted[TOC_QUOTE_SIZE];
    *host = NULL;
    if (strncmp(address, scheme, sizeof scheme - 1) == 0)
        split(address + sizeof scheme - 1, &name, &number);
    if (!name || !name[0] || number < 1 || number > 65535) {
        free(name);
        return toc_fail(e, TOC_EFORMAT, "%s is not tls+tcp://HOST:PORT",
                        toc_text_quote(quoted, address));
    }
    size_t len = strlen(name);
    bool has_brackets = len > 2 && name[0] == '[' && name[len - 1] == ']';
    *host = has_brackets ? toc_strndup(name + 1, len - 2) : toc_strdup(name);
    *port = (int)number;
    free(name);
    return TOC_OK;
}

// "HOST", "HOST:PORT", "[::1]:PORT", "::1"; port is -1 if there is none. The host keeps its brackets,
// and gets them if it is a bare IPv6 address.
static bool split(const char *text, char **host, long *port)
{
    const char *colon = strrchr(text, ':');
    const char *bracket = strrchr(text, ']');
    *port = -1;
    *host = NULL;
    if (colon && !bracket && strchr(text, ':') != colon) {
        *host = toc_sprintf("[%s]", text);
        return true;
    }
    if (colon && (!bracket || colon > bracket)) {
        char *end;
        *port = strtol(colon + 1, &end, 10);
        if (end == colon + 1 || *end || *port < 1 || *port > 65535)
            return false;
        *host = toc_strndup(text, (size_t)(colon - text));
        return true;
    }
    *host = toc_strdup(text);
    return true;
}

static bool host_ok(const char *host)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    size_t len = strlen(host);
    if (len == 0 || len > 253)
        return false;
    if (host[0] == '[')
        return strspn(host + 1, "0123456789abcdefABCDEF:.") == len - 2 && host[len - 1] == ']';
    return strspn(host, letters) == len && host[0] != '-';
}
