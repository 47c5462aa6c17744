/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Not written yet. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-reader-private.h"

static guint
sniff (const HoneSniff *seen)
{
  return 0;
}

static gboolean
open_files (HoneReader  *self,
            GError     **error)
{
  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNKNOWN_FORMAT, _("The format “%s” cannot be read"),
               hone_format_to_string (self->format));

  return FALSE;
}

static HoneReadStatus
next (HoneReader  *self,
      HoneRecord **record,
      GError     **error)
{
  return HONE_READ_END;
}

const HoneReaderClass hone_read_openai_chat_class = {
  .format = HONE_FORMAT_OPENAI_CHAT,
  .sniff = sniff,
  .open = open_files,
  .next = next,
};
