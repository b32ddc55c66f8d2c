// SPDX-License-Identifier: MIT
// The one binary. Everything is a subcommand; this file finds it, and says what there is.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "command.h"
#include "folder.h"
#include "script/scenario.h"

static const toc_command *const commands[] = {
    &toc_command_practice, &toc_command_new,      &toc_command_check, &toc_command_explain,
    &toc_command_rehearse, &toc_command_run,   &toc_command_join,
    &toc_command_replay, &toc_command_verify,   &toc_command_world, &toc_command_msel,
    &toc_command_branch, &toc_command_compare,   &toc_command_report};

static int overview(FILE *out)
{
    fprintf(out,
            "tocsin %s conducts crisis exercises: scenarios in Lua, teams at terminals, recordings "
            "that prove.\n\n",
            TOC_VERSION);
    for (size_t i = 0; i < TOC_COUNT(commands); i++)
        fprintf(out, "  tocsin %-22s %s\n", commands[i]->usage, commands[i]->summary);
    fprintf(out, "\n`tocsin COMMAND --help` says more. To begin:  tocsin new my-exercise\n");
    return 0;
}

static int help(const toc_command *c)
{
    printf("%s\n\n  tocsin %s\n", c->summary, c->usage);
    if (c->about)
        printf("\n%s", c->about);
    printf("\nExamples\n%s\nOptions\n", c->examples);
    toc_options_help(stdout, c->options);
    printf(
        "\nExit codes: 0 ok, 1 problems found, 2 usage, 3 file or permission, 4 network or peer,\n"
        "            5 journal damaged, 70 internal error, 130 interrupted\n");
    return 0;
}

static const toc_command *find(const char *name)
{
    for (size_t i = 0; i < TOC_COUNT(commands); i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

int toc_report(const toc_error *e)
{
    toc_buf text = {0};
    int code = toc_error_line(&text, e);
    fputs(toc_buf_text(&text), stderr);
    toc_buf_fini(&text);
    return code;
}

int toc_error_line(toc_buf *out, const toc_error *e)
{
    toc_buf_str(out, "tocsin: ");
    toc_text_visible(out, e->msg, strlen(e->msg), true);
    toc_buf_char(out, '\n');
    return toc_error_exit(e->code);
}

int toc_said_all(int code)
{
    toc_error e;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    toc_fail_sys(&e, errno, "the output could not be written");
    return toc_report(&e);
}

// Standard descriptors that are closed would be given to a socket or the journal, and printed into.
static void fill_standard_descriptors(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

static int no_command(const char *word)
{
    const char *names[TOC_COUNT(commands)];
    for (size_t i = 0; i < TOC_COUNT(commands); i++)
        names[i] = commands[i]->name;
    const char *near = toc_text_near(word, names, TOC_COUNT(names));
    toc_error e;
    if (near)
        toc_fail(&e, TOC_EUSAGE, "there is no command \"%.40s\"; did you mean `tocsin %s`?", word,
                 near);
    else
        toc_fail(&e, TOC_EUSAGE, "there is no command \"%.40s\"; `tocsin --help` lists them", word);
    return toc_report(&e);
}

// Where a scenario is wanted, its file scenario.lua says which folder is meant.
static int run(const toc_command *c, toc_arguments *a)
{
    char *folder = a->argument_count > 0 && strstr(c->usage, "SCENARIO")
                       ? toc_folder_of(a->arguments[0])
                       : NULL;
    if (folder)
        a->arguments[0] = folder;
    int code = c->run(a);
    free(folder);
    return code;
}

int main(int argc, char **argv)
{
    fill_standard_descriptors();
    const char *word = argc > 1 ? argv[1] : "";
    if (argc < 2) {
        overview(stderr);
        return 2;
    }
    if (strcmp(word, "--version") == 0 || strcmp(word, "version") == 0) {
        printf("tocsin %s, %s\n", TOC_VERSION, toc_lua_version());
        return 0;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        const toc_command *c = argc > 2 ? find(argv[2]) : NULL;
        return c ? help(c) : argc > 2 && argv[2][0] != '-' ? no_command(argv[2]) : overview(stdout);
    }
    const toc_command *c = find(word);
    if (!c)
        return no_command(word);
    toc_arguments arguments;
    toc_error e;
    if (toc_options_parse(&arguments, c->options, argc - 1, argv + 1, &e))
        return toc_report(&e);
    return arguments.wants_help ? help(c) : run(c, &arguments);
}
