/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's taste, and where the program's own files are, installed or not. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer none): one for the program */
GSettings *hone_settings_get        (void);
/* Folder of the sample's files. (transfer full) */
char      *hone_settings_dup_sample (void);
/* Folder of the help, a folder per language in it. (transfer full) */
char      *hone_settings_dup_help   (void);

G_END_DECLS
