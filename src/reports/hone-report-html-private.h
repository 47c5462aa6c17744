/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that is safe inside of HTML, as content and in attributes in double quotes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void hone_report_html_append_escaped (GString    *out,
                                      const char *text);

G_END_DECLS
