/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all commands share: the command table's entry, the state of this invocation, arguments, output and errors. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Exit status, as the manual page says. */
typedef enum {
  HONE_CLI_DONE = 0,
  HONE_CLI_FAILED = 1,
  HONE_CLI_USAGE = 2,
  HONE_CLI_BAD_INPUT = 3,     /* no text, label or prediction was changed */
  HONE_CLI_CANCELLED = 4,     /* can be resumed */
} HoneCliStatus;

typedef struct _HoneCli HoneCli;

typedef struct {
  const char   *name;
  const char   *synopsis;     /* what stands after the name; not translated */
  const char   *summary;      /* N_(): one line */
  const char   *details;      /* N_() (nullable): what the help says below the options */
  gboolean      has_json;
  HoneCliStatus (*run) (HoneCli *cli);
} HoneCliCommand;

struct _HoneCli {
  const HoneCliCommand *command;
  GStrv                 arguments;    /* as given, then what is left of them after hone_cli_parse () */
  gboolean              quiet, json;
};

/* Reads the options of @entries, --help, --quiet and, where the command has it, --json. Between @min and @max other arguments must be
 * left (-1: any number). FALSE with the exit status where the command is over: help was asked for, or the arguments are wrong. */
gboolean      hone_cli_parse        (HoneCli            *cli,
                                     const GOptionEntry *entries,
                                     int                 min,
                                     int                 max,
                                     HoneCliStatus      *status);
/* Text options are raw bytes to GLib: this takes them whatever the locale. */
#define HONE_CLI_TEXT G_OPTION_ARG_FILENAME

/* Standard output, UTF-8 in every locale. */
void          hone_cli_print        (const char         *format,
                                     ...) G_GNUC_PRINTF (1, 2);
void          hone_cli_print_text   (const char         *text);
/* The same unless --quiet. */
void          hone_cli_say          (HoneCli            *cli,
                                     const char         *format,
                                     ...) G_GNUC_PRINTF (2, 3);
/* "hone-cli: …" on standard error unless --quiet. */
void          hone_cli_warn         (HoneCli            *cli,
                                     const char         *format,
                                     ...) G_GNUC_PRINTF (2, 3);

/* "hone-cli: …" on standard error; each answers the exit status to return. */
HoneCliStatus hone_cli_usage        (HoneCli            *cli,
                                     const char         *format,
                                     ...) G_GNUC_PRINTF (2, 3);
HoneCliStatus hone_cli_not_yet      (HoneCli            *cli,      /* "… is not in this version" */
                                     const char         *what);
HoneCliStatus hone_cli_fail         (HoneCli            *cli,
                                     const GError       *error);
/* @mend (nullable): the command that mends it, on a line of its own. */
HoneCliStatus hone_cli_fail_mend    (HoneCli            *cli,
                                     const GError       *error,
                                     const char         *mend);
HoneCliStatus hone_cli_bad_input    (HoneCli            *cli,
                                     const char         *mend,     /* (nullable) */
                                     const char         *format,
                                     ...) G_GNUC_PRINTF (3, 4);
HoneCliStatus hone_cli_status_of    (const GError       *error);
/* A word of a command that people can paste into a shell. */
char         *hone_cli_quote        (const char         *word);

/* Whole numbers of options; FALSE where @text is none in this range. */
gboolean      hone_cli_parse_count  (const char         *text,
                                     guint64             min,
                                     guint64             max,
                                     guint64            *value);

G_END_DECLS
