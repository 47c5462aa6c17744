/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The help: pages in HTML, in a folder per language. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* File name of the page that explains a page of the window: "start", "data", "workbench", "compare", "report"; else the first page. */
const char *hone_help_get_page (const char *place);
/* The same with its folder, in the best language that there is. (transfer full) */
char       *hone_help_dup_path (const char *folder,
                                const char *place);

G_END_DECLS
